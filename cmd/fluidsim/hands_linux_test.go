package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const pond = `format = 1
[domain]
min = [0, 0, 0]
max = [0.6, 0.5, 0.4]
[fluid]
spacing = 0.05
[[fluid.shape]]
type = "box"
min = [0, 0, 0]
max = [0.6, 0.2, 0.4]
[[obstacle]]
type = "sphere"
position = [0.3, 0.36, 0.2]
radius = 0.09
[camera]
position = [0.3, 0.5, 1.8]
target = [0.3, 0.2, 0.2]
`

// Hands stir, pour, drain and move obstacles with a real mouse; what they did is saved, and done again without a window it
// ends in the same bits.
func TestHandsInTheWindow(t *testing.T) {
	d := newDesk(t)
	scene := filepath.Join(t.TempDir(), "pond.toml")
	if err := os.WriteFile(scene, []byte(pond), 0o644); err != nil {
		t.Fatal(err)
	}
	p := d.open("--commands", "--size", "640x400", scene)
	p.titled("pond | ")
	// The middle of the picture is the middle of the water; the ball hangs above it.
	use := func(tool string, x, y, toX, toY string) {
		p.say("%s", tool)
		p.line(strings.TrimPrefix(tool, "tool-") + ": ")
		p.do("xdotool", "mousemove", "--window", p.id, x, y)
		p.say("frames 3") // the place under the mouse is known late
		before, _ := p.step()
		p.do("xdotool", "mousedown", "1")
		p.until(tool+" to be used for a while", func() bool {
			p.do("xdotool", "mousemove", "--window", p.id, toX, toY)
			now, _ := p.step()
			return now > before+3
		})
		p.do("xdotool", "mouseup", "1")
	}
	count := func() string { return strings.Split(p.title(), " | ")[1] }
	whole := count()
	use("tool-stir", "300", "210", "340", "210")
	use("tool-pull", "340", "210", "340", "180")
	use("tool-move", "320", "128", "320", "190")
	if count() != whole {
		t.Errorf("%s became %s", whole, count())
	}
	use("tool-block", "250", "190", "250", "190")
	p.until("more water", func() bool { return count() != whole })
	more := count()
	use("tool-drain", "390", "215", "390", "215")
	p.until("less water", func() bool { return count() != more && strings.Contains(p.title(), "gone") })
	p.key("k") // gravity is an input, too

	camera := p.ask("camera")
	use("tool-camera", "300", "200", "360", "200")
	p.until("the mouse to orbit again", func() bool { return p.ask("camera") != camera })

	p.key("o")
	said := p.line("wrote ")
	path, _, _ := strings.Cut(strings.TrimPrefix(said, "wrote "), ": ")
	if filepath.Dir(path) != filepath.Dir(scene) {
		t.Errorf("the inputs went to %s, the scene is %s", path, scene)
	}
	past, _ := p.step()
	again := d.command("fluidsim", "run", scene, "--inputs", path, "--steps", strconv.Itoa(past))
	out, err := again.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "the same state as then, to the last bit") {
		t.Errorf("replayed: %v\n%s", err, out)
	}
	p.key("Escape")
	p.ends()

	// The window does it again, until somebody interferes.
	p = d.open("--commands", "--size", "320x200", scene, "--inputs", path)
	p.line("replayed: the same state as then, to the last bit")
	p.say("open %s", path) // as if it were dropped
	p.line(path + ": what hands have done, from the beginning")
	p.key("l")
	p.line("the replay ends at step ")
	p.say("next")
	p.say("open %s", path)
	if line := p.line("fluidsim: "); !strings.Contains(line, `these inputs belong to the scene "pond": open that first`) {
		t.Error(line)
	}
	p.key("Escape")
	p.ends()
}

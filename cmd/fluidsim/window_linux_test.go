package main

import (
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// put writes a file into the program's folder, as an editor saves it: beside
// it, then renamed over it.
func (p *program) put(name, text string) string {
	p.t.Helper()
	path := filepath.Join(p.folder, name)
	if err := os.WriteFile(path+".new", []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// ask sends a line and returns the answer without its first word.
func (p *program) ask(line string) string {
	p.t.Helper()
	p.say("%s", line)
	word, _, _ := strings.Cut(line, " ")
	_, rest, _ := strings.Cut(p.line(word+" "), " ")
	return rest
}

// The whole life of a window, driven from outside as a user does it.
func TestWindow(t *testing.T) {
	d := newDesk(t)
	p := d.open("--commands", "--size", "640x400", "--particles", "1k", "pool-drop")
	p.titled("pool-drop | ")
	p.titled("particles | ")
	p.titled(" fps | ")
	p.titled("x real time")

	t.Run("keys", func(t *testing.T) { p.in(t).keysWork() })
	t.Run("camera", func(t *testing.T) { p.in(t).cameraMoves() })
	t.Run("capture", func(t *testing.T) { p.in(t).capturesWhatIsShown() })
	t.Run("data", func(t *testing.T) { p.in(t).showsData() })
	t.Run("sizes", func(t *testing.T) { p.in(t).survivesSizes() })
	t.Run("files", func(t *testing.T) { p.in(t).opensAndReloads() })
	t.Run("gravity", func(t *testing.T) { p.in(t).tiltsGravity() })
	t.Run("path", func(t *testing.T) { p.in(t).ridesThePath() })
	t.Run("recording", func(t *testing.T) { p.in(t).recordsVideo() })
	t.Run("leafing", func(t *testing.T) { p.in(t).leafs() })

	p.key("Escape")
	if code := p.ends(); code != 0 {
		t.Errorf("Escape ended it with %d\n%s", code, p.output())
	}
}

// in lets a part of the test report to its own t.
func (p *program) in(t *testing.T) *program { p.t, p.desk.t = t, t; return p }

func (p *program) step() (step int, hash string) {
	p.t.Helper()
	answer := p.ask("hash")
	if _, err := fmt.Sscan(answer, &step, &hash); err != nil {
		p.t.Fatalf("hash %s: %v", answer, err)
	}
	return step, hash
}

func (p *program) keysWork() {
	p.key("space")
	p.titled("paused")
	before, _ := p.step()
	p.key("period")
	p.key("period")
	p.until("two single steps", func() bool { now, _ := p.step(); return now == before+2 })
	p.key("r")
	p.until("a reset", func() bool { now, _ := p.step(); return now == 0 })
	p.titled("| water")
	p.key("g")
	p.titled("colour: speed")
	p.key("g")
	p.titled("colour: density")
	p.key("e")
	p.titled("| water")
	p.key("h")
	p.line("Space")
	p.key("space")
	p.until("going on", func() bool { return !strings.Contains(p.title(), "paused") })
}

func (p *program) cameraMoves() {
	moved := func(what string, do func()) {
		p.t.Helper()
		before := p.ask("camera")
		do()
		p.until(what+" to move the camera", func() bool { return p.ask("camera") != before })
	}
	for _, key := range []string{"Left", "Up", "a", "w", "plus", "minus"} {
		moved(key, func() { p.key(key) })
	}
	drag := func(button string) func() {
		return func() {
			p.do("xdotool", "mousemove", "--window", p.id, "200", "200", "mousedown", button,
				"mousemove_relative", "--sync", "60", "30", "sleep", "0.2", "mouseup", button)
		}
	}
	moved("dragging", drag("1"))
	moved("dragging with the right button", drag("3"))
	moved("the wheel", func() { p.do("xdotool", "mousemove", "--window", p.id, "200", "200", "click", "4") })
	p.key("Home")
}

// N, B and X each change the picture of particles, and back.
func (p *program) showsData() {
	p.say("pause")
	p.titled("paused")
	picture := func() image.Image {
		p.t.Helper()
		p.key("c")
		return readPicture(p.t, filepath.Join(p.folder, filepath.Base(strings.TrimPrefix(p.line("wrote "), "wrote "))))
	}
	p.ask("color") // leaves water, if it was shown
	plain := picture()
	for key, presses := range map[string]int{"n": 2, "b": 4, "x": 2} {
		p.key(key)
		if difference(plain, picture()) == 0 {
			p.t.Errorf("%s changes nothing", key)
		}
		for range presses - 1 {
			p.key(key)
		}
		if off := difference(plain, picture()); off != 0 {
			p.t.Errorf("after %d times %s the picture is another one, by %.2f of 255", presses, key, off)
		}
	}
	p.say("pause")
}

// What C saves, what the screen shows and what a picture has are the same.
func (p *program) capturesWhatIsShown() {
	p.say("pause")
	p.titled("paused")
	p.key("c")
	path := strings.TrimPrefix(p.line("wrote "), "wrote ")
	saved := readPicture(p.t, filepath.Join(p.folder, filepath.Base(path)))
	if size := saved.Bounds().Size(); size != image.Pt(640, 400) {
		p.t.Errorf("the picture is %v", size)
	}
	p.say("frames 3") // so that the screen surely shows the same frame
	p.ask("size")
	shown := p.shot("screen.png")
	if n := colours(shown); n < 200 {
		p.t.Errorf("the window shows only %d colours: that is no water", n)
	}
	if off := difference(saved, shown); off > 1.5 {
		p.t.Errorf("picture and screen differ by %.2f of 255 on average", off)
	}
	p.say("pause")
}

// colours counts the different colours of a picture.
func colours(m image.Image) int {
	seen := map[[3]uint32]bool{}
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
			r, g, b, _ := m.At(x, y).RGBA()
			seen[[3]uint32{r >> 8, g >> 8, b >> 8}] = true
		}
	}
	return len(seen)
}

// difference is the mean difference of two pictures' channels, of 255; 255 when
// their sizes differ.
func difference(a, b image.Image) float64 {
	if a.Bounds().Size() != b.Bounds().Size() {
		return 255
	}
	sum, size := 0.0, a.Bounds().Size()
	for y := range size.Y {
		for x := range size.X {
			r1, g1, b1, _ := a.At(a.Bounds().Min.X+x, a.Bounds().Min.Y+y).RGBA()
			r2, g2, b2, _ := b.At(b.Bounds().Min.X+x, b.Bounds().Min.Y+y).RGBA()
			for _, d := range [3]int{int(r1) - int(r2), int(g1) - int(g2), int(b1) - int(b2)} {
				sum += float64(max(d, -d)) / 257
			}
		}
	}
	return sum / float64(3*size.X*size.Y)
}

func (p *program) survivesSizes() {
	p.do("xdotool", "windowsize", "--sync", p.id, "500", "380")
	p.until("the new size", func() bool { return p.ask("size") == "500 380" })
	for k := range 25 { // a storm, faster than frames
		p.do("xdotool", "windowsize", p.id, fmt.Sprint(200+31*k), fmt.Sprint(700-23*k))
	}
	p.do("xdotool", "windowsize", "--sync", p.id, "640", "400")
	p.until("the size after the storm", func() bool { return p.ask("size") == "640 400" })

	p.do("xdotool", "windowminimize", p.id)
	time.Sleep(500 * time.Millisecond)
	p.ask("title") // it still answers
	p.do("xdotool", "windowmap", p.id)
	p.do("xdotool", "windowactivate", "--sync", p.id)
	p.frames()

	for range 2 {
		p.key("f")
		p.until("fullscreen", func() bool { return p.ask("size") == "1400 1000" })
		p.frames()
		p.key("f")
		p.until("a window again", func() bool { return p.ask("size") == "640 400" })
	}
	p.key("f")
	p.until("fullscreen", func() bool { return p.ask("size") == "1400 1000" })
	p.key("Escape")
	p.until("Escape to leave fullscreen", func() bool { return p.ask("size") == "640 400" })
	if n := colours(p.shot("after.png")); n < 200 {
		p.t.Errorf("after all that the window shows only %d colours", n)
	}
}

// frames waits until more frames were displayed.
func (p *program) frames() {
	p.t.Helper()
	p.say("frames 2")
	p.ask("title")
}

// dropped is a scene with room for one fluid shape.
const dropped = `format = 1
[domain]
min = [0, 0, 0]
max = [1, 1, 0.5]
[fluid]
spacing = 0.05
[[fluid.shape]]
%s
`

const (
	boxShape  = "type = \"box\"\nmin = [0, 0, 0]\nmax = [0.5, 0.5, 0.5]"
	ballShape = "type = \"sphere\"\nposition = [0.5, 0.5, 0.25]\nradius = 0.2"
)

func (p *program) opensAndReloads() {
	helper := filepath.Join(p.t.TempDir(), "drop")
	p.do("gcc", "-o", helper, "testdata/xdnd/drop.c", "-lX11")
	path := p.put("dropped.toml", fmt.Sprintf(dropped, boxShape))
	p.do(helper, p.id, path)
	p.titled("dropped | ")

	// A broken save changes nothing but the title.
	p.say("pause")
	p.titled("paused")
	p.put("dropped.toml", strings.Replace(fmt.Sprintf(dropped, boxShape), "0.05", "-1", 1))
	p.titled("ERROR in the file")
	p.line("fluidsim: " + path + ":6:11: fluid.spacing must be positive")
	p.frames()
	// A good one shows, still paused, and the camera stays where it was put.
	p.key("Left")
	camera := p.ask("camera")
	p.put("dropped.toml", fmt.Sprintf(dropped, ballShape))
	p.line("reloaded dropped.toml: started again (fluid.shape.0.")
	p.until("the error to go", func() bool { return !strings.Contains(p.title(), "ERROR") })
	p.titled("paused")
	if now := p.ask("camera"); now != camera {
		p.t.Errorf("the reload moved the camera from %s to %s", camera, now)
	}
	// What may change live does, and the fluid goes on where it is.
	p.say("steps 3")
	_, before := p.step()
	p.put("dropped.toml", "gravity = [0, -3, 0]\n"+fmt.Sprintf(dropped, ballShape))
	p.line("reloaded dropped.toml: the fluid goes on (gravity)")
	if step, now := p.step(); step != 3 || now != before {
		p.t.Errorf("the reload led from step 3 to %d, from %s to %s", step, before, now)
	}
	p.say("pause")

	// Something else than a scene is refused.
	p.do(helper, p.id, p.put("notes.txt", "hello"))
	p.line("fluidsim: notes.txt is not a scene")
	p.titled("dropped | ")
}

// The open scene has a gravity of 3 m/s² and a camera that the arrow keys have turned a little.
func (p *program) tiltsGravity() {
	p.key("i")
	p.titled("gravity tilted")
	p.key("u")
	p.until("gravity as it was", func() bool { return !strings.Contains(p.title(), "tilted") })
	p.do("xdotool", "windowfocus", "--sync", p.id, "keydown", "l")
	p.until("gravity upside down", func() bool { return tiltIn(p.title()) > 120 })
	p.do("xdotool", "keyup", "l")
	p.key("r")
	p.titled("gravity tilted") // still
	p.put("dropped.toml", "gravity = [0, -4, 0]\n"+fmt.Sprintf(dropped, ballShape))
	p.line("reloaded dropped.toml: the fluid goes on (gravity)")
	p.until("gravity as the file has it", func() bool { return !strings.Contains(p.title(), "tilted") })
	p.put("dropped.toml", "gravity = [0, 0, 0]\n"+fmt.Sprintf(dropped, ballShape))
	p.line("reloaded dropped.toml: the fluid goes on (gravity)")
	p.say("tilt-left")
	p.line("dropped has no gravity")
}

// tiltIn is how far a title says that gravity is tilted [degrees].
func tiltIn(title string) (degrees int) {
	_, rest, _ := strings.Cut(title, "gravity tilted ")
	_, _ = fmt.Sscan(strings.Split(rest+"°", "°")[0], &degrees)
	return degrees
}

// The camera is on the scene's path until it is moved by hand, and P puts it back.
func (p *program) ridesThePath() {
	const first, last = "[3 2 1] [0 0 0]", "[1 2 3] [0 0.5 0]"
	keys := ""
	for i, at := range []string{"position = [3, 2, 1]\ntarget = [0, 0, 0]", "position = [1, 2, 3]\ntarget = [0, 0.5, 0]"} {
		keys += fmt.Sprintf("[[camera.key]]\ntime = %g\n%s\n", 0.01*float64(i), at)
	}
	p.put("dropped.toml", "gravity = [0, -4, 0]\n"+fmt.Sprintf(dropped, ballShape)+keys)
	p.line("reloaded dropped.toml: the fluid goes on (gravity, camera.key)")
	p.say("steps 1")
	p.say("reset")
	p.until("the first key", func() bool { p.frames(); return p.ask("camera") == first })
	p.say("steps 5") // of 5 ms at most, but more than 10 ms
	p.until("the last key", func() bool { p.frames(); return p.ask("camera") == last })
	p.key("Left")
	p.until("the camera to leave its path", func() bool { p.frames(); return p.ask("camera") != last })
	p.key("p")
	p.until("the path again", func() bool { p.frames(); return p.ask("camera") == last })
	p.say("pause") // as it was
}

func (p *program) recordsVideo() {
	p.key("v")
	p.line("recording to ")
	some := regexp.MustCompile(`recording, [1-9]`)
	p.until("frames of the recording", func() bool { return some.MatchString(p.title()) })
	p.key("v")
	said := p.line("wrote ")
	path, _, _ := strings.Cut(strings.TrimPrefix(said, "wrote "), ": ")
	if filepath.Ext(path) != ".mp4" {
		p.t.Errorf("recorded to %s", path)
	}
	path = filepath.Join(p.folder, filepath.Base(path))
	if out, err := exec.Command("ffmpeg", "-v", "error", "-i", path, "-f", "null", "-").CombinedOutput(); err != nil || len(out) > 0 {
		p.t.Errorf("the video does not play: %v %s", err, out)
	}
}

func (p *program) leafs() {
	p.key("Next")
	p.titled("dam-break | ")
	p.key("Next")
	p.titled("dam-break-2d | ")
	p.key("Prior")
	p.titled("dam-break | ")
}

// The same number of steps is the same state, in the window and without one.
func TestWindowAndRunAgree(t *testing.T) {
	d := newDesk(t)
	p := d.open("--commands", "--size", "320x240", "--particles", "2k", "dam-break")
	p.say("reset")
	p.say("steps 57")
	_, hash := p.step()
	out, err := exec.Command("fluidsim", "run", "dam-break", "--particles", "2k", "--steps", "57").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(out), "sha256:"+hash) {
		t.Errorf("the window has %s, run says:\n%s", hash, out)
	}
	p.say("quit")
	if code := p.ends(); code != 0 {
		t.Errorf("quit ended it with %d", code)
	}
}

// On a software adapter the window takes fewer particles, says so, and keeps
// about ten frames a second.
func TestWindowStaysInteractive(t *testing.T) {
	d := newDesk(t)
	p := d.open("--commands", "--size", "640x400")
	said := p.line("dam-break: ")
	if !strings.Contains(said, "instead of the scene's") || !strings.Contains(said, "--particles") {
		t.Errorf("it said %q", said)
	}
	p.titled("x real time")
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code := p.ends(); code != exitInterrupted {
		t.Errorf("Ctrl-C ended it with %d", code)
	}
}

func TestWindowEndsByItself(t *testing.T) {
	d := newDesk(t)
	p := d.open("--size", "320x240", "--particles", "1k", "--exit-after-frames", "20")
	if code := p.ends(); code != 0 {
		t.Errorf("ended with %d\n%s", code, p.output())
	}
}

// Without a display there is a word about what to do instead.
func TestNoDisplay(t *testing.T) {
	c := exec.Command("fluidsim", "dam-break")
	for _, each := range os.Environ() {
		if !strings.HasPrefix(each, "DISPLAY=") && !strings.HasPrefix(each, "WAYLAND_DISPLAY=") {
			c.Env = append(c.Env, each)
		}
	}
	out, err := c.CombinedOutput()
	if err == nil || c.ProcessState.ExitCode() != exitFailed {
		t.Errorf("ended with %v", err)
	}
	for _, want := range []string{"display", "fluidsim record"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
}

package scenes_test

import (
	"bytes"
	"flag"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the generated schema and tables")

func TestEverySceneLoads(t *testing.T) {
	if n := len(scenes.Names()); n < 9 {
		t.Errorf("only %d scenes are shipped", n)
	}
	for _, name := range scenes.Names() {
		t.Run(name, func(t *testing.T) {
			text, err := scenes.Text(name)
			if err != nil {
				t.Fatal(err)
			}
			s, err := scene.Parse(name+".toml", text)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range s.Warnings() {
				// Obstacles that go through a wall are meant; fluid is not.
				t.Error(w)
			}
			if s.Name != name || s.Title == "" || s.Description == "" || s.Camera.Auto {
				t.Errorf("name %q, title %q, description %q, automatic camera %v", s.Name, s.Title, s.Description, s.Camera.Auto)
			}
			if scenes.Title(name) != s.Title || scenes.Description(name) != s.Description {
				t.Errorf("listed as %q, %q; loaded as %q, %q", scenes.Title(name), scenes.Description(name), s.Title, s.Description)
			}
			if n := particles(s); name != "dam-break-500k" && (n < 10_000 || n > 40_000) {
				t.Errorf("about %.0f particles: too few to look at, or too many for a slow machine", n)
			}
			if !bytes.HasPrefix(text, []byte("#:schema ./scene.schema.json\n#\n# ")) {
				t.Error("must begin with the line for editors and a comment about what there is to see")
			}
		})
	}
}

func particles(s *scene.Scene) float64 {
	volume := 0.0
	for _, f := range s.Fluid.Shapes {
		volume += f.Volume()
	}
	return volume / math.Pow(s.Fluid.Spacing, float64(s.Dimensions))
}

func TestNames(t *testing.T) {
	names := scenes.Names()
	if names[0] != scenes.Default {
		t.Errorf("the first scene is %s, not the default", names[0])
	}
	seen := map[string]bool{}
	for _, n := range names {
		if seen[n] {
			t.Errorf("%s is listed twice", n)
		}
		seen[n] = true
	}
	if _, err := scenes.Text("../go"); err == nil || err.Error() != `there is no built-in scene "../go"` {
		t.Errorf("a name that is none: %v", err)
	}
	if scenes.Title("nothing") != "" {
		t.Error("a scene that is not there has a title")
	}
}

func TestSchemaIsCurrent(t *testing.T) {
	compare(t, "scene.schema.json", scene.Schema())
}

func TestReadmeIsCurrent(t *testing.T) {
	const begin, end = "<!-- keys: begin -->\n", "<!-- keys: end -->\n"
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatal("README.md has lost the markers of its generated part")
	}
	compare(t, "README.md", []byte(before+begin+"\n"+string(scene.Reference())+"\n"+end+after))
}

func TestReadmeExampleLoads(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```toml\n")
	example, _, _ := strings.Cut(rest, "```")
	s, err := scene.Parse("mine.toml", []byte(example))
	if err != nil {
		t.Fatal(err)
	}
	if w := s.Warnings(); len(w) > 0 {
		t.Error(w)
	}
	broken := strings.Replace(example, "radius =", "raduis =", 1)
	_, err = scene.Parse("mine.toml", []byte(broken))
	_, shown, _ := strings.Cut(string(text), "hint:\n\n```\n")
	shown, _, _ = strings.Cut(shown, "\n```")
	if err == nil || !strings.Contains(err.Error(), shown) {
		t.Errorf("the error shown in README.md is not the real one:\n%v", err)
	}
	if _, err := s.Set("fluid.spacing=0.01", "obstacle.0.rotation=0,0,45", "gravity=0,-1.62,0", "colors.by=pressure"); err != nil {
		t.Errorf("the assignments of README.md: %v", err)
	}
}

// compare fails when the file differs from what it should be; with -update it
// rewrites the file instead.
func compare(t *testing.T, file string, want []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is out of date; go test ./scenes -update rewrites it\n%s", file, diff)
	}
}

package scene_test

import (
	"testing"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/google/go-cmp/cmp"
)

// What Value says can be given back by Set, and is then no change.
func TestValuesComeBack(t *testing.T) {
	for _, name := range []string{"dam-break", "channel-2d", "pillars"} {
		text, err := scenes.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		s, err := scene.Parse(name, text)
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, k := range scene.Keys() {
			v, found, ok := s.Value(k.Path)
			if !ok || k.Path == "dimensions" {
				continue
			}
			seen++
			if found.Path != k.Path {
				t.Errorf("%s is described as %s", k.Path, found.Path)
			}
			same, err := s.Set(k.Path + "=" + scene.Format(v))
			if err != nil || same.Hash() != s.Hash() {
				t.Errorf("%s: %s = %s is another scene (%v)", name, k.Path, scene.Format(v), err)
			}
		}
		if seen < 25 {
			t.Errorf("%s: only %d values", name, seen)
		}
	}
}

func TestValueAtPaths(t *testing.T) {
	s, err := scene.Parse("a", []byte(dropped(head+"[fluid]\nspacing = 0.05\n@[[obstacle]]\ntype = \"box\"\nposition = [0.5, 0.5, 0.5]\nsize = [0.1, 0.2, 0.3]\n")))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]any{
		"gravity": []float64{0, -9.81, 0}, "fluid.shape.0.radius": 0.2, "obstacle.0.size": []float64{0.1, 0.2, 0.3},
		"obstacle.0.visible": true, "solver.type": "dfsph", "domain.open": []string{}, "solver.max_iterations": 0.0,
		"obstacle.1.size": nil, "obstacle.size": nil, "obstacle.0": nil, "obstacle.0.radius": nil, "fluid.x": nil, "x.y": nil, "": nil, "obstacle.0.color": nil,
	} {
		got, _, ok := s.Value(path)
		if ok != (want != nil) || ok && !cmp.Equal(got, want) {
			t.Errorf("%q: %v, %v; want %v", path, got, ok, want)
		}
	}
	if n := s.Rows("obstacle[]"); n != 1 {
		t.Errorf("%d obstacles", n)
	}
}

// Every slider has a range with its value and its default in it, inside what the key allows.
func TestUsualRanges(t *testing.T) {
	for _, k := range scene.Keys() {
		if k.Type != scene.Number && k.Type != scene.Integer {
			continue
		}
		value, _ := k.Default.(float64)
		if n, ok := k.Default.(int); ok {
			value = float64(n)
		}
		if k.Default == nil {
			value = 1
		}
		low, high, factors := k.Usual(value)
		if !(low < high) && k.Path != "format" || low > value || high < value {
			t.Errorf("%s: %g to %g about %g", k.Path, low, high, value)
		}
		if k.Min.Set && low < k.Min.Value || k.Max.Set && high > k.Max.Value || k.Min.Open && low <= k.Min.Value {
			t.Errorf("%s: %g to %g is more than %s", k.Path, low, high, k.Range())
		}
		if factors && low < 0 {
			t.Errorf("%s: no factors lead below zero (%g)", k.Path, low)
		}
	}
}

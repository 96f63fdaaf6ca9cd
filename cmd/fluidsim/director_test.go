package main

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/scene"
)

func TestTurntable(t *testing.T) {
	for text, want := range map[string]turntable{
		"360": {degrees: 360}, "-90.5": {degrees: -90.5}, "0": {}, "8s": {period: 8}, " 2.5 s": {period: 2.5}, "-4s": {period: -4},
	} {
		var got turntable
		if err := got.Set(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v, want %+v", text, got, err, want)
		}
		var again turntable
		if written := got.String(); written != "" && (again.Set(written) != nil || again != got) {
			t.Errorf("%q is written as %q, which is %+v", text, written, again)
		}
	}
	for _, text := range []string{"", "s", "round", "NaN", "Infs", "1e9", "0s", "360 degrees"} {
		var got turntable
		if err := got.Set(text); err == nil {
			t.Errorf("%q is taken as %+v", text, got)
		}
	}
}

// A whole turn ends a frame before it would begin again, and keeps its distance.
func TestDirectorTurns(t *testing.T) {
	sc, err := scene.Parse("x", []byte(`format = 1
domain = { min = [0, 0, 0], max = [1, 1, 1] }
fluid = { spacing = 0.1, shape = [ { type = "box", min = [0, 0, 0], max = [1, 1, 1] } ] }
camera = { position = [0.5, 1.5, 3], target = [0.5, 0.5, 0.5], fov = 33 }
`))
	if err != nil {
		t.Fatal(err)
	}
	apart := func(a, b [3]float64) float64 { return math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2]) }
	for _, turn := range []turntable{{degrees: 360}, {period: 2}} {
		d := newDirector(sc, 1.5, turn)
		home := d.at(0, 0, 0)
		if home != homeCamera(sc, 1.5) {
			t.Errorf("%+v does not begin at home: %+v", turn, home)
		}
		half, end := d.at(0, 1, 0.5), d.at(0, 2, 1)
		if want := [3]float64{0.5, 1.5, -2}; apart(half.Position, want) > 1e-9 {
			t.Errorf("%+v: after half a turn at %v, want %v", turn, half.Position, want)
		}
		if apart(end.Position, home.Position) > 1e-9 || end.FOV != 33 {
			t.Errorf("%+v: after a turn %+v, want %+v", turn, end, home)
		}
	}
}

// With keys the camera follows them in simulated time; its lens is the camera's
// where they have none.
func TestDirectorFollowsThePath(t *testing.T) {
	sc, err := scene.Parse("x", []byte(`format = 1
domain = { min = [0, 0, 0], max = [1, 1, 1] }
fluid = { spacing = 0.1, shape = [ { type = "box", min = [0, 0, 0], max = [1, 1, 1] } ] }
[camera]
fov = 33
[[camera.key]]
time = 1
position = [0, 1, 3]
target = [0, 0, 0]
[[camera.key]]
time = 2
position = [3, 1, 0]
target = [0, 0.5, 0]
fov = 50
`))
	if err != nil {
		t.Fatal(err)
	}
	d := newDirector(sc, 1, turntable{})
	first, last := d.at(1, 0, 0), d.at(2, 1, 1)
	if first.Position != [3]float64{0, 1, 3} || first.FOV != 33 || last.Position != [3]float64{3, 1, 0} || last.Target != [3]float64{0, 0.5, 0} || last.FOV != 50 {
		t.Errorf("at its keys the camera is %+v and %+v", first, last)
	}
	if d.at(0, 0, 0) != first || d.at(9, 0, 0) != last {
		t.Error("the camera does not rest before and after its keys")
	}
	if middle := d.at(1.5, 0, 0); math.Abs(middle.FOV-41.5) > 1e-9 || math.Abs(middle.Position[0]-1.5) > 1e-9 {
		t.Errorf("halfway the camera is %+v", middle)
	}
}

package main

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/sim/scene"
)

const flatScene = `format = 1
dimensions = 2
[domain]
min = [0, 0]
max = [2, 1]
[fluid]
spacing = 0.05
[[fluid.shape]]
type = "box"
min = [0, 0]
max = [0.5, 0.5]
[[obstacle]]
type = "sphere"
position = [1, 0.5]
radius = 0.25
[[obstacle]]
type = "capsule"
position = [1.5, 0.5]
radius = 0.125
height = 0.5
rotation = 90
[[obstacle]]
type = "box"
position = [0.75, 0.5]
size = [0.25, 0.5]
rotation = 30
[[obstacle]]
type = "sphere"
position = [1, 0.9]
radius = 0.05
visible = false
`

// TestFlatSolids: in two dimensions everything drawn is as deep as the domain.
func TestFlatSolids(t *testing.T) {
	sc, err := scene.Parse("flat.toml", []byte(flatScene))
	if err != nil {
		t.Fatal(err)
	}
	drawn := solids(sc).Solids
	want := []struct {
		kind     pass.Kind
		position [3]float64
		flat     [3]float64 // sizes along the body's own axes
	}{
		{pass.Cylinder, [3]float64{1, 0.5, 0}, [3]float64{0.25, 0.05}},
		{pass.Box, [3]float64{1.5, 0.5, 0}, [3]float64{0.25, 0.5, 0.05}},
		{pass.Cylinder, [3]float64{1.25, 0.5, 0}, [3]float64{0.125, 0.05}}, // its own y is the world's -x
		{pass.Cylinder, [3]float64{1.75, 0.5, 0}, [3]float64{0.125, 0.05}},
		{pass.Box, [3]float64{0.75, 0.5, 0}, [3]float64{0.25, 0.5, 0.05}},
	}
	if len(drawn) != len(want) {
		t.Fatalf("%d solids, want %d: %+v", len(drawn), len(want), drawn)
	}
	for i, s := range drawn {
		w := want[i]
		got := [3]float64(s.Size)
		if s.Kind == pass.Cylinder {
			got = [3]float64{s.Radius, s.Height}
			if across := math.Abs(s.Rotation[2][1]); math.Abs(across-1) > 1e-12 {
				t.Errorf("solid %d is a cylinder that does not point at the camera: %v", i, s.Rotation)
			}
		}
		if s.Kind != w.kind || got != w.flat || math.Hypot(s.Position[0]-w.position[0], s.Position[1]-w.position[1]) > 1e-12 {
			t.Errorf("solid %d: %+v, want %+v", i, s, w)
		}
	}
	camera := homeCamera(sc, 16.0/9)
	if p := camera.Position; math.Abs(p[0]-1) > 1e-6 || math.Abs(p[1]-0.5) > 1e-6 || p[2] < 0.5 {
		t.Errorf("the camera is at %v and not in front", p)
	}
}

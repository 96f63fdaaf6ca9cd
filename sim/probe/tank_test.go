package probe

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
)

const (
	spacing = 0.02
	density = 1000.0
	gravity = 9.81
)

// tank is a scene of this size, without fluid shapes.
func tank(dimensions int, size [3]float64, probes ...scene.Probe) *scene.Scene {
	sc := &scene.Scene{
		Dimensions: dimensions, Gravity: scene.Vec3{0, -gravity, 0},
		Domain: scene.Domain{Max: size},
		Fluid:  scene.Fluid{RestDensity: density, Spacing: spacing},
		Probes: probes,
	}
	if dimensions == 2 {
		sc.Domain.Min[2], sc.Domain.Max[2] = -spacing/2, spacing/2
	}
	return sc
}

func massOf(dimensions int) float64 { return density * math.Pow(spacing, float64(dimensions)) }

// runOf is what a solver would say of a run in the tank.
func runOf(sc *scene.Scene) Run {
	return Run{Params: layout.SimParams{
		Mass: float32(massOf(sc.Dimensions)), SupportRadius: 2 * spacing, Spacing: spacing, RestDensity: density,
	}}
}

// lattice fills the tank with particles half a spacing off the walls where
// inside says so.
func lattice(sc *scene.Scene, inside func(x [3]float64) bool) *Frame {
	f := &Frame{}
	var n [3]int
	for k := range 3 {
		n[k] = int(math.Round((sc.Domain.Max[k] - sc.Domain.Min[k]) / spacing))
	}
	for k := range n[2] {
		for j := range n[1] {
			for i := range n[0] {
				x := [3]float64{(float64(i) + 0.5) * spacing, (float64(j) + 0.5) * spacing, (float64(k) + 0.5) * spacing}
				for axis := range x {
					x[axis] += sc.Domain.Min[axis]
				}
				if inside(x) {
					f.Position = append(f.Position, x)
				}
			}
		}
	}
	f.Velocity, f.Density, f.Pressure = make([][3]float64, len(f.Position)), make([]float64, len(f.Position)), make([]float64, len(f.Position))
	for i := range f.Density {
		f.Density[i] = density
	}
	f.countNeighbours()
	return f
}

// countNeighbours by looking at every pair.
func (f *Frame) countNeighbours() {
	f.Neighbours = make([]int, len(f.Position))
	for i, a := range f.Position {
		for j, b := range f.Position {
			dx, dy, dz := a[0]-b[0], a[1]-b[1], a[2]-b[2]
			if i != j && dx*dx+dy*dy+dz*dz < 4*spacing*spacing {
				f.Neighbours[i]++
			}
		}
	}
}

// add puts one more particle into the frame.
func (f *Frame) add(x [3]float64) {
	f.Position = append(f.Position, x)
	f.Velocity = append(f.Velocity, [3]float64{})
	f.Density, f.Pressure = append(f.Density, density), append(f.Pressure, 0)
	f.countNeighbours()
}

// readings samples the frame and returns the numbers by heading.
func readings(t *testing.T, sc *scene.Scene, f *Frame) map[string]float64 {
	t.Helper()
	set, err := New(sc, runOf(sc))
	if err != nil {
		t.Fatal(err)
	}
	values, columns := set.Sample(f), set.Columns()
	if len(values) != len(columns) {
		t.Fatalf("%d values for %d columns", len(values), len(columns))
	}
	again := set.Sample(f)
	out := map[string]float64{}
	for i, c := range columns {
		if values[i] != again[i] && !(math.IsNaN(values[i]) && math.IsNaN(again[i])) {
			t.Errorf("%s reads %g and then %g of the same frame", c.Name, values[i], again[i])
		}
		out[c.Heading()] = values[i]
	}
	return out
}

// expect compares one reading.
func expect(t *testing.T, got map[string]float64, heading string, want, within float64) {
	t.Helper()
	v, there := got[heading]
	if !there {
		t.Errorf("there is no column %q", heading)
		return
	}
	if math.IsNaN(want) != math.IsNaN(v) || !(math.Abs(v-want) <= within) && !math.IsNaN(want) {
		t.Errorf("%s is %.6g, want %.6g within %.2g", heading, v, want, within)
	}
}

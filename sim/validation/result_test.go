package validation

import (
	"testing"

	"github.com/fluidsim/fluidsim/sim/seed"
)

// What is known is drawn once, what the runs found for each of them.
func TestCharts(t *testing.T) {
	known := curve{[]float64{0, 1}, []float64{1, 2}}
	var results []*Result
	for _, across := range []int{10, 20} {
		e := &experiment{result: &Result{Solver: "dfsph", Across: across}}
		e.chart("T", "Z", known.points("somebody 1952").reference(), known.line(""))
		e.chart("T", "H", known.line("height"))
		results = append(results, e.result)
	}
	charts := Charts(results)
	if len(charts) != 2 || charts[0].Y != "Z" || charts[1].Y != "H" {
		t.Fatalf("%+v", charts)
	}
	var names []string
	for _, c := range charts {
		for _, l := range c.Lines {
			names = append(names, l.Name)
		}
	}
	want := []string{"somebody 1952", "dfsph 10", "dfsph 20", "dfsph 10, height", "dfsph 20, height"}
	if len(names) != len(want) {
		t.Fatalf("%q", names)
	}
	for i := range want {
		if names[i] != want[i] {
			t.Errorf("line %d is %q, want %q", i, names[i], want[i])
		}
	}
}

// Velocities are set at the places where the particles are in the world, not relative to the set's origin.
func TestSetVelocities(t *testing.T) {
	set := &seed.Set{Position: [][3]float32{{0.5, 0, 0}, {0, -0.25, 0}}, Velocity: make([][3]float32, 2), Origin: [3]float64{10, 20, 0}}
	setVelocities(set, func(x [3]float64) [3]float64 { return [3]float64{x[0], 2 * x[1], 0} })
	if set.Velocity[0] != [3]float32{10.5, 40, 0} || set.Velocity[1] != [3]float32{10, 39.5, 0} {
		t.Errorf("%v", set.Velocity)
	}
}

// Everything is run, and nothing twice; the small set is small.
func TestSelect(t *testing.T) {
	for _, c := range Cases() {
		seen := map[Variant]bool{}
		for _, v := range c.Select(false) {
			key := Variant{Solver: v.Solver, Across: v.Across}
			if seen[key] {
				t.Errorf("%s: %s with %d across runs twice", c.Name, v.Solver, v.Across)
			}
			seen[key] = true
		}
		dfsph := 0
		for key := range seen {
			if key.Solver == "dfsph" {
				dfsph++
			}
		}
		if dfsph < 2 {
			t.Errorf("%s has only %d resolutions", c.Name, dfsph)
		}
		for _, v := range c.Select(true) {
			if !v.Quick {
				t.Errorf("%s: %+v is no part of the small set", c.Name, v)
			}
		}
	}
}

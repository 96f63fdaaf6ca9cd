package main

import (
	"slices"
	"testing"

	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/ui"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// Passes of another style are gone at once, those that stay settle slowly, and what takes
// nothing has no row.
func TestCosts(t *testing.T) {
	var c costs
	approach(&c.passes, timed([]pass.PassTime{{Name: "a", Milliseconds: 10}, {Name: "b", Milliseconds: 4}}))
	approach(&c.passes, nil) // nothing has come back
	approach(&c.passes, timed([]pass.PassTime{{Name: "a", Milliseconds: 20}, {Name: "c", Milliseconds: 2}}))
	c.simulation = 3
	rows := c.rows()
	if len(rows) != 3 || rows[0].Name != "Simulation" || rows[1].Name != "a" || rows[2].Name != "c" {
		t.Fatalf("rows %+v", rows)
	}
	if got, want := rows[1].Milliseconds, 10+costShare*10; got != want {
		t.Errorf("a takes %g, want %g", got, want)
	}
}

// Passes of a step keep their order, and together the rows take as long as all of them.
func TestStepCosts(t *testing.T) {
	c := costs{steps: timed([]solver.PassTime{{Name: "begin", Milliseconds: 0.01}, {Name: "density", Milliseconds: 6},
		{Name: "compact", Milliseconds: 0.02}, {Name: "force", Milliseconds: 4}})}
	want := []ui.PassTime{{Name: "density", Milliseconds: 6}, {Name: "force", Milliseconds: 4}, {Name: "2 others", Milliseconds: 0.03}}
	if got := c.stepRows(); !slices.Equal(got, want) {
		t.Errorf("rows %+v, want %+v", got, want)
	}
	if got := new(costs).stepRows(); len(got) != 0 {
		t.Errorf("rows of nothing: %+v", got)
	}
}

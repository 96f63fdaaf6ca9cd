package main

import (
	"testing"

	"github.com/fluidsim/fluidsim/render/pass"
)

// Passes of another style are gone at once, those that stay settle slowly, and what takes
// nothing has no row.
func TestCosts(t *testing.T) {
	var c costs
	c.took([]pass.PassTime{{Name: "a", Milliseconds: 10}, {Name: "b", Milliseconds: 4}})
	c.took(nil) // nothing has come back
	c.took([]pass.PassTime{{Name: "a", Milliseconds: 20}, {Name: "c", Milliseconds: 2}})
	c.simulation = 3
	rows := c.rows()
	if len(rows) != 3 || rows[0].Name != "Simulation" || rows[1].Name != "a" || rows[2].Name != "c" {
		t.Fatalf("rows %+v", rows)
	}
	if got, want := rows[1].Milliseconds, 10+costShare*10; got != want {
		t.Errorf("a takes %g, want %g", got, want)
	}
}

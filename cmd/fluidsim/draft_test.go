package main

import (
	"testing"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// What is changed can be undone and made again, a change that goes on as one.
func TestDraft(t *testing.T) {
	sc, err := scene.Parse("tank", []byte(tank))
	if err != nil {
		t.Fatal(err)
	}
	d := newDraft([]byte(tank), sc, sc)
	set := func(value string, done bool) {
		t.Helper()
		next, err := d.now.Set("fluid.viscosity=" + value)
		if err != nil {
			t.Fatal(err)
		}
		d.changed(next, "Viscosity", done)
	}
	is := func(want float64, undo, redo int) {
		t.Helper()
		if got := d.now.Fluid.Viscosity; got != want || len(d.undo) != undo || len(d.redo) != redo {
			t.Errorf("viscosity %g with %d to undo and %d to redo; want %g, %d, %d", got, len(d.undo), len(d.redo), want, undo, redo)
		}
	}
	for _, v := range []string{"0.1", "0.2", "0.3"} {
		set(v, v == "0.3")
	}
	is(0.3, 1, 0)
	set("0.4", true)
	is(0.4, 2, 0)
	if before, ok := d.back(); !ok || before.what != "Viscosity" || before.scene.Fluid.Viscosity != 0.3 {
		t.Errorf("back leads to %v", before)
	}
	d.wentBack()
	d.wentBack()
	is(0.001, 0, 2)
	if _, ok := d.back(); ok {
		t.Error("there is something before the beginning")
	}
	d.wentForth()
	is(0.3, 1, 1)
	set("0.5", true)
	is(0.5, 2, 0)
	set("0.6", false) // a slider that is held...
	if before, ok := d.back(); !ok || before.scene.Fluid.Viscosity != 0.5 {
		t.Errorf("undoing what is held leads to %v", before)
	}
	set("0.6", true) // nothing has changed
	is(0.6, 3, 0)
	other, err := d.now.Set("fluid.viscosity=7")
	if err != nil {
		t.Fatal(err)
	}
	d.reread([]byte("x"), other, other, "the file")
	is(7, 4, 0)
	if lastOf(d.undo) != "the file" || lastOf(d.redo) != "" {
		t.Errorf("%q, %q", lastOf(d.undo), lastOf(d.redo))
	}
}

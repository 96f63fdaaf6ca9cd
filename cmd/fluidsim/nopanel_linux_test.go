package main

import (
	"testing"

	"github.com/fluidsim/fluidsim/render/ui"
)

// A program that was built without the panel (-tags nopanel) has everything else:
// keys, window, saving.
func TestWithoutPanel(t *testing.T) {
	if ui.Available {
		return
	}
	d := newDesk(t)
	p := d.openWithPanel("--commands", "--size", "400x300", "--particles", "1k", "pool-drop")
	p.titled("pool-drop | ")
	p.key("Tab")
	p.line("this build of fluidsim has no panel")
	p.key("F1")
	p.line("Space")
	p.key("space")
	p.titled("paused")
	p.ask("set fluid.viscosity=0.5")
	p.key("ctrl+s")
	p.line("saved pool-drop.toml")
	p.key("ctrl+z")
	p.line("undone: Viscosity")
	if n := colours(p.shot("screen.png")); n < 200 {
		t.Errorf("the window shows only %d colours", n)
	}
	p.key("Escape")
	if code := p.ends(); code != 0 {
		t.Errorf("Escape ended it with %d\n%s", code, p.output())
	}
}

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/render/ui"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// tank is a scene with comments, to be changed and saved.
const tank = `# my tank
format = 1 # the first
title = "Tank"

[domain]
min = [0, 0, 0]
max = [0.4, 0.4, 0.2] # small

[fluid]
spacing = 0.02 # coarse
viscosity = 0.001 # water

[[fluid.shape]]
type = "box"
min = [0, 0, 0]
max = [0.2, 0.2, 0.2]

[[probe]]
name = "level"
type = "height"
position = [0.1, 0, 0.1]
`

// The panel in a window, driven with mouse and keys.
func TestPanel(t *testing.T) {
	if !ui.Available {
		return
	}
	d := newDesk(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "tank.toml")
	if err := os.WriteFile(path, []byte(tank), 0o644); err != nil {
		t.Fatal(err)
	}
	// The system's dialog for files, which has been told what to answer.
	if err := os.WriteFile(filepath.Join(folder, "zenity"), []byte("#!/bin/sh\necho "+filepath.Join(folder, "other.toml")+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "other.toml"), []byte(tank), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	p := d.openWithPanel("--commands", "--size", "900x940", path)
	p.titled("tank | ")
	p.until("the panel", func() bool { return p.ask("control play") != "none" })
	if got := p.ask("size"); got != "900 940" {
		t.Errorf("the window is %s", got)
	}

	t.Run("play", func(t *testing.T) { p.in(t).panelPlays() })
	t.Run("mouse", func(t *testing.T) { p.in(t).panelKeepsTheMouse() })
	t.Run("change", func(t *testing.T) { p.in(t).panelChanges() })
	t.Run("save", func(t *testing.T) { p.in(t).panelSaves(path) })
	t.Run("mistakes", func(t *testing.T) { p.in(t).panelTellsMistakes(path) })
	t.Run("sections", func(t *testing.T) { p.in(t).panelSections() })
	t.Run("hide", func(t *testing.T) { p.in(t).panelHides() })
	t.Run("dialog", func(t *testing.T) { p.in(t).panelOpens() })

	p.say("quit")
	p.ends()
	text, err := os.ReadFile(filepath.Join(p.folder, "config", "panel.json"))
	if err != nil || !strings.Contains(string(text), `"probes": true`) {
		t.Errorf("the layout is not remembered: %v\n%s", err, text)
	}
}

// place is where a control is; the window has no frame that would move it.
func (p *program) place(name string) (x, y int) {
	p.t.Helper()
	p.until("control "+name, func() bool {
		n, _ := fmt.Sscan(p.ask("control "+name), &x, &y)
		return n == 2
	})
	return x, y
}

func (p *program) clicks(name string) {
	p.t.Helper()
	x, y := p.place(name)
	p.do("xdotool", "mousemove", "--window", p.id, fmt.Sprint(x), fmt.Sprint(y), "sleep", "0.1", "click", "1")
	p.say("frames 3") // until it has been drawn
}

// scroll turns the wheel over the column by many notches: "4" up, "5" down.
func (p *program) scroll(button string) {
	p.t.Helper()
	x, y := p.place("sections")
	p.do("xdotool", "mousemove", "--window", p.id, fmt.Sprint(x), fmt.Sprint(y), "sleep", "0.1", "click", "--repeat", "12", "--delay", "20", button)
	p.say("frames 4")
}

func (p *program) panelPlays() {
	p.clicks("play")
	p.titled("paused")
	before, _ := p.step()
	p.clicks("step")
	p.until("a step", func() bool { now, _ := p.step(); return now == before+1 })
	p.clicks("restart")
	p.until("the beginning", func() bool { now, _ := p.step(); return now == 0 })
	p.clicks("time line") // the middle of four seconds is far: it runs on
	p.until("going on", func() bool { now, _ := p.step(); return now > 3 })
	p.key("space")
	p.titled("paused")
}

// Dragging over the panel turns no camera, dragging beside it does.
func (p *program) panelKeepsTheMouse() {
	before := p.ask("camera")
	x, y := p.place("fluid.viscosity")
	p.do("xdotool", "mousemove", "--window", p.id, fmt.Sprint(x), fmt.Sprint(y), "mousedown", "1",
		"mousemove_relative", "--sync", "--", "-300", "-100", "sleep", "0.2", "mouseup", "1")
	p.until("the slider to move", func() bool { return p.ask("value fluid.viscosity") != "0.001" })
	p.say("frames 4") // press, pull and release are a frame each
	p.do("xdotool", "mousemove", "--window", p.id, fmt.Sprint(x), fmt.Sprint(y), "click", "4")
	if now := p.ask("camera"); now != before {
		p.t.Errorf("the camera went from %s to %s", before, now)
	}
	p.key("ctrl+z")
	p.until("the old value", func() bool { return p.ask("value fluid.viscosity") == "0.001" })
	p.do("xdotool", "mousemove", "--window", p.id, "100", "100", "mousedown", "1",
		"mousemove_relative", "--sync", "60", "30", "sleep", "0.2", "mouseup", "1")
	p.until("the camera to move", func() bool { return p.ask("camera") != before })
}

func (p *program) panelChanges() {
	is := func(key, want string) {
		p.t.Helper()
		p.until(key+" = "+want, func() bool { return p.ask("value "+key) == want })
	}
	is("fluid.viscosity", "0.001")
	p.ask("set fluid.viscosity=0.5")
	is("fluid.viscosity", "0.5")
	p.ask("set gravity=[0, -3, 0]")
	is("gravity", "[0, -3, 0]")
	p.key("ctrl+z")
	is("gravity", "[0, -9.81, 0]")
	p.key("ctrl+z")
	is("fluid.viscosity", "0.001")
	p.key("ctrl+shift+z")
	is("fluid.viscosity", "0.5")
	// What needs a restart starts again, and can be undone, too.
	p.say("steps 4")
	p.titled("paused")
	p.ask("set fluid.spacing=0.025")
	is("fluid.spacing", "0.025")
	if step, _ := p.step(); step != 0 {
		p.t.Errorf("another spacing goes on at step %d", step)
	}
	p.key("ctrl+z")
	is("fluid.spacing", "0.02")
	// The dot takes a value back.
	p.clicks("reset:fluid.viscosity")
	is("fluid.viscosity", "0.001")
	p.say("set fluid.viscosity=-1")
	p.line("fluidsim: fluid.viscosity must not be negative")
	is("fluid.viscosity", "0.001")
}

// What is saved keeps the comments and loads as the same scene.
func (p *program) panelSaves(path string) {
	p.ask("set fluid.viscosity=0.25")
	p.ask("set time.cfl=0.3")
	p.key("ctrl+s")
	p.line("saved ")
	text, err := os.ReadFile(path)
	want := strings.Replace(tank, "viscosity = 0.001", "viscosity = 0.25", 1) + "\n[time]\ncfl = 0.3\n"
	if err != nil || string(text) != want {
		p.t.Errorf("%v; saved:\n%s", err, text)
	}
	if _, err := scene.Load(path); err != nil {
		p.t.Error(err)
	}
	p.clicks("save file")
	p.line("saved ")
}

func (p *program) panelTellsMistakes(path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(text), "0.25", "thick", 1)), 0o644); err != nil {
		p.t.Fatal(err)
	}
	p.until("the mistake on the panel", func() bool { return p.ask("control problem") != "none" })
	if err := os.WriteFile(path, text, 0o644); err != nil {
		p.t.Fatal(err)
	}
	p.until("no mistake on the panel", func() bool { return p.ask("control problem") == "none" })
}

// The lower sections draw what the run has to tell.
func (p *program) panelSections() {
	for _, close := range []string{"scenes", "group:fluid", "tools", "view"} {
		if p.ask("control "+close) != "none" {
			p.clicks(close)
		}
	}
	p.clicks("stats")
	p.say("pause")
	p.place("facts:Particles")
	p.place("pass:Simulation")
	p.place("pass:render/water")
	p.scroll("5")
	p.place("plot:Density error")
	p.scroll("4")
	p.clicks("stats") // closed again: there is room for what follows
	p.clicks("probes")
	p.until("readings", func() bool { return p.ask("control plot:level") != "none" })
	p.say("pause")
}

func (p *program) panelHides() {
	before := p.shot("shown.png")
	p.key("Tab")
	p.until("no panel", func() bool { return p.ask("control play") == "none" })
	if off := difference(before, p.shot("hidden.png")); off < 2 {
		p.t.Errorf("without the panel the window looks the same (%.1f of 255)", off)
	}
	p.key("F1")
	p.place("close help")
	p.key("Escape")
	p.until("no help", func() bool { return p.ask("control close help") == "none" })
	p.key("Tab")
	p.place("play")
	p.key("ctrl+o")
	p.place("cancel")
	p.key("Escape")
	p.until("no dialog", func() bool { return p.ask("control cancel") == "none" })
}

// Files are opened with the system's dialog and with the panel's own.
func (p *program) panelOpens() {
	p.clicks("open")
	p.clicks("browse")
	p.titled("other | ")
	p.key("ctrl+o")
	p.clicks("entry:tank.toml")
	p.clicks("accept")
	p.titled("tank | ")
	if got := p.ask("value title"); got != `"Tank"` {
		p.t.Errorf("it opened %s", got)
	}
	// Both are at hand from now on.
	if p.ask("control scene:other.toml") == "none" {
		p.clicks("scenes") // it was closed before
	}
	p.clicks("scene:other.toml")
	p.titled("other | ")
	p.place("scene:tank.toml")
}

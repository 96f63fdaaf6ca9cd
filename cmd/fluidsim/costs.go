package main

import (
	"slices"

	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/ui"
)

// costs are what the parts of a frame take [ms], smoothed so that they can be read.
type costs struct {
	simulation, picture float64 // on the device
	passes              []pass.PassTime
	panel               float64 // on the processor
}

// costShare is how much of a new value counts: numbers settle within a second.
const costShare = 0.15

func smooth(into *float64, fresh float64) { *into += (fresh - *into) * costShare }

// took adds what the passes of the last pictures took. One that no picture has any more,
// because they are drawn in another style, is gone at once.
func (c *costs) took(recent []pass.PassTime) {
	if len(recent) == 0 {
		return
	}
	for i, fresh := range recent {
		if k := slices.IndexFunc(c.passes, func(p pass.PassTime) bool { return p.Name == fresh.Name }); k >= 0 {
			before := c.passes[k].Milliseconds
			smooth(&before, fresh.Milliseconds)
			recent[i].Milliseconds = before
		}
	}
	c.passes = recent
}

// rows are the costs as the panel shows them: the picture pass by pass where that is known.
func (c *costs) rows() (all []ui.PassTime) {
	add := func(name string, ms float64) {
		if ms > 0 {
			all = append(all, ui.PassTime{Name: name, Milliseconds: ms})
		}
	}
	add("Simulation", c.simulation)
	add("Picture", c.picture)
	for _, p := range c.passes {
		add(p.Name, p.Milliseconds)
	}
	add("Panel, on the processor", c.panel)
	return all
}

// showsPasses tells whether somebody looks at what the passes of a picture take.
func (v *viewer) showsPasses() bool {
	p := v.board.panel
	return p != nil && p.Shown() && p.Layout().Open["stats"]
}

// panelMeasured takes what the last frame cost on the device.
func (v *viewer) panelMeasured(simulation, picture float64) {
	c := &v.board.costs
	smooth(&c.simulation, simulation)
	smooth(&c.picture, picture)
	c.took(v.stage.renderer.Recent())
	v.board.records.add(v.last, v.meter.factor(), simulation, picture)
}

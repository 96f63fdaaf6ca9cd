package main

import (
	"fmt"
	"slices"

	"github.com/fluidsim/fluidsim/render/ui"
)

// costs are what the parts of a frame take [ms], smoothed so that they can be read.
type costs struct {
	simulation, picture float64       // on the device
	passes              []ui.PassTime // of the picture
	steps               []ui.PassTime // of one step of the simulation
	panel               float64       // on the processor
}

// costShare is how much of a new value counts: numbers settle within a second.
const costShare = 0.15

// costSmall is the share of a step below which a pass has no row of its own.
const costSmall = 0.01

func smooth(into *float64, fresh float64) { *into += (fresh - *into) * costShare }

// timed are the rows of what solver and renderer have measured.
func timed[P ~struct {
	Name         string
	Milliseconds float64
}](passes []P) (rows []ui.PassTime) {
	for _, p := range passes {
		rows = append(rows, ui.PassTime(p))
	}
	return rows
}

// approach moves rows towards what has just been measured. One that is not measured any more, because a picture is
// drawn in another style or a scene has another solver, is gone at once.
func approach(rows *[]ui.PassTime, fresh []ui.PassTime) {
	if len(fresh) == 0 {
		return
	}
	for i := range fresh {
		if k := slices.IndexFunc(*rows, func(r ui.PassTime) bool { return r.Name == fresh[i].Name }); k >= 0 {
			before := (*rows)[k].Milliseconds
			smooth(&before, fresh[i].Milliseconds)
			fresh[i].Milliseconds = before
		}
	}
	*rows = fresh
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

// stepRows are the passes of a step in their order, those that take next to nothing in one row at the end.
func (c *costs) stepRows() (all []ui.PassTime) {
	sum, rest, few := 0.0, 0.0, 0
	for _, p := range c.steps {
		sum += p.Milliseconds
	}
	for _, p := range c.steps {
		if p.Milliseconds < costSmall*sum {
			rest, few = rest+p.Milliseconds, few+1
		} else {
			all = append(all, p)
		}
	}
	if rest > 0 {
		all = append(all, ui.PassTime{Name: fmt.Sprintf("%d others", few), Milliseconds: rest})
	}
	return all
}

// showsPasses tells whether somebody looks at what the passes of steps and pictures take.
func (v *viewer) showsPasses() bool {
	p := v.board.panel
	return p != nil && p.Shown() && p.Layout().Open["stats"]
}

// panelMeasured takes what the last frame cost on the device.
func (v *viewer) panelMeasured(simulation, picture float64) {
	c := &v.board.costs
	smooth(&c.simulation, simulation)
	smooth(&c.picture, picture)
	approach(&c.passes, timed(v.stage.renderer.Recent()))
	approach(&c.steps, timed(v.run.solver.Recent()))
	v.board.records.add(v.last, v.meter.factor(), simulation, picture)
}

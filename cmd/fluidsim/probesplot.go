package main

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/render/plot"
	"github.com/fluidsim/fluidsim/sim/probe"
)

// figure draws the readings: a panel for each unit over time, and one for each
// profile, which shows it at a few moments.
func (g *gauges) figure() *plot.Figure {
	f := &plot.Figure{Title: g.title}
	byUnit := map[string]int{}
	shared := map[int]bool{} // panels with columns of several probes
	first := map[int]int{}   // the probe of a panel's first column
	for i, c := range g.columns {
		if !math.IsNaN(c.Along) {
			continue
		}
		n, there := byUnit[c.Unit]
		if !there {
			n = len(f.Panels)
			byUnit[c.Unit], first[n] = n, c.Probe
			f.Panels = append(f.Panels, plot.Panel{X: "time [s]"})
		}
		p := &f.Panels[n]
		shared[n] = shared[n] || first[n] != c.Probe
		p.Lines = append(p.Lines, plot.Line{Name: c.Name, X: g.times, Y: g.column(i)})
		own := len(p.Lines)
		if at, y, ok := g.references[c.Probe].of(i, g.times); ok {
			p.Lines = append(p.Lines, plot.Line{Name: g.references[c.Probe].label(c.Name), X: at, Y: y, Points: true, Like: own})
		}
		// What a panel shows, as long as that is one thing.
		p.Y = probe.Column{Name: g.scene.Probes[c.Probe].Name, Unit: c.Unit}.Heading()
		if shared[n] {
			p.Y = "[" + c.Unit + "]"
		}
	}
	for i, p := range g.scene.Probes {
		if p.Type == "profile" {
			f.Panels = append(f.Panels, g.profile(i))
		}
	}
	return f
}

func (g *gauges) column(i int) []float64 {
	out := make([]float64, len(g.readings))
	for row, readings := range g.readings {
		out[row] = readings[i]
	}
	return out
}

// profiles is how many moments of a profile are shown.
const profiles = 6

// profile draws one probe over its length, at moments from the first to the last.
func (g *gauges) profile(number int) plot.Panel {
	panel := plot.Panel{X: "along " + g.scene.Probes[number].Name + " [m]", Y: "surface [m]"}
	var along []float64
	var columns []int
	for i, c := range g.columns {
		if c.Probe == number {
			along, columns = append(along, c.Along), append(columns, i)
		}
	}
	shown := min(profiles, len(g.readings))
	for k := range shown {
		row := 0
		if shown > 1 {
			row = k * (len(g.readings) - 1) / (shown - 1)
		}
		y := make([]float64, len(columns))
		for n, i := range columns {
			y[n] = g.readings[row][i]
		}
		panel.Lines = append(panel.Lines, plot.Line{Name: fmt.Sprintf("at %.3g s", g.times[row]), X: along, Y: y})
	}
	if r := g.references[number]; r != nil {
		panel.Lines = append(panel.Lines, plot.Line{Name: r.name, X: r.x, Y: r.y[0], Points: true})
	}
	return panel
}

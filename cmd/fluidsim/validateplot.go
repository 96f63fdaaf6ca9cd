package main

import (
	"path/filepath"

	"github.com/fluidsim/fluidsim/render/plot"
	"github.com/fluidsim/fluidsim/sim/validation"
	"github.com/fluidsim/fluidsim/sim/whole"
)

// plotCases draws a picture of every case that has run, CASE.png.
func plotCases(folder string, runs []validateRun, results []*validation.Result) error {
	done := map[string]bool{}
	for _, run := range runs {
		if done[run.of.Name] {
			continue
		}
		done[run.of.Name] = true
		var own []*validation.Result
		for _, r := range results {
			if r.Case == run.of.Name {
				own = append(own, r)
			}
		}
		figure := caseFigure(run.of.Title, validation.Charts(own))
		if len(figure.Panels) == 0 {
			continue
		}
		w, err := whole.Create(filepath.Join(folder, run.of.Name+".png"))
		if err != nil {
			return err
		}
		defer w.Drop()
		if err := figure.Write(w, "png"); err != nil {
			return err
		}
		if err := w.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// caseFigure puts the charts of a case below each other.
func caseFigure(title string, charts []validation.Chart) *plot.Figure {
	figure := &plot.Figure{Title: title}
	for _, c := range charts {
		panel := plot.Panel{X: c.X, Y: c.Y}
		place := map[string]int{} // of references: 1 + index
		for i, l := range c.Lines {
			if l.Reference {
				place[l.Name] = i + 1
			}
			panel.Lines = append(panel.Lines, plot.Line{Name: l.Name, X: l.X, Y: l.Y, Points: l.Points, Like: place[l.Like]})
		}
		figure.Panels = append(figure.Panels, panel)
	}
	return figure
}

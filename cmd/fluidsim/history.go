package main

import (
	"math"

	"github.com/fluidsim/fluidsim/render/ui"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// history is how a run went: values over simulated time, for plots. When it has
// grown long it keeps every second moment, so that it always tells of the whole run.
type history struct {
	times  []float32
	values [][]float32 // by curve
	stride int         // moments of which one is kept
	passed int
	last   float64
}

// mostMoments bounds a history; a plot has fewer pixels.
const mostMoments = 1200

func newHistory(curves int) *history {
	return &history{values: make([][]float32, curves), stride: 1, last: math.Inf(-1)}
}

// add takes the values of a moment. An earlier moment than the last begins anew.
func (h *history) add(t float64, values ...float64) {
	if t < h.last {
		*h = *newHistory(len(h.values))
	}
	if t == h.last {
		return
	}
	h.last = t
	h.passed++
	if h.passed%h.stride != 0 {
		return
	}
	h.times = append(h.times, float32(t))
	for i := range h.values {
		h.values[i] = append(h.values[i], float32(values[i]))
	}
	if len(h.times) < mostMoments {
		return
	}
	h.stride *= 2
	h.times = everySecond(h.times)
	for i := range h.values {
		h.values[i] = everySecond(h.values[i])
	}
}

func everySecond(list []float32) []float32 {
	kept := list[:0]
	for i := 1; i < len(list); i += 2 {
		kept = append(kept, list[i])
	}
	return kept
}

// series is the history as the panel draws it.
func (h *history) series(title, unit string, names ...string) ui.Series {
	s := ui.Series{Title: title, Unit: unit, Times: h.times}
	for i, name := range names {
		s.Curves = append(s.Curves, ui.Curve{Name: name, Values: h.values[i]})
	}
	return s
}

// records are the histories that the panel shows of every run.
type records struct{ density, energy, pace, frame *history }

func newRecords() *records {
	return &records{newHistory(2), newHistory(2), newHistory(1), newHistory(2)}
}

// add takes a moment of a run: its statistics, the real-time factor, and what the
// last frame took.
func (r *records) add(s solver.Stats, factor float64, simulation, drawing float64) {
	r.density.add(s.Time, 100*s.DensityErrorMean, 100*s.DensityErrorMax)
	r.energy.add(s.Time, s.KineticEnergy, s.PotentialEnergy)
	if factor > 0 {
		r.pace.add(s.Time, factor)
	}
	if simulation > 0 {
		r.frame.add(s.Time, simulation, drawing)
	}
}

func (r *records) series() []ui.Series {
	return []ui.Series{
		r.density.series("Density error", "%", "mean", "largest"),
		r.energy.series("Energy", "J", "kinetic", "potential"),
		r.pace.series("Simulated over real time", "", "factor"),
		r.frame.series("A frame", "ms", "simulation", "picture"),
	}
}

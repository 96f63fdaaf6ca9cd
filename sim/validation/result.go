package validation

import (
	"encoding/json"
	"math"
	"slices"
)

// Figure is one number that was compared. Its value is an error, or something else that should be small.
type Figure struct {
	Name   string  // what it is
	Value  float64 // NaN: could not be determined, which is short of any target
	Target float64 // the largest amount that passes
	Unit   string  // "%" or a unit; "" for a plain number
	Reason string  // why it is known to be short; "" otherwise
}

// Pass tells whether the target is reached.
func (f Figure) Pass() bool { return math.Abs(f.Value) <= f.Target }

// MarshalJSON writes null for a value that could not be determined.
func (f Figure) MarshalJSON() ([]byte, error) {
	value := &f.Value
	if math.IsNaN(f.Value) || math.IsInf(f.Value, 0) {
		value = nil
	}
	return json.Marshal(struct {
		Name   string   `json:"name"`
		Value  *float64 `json:"value"`
		Target float64  `json:"target"`
		Unit   string   `json:"unit"`
		Pass   bool     `json:"pass"`
		Reason string   `json:"reason,omitempty"`
	}{f.Name, value, f.Target, f.Unit, f.Pass(), f.Reason})
}

// Chart is a picture of a case: what is known, and what runs of it found.
type Chart struct {
	X, Y  string // the axes with their units; charts of one case with the same axes are one chart
	Lines []Line
}

// Line is one curve of a chart.
type Line struct {
	Name      string
	X, Y      []float64
	Points    bool   // separate points, as of an experiment
	Reference bool   // what the runs are compared with: the same for all of them
	Like      string // the reference that it belongs to where there are several; "" otherwise
}

func (c curve) line(name string) Line   { return Line{Name: name, X: c.x, Y: c.y} }
func (c curve) points(name string) Line { return Line{Name: name, X: c.x, Y: c.y, Points: true} }

func (l Line) reference() Line { l.Reference = true; return l }

func (l Line) like(reference string) Line { l.Like = reference; return l }

// Charts are those of all results of one case, with what is known drawn once.
func Charts(results []*Result) []Chart {
	var all []Chart
	for _, r := range results {
		for _, c := range r.Charts {
			at := slices.IndexFunc(all, func(have Chart) bool { return have.X == c.X && have.Y == c.Y })
			if at < 0 {
				at = len(all)
				all = append(all, Chart{X: c.X, Y: c.Y})
			}
			into := &all[at]
			for _, l := range c.Lines {
				known := func(have Line) bool { return have.Reference && have.Name == l.Name }
				if l.Reference && slices.ContainsFunc(into.Lines, known) {
					continue
				}
				into.Lines = append(into.Lines, l)
			}
		}
	}
	return all
}

// Result is what a run of a variant found.
type Result struct {
	Case      string   `json:"case"`
	Solver    string   `json:"solver"`
	Across    int      `json:"across"`    // particles along the case's length
	Spacing   float64  `json:"spacing_m"` // [m]
	Particles int      `json:"particles"`
	Seconds   float64  `json:"seconds"` // simulated
	Wall      float64  `json:"wall_s"`  // that it took, without looking at the particles
	Steps     uint64   `json:"steps"`
	Density   float64  `json:"density_error_mean"` // the particles' mean, the samples' mean: a fraction
	Worst     float64  `json:"density_error_max"`  // of any particle in any sample
	Figures   []Figure `json:"figures"`
	Notes     []string `json:"notes,omitempty"`   // what else there is to say, like the shift of a time zero
	Failure   string   `json:"failure,omitempty"` // the run stopped itself, and why
	Charts    []Chart  `json:"-"`
}

// Pass tells whether the run came to its end and every figure reached its target.
func (r *Result) Pass() bool {
	for _, f := range r.Figures {
		if !f.Pass() {
			return false
		}
	}
	return r.Failure == "" && len(r.Figures) > 0
}

// WallPerSecond is the time that a simulated second took [s].
func (r *Result) WallPerSecond() float64 { return r.Wall / r.Seconds }

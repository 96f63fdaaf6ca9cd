package solver

import (
	"slices"

	"github.com/fluidsim/fluidsim/sim/gpu"
)

// PassTime is the mean time one pass takes in one sub-step.
type PassTime struct {
	Name         string
	Milliseconds float64
}

// timer takes a mark after every pass of the first sub-step of each submit, and adds up what comes back. A nil
// timer does nothing, so the loop over the passes needs no branches for it.
type timer struct {
	raw    *gpu.Timer
	labels []string // the rows, in order of first appearance
	rows   []int    // the row of each mark but the first; a loop's rounds share theirs
	next   int      // mark to set, beyond the last once the submit's first sub-step is over
	sums   []float64
	steps  int
	off    bool // sets no marks
}

// newTimer is nil where the device cannot take the time.
func newTimer(d *gpu.Device, plan Plan) (*timer, error) {
	t := &timer{}
	t.list(plan.Step)
	t.sums = make([]float64, len(t.labels))
	var err error
	if t.raw, err = d.NewTimer(len(t.rows) + 1); t.raw == nil {
		return nil, err
	}
	return t, nil
}

func (t *timer) list(passes []Pass) {
	for _, pass := range passes {
		for range pass.Times {
			t.list(pass.Body)
		}
		if pass.Times > 0 {
			continue
		}
		row := slices.Index(t.labels, pass.Label)
		if row < 0 {
			row = len(t.labels)
			t.labels = append(t.labels, pass.Label)
		}
		t.rows = append(t.rows, row)
	}
}

// start marks the beginning of a submit's first sub-step.
func (t *timer) start(e *gpu.Encoder) {
	if t == nil {
		return
	}
	if t.next = len(t.rows) + 1; !t.off {
		e.Timestamp(t.raw, 0)
		t.next = 1
	}
}

// mark marks the end of a pass.
func (t *timer) mark(e *gpu.Encoder) {
	if t == nil || t.next > len(t.rows) {
		return
	}
	e.Timestamp(t.raw, t.next)
	t.next++
	if t.next > len(t.rows) {
		e.ResolveTimer(t.raw)
	}
}

func (t *timer) add(ms []float64) {
	for i := range min(len(ms), len(t.rows)) {
		t.sums[t.rows[i]] += ms[i]
	}
	t.steps++
}

// gather adds what has come back, without waiting, and so makes room for the next submits' marks.
func (t *timer) gather() {
	if t != nil {
		t.raw.CollectAll(t.add)
	}
}

// collect waits for what is under way, returns the means since the last call and begins anew.
func (t *timer) collect() []PassTime {
	if t == nil {
		return nil
	}
	t.raw.WaitAll(t.add)
	return t.means()
}

// means are those since the last call, of what has been gathered.
func (t *timer) means() []PassTime {
	if t == nil || t.steps == 0 {
		return nil
	}
	out := make([]PassTime, len(t.labels))
	for i, name := range t.labels {
		out[i] = PassTime{name, t.sums[i] / float64(t.steps)}
		t.sums[i] = 0
	}
	t.steps = 0
	return out
}

func (t *timer) release() {
	if t != nil {
		t.raw.Release()
	}
}

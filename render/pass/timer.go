package pass

import (
	"slices"

	"github.com/fluidsim/fluidsim/sim/gpu"
)

// PassTime is the mean time one pass takes of a picture.
type PassTime struct {
	Name         string
	Milliseconds float64
}

// timer takes a mark after every pass of a picture of one style, and adds up what comes back. A nil timer does nothing.
type timer struct {
	raw      *gpu.Timer
	labels   []string
	sums     []float64
	pictures int
	recent   float64 // milliseconds of the newest picture that came back
	encoder  *gpu.Encoder
	next     int
	off      bool // takes no marks
}

// The passes of a picture of each style, in order; where one does not happen its row is zero.
var (
	ballPasses  = []string{"render/shadow", "render/picture"}
	waterPasses = []string{"render/foam_clock", "render/foam_normal", "render/foam_move", "render/foam_emit", "render/water_shape",
		"render/shadow", "render/water_sun", "render/water_spread", "render/water_eye", "render/water_depth", "render/water_thickness",
		"render/water_walls", "render/water_filter", "render/water_surface", "render/behind", "render/water_join", "render/water", "render/foam",
		"render/water_over"}
)

// newTimer is nil where the device cannot take the time.
func newTimer(d *gpu.Device, labels []string) (*timer, error) {
	t := &timer{labels: labels, sums: make([]float64, len(labels))}
	var err error
	if t.raw, err = d.NewTimer(len(labels) + 1); t.raw == nil {
		return nil, err
	}
	return t, nil
}

// start marks the beginning of a picture.
func (t *timer) start(e *gpu.Encoder) {
	if t != nil && !t.off {
		t.gather()
		e.Timestamp(t.raw, 0)
		t.encoder, t.next = e, 1
	}
}

// mark marks the end of a pass, and of those before it that did not happen.
func (t *timer) mark(label string) {
	if t == nil || t.encoder == nil {
		return
	}
	last := slices.Index(t.labels, label) + 1
	for ; t.next <= last; t.next++ {
		t.encoder.Timestamp(t.raw, t.next)
	}
	if last == len(t.labels) {
		t.encoder.ResolveTimer(t.raw)
		t.encoder = nil
	}
}

func (t *timer) gather() {
	t.raw.CollectAll(t.add)
}

func (t *timer) add(ms []float64) {
	t.recent = 0
	for i := range min(len(ms), len(t.sums)) {
		t.sums[i] += ms[i]
		t.recent += ms[i]
	}
	t.pictures++
}

// collect gives the means since the last call, waiting for what is under way.
func (t *timer) collect() []PassTime {
	if t == nil {
		return nil
	}
	t.raw.WaitAll(t.add)
	return t.means()
}

// means are those since the last call, of what has been gathered.
func (t *timer) means() (all []PassTime) {
	if t == nil {
		return nil
	}
	for i, label := range t.labels {
		if t.sums[i] > 0 {
			all = append(all, PassTime{label, t.sums[i] / float64(max(t.pictures, 1))})
		}
		t.sums[i] = 0
	}
	t.pictures = 0
	return all
}

func (t *timer) release() {
	if t != nil {
		t.raw.Release()
	}
}

package main

import (
	"math"

	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// ends are those of a colour map that follows the values there are.
type ends struct {
	field     pass.Field
	low, high float64
	known     bool
}

// ease is how much of the way to a new range a picture goes: colours must not
// flicker.
const ease = 0.15

// adapts tells whether the ends of the map follow the values.
func (l *look) adapts() bool {
	return l.scene.Colors.Range == "frame" && l.style == pass.Balls && pass.Ranged(l.by)
}

// adapt takes a newly measured range.
func (l *look) adapt(low, high float64) {
	if pass.Signed(l.by, l.scale) {
		high = math.Max(math.Abs(low), math.Abs(high))
		low = -high
	}
	if !(high > low) {
		return // all alike, as at rest: the colours stay
	}
	to := ends{l.by, low, high, true}
	if from := l.ends; from.known && from.field == l.by {
		to.low, to.high = from.low+ease*(low-from.low), from.high+ease*(high-from.high)
	}
	l.ends = to
}

// takeRange takes the range of an earlier picture. A recording waits for that of the
// last one, so that it does not depend on how fast the device is; it has been ready
// since the simulation went on.
func (s *stage) takeRange() {
	if !s.look.adapts() {
		return
	}
	latest := s.ranger.Latest
	if s.recording {
		latest = s.ranger.Wait
	}
	if low, high, ok := latest(s.look.by); ok {
		s.look.adapt(low, high)
	}
}

// measureRange measures the values of this picture for a later one.
func (s *stage) measureRange(e *gpu.Encoder, p pass.Particles) {
	if s.look.adapts() {
		s.ranger.Measure(e, p, s.look.by)
	}
}

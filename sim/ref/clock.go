package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// takeExtremes reads the largest speed and acceleration of the step and clears
// them for the next.
func takeExtremes(tally *layout.Tally) (speed, acceleration float64) {
	speed = math.Sqrt(float64(math.Float32frombits(tally.MaxSpeedSquared)))
	acceleration = math.Sqrt(float64(math.Float32frombits(tally.MaxAccelerationSquared)))
	tally.MaxSpeedSquared, tally.MaxAccelerationSquared = 0, 0
	return speed, acceleration
}

// mayMove is whether the particles are to move: not after a fault, when those
// that had just left are taken back, and not in a priming step.
func mayMove(speed float64, control *layout.Control, tally *layout.Tally, dispatch *layout.Dispatch) bool {
	control.Fault = tally.Fault
	if control.Fault != 0 {
		control.Running = 0
		control.Lost -= control.Sorted - control.Live
		control.Live = control.Sorted
		dispatch.Live = Groups(0)
		return false
	}
	control.MaxSpeed = float32(speed)
	if control.Prime == 1 {
		control.Prime, control.Dt = 0, 0
		return false
	}
	return true
}

// advanceClock moves time on by dt in whole units of 2^-32 s, at least one.
func advanceClock(dt float64, control *layout.Control) {
	ticks := max(1, uint64(dt*(1<<32)))
	now := uint64(control.TimeS)<<32 | uint64(control.TimeFrac)
	now += ticks
	control.TimeS, control.TimeFrac = uint32(now>>32), uint32(now)
	control.Dt = float32(float64(ticks) / (1 << 32))
	control.Step++
}

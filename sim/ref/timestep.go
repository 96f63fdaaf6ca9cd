package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Timestep takes the step size from the tally's maxima (and clears them) and
// moves time on by it. After a fault nothing moves: the step stops counting,
// and particles that had just left it are taken back.
// A priming step has size zero and is not counted.
//
// Simulated time is an integer of 2^-32 s, and dt a whole number of these
// units, at least one.
func Timestep(p *layout.SimParams, control *layout.Control, tally *layout.Tally, dispatch *layout.Dispatch) {
	speed := math.Sqrt(float64(math.Float32frombits(tally.MaxSpeedSquared)))
	acceleration := math.Sqrt(float64(math.Float32frombits(tally.MaxAccelerationSquared)))
	tally.MaxSpeedSquared, tally.MaxAccelerationSquared = 0, 0

	control.Fault = tally.Fault
	if control.Fault != 0 {
		control.Running = 0
		control.Lost -= control.Sorted - control.Live
		control.Live = control.Sorted
		dispatch.Live = Groups(0)
		return
	}
	control.MaxSpeed = float32(speed)
	if control.Prime == 1 {
		control.Prime, control.Dt = 0, 0
		return
	}
	ticks := max(1, uint64(StepSize(p, speed, acceleration)*(1<<32)))
	now := uint64(control.TimeS)<<32 | uint64(control.TimeFrac)
	now += ticks
	control.TimeS, control.TimeFrac = uint32(now>>32), uint32(now)
	control.Dt = float32(float64(ticks) / (1 << 32))
	control.Step++
}

// StepSize is the largest stable step: sound and flow may not cross a
// smoothing length h_s, nor may acceleration or diffusion.
//
//	dt = min(dt_max, CFL min(h_s / (c + |v|), sqrt(h_s / |a|), 0.125 h_s^2 / nu))
//
// Source: Monaghan (1992), eq. 10.1-10.3; Morris, Fox & Zhu (1997), eq. 20.
func StepSize(p *layout.SimParams, speed, acceleration float64) float64 {
	hs, c, nu := float64(p.SmoothingLength), float64(p.SoundSpeed), float64(p.EffectiveViscosity)
	limit := hs / (c + speed)
	if acceleration > 0 {
		limit = min(limit, math.Sqrt(hs/acceleration))
	}
	if nu > 0 {
		limit = min(limit, 0.125*hs*hs/nu)
	}
	return min(float64(p.MaxStep), float64(p.Cfl)*limit)
}

package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Timestep takes the step size from the tally's maxima (and clears them) and
// moves time on by it. After a fault nothing moves: the step stops counting,
// and particles that had just left it are taken back.
// A priming step has size zero and is not counted. The solve of viscosity begins.
//
// Simulated time is an integer of 2^-32 s, and dt a whole number of these
// units, at least one.
func Timestep(p *layout.SimParams, control *layout.Control, tally *layout.Tally, dispatch *layout.Dispatch) {
	speed, acceleration := takeExtremes(tally)
	if !mayMove(speed, control, tally, dispatch) {
		return
	}
	control.PreviousDt = stepToGuessFrom(control)
	advanceClock(StepSize(p, speed, acceleration), control)
	control.ViscosityIterations, dispatch.Viscous = 0, Groups(int(control.Live))
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

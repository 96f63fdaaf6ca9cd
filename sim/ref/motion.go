package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Kick changes every particle's velocity: v += dt a.
func Kick(dt float64, particles []Particle) {
	for i := range particles {
		own := &particles[i]
		own.V = own.V.plus(own.Acceleration.times(dt))
	}
}

// NonPressure gives every particle its acceleration by everything but pressure,
// and the tally the largest speed and acceleration. One whose square is no finite
// float32 raises a fault instead.
func NonPressure(p *layout.SimParams, particles []Particle, walls []Sample, tally *layout.Tally) {
	speed, acceleration := 0.0, 0.0
	for i := range particles {
		own := &particles[i]
		for axis, sum := range NonPressureOf(p, i, particles, walls) {
			own.Acceleration[axis] = sum.Value
		}
		v, a := own.V.dot(own.V), own.Acceleration.dot(own.Acceleration)
		if !fits(v) || !fits(a) {
			raise(tally, FaultNonPressureNonFinite, &tally.NonPressureParticle, own.ID)
			continue
		}
		speed, acceleration = max(speed, v), max(acceleration, a)
	}
	tally.MaxSpeedSquared = max(tally.MaxSpeedSquared, math.Float32bits(float32(speed)))
	tally.MaxAccelerationSquared = max(tally.MaxAccelerationSquared, math.Float32bits(float32(acceleration)))
}

// NonPressureOf is particle i's acceleration by gravity and viscosity, physical
// for every pair plus artificial for approaching pairs; against walls, which
// stand still, both always act:
//
//	g + sum_j V (2(D+2) nu + [v_ij.x_ij < 0] alpha c h_s) (v_ij.x_ij)/(r^2 + 0.01 h_s^2) grad W_ij
//	  + sum_b V_b (2(D+2) nu + alpha_w c h_s) (v_i.x_ib)/(r^2 + 0.01 h_s^2) grad W_ib
//
// Source: Monaghan (1992), eq. 4.1; Weiler et al. (2018), eq. 6.
func NonPressureOf(p *layout.SimParams, i int, particles []Particle, walls []Sample) (total [3]Sum) {
	h, soft, v := float64(p.SupportRadius), 0.01*float64(p.SmoothingLength)*float64(p.SmoothingLength), particles[i].V
	add := func(nu, nuMax float64, dv, away Vec, r float64) {
		addAlong(&total, away,
			nu*dv.dot(away)/(r*r+soft)*GradFactor(r, h),
			nuMax*dv.absDot(away)/(r*r+soft)*gradFactorSize(r, h))
	}
	for axis := range total {
		total[axis].Add(float64(p.Gravity[axis]))
	}
	pairs(p, i, particles, walls, func(j int, away Vec, r float64) {
		dv := v.minus(particles[j].V)
		most := float64(p.Viscosity) + float64(p.ArtificialViscosity)
		nu := most
		if dv.dot(away) >= 0 {
			nu = float64(p.Viscosity)
		}
		add(float64(p.Volume)*nu, float64(p.Volume)*most, dv, away, r)
	}, func(b int, away Vec, r float64) {
		nu := walls[b].Volume * float64(p.WallViscosity)
		add(nu, nu, v, away, r)
	})
	return total
}

// Cfl takes the step size from the tally's maxima (and clears them), moves time
// on by it and turns to the density system. After a fault nothing moves: the step
// stops counting, and particles that had just left it are taken back. A priming
// step has size zero and is not counted.
func Cfl(p *layout.SimParams, control *layout.Control, tally *layout.Tally, dispatch *layout.Dispatch) {
	speed, acceleration := takeExtremes(tally)
	if !mayMove(speed, control, tally, dispatch) {
		return
	}
	last := control.Dt
	advanceClock(CflStep(p, float64(last), speed, acceleration), control)
	control.PreviousDt = last
	begin(SolveDensity, control, tally, dispatch)
}

// CflStep is the largest step in which the fastest particle, with what it gains
// in a step as long as the last one, moves by no more than a share of the
// spacing d, and acceleration and diffusion do not cross a smoothing length h_s:
//
//	dt = min(dt_max, CFL d / (|v| + dt_last |a|), sqrt(h_s / |a|) / 2, 0.125 h_s^2 / nu)
//
// The last step counts as sqrt(h_s / |a|) at most.
//
// Source: Bender & Koschier (2017), sec. 3.5; Morris, Fox & Zhu (1997), eq. 20.
func CflStep(p *layout.SimParams, last, speed, acceleration float64) float64 {
	hs, d, nu := float64(p.SmoothingLength), float64(p.Spacing), float64(p.EffectiveViscosity)
	limit := float64(p.MaxStep)
	if acceleration > 0 {
		pull := math.Sqrt(hs / acceleration)
		limit = min(limit, pull/2)
		speed += acceleration * min(last, pull)
	}
	if speed > 0 {
		limit = min(limit, float64(p.Cfl)*d/speed)
	}
	if nu > 0 {
		limit = min(limit, 0.125*hs*hs/nu)
	}
	return limit
}

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

// NonPressure gives every particle its acceleration by everything but pressure, of
// which PBF has a share to begin the next step with,
// and the tally the largest |v|^2 + max(0, p/rho) and acceleration. Fluid under pressure p
// is as stiff against shifts within a spacing as if it moved at sqrt(p/rho). One
// whose square is no finite float32 raises a fault instead.
func NonPressure(p *layout.SimParams, particles []Particle, tally *layout.Tally) {
	speed, acceleration := 0.0, 0.0
	for i := range particles {
		own := &particles[i]
		for axis, sum := range NonPressureOf(p, i, particles) {
			own.Acceleration[axis] = sum.Value
		}
		v := own.V.dot(own.V) + float64(p.HeadShare)*float64(p.RestDensity)*max(own.PressureTerm, 0)
		a := own.Acceleration.dot(own.Acceleration)
		if !fits(v) || !fits(a) {
			raise(tally, FaultNonPressureNonFinite, &tally.NonPressureParticle, own.ID)
			continue
		}
		speed, acceleration = max(speed, v), max(acceleration, a)
	}
	tally.MaxSpeedSquared = max(tally.MaxSpeedSquared, math.Float32bits(float32(speed)))
	tally.MaxAccelerationSquared = max(tally.MaxAccelerationSquared, math.Float32bits(float32(acceleration)))
}

// NonPressureOf is drivenOf and, with PBF, what the share WarmStart of this step's
// kappa will push in the next, where the rounds begin with it:
//
//	-sum_j V (kappa_i + kappa_j) grad W_ij - kappa_i G_i
func NonPressureOf(p *layout.SimParams, i int, particles []Particle) [3]Sum {
	total := drivenOf(p, i, particles)
	kept := float64(p.WarmStart) * float64(p.RestDensity)
	pairs(p, i, particles, func(j int, away Vec, r float64) {
		press := float64(p.Volume) * kept * (particles[i].PressureTerm + particles[j].PressureTerm)
		addAlong(&total, away, -press*slope(p, r), press*slopeSize(p, r))
	})
	addVector(&total, particles[i].Wall.Slope.times(-kept*particles[i].PressureTerm))
	return total
}

// drivenOf is particle i's acceleration by gravity, by viscosity, physical
// for every pair plus artificial for approaching pairs, and by friction at walls,
// which move with u_i:
//
//	g + sum_j V ([v_ij.x_ij < 0] alpha c h_s (v_ij.x_ij) x_ij/(r^2 + 0.01 h_s^2) + 2 nu v_ij) (dW/dr)/r
//	  - friction min(ln N_i / l0, 4) (v_i - u_i)
//
// Source: Monaghan (1992), eq. 4.1; Morris, Fox & Zhu (1997), eq. 22, whose sum
// is exact for quadratic flows on a lattice once it is calibrated there.
func drivenOf(p *layout.SimParams, i int, particles []Particle) (total [3]Sum) {
	soft, v, volume := 0.01*float64(p.SmoothingLength)*float64(p.SmoothingLength), particles[i].V, float64(p.Volume)
	for axis := range total {
		total[axis].Add(float64(p.Gravity[axis]))
	}
	pairs(p, i, particles, func(j int, away Vec, r float64) {
		dv := v.minus(particles[j].V)
		alpha := volume * float64(p.ArtificialViscosity) / (r*r + soft)
		addAlong(&total, away, alpha*min(dv.dot(away), 0)*slope(p, r), alpha*dv.absDot(away)*slopeSize(p, r))
		nu := volume * float64(p.Viscosity)
		addAlong(&total, dv, nu*slope(p, r), nu*slopeSize(p, r))
	})
	addVector(&total, WallSupport(p, particles[i].Wall.Slope))
	addVector(&total, v.minus(particles[i].Wall.V).times(-WallDrag(p, particles[i].Wall.N)))
	return total
}

// WallSupport is how much more than with a particle's own pressure the walls hold it: half its weight, half a spacing from a
// floor. Fluid at rest behind the floor would be under more pressure than before it.
func WallSupport(p *layout.SimParams, slope Vec) Vec {
	push := slope.times(-float64(p.InvWallSlope))
	weight := max(0, -xyz(p.Gravity).dot(push))
	return push.times(0.5 * weight / max(push.length(), 1e-6))
}

// WallDrag is the damping rate by walls that multiply the density by n.
func WallDrag(p *layout.SimParams, n float64) float64 {
	return float64(p.WallFriction) * wallGrip(p, n)
}

func wallGrip(p *layout.SimParams, n float64) float64 { return min(math.Log(n)/float64(p.WallLog), 4) }

// Cfl takes the step size from the tally's maxima (and clears them), moves time
// on by it and turns to the systems of viscosity and density. After a fault nothing moves: the step
// stops counting, and particles that had just left it are taken back. A priming
// step has size zero and is not counted.
func Cfl(p *layout.SimParams, control *layout.Control, tally *layout.Tally, dispatch *layout.Dispatch) {
	speed, acceleration := takeExtremes(tally)
	if !mayMove(speed, control, tally, dispatch) {
		return
	}
	last := stepToGuessFrom(control)
	advanceClock(CflStep(p, float64(control.Dt), speed, acceleration), control)
	control.PreviousDt = last
	begin(SolveDensity, control, tally, dispatch)
	control.ViscosityIterations, dispatch.Viscous = 0, dispatch.Iterate
}

const (
	// StepGrowth is how many times as long as the last one a step with implicit viscosity is at most.
	StepGrowth = 1.2

	// StepFirst is the share of the longest step that the first one is, with implicit viscosity.
	StepFirst = 0.05
)

// CflStep is the largest step in which the fastest particle, with what it gains
// in a step as long as the last one, moves by no more than a share of the
// spacing d, and acceleration and diffusion do not cross a smoothing length h_s:
//
//	dt = min(dt_max, CFL d / (|v| + dt_last |a|), sqrt(h_s / |a|) / 2, 0.125 h_s^2 / nu)
//
// The last step counts as sqrt(h_s / |a|) at most. Where viscosity is implicit, whose
// error is as large as the step, what starts all at once is followed from short steps
// on, of StepFirst dt_max, that grow by StepGrowth at most.
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
	if p.ViscousStrength > 0 {
		limit = min(limit, max(StepGrowth*last, StepFirst*float64(p.MaxStep)))
	}
	return limit
}

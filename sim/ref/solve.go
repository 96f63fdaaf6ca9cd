package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// The two linear systems of DFSPH, as in shaders/common/solve.wgsl.
const (
	SolveDivergence uint32 = iota
	SolveDensity
)

const (
	// ResidualUnit is how many units of the tally's residual make 1.
	ResidualUnit = 1 << 16

	// WarmShare is how much of the last step's pressure the next one starts from: a
	// little less than all, so that pressure that is not needed fades.
	WarmShare = 0.9

	// MostAtOnce is how much of the density a step corrects at most.
	MostAtOnce = 0.01

	// LeastTolerance is the smallest density error that single precision sees.
	LeastTolerance = 1e-6

	// CatchUp is in how many times cfl d / c compressed fluid is pushed apart.
	CatchUp = 2.5

	// divergenceRounds is how many rounds the divergence solve is given: twice the 10 that a stirred tank was seen
	// to need with this tolerance. What they leave is left to the density solve, which looks at the same velocities. A
	// round that is not needed is not free: the device is told of it before anyone knows.
	divergenceRounds    = 20
	divergenceTolerance = 1e-3

	// SourceUnit is how many units of the tally's source make 1.
	SourceUnit = 1 << 16
)

// DivergenceBegin turns to the first of a step's two systems.
func DivergenceBegin(control *layout.Control, tally *layout.Tally, dispatch *layout.Dispatch) {
	if control.Running == 0 {
		dispatch.Iterate = Groups(0)
		return
	}
	begin(SolveDivergence, control, tally, dispatch)
}

// begin turns to a system: no iteration is done, every particle takes part.
func begin(solve uint32, control *layout.Control, tally *layout.Tally, dispatch *layout.Dispatch) {
	control.Solve, control.Iterations, tally.Residual, tally.Source = solve, 0, 0, 0
	dispatch.Iterate = Groups(int(control.Live))
}

// MostRounds is how many rounds a system is given. Fluid without a surface and tighter tolerances take more of them.
func MostRounds(p *layout.SimParams, solve uint32) int {
	most := int(p.MaxIterations)
	if solve == SolveDivergence && p.Full == 0 && p.DivergenceTolerance >= divergenceTolerance {
		return min(most, divergenceRounds)
	}
	return most
}

// RateOf is the divergence of a vector field at particle i, as SPH sees it, with
// the sign turned: for velocities the share of rho0 by which the density grows
// in a second. Walls stand still.
//
//	sum_j V (f_i - f_j).grad W_ij + f_i.G_i
//
// Source: Bender & Koschier (2017), eq. 5.
func RateOf(p *layout.SimParams, i int, particles []Particle, field func(Particle) Vec) (rate Sum) {
	volume, f := float64(p.Volume), field(particles[i])
	pairs(p, i, particles, func(j int, away Vec, r float64) {
		df := f.minus(field(particles[j]))
		rate.AddSized(volume*df.dot(away)*slope(p, r), volume*df.absDot(away)*slopeSize(p, r))
	})
	wall := particles[i].Wall.Slope
	rate.AddSized(f.dot(wall), f.absDot(wall))
	return rate
}

// VelocityOf and PushOf are the fields that RateOf is asked about.
func VelocityOf(own Particle) Vec { return own.V }
func PushOf(own Particle) Vec     { return own.Acceleration }

// FlowRateOf is that of the velocities, between walls that move.
func FlowRateOf(p *layout.SimParams, i int, particles []Particle) Sum {
	rate, wall := RateOf(p, i, particles, VelocityOf), particles[i].Wall
	press := wall.Press * particles[i].Density / (float64(p.RestDensity) * wall.N)
	rate.AddSized(-press, math.Abs(press))
	return rate
}

// Source gives every particle the right-hand side of the system that is to be
// solved, and a first guess. Density: what the density would lack after a step
// with these velocities,
//
//	s_i = (1 - (rho_i + dt Drho_i/Dt) / rho0) / N_i
//
// (of what is compressed already only a share, where the step is short), starting from most of the last step's pressure, whatever its length, where
// the fluid is being compressed. Divergence: how fast the density grows, where
// there are neighbours enough to tell,
//
//	s_i = -max(0, Drho_i/Dt) / (rho0 N_i)
//
// starting from the first iteration, which is known without a look at the
// neighbours. A priming step has nothing to solve. Fluid that fills its domain has
// no surface: there what flows apart counts as well, the density that particles have come to is left to their shifts, and
// the tally gets the sum.
//
// Source: Bender & Koschier (2017), eq. 5, 12 and sec. 3.4.
func Source(p *layout.SimParams, control *layout.Control, particles []Particle, tally *layout.Tally) {
	dt, rho0 := float64(control.Dt), float64(p.RestDensity)
	for i := range particles {
		own := &particles[i]
		own.Kappa, own.Source = 0, 0
		if dt == 0 {
			continue
		}
		rate := FlowRateOf(p, i, particles).Value
		switch {
		case control.Solve == SolveDensity:
			over := max(own.Density/rho0-1, 0)
			own.Source = -dt * rate
			if p.Full == 0 {
				own.Source += (1 - own.Density/rho0 + over - min(catchUp(p, dt)*over, MostAtOnce)) / own.Wall.N
			}
			if own.Source < 0 || p.Full == 1 {
				own.Kappa = WarmShare * rho0 * own.PressureTerm
			}
		case Around(p, *own) >= float64(p.EnoughNeighbours):
			own.Source = -max(0, rate)
			if p.Full == 1 {
				own.Source = -rate
			}
			own.Kappa = max(leastKappa(p), -float64(p.Omega)*own.Source*own.Factor/dt)
		}
	}
	if p.Full == 0 {
		return
	}
	for first := 0; first < len(particles); first += workgroup {
		sum := 0.0
		for _, own := range particles[first:min(first+workgroup, len(particles))] {
			sum += own.Source * stepOf(control, dt)
		}
		tally.Source += uint32(SourceUnits(sum))
	}
}

// Around is the number of a particle's neighbours, walls counted as the fluid that would be in their place.
func Around(p *layout.SimParams, own Particle) float64 {
	return float64(own.Neighbours) + float64(p.WallNeighbours)*math.Log(own.Wall.N)
}

// catchUp is the share of what is compressed already that a step of this length
// puts right. All at once in a short step, the speed given would grow with 1/dt.
func catchUp(p *layout.SimParams, dt float64) float64 {
	return min(1, dt*float64(p.SoundSpeed)/(CatchUp*float64(p.Cfl)*float64(p.Spacing)))
}

// Pressure gives every particle the acceleration by pressure.
func Pressure(p *layout.SimParams, particles []Particle) {
	for i := range particles {
		for axis, sum := range PressureOf(p, i, particles) {
			particles[i].Acceleration[axis] = sum.Value
		}
	}
}

// PressureOf is particle i's acceleration by pressure:
//
//   - sum_j V (kappa_i + kappa_j) grad W_ij - kappa_i G_i
//
// Source: Bender & Koschier (2017), eq. 4, with kappa = rho0 p / rho^2.
func PressureOf(p *layout.SimParams, i int, particles []Particle) (total [3]Sum) {
	volume, kappa := float64(p.Volume), particles[i].Kappa
	pairs(p, i, particles, func(j int, away Vec, r float64) {
		strength := volume * (kappa + particles[j].Kappa)
		addAlong(&total, away, -strength*slope(p, r), strength*slopeSize(p, r))
	})
	addVector(&total, particles[i].Wall.Slope.times(-kappa))
	return total
}

// Relax is one iteration of the system, after Pressure has given the
// accelerations a that belong to kappa:
//
//	kappa_i <- max(0, y_i - omega (s_i - [full] mean s - (A y)_i) k_i / dt^n)
//	y_i <- max(0, kappa_i + m/(m+3) (kappa_i - last kappa_i)), after m iterations
//	(A y)_i = dt^n (sum_j V (a_i - a_j).grad W_ij + a_i.G_i)
//
// with n = 2 for density and 1 for divergence. Kappa is y between iterations.
// The momentum is left out for a particle in which it points away from where the
// last iteration went. What is still compressed before
// it, as a share of the density (the divergence's: over one step), adds up in
// the tally. A particle that cannot be helped, k_i = 0, does not count; one whose
// numbers are no longer finite raises a fault and gets no pressure.
//
// Source: Bender & Koschier (2017), alg. 3-4; Nesterov (1983); O'Donoghue &
// Candes (2015), sec. 3.2.
func Relax(p *layout.SimParams, control *layout.Control, particles []Particle, tally *layout.Tally) {
	groups := (len(particles) + workgroup - 1) / workgroup
	residuals := make([]float64, groups)
	for i := range particles {
		own := &particles[i]
		missing, power := MissingOf(p, control, i, particles, tally)
		kappa := max(leastKappa(p), own.Kappa-float64(p.Omega)*missing*own.Factor/power)
		if !fits(missing) || !fits(kappa) {
			own.Kappa, own.LastKappa = 0, 0
			raise(tally, FaultRelaxNonFinite, &tally.RelaxParticle, own.ID)
			continue
		}
		step, done := 0.0, float64(control.Iterations)
		if done > 0 {
			step = kappa - own.LastKappa
		}
		momentum := done / (done + 3)
		if (own.Kappa-kappa)*step > 0 {
			momentum = 0
		}
		own.Kappa, own.LastKappa = max(leastKappa(p), kappa+momentum*step), kappa
		if own.Factor != 0 {
			residuals[i/workgroup] += own.Wall.N * ResidualOf(p, control, missing)
		}
	}
	for _, sum := range residuals {
		tally.Residual += ResidualUnits(sum, groups)
	}
}

// MissingOf is s - [full] mean s - A kappa, and dt^n, in which a billionth of a second stands for
// a step of no length.
func MissingOf(p *layout.SimParams, control *layout.Control, i int, particles []Particle, tally *layout.Tally) (missing, power float64) {
	power = stepPower(control)
	return particles[i].Source - MeanSource(p, control, tally) - power*RateOf(p, i, particles, PushOf).Value, power
}

// MeanSource is what all sources have in common, where the fluid fills its
// domain: it asks for nothing that a pressure could do, and would raise it for ever.
func MeanSource(p *layout.SimParams, control *layout.Control, tally *layout.Tally) float64 {
	mean := float64(p.Full) * float64(int32(tally.Source)) / SourceUnit / float64(max(control.Live, 1))
	return mean / stepOf(control, max(float64(control.Dt), 1e-9))
}

// stepOf turns what a system asks for into a density error: a divergence does so over one step.
func stepOf(control *layout.Control, dt float64) float64 {
	if control.Solve == SolveDensity {
		return 1
	}
	return dt
}

// SourceUnits is a workgroup's sum of sources in whole units.
func SourceUnits(sum float64) int32 {
	return int32(math.RoundToEven(min(max(sum*SourceUnit, -1<<22), 1<<22)))
}

func stepPower(control *layout.Control) float64 {
	dt := max(float64(control.Dt), 1e-9)
	if control.Solve == SolveDensity {
		return dt * dt
	}
	return dt
}

// leastKappa is the least pressure there is: in fluid that fills a domain without walls it may pull.
func leastKappa(p *layout.SimParams) float64 {
	if p.Pulls == 1 {
		return -3e38
	}
	return 0
}

// ResidualOf is what is still compressed, or, where pressure may pull, stretched, as a share of the density.
func ResidualOf(p *layout.SimParams, control *layout.Control, missing float64) float64 {
	compressed := max(float64(p.Pulls)*missing, -missing)
	if control.Solve == SolveDensity {
		return compressed
	}
	return compressed * max(float64(control.Dt), 1e-9)
}

// ResidualUnits is a workgroup's residual in whole units, no more than its part
// of what the tally can hold.
func ResidualUnits(sum float64, groups int) uint32 {
	most := uint32(1<<32-1) / uint32(groups)
	return uint32(min(sum*ResidualUnit+0.5, float64(most)))
}

// RelaxCheck ends the iteration when the mean residual is small enough (the shorter
// the step, the less is compressed in it, and the smaller it must be), but not
// before the second of the density's, or when there have been enough of them.
//
// Source: Bender & Koschier (2017), alg. 3-4.
func RelaxCheck(p *layout.SimParams, control *layout.Control, tally *layout.Tally, dispatch *layout.Dispatch) {
	if control.Running == 0 || dispatch.Iterate[0] == 0 {
		return
	}
	mean := float64(tally.Residual) / ResidualUnit / float64(max(control.Live, 1))
	tally.Residual = 0
	control.Iterations++
	done := control.Iterations >= 1 && mean <= float64(p.DivergenceTolerance)
	if control.Solve == SolveDensity {
		done = control.Iterations >= 2 && mean <= max(float64(p.DensityTolerance)*catchUp(p, float64(control.Dt)), LeastTolerance)
		control.DensityIterations, control.Residual = control.Iterations, float32(mean)
	} else {
		control.DivergenceIterations = control.Iterations
	}
	if done || control.Iterations >= p.MaxIterations {
		dispatch.Iterate = Groups(0)
	}
}

// KeepImpulse leaves what the divergence solve's pressure has done: dt kappa.
func KeepImpulse(control *layout.Control, particles []Particle) {
	for i := range particles {
		particles[i].Pressure = float64(control.Dt) * particles[i].Kappa
	}
}

// KeepPressure leaves N p/rho^2 for the next step to start from, and the
// mechanical pressure that in this step would have done what both solves did.
func KeepPressure(p *layout.SimParams, control *layout.Control, particles []Particle) {
	for i := range particles {
		own := &particles[i]
		own.PressureTerm = own.Kappa / float64(p.RestDensity)
		impact := 0.0
		if control.Dt != 0 {
			impact = own.Pressure / float64(control.Dt)
		}
		own.Pressure = float64(p.Stress) * float64(p.RestDensity) * (own.Kappa + impact)
	}
}

package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// NearlyNothing is the share of 1/h^2, and of the rest density, that stands for
// nothing to push against.
const NearlyNothing = 1e-6

// Stride begins a step of PBF, which is always as long as the last: a shorter one
// would be stiffer, and throw up what a longer one had let sink. A priming step has
// no length and no rounds.
func Stride(p *layout.SimParams, control *layout.Control, tally *layout.Tally, dispatch *layout.Dispatch) {
	dispatch.Iterate, dispatch.Viscous = Groups(0), Groups(0)
	if control.Running == 0 {
		return
	}
	control.PreviousDt, control.ViscosityIterations = stepToGuessFrom(control), 0
	begin(SolveDensity, control, tally, dispatch)
	if control.Prime == 1 {
		control.Dt, dispatch.Iterate = 0, Groups(0)
		return
	}
	dispatch.Viscous = dispatch.Iterate
	// A step is a whole number of ticks of 2^-32 s, at least one.
	control.Dt = float32(float64(float32(max(1, uint64(float64(p.MaxStep)*(1<<32))))) / (1 << 32))
}

// Predict says where every particle would be after the step if there were no
// pressure: it goes on with its velocity and the last state's acceleration, in
// strides of at most half a spacing, and is kept inside closed walls and out of
// obstacles after each. If it was, its velocity is what it went by. One that needs
// more than MostStrides raises a fault.
//
// Source: Macklin & Müller (2013), alg. 1, lines 1-4.
func Predict(p *layout.SimParams, dt float64, particles []Particle, obstacles []layout.Obstacle, tally *layout.Tally) {
	for i := range particles {
		own := &particles[i]
		if own.Gone || dt == 0 {
			continue
		}
		v := own.V.plus(own.Acceleration.times(dt))
		way := v.times(dt)
		strides := Strides(p, way)
		if strides > MostStrides {
			raise(tally, FaultPredictTooFast, &tally.IntegrateParticle, own.ID)
			strides = MostStrides
		}
		x, free := own.X, true
		for k := 1.0; k <= strides; k++ {
			next := x.plus(way.times(1 / strides))
			x = Hold(p, next, obstacles)
			free = free && x == next
		}
		if free {
			x = own.X.plus(way)
		} else {
			v = x.minus(own.X).times(1 / dt)
		}
		own.V = v
		own.X, own.Gone = BringIn(p, x), Outside(p, x)
	}
}

// Strides is in how many strides a particle goes its way.
func Strides(p *layout.SimParams, way Vec) float64 {
	return max(math.Ceil(2*way.length()/float64(p.Spacing)), 1)
}

// MostStrides is how many strides a particle may need that is still taken for fluid.
const MostStrides = 64

// Hold is the place near x that is the margin away from obstacles, then from
// closed sides.
func Hold(p *layout.SimParams, x Vec, obstacles []layout.Obstacle) Vec {
	margin := float64(p.WallMargin)
	for _, body := range obstacles {
		at := seen(p, body, x)
		if depth := Distance(body, at) - margin; depth < 0 {
			x = x.minus(Outward(body, at).times(depth))
		}
	}
	for axis := range x {
		if p.ClosedSides>>(2*axis)&1 == 1 {
			x[axis] = max(x[axis], float64(p.DomainMin[axis])+margin)
		}
		if p.ClosedSides>>(2*axis)&2 == 2 {
			x[axis] = min(x[axis], float64(p.DomainMax[axis])-margin)
		}
	}
	return x
}

// Outside tells whether x is past an open side.
func Outside(p *layout.SimParams, x Vec) bool {
	for axis := range x {
		open := p.OpenSides >> (2 * axis)
		if open&1 == 1 && x[axis] < float64(p.DomainMin[axis]) || open&2 == 2 && x[axis] > float64(p.DomainMax[axis]) {
			return true
		}
	}
	return false
}

// BringIn is x inside the domain: at the other end of a periodic axis, or at the
// nearest point of a side.
func BringIn(p *layout.SimParams, x Vec) Vec {
	for axis := range x {
		low, high, length := float64(p.DomainMin[axis]), float64(p.DomainMax[axis]), float64(p.Period[axis])
		if length == 0 {
			x[axis] = min(max(x[axis], low), high)
			continue
		}
		// What is more than one domain away has gone round: all but the last turn comes off here.
		if turns := math.Floor((x[axis] - low) / length); math.Abs(turns) > 1 {
			x[axis] -= (turns - math.Copysign(1, turns)) * length
		}
		if x[axis] < low {
			x[axis] += length
		}
		if x[axis] >= high {
			x[axis] = max(x[axis]-length, low)
		}
	}
	return x
}

// Crowded is the density, as a share of the rest density, from which on
// Chebyshev's weights do not hold any more.
const Crowded = 1.1

// RoundWeights are what of the last round's change of lambda is made again, and
// what of the constraint: Chebyshev's, by the recurrence of his polynomials.
//
// Source: Golub & Varga (1961); Wang (2015).
func RoundWeights(p *layout.SimParams, round int) (again, fresh float64) {
	ratio, half := float64(p.RoundRatio), float64(p.RoundHalf)
	before := 1 / ratio
	again, fresh = 0, 1/(ratio*half)
	for range round % int(p.RoundCycle) {
		now := 1 / (2*ratio - before)
		again, fresh, before = now*before, 2*now/half, now
	}
	return again, fresh
}

// NextLambda is lambda after a round, for a particle whose own sum over the fluid,
// as a share of the rest density, is fluid, which walls multiply by n, and whose
// density changes with the positions, its own and others', by slopes whose squares
// add up to N^2 times squares:
//
//	lambda + again change + fresh C / (N c^2 squares), no less than 0
//	C = fluid N (min(ln fluid, most) + ln N),  c = max(fluid, 1)
//
// with the weights of the first round where fluid N is above Crowded.
//
// Source: Macklin & Müller (2013), eq. 8-11; the logarithm and its bound are our own.
func NextLambda(p *layout.SimParams, round int, change, lambda, fluid, n, squares float64) float64 {
	again, fresh := RoundWeights(p, round)
	if fluid*n > Crowded {
		again, fresh = RoundWeights(p, 0)
	}
	c := fluid * n * (min(math.Log(max(fluid, NearlyNothing)), float64(p.RoundMost)) + math.Log(n))
	care := max(fluid, 1)
	least := NearlyNothing * float64(p.InvSupport) * float64(p.InvSupport)
	return max(0, lambda+again*change+fresh*c/(n*care*care*max(squares, least)))
}

// FirstConstraint is the first round, from the densities and factors that Factor
// found at the predicted positions, which a share of the last step's lambda has
// pushed already (see NonPressure): the rounds begin with that. Kappa is the change
// of lambda, which Pressure turns into displacements.
func FirstConstraint(p *layout.SimParams, control *layout.Control, particles []Particle, tally *layout.Tally) {
	residuals := make([]float64, (len(particles)+workgroup-1)/workgroup)
	for i := range particles {
		own := &particles[i]
		own.Lambda, own.Kappa, own.Pushed = 0, 0, Vec{}
		if control.Dt == 0 || own.Factor == 0 {
			continue
		}
		dt := float64(control.Dt)
		warm := float64(p.WarmStart) * float64(p.RestDensity) * own.PressureTerm * dt * dt
		ratio := own.Density / float64(p.RestDensity)
		own.Lambda = NextLambda(p, 0, 0, warm, ratio/own.Wall.N, own.Wall.N, 1/own.Factor)
		own.Kappa = own.Lambda - warm
		residuals[i/workgroup] += max(ratio-1, 0)
	}
	addResiduals(residuals, tally)
}

// Constraint is one more round, at the positions to which the earlier ones have
// moved the particles.
func Constraint(p *layout.SimParams, control *layout.Control, particles []Particle, tally *layout.Tally) {
	residuals := make([]float64, (len(particles)+workgroup-1)/workgroup)
	for i := range particles {
		own := &particles[i]
		fluid, squares := CrowdOf(p, i, particles)
		own.Wall.Slope = own.Wall.Slope.times(fluid.Value)
		lambda := NextLambda(p, int(control.Iterations), own.Kappa, own.Lambda, fluid.Value, own.Wall.N, squares)
		own.Kappa, own.Lambda = lambda-own.Lambda, lambda
		residuals[i/workgroup] += max(fluid.Value*own.Wall.N-1, 0)
	}
	addResiduals(residuals, tally)
}

// CrowdOf is particle i's own sum over the fluid, as a share of the rest density,
// and the squares of its slopes. The particle's Wall.Slope is grad ln N here.
func CrowdOf(p *layout.SimParams, i int, particles []Particle) (fluid Sum, squares float64) {
	rho, _ := DensityAt(p, particles[i].X, 1, particles)
	fluid = Sum{rho.Value / float64(p.RestDensity), rho.Size / float64(p.RestDensity)}
	bare := particles[i].Wall.Slope
	particles[i].Wall.Slope = bare.times(fluid.Value)
	slope, others := SlopesOf(p, i, particles)
	particles[i].Wall.Slope = bare
	squares = others.Value
	for _, s := range slope {
		squares += s.Value * s.Value
	}
	return fluid, squares
}

func addResiduals(residuals []float64, tally *layout.Tally) {
	for _, sum := range residuals {
		tally.Residual += ResidualUnits(sum, len(residuals))
	}
}

// Displace moves every particle by what Pressure has made of the changes of
// lambda, and keeps it inside closed walls and out of obstacles.
//
// Source: Macklin & Müller (2013), alg. 1, lines 13-18.
func Displace(p *layout.SimParams, dt float64, particles []Particle, obstacles []layout.Obstacle) {
	if dt == 0 {
		return
	}
	for i := range particles {
		own := &particles[i]
		x := Hold(p, own.X.plus(own.Acceleration), obstacles)
		own.Pushed = own.Pushed.plus(x.minus(own.X))
		own.X = x
	}
}

// Settle makes velocities of the displacements, and says what density and pressure
// the particles ended with.
//
// Source: Macklin & Müller (2013), alg. 1, line 20.
func Settle(p *layout.SimParams, dt float64, particles []Particle) {
	for i := range particles {
		own := &particles[i]
		rho, contributors := DensityAt(p, own.X, own.Wall.N, particles)
		own.Density, own.Neighbours = rho.Value, contributors-1
		own.Wall.Slope = own.Wall.Slope.times(rho.Value / own.Wall.N / float64(p.RestDensity))
		own.Pressure = 0
		if dt > 0 {
			own.V = own.V.plus(own.Pushed.times(1 / dt))
			kappa, rho0 := own.Lambda/(dt*dt), float64(p.RestDensity)
			own.PressureTerm, own.Pressure = kappa/rho0, float64(p.Stress)*rho0*kappa
		}
	}
}

// Finish moves time on, unless something has failed: then the step never was.
func Finish(control *layout.Control, tally *layout.Tally, dispatch *layout.Dispatch) {
	speed, _ := takeExtremes(tally)
	if mayMove(speed, control, tally, dispatch) {
		advanceClock(float64(control.Dt), control)
	}
}

// Commit makes what the step found the state.
func Commit(p *layout.SimParams, particles []Particle) {
	for i := range particles {
		own := &particles[i]
		own.X, own.Gone = BringIn(p, own.X), Outside(p, own.X)
	}
}

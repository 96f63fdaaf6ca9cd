package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

const (
	// ViscosityRounds is how many rounds the implicit viscosity takes at most.
	ViscosityRounds = 50

	// ViscosityTolerance is the part of what viscosity does that may be missing.
	ViscosityTolerance = 0.01

	// ViscosityFloor is the part of the velocities that may be missing in any case.
	ViscosityFloor = 1e-5
)

// Carry takes what belongs to each particle along to where Reorder puts it.
func Carry(p *layout.SimParams, position, carried [][4]float32) (sorted [][4]float32) {
	_, sorted = Reorder(p, position, carried)
	return sorted
}

// viscousWeight is w of ViscousOf, for a support radius h.
func viscousWeight(r, h float64) float64 {
	t, hs := max(1-r*r/(h*h), 0), h/2
	return t * math.Sqrt(t*math.Sqrt(t)) / (r*r + 0.01*hs*hs)
}

// Field is a velocity for each particle, and the size of what it is the sum of.
type Field func(Particle) (u, size Vec)

// ViscousOf is the friction that particle i feels where all move as a field says,
// as a rate of deceleration:
//
//	(K u)_i = sum_j c w_ij ((u_i - u_j).x_ij) x_ij + f_i u_i
//	w = (1 - q^2)^(7/4) / (r^2 + 0.01 h_s^2)
//
// K is symmetric, and its pairs pull along their line, so that momentum and
// angular momentum are kept where no wall holds the fluid. The shape makes
// the viscosity of a lattice nearly the same in all directions: within 2 % at
// SupportRatio.
//
// Source: Weiler et al. (2018), eq. 9, with another shape than the gradient's.
func ViscousOf(p *layout.SimParams, i int, particles []Particle, field Field) (total [3]Sum) {
	c, h := float64(p.ViscousStrength), float64(p.SupportRadius)
	u, size := field(particles[i])
	pairs(p, i, particles, func(j int, away Vec, r float64) {
		other, more := field(particles[j])
		addAlong(&total, away, c*viscousWeight(r, h)*u.minus(other).dot(away), c*viscousSize(r, h)*size.plus(more).absDot(away))
	})
	drag := ViscousDrag(p, particles[i].Wall.N)
	for axis := range total {
		total[axis].AddSized(drag*u[axis], drag*size[axis])
	}
	return total
}

// ViscousDrag is f, by walls that multiply the density by n.
func ViscousDrag(p *layout.SimParams, n float64) float64 {
	return float64(p.ViscousFriction) * wallGrip(p, n)
}

// sizes are the absolute values of what is added.
func sizes(vectors ...Vec) (size Vec) {
	for _, v := range vectors {
		for axis := range size {
			size[axis] += math.Abs(v[axis])
		}
	}
	return size
}

// viscousSize is w + |r dw/dr|, as of 1/r^2 times (1-q^2)^(7/4): what a relative error in r is multiplied by.
func viscousSize(r, h float64) float64 {
	t, hs := max(1-r*r/(h*h), 0), h/2
	return 3*viscousWeight(r, h) + 3.5*r*r/(h*h)*math.Sqrt(t*math.Sqrt(t))/(r*r+0.01*hs*hs)
}

// ViscosityBegin lets everything act but pressure and viscosity, and guesses from
// the last step what viscosity will do, and pressure.
//
// Source: Weiler et al. (2018), sec. 3.4.
func ViscosityBegin(p *layout.SimParams, control *layout.Control, particles []Particle) {
	dt, before := float64(control.Dt), float64(control.PreviousDt)
	Kick(dt, particles)
	for i := range particles {
		own := &particles[i]
		own.Kappa, own.Source = float64(p.RestDensity)*own.PressureTerm, 0
		last := own.Viscous.Change
		own.Viscous = Viscous{}
		if before > 0 && dt > 0 {
			own.Viscous.Change = last.times(min(dt/before, 1))
		}
	}
}

// Viscous is a particle's part in the system of the implicit viscosity,
// (1 + dt K)(b + y) = b, where b is its velocity without viscosity.
type Viscous struct {
	Change    Vec // y: what viscosity adds to the velocity
	Residual  Vec // r: what the system misses
	Image     Vec // w = (1 + dt K) r
	Direction Vec // p
	Turned    Vec // s = (1 + dt K) p
}

// Wanted is b: the velocity with which the last step's pressure would leave a
// particle.
func Wanted(dt float64, own Particle) Vec { return own.V.plus(own.Acceleration.times(dt)) }

// GuessField is b + y.
func GuessField(dt float64) Field {
	return func(own Particle) (u, size Vec) {
		y := own.Viscous.Change
		return Wanted(dt, own).plus(y), sizes(own.V, own.Acceleration.times(dt), y)
	}
}

// GuessPullOf is K (b + y), between walls that move.
func GuessPullOf(p *layout.SimParams, i int, particles []Particle, dt float64) [3]Sum {
	total, wall := ViscousOf(p, i, particles, GuessField(dt)), particles[i].Wall
	addVector(&total, wall.V.times(-ViscousDrag(p, wall.N)))
	return total
}

// ViscosityResidual gives every particle r = -y - dt K (b + y), and returns the
// sum of b.b.
//
// Source: Weiler et al. (2018), eq. 11.
func ViscosityResidual(p *layout.SimParams, control *layout.Control, particles []Particle) (squares float64) {
	dt := float64(control.Dt)
	for i := range particles {
		own := &particles[i]
		own.Viscous.Residual = own.Viscous.Change.plus(values(GuessPullOf(p, i, particles, dt)).times(dt)).times(-1)
		b := Wanted(dt, *own)
		squares += b.dot(b)
	}
	return squares
}

func values(sums [3]Sum) Vec { return Vec{sums[0].Value, sums[1].Value, sums[2].Value} }

// ResidualField is r.
func ResidualField(own Particle) (u, size Vec) {
	return own.Viscous.Residual, sizes(own.Viscous.Residual)
}

// ViscosityApply gives every particle w = (1 + dt K) r, and returns the sums of
// r.r, r.w and y.y.
func ViscosityApply(p *layout.SimParams, control *layout.Control, particles []Particle) (sums [3]float64) {
	for i := range particles {
		own := &particles[i]
		r, y := own.Viscous.Residual, own.Viscous.Change
		own.Viscous.Image = r.plus(values(ViscousOf(p, i, particles, ResidualField)).times(float64(control.Dt)))
		sums[0] += r.dot(r)
		sums[1] += r.dot(own.Viscous.Image)
		sums[2] += y.dot(y)
	}
	return sums
}

// ViscosityCheck takes the next round's alpha and beta from the sums of r.r, r.w,
// y.y and b.b over all particles; or ends the solve, because what is missing is
// little beside what viscosity does or beside the velocities, because there have
// been rounds enough, or because the sums are of no use.
//
// Source: Chronopoulos & Gear (1989), alg. 2.2.
func ViscosityCheck(control *layout.Control, sums [4]float64, dispatch *layout.Dispatch) {
	if control.Running == 0 || dispatch.Viscous[0] == 0 {
		return
	}
	square, bend, turn := sums[0], sums[1], 0.0
	if control.ViscosityIterations > 0 {
		turn = square / float64(control.ViscousResidual)
		bend -= turn * square / float64(control.ViscousStep)
	}
	enough := ViscosityTolerance*ViscosityTolerance*sums[2] + ViscosityFloor*ViscosityFloor*sums[3]
	if !(square > enough && bend > 0 && fits(square/bend)) || control.ViscosityIterations >= ViscosityRounds {
		dispatch.Viscous = Groups(0)
		return
	}
	control.ViscousStep, control.ViscousTurn, control.ViscousResidual = float32(square/bend), float32(turn), float32(square)
	control.ViscosityIterations++
}

// ViscosityUpdate is one round of conjugate gradients.
//
// Source: Chronopoulos & Gear (1989), alg. 2.2.
func ViscosityUpdate(control *layout.Control, particles []Particle) {
	alpha, beta := float64(control.ViscousStep), float64(control.ViscousTurn)
	for i := range particles {
		own := &particles[i].Viscous
		own.Direction = own.Residual.plus(own.Direction.times(beta))
		own.Turned = own.Image.plus(own.Turned.times(beta))
		own.Change = own.Change.plus(own.Direction.times(alpha))
		own.Residual = own.Residual.minus(own.Turned.times(alpha))
	}
}

// ViscosityEnd lets viscosity act.
func ViscosityEnd(particles []Particle) {
	for i := range particles {
		particles[i].V = particles[i].V.plus(particles[i].Viscous.Change)
	}
}

// stepToGuessFrom is the length of the last step, zero where its viscosity was cut
// off after too many rounds: then the next begins with nothing.
func stepToGuessFrom(control *layout.Control) float32 {
	if control.ViscosityIterations >= ViscosityRounds {
		return 0
	}
	return control.Dt
}

// ViscosityGuess guesses from the last step what viscosity will do to v + dt a,
// and lets what the rounds of PBF have moved in the last step act for its pressure.
//
// Source: Weiler et al. (2018), sec. 3.4.
func ViscosityGuess(control *layout.Control, particles []Particle) {
	dt, before := float64(control.Dt), float64(control.PreviousDt)
	for i := range particles {
		own := &particles[i]
		last := own.Viscous.Change
		own.Viscous = Viscous{}
		if dt > 0 {
			own.Acceleration = own.Acceleration.plus(own.Pushed.times(1 / (dt * dt)))
		}
		if before > 0 && dt > 0 {
			own.Viscous.Change = last.times(min(dt/before, 1))
		}
	}
}

// ViscosityAdd makes viscosity one of the accelerations, and takes back what has
// stood for the pressure.
func ViscosityAdd(control *layout.Control, particles []Particle) {
	dt := float64(control.Dt)
	if dt == 0 {
		return
	}
	for i := range particles {
		own := &particles[i]
		own.Acceleration = own.Acceleration.plus(own.Viscous.Change.minus(own.Pushed.times(1 / dt)).times(1 / dt))
	}
}

// viscosity is the whole solve, in place of the kick.
func (s *State) viscosity(dispatch *layout.Dispatch) {
	ViscosityBegin(&s.Params, &s.Control, s.Particles)
	Pressure(&s.Params, s.Particles)
	s.viscositySolve(dispatch)
	ViscosityEnd(s.Particles)
}

// viscosityForce is the same for solvers whose velocities change at the end of a step only.
func (s *State) viscosityForce(dispatch *layout.Dispatch) {
	if s.Params.ViscousStrength > 0 {
		ViscosityGuess(&s.Control, s.Particles)
		s.viscositySolve(dispatch)
		ViscosityAdd(&s.Control, s.Particles)
	}
}

func (s *State) viscositySolve(dispatch *layout.Dispatch) {
	squares := ViscosityResidual(&s.Params, &s.Control, s.Particles)
	for range ViscosityRounds + 1 {
		if dispatch.Viscous[0] == 0 {
			break
		}
		sums := ViscosityApply(&s.Params, &s.Control, s.Particles)
		ViscosityCheck(&s.Control, [4]float64{sums[0], sums[1], sums[2], squares}, dispatch)
		if dispatch.Viscous[0] != 0 {
			ViscosityUpdate(&s.Control, s.Particles)
		}
	}
}

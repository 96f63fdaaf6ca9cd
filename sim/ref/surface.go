package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Interface is what surface tension knows of a particle.
type Interface struct {
	Pull Vec     // p = K n / rho0, n the gradient of the colour [m^3/s^2]
	Push float64 // r = -B max(1 - c, 0) / rho0, c the colour [m^2/s^2]
}

// Surface gives every particle the derivatives of the energy
//
//	E = sum_i V (B/2 max(1 - c_i, 0)^2 + K/2 |n_i|^2)
//
// by its colour c_i and the gradient n_i of the colour.
//
// Source: Cahn & Hilliard (1958), J. Chem. Phys. 28:258, eq. 2.5.
func Surface(p *layout.SimParams, particles []Particle, obstacles []layout.Obstacle) {
	for i := range particles {
		colour, slope := ColourOf(p, i, particles, obstacles)
		own := &particles[i].Interface
		own.Push = -float64(p.SurfaceBulk) * max(1-colour.Value, 0)
		for axis := range own.Pull {
			own.Pull[axis] = float64(p.SurfaceGradient) * slope[axis].Value
		}
	}
}

// ColourOf is c_i = sum_j w_ij + chi U_i, and its gradient. What a relative error in u = 1 - q^2 does counts in the sizes.
func ColourOf(p *layout.SimParams, i int, particles []Particle, obstacles []layout.Obstacle) (colour Sum, slope [3]Sum) {
	x, m := particles[i].X, colourPower(p)
	around(p, x, particles, func(j int, away Vec, u, w, g, _ float64) {
		colour.AddSized(w, w*(1+m/u))
		addAlong(&slope, away, g, math.Abs(g)*(1+(m-1)/u))
	})
	share, gradient, _ := SolidAt(p, x, Vec{}, obstacles)
	colour.Add(float64(p.SurfaceWall) * share)
	addVector(&slope, gradient.times(float64(p.SurfaceWall)))
	return colour, slope
}

// Tension gives every particle its acceleration by surface tension and wetting.
func Tension(p *layout.SimParams, particles []Particle, obstacles []layout.Obstacle) {
	for i := range particles {
		for axis, sum := range TensionOf(p, i, particles, obstacles) {
			particles[i].Pulled[axis] = sum.Value
		}
	}
}

// TensionOf is the way down the energy that Surface speaks of, and what draws fluid to walls beside:
//
//   - sum_j ((p_i - p_j).grad grad w_ij + (r_i + r_j) grad w_ij)
//   - chi (p_i.grad grad U_i + r_i grad U_i) + wetting grad U_i
func TensionOf(p *layout.SimParams, i int, particles []Particle, obstacles []layout.Obstacle) (total [3]Sum) {
	x, m, own := particles[i].X, colourPower(p), particles[i].Interface
	around(p, x, particles, func(j int, away Vec, u, _, g, t float64) {
		other := particles[j].Interface
		turn := own.Pull.minus(other.Pull)
		size := Vec{math.Abs(own.Pull[0]) + math.Abs(other.Pull[0]), math.Abs(own.Pull[1]) + math.Abs(other.Pull[1]), math.Abs(own.Pull[2]) + math.Abs(other.Pull[2])}
		addAlong(&total, turn, -g, 0)
		addAlong(&total, size, 0, -g*(1+(m-1)/u))
		addAlong(&total, away, -t*away.dot(turn), t*(1+(m-2)/u)*away.absDot(size))
		push := own.Push + other.Push
		addAlong(&total, away, -push*g, math.Abs(push*g)*(1+(m-1)/u))
	})
	_, slope, second := SolidAt(p, x, own.Pull, obstacles)
	addVector(&total, second.times(-float64(p.SurfaceWall)))
	addVector(&total, slope.times(-float64(p.SurfaceWall)*own.Push))
	addVector(&total, slope.times(float64(p.SurfaceWetting)))
	return total
}

// SurfaceEnergy is the energy of all surfaces and wetted walls, over the mass of a particle [m^2/s^2].
func SurfaceEnergy(p *layout.SimParams, particles []Particle, obstacles []layout.Obstacle) (total float64) {
	for i := range particles {
		colour, slope := ColourOf(p, i, particles, obstacles)
		d := max(1-colour.Value, 0)
		total += 0.5 * float64(p.SurfaceBulk) * d * d
		for _, n := range slope {
			total += 0.5 * float64(p.SurfaceGradient) * n.Value * n.Value
		}
		share, _, _ := SolidAt(p, particles[i].X, Vec{}, obstacles)
		total -= float64(p.SurfaceWetting) * share
	}
	return total
}

// AddPulls adds what surface tension does to every particle's acceleration, and gives the tally the largest. One whose
// square is no finite float32 raises a fault.
func AddPulls(particles []Particle, tally *layout.Tally) {
	most := 0.0
	for i := range particles {
		own := &particles[i]
		own.Acceleration = own.Acceleration.plus(own.Pulled)
		a := own.Acceleration.dot(own.Acceleration)
		if !fits(a) {
			raise(tally, FaultAddPullsNonFinite, &tally.AddPullsParticle, own.ID)
			continue
		}
		most = max(most, a)
	}
	tally.MaxAccelerationSquared = max(tally.MaxAccelerationSquared, math.Float32bits(float32(most)))
}

// SolidAt is what all walls have in the colour at x, U = 1 - product of C(s_k), with the distances s_k to the closed sides of the
// domain and to the obstacles; its gradient; and the derivative of the gradient in a direction.
func SolidAt(p *layout.SimParams, x, along Vec, obstacles []layout.Obstacle) (share float64, slope, second Vec) {
	rest, log, turn := 1.0, Vec{}, Vec{} // P = product of C(s_k); the gradient of ln P; and the derivative of that
	add := func(s float64, normal Vec) {
		radius := float64(p.SurfaceRadius)
		if !(s < radius) {
			return
		}
		c, c1, c2 := FluidShare(s / radius)
		c1, c2 = c1/radius/c, c2/(radius*radius)/c
		rest *= c
		log = log.plus(normal.times(c1))
		turn = turn.plus(normal.times((c2 - c1*c1) * normal.dot(along)))
	}
	for axis := range x {
		for side, sign := range []float64{1, -1} {
			if p.ClosedSides>>(2*axis+side)&1 == 1 {
				var normal Vec
				normal[axis] = sign
				add([]float64{x[axis] - float64(p.DomainMin[axis]), float64(p.DomainMax[axis]) - x[axis]}[side], normal)
			}
		}
	}
	for _, body := range obstacles[:min(len(obstacles), int(p.ObstacleCount))] {
		at := seen(p, body, x)
		add(Distance(body, at), Outward(body, at))
	}
	return 1 - rest, log.times(-rest), log.times(log.dot(along)).plus(turn).times(-rest)
}

// around goes over all particles within the colour's radius of x, one at x itself among them, with u = 1 - q^2, w and the factors of
// its derivatives.
func around(p *layout.SimParams, x Vec, particles []Particle, visit func(j int, away Vec, u, w, slope, turn float64)) {
	radius, dimensions := float64(p.SurfaceRadius), 3
	if p.ReachZ == 0 {
		dimensions = 2
	}
	for j := range particles {
		away := apart(p, x, particles[j].X)
		r2 := away.dot(away)
		if !(r2 < radius*radius) {
			continue
		}
		w, slope, turn := colourShape(dimensions, r2, radius, float64(p.SurfaceNorm))
		visit(j, away, 1-r2/(radius*radius), w, slope, turn)
	}
}

func colourPower(p *layout.SimParams) float64 {
	if p.ReachZ == 0 {
		return 3.5
	}
	return 3
}

// pulls are the forces that are found at the beginning of a step, in a scene that has them.
func (s *State) pulls() {
	if s.Params.SurfaceRadius > 0 {
		Surface(&s.Params, s.Particles, s.Obstacles)
		Tension(&s.Params, s.Particles, s.Obstacles)
	}
	if s.Params.SpinTransfer > 0 {
		Spin(&s.Params, &s.Control, s.Particles)
		Swirl(&s.Params, s.Particles)
	}
}

// addForces adds them to the other accelerations, and the drag of air.
func (s *State) addForces() {
	if s.Params.SurfaceRadius > 0 || s.Params.SpinTransfer > 0 {
		AddPulls(s.Particles, &s.Tally)
	}
	if s.Params.AirDrag > 0 {
		Drag(&s.Params, s.Particles)
	}
}

package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

const (
	// EvenShare is how many spacings the fastest particle moves in a step in which particles are shifted as far as they can be.
	EvenShare = 0.4

	// EvenMost is how many spacings a step shifts a particle at most.
	EvenMost = 0.1

	// EvenDensity is how much more than a place with few neighbours on one side a dense one is left.
	EvenDensity = 2
)

// Even finds where fluid without a surface has room: each particle's shift there, which is no motion of the fluid, and the
// velocity that the fluid has at that place, as an acceleration. Without it particles follow the flow into rows, which push
// each other about when they pass, and that acts as friction. What the correction takes from momentum and energy is
// of the order of the shift squared, and neglected.
//
// Source: Lind et al. (2012), eq. 20-24.
func Even(p *layout.SimParams, control *layout.Control, particles []Particle) {
	dt := float64(control.Dt)
	if dt == 0 {
		return
	}
	for i := range particles {
		own := &particles[i]
		own.Shift = ShiftOf(p, control, CrowdingOf(p, i, particles))
	}
	changes := make([][3]Sum, len(particles))
	for i, own := range particles {
		changes[i] = ChangeOf(p, i, own.Shift, particles)
	}
	for i := range particles {
		for axis, sum := range changes[i] {
			particles[i].Acceleration[axis] += sum.Value / dt
		}
	}
}

// CrowdingOf points to where particle i has more neighbours than on the other side, or denser ones, as a pressure of
// c = 1 + EvenDensity (rho / rho0 - 1) would push:
//
//	sum_j V (c_i + c_j) grad W_ij + c_i G_i
func CrowdingOf(p *layout.SimParams, i int, particles []Particle) (total [3]Sum) {
	volume := float64(p.Volume)
	c, size := crowd(p, particles[i])
	pairs(p, i, particles, func(j int, away Vec, r float64) {
		other, more := crowd(p, particles[j])
		addAlong(&total, away, volume*(c+other)*slope(p, r), volume*(size+more)*slopeSize(p, r))
	})
	for axis, g := range particles[i].Wall.Slope {
		total[axis].AddSized(c*g, size*math.Abs(g))
	}
	return total
}

// crowd is c of CrowdingOf, and the size of its terms.
func crowd(p *layout.SimParams, own Particle) (c, size float64) {
	ratio := own.Density / float64(p.RestDensity)
	return 1 + EvenDensity*(ratio-1), 1 + EvenDensity*(ratio+1)
}

// ShiftOf is how far a particle goes that is crowded so.
func ShiftOf(p *layout.SimParams, control *layout.Control, crowding [3]Sum) (shift Vec) {
	d := float64(p.Spacing)
	strength := float64(p.Even) * min(float64(control.MaxSpeed)*float64(control.Dt)/(EvenShare*d), 1)
	for axis, sum := range crowding {
		shift[axis] = -strength * sum.Value
	}
	return shift.times(min(1, EvenMost*d/max(shift.length(), 1e-20)))
}

// ChangeOf is by how much the fluid's velocity differs so far away from particle i:
//
//	sum_j V (v_j - v_i) (dx.grad W_ij), calibrated on the lattice
func ChangeOf(p *layout.SimParams, i int, shift Vec, particles []Particle) (total [3]Sum) {
	v, norm := particles[i].V, float64(p.CurlNorm)/float64(p.GradientNorm)
	pairs(p, i, particles, func(j int, away Vec, r float64) {
		dv := particles[j].V.minus(v)
		addAlong(&total, dv, norm*shift.dot(away)*slope(p, r), math.Abs(norm)*shift.absDot(away)*slopeSize(p, r))
	})
	return total
}

// Shift moves every particle to where Even has found room. Walls hold it when it has moved on with the flow.
func Shift(control *layout.Control, particles []Particle) {
	if control.Dt == 0 {
		return
	}
	for i := range particles {
		particles[i].X = particles[i].X.plus(particles[i].Shift)
	}
}

package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Spin lets every particle turn with the fluid around it, as fast as the transfer between both has it, and notes how much faster it
// turns than that:
//
//	slip = (w - c/2) / (1 + dt rate),  w <- c/2 + slip
//
// with the curl c of the velocity. In a priming step it turns as the fluid does.
//
// Source: Bender et al. (2018), eq. 6; Eringen (1966).
func Spin(p *layout.SimParams, control *layout.Control, particles []Particle) {
	for i := range particles {
		own := &particles[i]
		var half Vec
		for axis, sum := range CurlAround(p, i, particles) {
			half[axis] = sum.Value / 2
		}
		own.Slip = own.Spin.minus(half).times(1 / (1 + float64(control.Dt)*float64(p.SpinRate)))
		if control.Prime == 1 {
			own.Slip = Vec{}
		}
		own.Spin = half.plus(own.Slip)
	}
}

// CurlAround is sum_j V (v_i - v_j) x grad W_ij, calibrated on the lattice.
func CurlAround(p *layout.SimParams, i int, particles []Particle) (total [3]Sum) {
	own := particles[i]
	pairs(p, i, particles, func(j int, away Vec, r float64) {
		g, size := curlSlope(p, r)
		addCross(&total, own.V.minus(particles[j].V), away, g, size)
	})
	return total
}

// Swirl adds what the slips do to the fluid to what particles are pulled by, which is nothing yet without surface tension.
func Swirl(p *layout.SimParams, particles []Particle) {
	for i := range particles {
		own := &particles[i]
		if p.SurfaceRadius == 0 {
			own.Pulled = Vec{}
		}
		for axis, sum := range SwirlOf(p, i, particles) {
			own.Pulled[axis] += sum.Value
		}
	}
}

// SwirlOf is particle i's acceleration by the slips: transfer sum_j V grad W_ij x (slip_i + slip_j), so that the work that they do on any
// motion is that on its curl.
//
// Source: Bender et al. (2018), eq. 5.
func SwirlOf(p *layout.SimParams, i int, particles []Particle) (total [3]Sum) {
	own, transfer := particles[i], float64(p.SpinTransfer)
	pairs(p, i, particles, func(j int, away Vec, r float64) {
		g, size := curlSlope(p, r)
		addCross(&total, away, own.Slip.plus(particles[j].Slip), transfer*g, transfer*size)
	})
	return total
}

// curlSlope is the factor of the kernel's gradient times V, calibrated so that the curl is right on the lattice, and what a relative
// error in r is multiplied by.
func curlSlope(p *layout.SimParams, r float64) (g, size float64) {
	scale := float64(p.CurlNorm) / (float64(p.GradientNorm))
	return scale * slope(p, r), math.Abs(scale) * slopeSize(p, r)
}

// addCross adds a x b times a factor.
func addCross(total *[3]Sum, a, b Vec, factor, size float64) {
	for axis := range total {
		j, k := (axis+1)%3, (axis+2)%3
		total[axis].AddSized(factor*(a[j]*b[k]-a[k]*b[j]), size*(math.Abs(a[j]*b[k])+math.Abs(a[k]*b[j])))
	}
}

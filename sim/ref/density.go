package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Density gives every particle its density, its number of fluid neighbours and
// its pressure term p/rho^2, by trying all pairs. A result that is no finite
// float32 raises a fault.
func Density(p *layout.SimParams, particles []Particle, walls []Sample, tally *layout.Tally) {
	for i := range particles {
		own := &particles[i]
		rho, neighbours := DensityAt(p, own.X, particles, walls)
		own.Density, own.Neighbours = rho.Value, neighbours-1
		own.PressureTerm = Tait(p, own.Density) / (own.Density * own.Density)
		if !fits(own.Density) || !fits(own.PressureTerm) {
			raise(tally, FaultDensityNonFinite, &tally.DensityParticle, own.ID)
		}
	}
}

// DensityAt is the density at a point and how many particles contribute:
//
//	rho = sum_j m W(|x - x_j|) + rho0 sum_b V_b W(|x - x_b|)
//
// A rounding error in r moves W by |r dW/dr| times its relative size, so each
// term counts with W + |r dW/dr|.
//
// Source: Becker & Teschner (2007); walls: Akinci et al. (2012), eq. 6.
func DensityAt(p *layout.SimParams, x Vec, particles []Particle, walls []Sample) (rho Sum, contributors int) {
	h, m, rho0 := float64(p.SupportRadius), float64(p.Mass), float64(p.RestDensity)
	add := func(mass, r float64) {
		rho.AddSized(mass*W(r, h), mass*(W(r, h)+math.Abs(r*r*GradFactor(r, h))))
	}
	for _, other := range particles {
		if r := x.minus(other.X).length(); r < h {
			add(m, r)
			contributors++
		}
	}
	for _, b := range walls {
		if r := x.minus(b.X).length(); r < h {
			add(rho0*b.Volume, r)
		}
	}
	return rho, contributors
}

// Tait is the equation of state of a slightly compressible fluid, never negative so that walls and
// neighbours do not attract:
//
//	p = max(0, B ((rho / rho0)^7 - 1)),  B = rho0 c^2 / 7
//
// Source: Monaghan (1994); Becker & Teschner (2007).
func Tait(p *layout.SimParams, rho float64) float64 {
	c, rho0 := float64(p.SoundSpeed), float64(p.RestDensity)
	return max(0, rho0*c*c/7*(math.Pow(rho/rho0, 7)-1))
}

package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Density gives every particle its density, its number of fluid neighbours and
// its pressure term p/rho^2, by trying all pairs. A result that is no finite
// float32 raises a fault.
func Density(p *layout.SimParams, particles []Particle, tally *layout.Tally) {
	for i := range particles {
		own := &particles[i]
		rho, neighbours := DensityAt(p, own.X, own.Wall.N, particles)
		own.Density, own.Neighbours = rho.Value, neighbours-1
		own.compress(p)
		own.Wall.Slope = own.Wall.Slope.times(rho.Value / own.Wall.N / float64(p.RestDensity))
		if !fits(own.Density) || !fits(own.PressureTerm) {
			raise(tally, FaultDensityNonFinite, &tally.DensityParticle, own.ID)
		}
	}
}

// compress gives a particle the pressure of its density.
func (own *Particle) compress(p *layout.SimParams) {
	own.PressureTerm = own.Wall.N * Tait(p, own.Density) / (own.Density * own.Density)
	own.Pressure = float64(p.Stress) * own.Wall.N * Tait(p, own.Density)
}

// Compress gives every particle the pressure of the density that Factor has found.
func Compress(p *layout.SimParams, particles []Particle, tally *layout.Tally) {
	for i := range particles {
		own := &particles[i]
		own.compress(p)
		if !fits(own.PressureTerm) {
			raise(tally, FaultDensityNonFinite, &tally.DensityParticle, own.ID)
		}
	}
}

// DensityAt is the density at a point where walls multiply it by n, and how many particles contribute:
//
//	rho = n sum_j m W(|x - x_j|)
//
// A rounding error in r moves W by |r dW/dr| times its relative size, so each
// term counts with W + |r dW/dr|.
//
// Source: Becker & Teschner (2007); walls: Koschier & Bender (2017).
func DensityAt(p *layout.SimParams, x Vec, n float64, particles []Particle) (rho Sum, contributors int) {
	h, m := float64(p.SupportRadius), n*float64(p.Mass)
	for _, other := range particles {
		if r := apart(p, x, other.X).length(); r < h {
			rho.AddSized(m*kernel(p, r), m*(kernel(p, r)+math.Abs(r*r*slope(p, r))))
			contributors++
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

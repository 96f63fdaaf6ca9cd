package ref

import "github.com/fluidsim/fluidsim/sim/layout"

// Nothing is the share of 1/h^2 below which a particle's neighbours are too
// little to push against.
const Nothing = 1e-6

// Factor gives every particle its density, its number of fluid neighbours and
// the factor k_i by which a pressure of its own changes its density, and returns
// what the particles are linked to, as sets:
//
//	k_i = 1 / (|sum_j V grad W_ij + G_i|^2 + sum_j |V grad W_ij|^2)
//
// A particle with nothing to push against has k_i = 0, and so has one whose
// numbers are no longer finite, which raises a fault. More neighbours than
// LinksMost raise one too, and leave the particle without links. The other oracles
// need no links: they try all pairs.
//
// Source: Bender & Koschier (2017), eq. 8-9, with volumes for masses.
func Factor(p *layout.SimParams, particles []Particle, tally *layout.Tally) [][]int {
	h := float64(p.SupportRadius)
	links := make([][]int, len(particles))
	for i := range particles {
		own := &particles[i]
		rho, _ := DensityAt(p, own.X, own.Wall.N, particles)
		links[i] = LinksOf(p, i, particles)
		own.Density, own.Neighbours = rho.Value, len(links[i])
		own.Wall.Slope = own.Wall.Slope.times(rho.Value / own.Wall.N / float64(p.RestDensity))
		slope, squares := SlopesOf(p, i, particles)
		d := squares.Value
		for _, s := range slope {
			d += s.Value * s.Value
		}
		own.Factor = 1 / d
		if d*h*h < Nothing {
			own.Factor = 0
		}
		if len(links[i]) > LinksMost {
			links[i] = nil
			raise(tally, FaultFactorOverflow, &tally.FactorParticle, own.ID)
		}
		if !fits(own.Density) || !fits(d) {
			own.Factor = 0
			raise(tally, FaultFactorNonFinite, &tally.FactorParticle, own.ID)
		}
	}
	return links
}

// SlopesOf is how particle i's density, as a share of the rest density, changes
// with the particle's own position, and the sum of the squares of how it
// changes with each neighbour's:
//
//	sum_j V grad W_ij + G_i,  sum_j |V grad W_ij|^2
//
// A term of the squares errs by twice itself times what its root errs.
func SlopesOf(p *layout.SimParams, i int, particles []Particle) (total [3]Sum, squares Sum) {
	volume := float64(p.Volume)
	pairs(p, i, particles, func(_ int, away Vec, r float64) {
		addAlong(&total, away, volume*slope(p, r), volume*slopeSize(p, r))
		g := volume * r * slope(p, r)
		squares.AddSized(g*g, -2*g*volume*r*slopeSize(p, r))
	})
	addVector(&total, particles[i].Wall.Slope)
	return total, squares
}

// addVector adds a vector that is exact but for rounding.
func addVector(total *[3]Sum, v Vec) {
	for axis := range total {
		total[axis].Add(v[axis])
	}
}

// addAlong adds a vector along `away` to three sums, given by its length and
// the size of that in units of away.
func addAlong(total *[3]Sum, away Vec, length, size float64) {
	for axis := range total {
		term := away[axis] * length
		total[axis].AddSized(term, max(away[axis]*size, -away[axis]*size))
	}
}

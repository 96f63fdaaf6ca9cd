package ref

import "github.com/fluidsim/fluidsim/sim/layout"

// Nothing is the share of 1/h^2 below which a particle's neighbours are too
// little to push against.
const Nothing = 1e-6

// Factor gives every particle its density, its number of fluid neighbours and
// the factor k_i by which a pressure of its own changes its density:
//
//	k_i = 1 / (|sum_j V grad W_ij + sum_b V_b grad W_ib|^2 + sum_j |V grad W_ij|^2)
//
// A particle with nothing to push against has k_i = 0, and so has one at fault.
//
// Source: Bender & Koschier (2017), eq. 8-9, with volumes for masses.
func Factor(p *layout.SimParams, particles []Particle, walls []Sample, tally *layout.Tally) {
	h := float64(p.SupportRadius)
	for i := range particles {
		own := &particles[i]
		rho, contributors := DensityAt(p, own.X, particles, walls)
		own.Density, own.Neighbours = rho.Value, contributors-1
		slope, squares := SlopesOf(p, i, particles, walls)
		d := squares.Value
		for _, s := range slope {
			d += s.Value * s.Value
		}
		own.Factor = 1 / d
		if d*h*h < Nothing {
			own.Factor = 0
		}
		if !fits(own.Density) || !fits(d) {
			own.Factor = 0
			raise(tally, FaultFactorNonFinite, &tally.FactorParticle, own.ID)
		}
	}
}

// SlopesOf is how particle i's density, as a share of the rest density, changes
// with the particle's own position, and the sum of the squares of how it
// changes with each neighbour's:
//
//	sum_j V grad W_ij + sum_b V_b grad W_ib,  sum_j |V grad W_ij|^2
//
// A term of the squares errs by twice itself times what its root errs.
func SlopesOf(p *layout.SimParams, i int, particles []Particle, walls []Sample) (slope [3]Sum, squares Sum) {
	h, volume := float64(p.SupportRadius), float64(p.Volume)
	add := func(volume float64, away Vec, r float64) {
		addAlong(&slope, away, volume*GradFactor(r, h), volume*gradFactorSize(r, h))
	}
	pairs(p, i, particles, walls, func(_ *Particle, away Vec, r float64) {
		add(volume, away, r)
		g := volume * r * GradFactor(r, h)
		squares.AddSized(g*g, -2*g*volume*r*gradFactorSize(r, h))
	}, func(b *Sample, away Vec, r float64) {
		add(b.Volume, away, r)
	})
	return slope, squares
}

// addAlong adds a vector along `away` to three sums, given by its length and
// the size of that in units of away.
func addAlong(total *[3]Sum, away Vec, length, size float64) {
	for axis := range total {
		term := away[axis] * length
		total[axis].AddSized(term, max(away[axis]*size, -away[axis]*size))
	}
}

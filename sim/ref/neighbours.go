package ref

import (
	"math"
	"sync"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Neighbours lists, for each point, the others closer than h: every pair
// tried, none assumed. A pair at exactly h is not a pair, since W is zero there.
func Neighbours(x []Vec, h float64) [][]int {
	out := make([][]int, len(x))
	for i := range x {
		for j := range x {
			away := x[i].minus(x[j])
			if i != j && away.dot(away) < h*h {
				out[i] = append(out[i], j)
			}
		}
	}
	return out
}

// LinksMost is how many neighbours a particle may have in a list: beyond that
// the fluid counts as collapsed.
const LinksMost = 80

// LinksOf finds the numbers of particle i's neighbours, itself not among them,
// all pairs tried, however many there are.
func LinksOf(p *layout.SimParams, i int, particles []Particle) (links []int) {
	pairs(p, i, particles, func(j int, _ Vec, _ float64) { links = append(links, j) })
	return links
}

// pairs goes over all other particles within the support radius of particle i.
// `away` is x_i minus the other's position, r its length.
func pairs(p *layout.SimParams, i int, particles []Particle, visit func(j int, away Vec, r float64)) {
	h, x := float64(p.SupportRadius), particles[i].X
	for j := range particles {
		away := apart(p, x, particles[j].X)
		if r := away.length(); j != i && r < h {
			visit(j, away, r)
		}
	}
}

// apart is a - b, to the nearest image of b along periodic axes.
func apart(p *layout.SimParams, a, b Vec) Vec {
	away := a.minus(b)
	for axis := range away {
		if length := float64(p.Period[axis]); length > 0 {
			away[axis] -= math.Round(away[axis]/length) * length
		}
	}
	return away
}

// kernel and slope are W and GradFactor in as many dimensions as the parameters
// are for, calibrated on the lattice: in two dimensions the grid is one cell thick.
func kernel(p *layout.SimParams, r float64) float64 {
	if p.ReachZ == 0 {
		return W2(r, float64(p.SupportRadius)) / latticeSum(p)
	}
	return W(r, float64(p.SupportRadius)) / latticeSum(p)
}

func slope(p *layout.SimParams, r float64) float64 {
	if p.ReachZ == 0 {
		return GradFactor2(r, float64(p.SupportRadius)) / latticeSum(p)
	}
	return GradFactor(r, float64(p.SupportRadius)) / latticeSum(p)
}

// latticeSum is the kernel's sum over the lattice, which is asked for once a pair and so kept.
func latticeSum(p *layout.SimParams) float64 {
	key := [3]float32{p.SupportRadius, p.Spacing, float32(min(p.ReachZ, 1))}
	if sum, ok := latticeSums.Load(key); ok {
		return sum.(float64)
	}
	of := LatticeDensity
	if p.ReachZ == 0 {
		of = LatticeDensity2
	}
	sum := of(float64(p.SupportRadius) / float64(p.Spacing))
	latticeSums.Store(key, sum)
	return sum
}

var latticeSums sync.Map

// slopeSize is |G| + |r dG/dr| of the gradient factor G: what a relative error in
// r is multiplied by.
func slopeSize(p *layout.SimParams, r float64) float64 {
	q := r / float64(p.SupportRadius)
	return math.Abs(slope(p, r)) + 3*q*(1-q)*(1-q)*math.Abs(slope(p, 0))
}

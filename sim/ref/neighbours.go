package ref

import "github.com/fluidsim/fluidsim/sim/layout"

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

// pairs goes over everything within the support radius of particle i: the
// fluid's particles, itself at distance zero among them, and the walls'
// samples. `away` is x_i minus the other's position, r its length.
func pairs(p *layout.SimParams, i int, particles []Particle, walls []Sample,
	fluid func(other *Particle, away Vec, r float64), wall func(b *Sample, away Vec, r float64)) {
	h, x := float64(p.SupportRadius), particles[i].X
	for j := range particles {
		away := x.minus(particles[j].X)
		if r := away.length(); r < h {
			fluid(&particles[j], away, r)
		}
	}
	for b := range walls {
		away := x.minus(walls[b].X)
		if r := away.length(); r < h {
			wall(&walls[b], away, r)
		}
	}
}

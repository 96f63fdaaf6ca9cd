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

// LinksMost is how many neighbours a particle of DFSPH may have, fluid and
// walls together: beyond that the fluid counts as collapsed.
const LinksMost = 64

// Links are a particle's neighbours: the numbers of the particles, itself not
// among them, and of the walls' samples that are closer than h.
type Links struct{ Fluid, Walls []int }

// LinksOf finds particle i's neighbours, all pairs tried, however many there are.
func LinksOf(p *layout.SimParams, i int, particles []Particle, walls []Sample) (links Links) {
	pairs(p, i, particles, walls,
		func(j int, _ Vec, _ float64) { links.Fluid = append(links.Fluid, j) },
		func(b int, _ Vec, _ float64) { links.Walls = append(links.Walls, b) })
	return links
}

// pairs goes over everything else within the support radius of particle i: the
// numbers of the fluid's particles and of the walls' samples. `away` is x_i minus
// the other's position, r its length.
func pairs(p *layout.SimParams, i int, particles []Particle, walls []Sample,
	fluid, wall func(k int, away Vec, r float64)) {
	h, x := float64(p.SupportRadius), particles[i].X
	for j := range particles {
		away := x.minus(particles[j].X)
		if r := away.length(); j != i && r < h {
			fluid(j, away, r)
		}
	}
	for b := range walls {
		away := x.minus(walls[b].X)
		if r := away.length(); r < h {
			wall(b, away, r)
		}
	}
}

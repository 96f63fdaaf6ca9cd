package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Curl is the vorticity at particle i,
//
//	omega = V sum_j (v_i - v_j) x grad W_ij
//
// as its length, or in two dimensions as its z with the sign, and the size of the
// sum's terms: what a relative error in one of them is multiplied by.
//
// Source: Monaghan (1992), eq. 2.14, with V for m / rho.
func Curl(p *layout.SimParams, i int, particles []Particle) (omega, size float64) {
	var sum, sizes Vec
	own := particles[i]
	pairs(p, i, particles, func(j int, away Vec, r float64) {
		v := own.V.minus(particles[j].V)
		volume := float64(p.Volume)
		for axis := range sum {
			b, c := (axis+1)%3, (axis+2)%3
			sum[axis] += volume * slope(p, r) * (v[b]*away[c] - v[c]*away[b])
			sizes[axis] += volume * slopeSize(p, r) * (math.Abs(v[b]*away[c]) + math.Abs(v[c]*away[b]))
		}
	})
	if p.ReachZ == 0 {
		return sum[2], sizes[2]
	}
	return sum.length(), sizes.length()
}

package ref

import "math"

// settled is the stress, over rho0 kappa, of fluid that has come to rest: no longer the cubic (square) lattice it was laid out
// in, but a denser packing of neighbours, hexagonal in two dimensions and something between bcc and fcc in three. Each is
// stretched until it sums to the cubic lattice's density; then
//
//	stress = sum_j V r^2 |dW/dr| / r / D
//
// It is 2 % less than the cubic lattice's in two dimensions and 3 % in three. The packings take the same volume within 0.2 %.
//
// Source: Irving & Kirkwood (1950), the pairs' part.
func settled(dimensions int, hOverD, density float64) float64 {
	if dimensions == 2 {
		return packed(2, hOverD, density, [3]Vec{{1, 0, 0}, {0.5, math.Sqrt(3) / 2, 0}})
	}
	bcc := packed(3, hOverD, density, [3]Vec{{-1, 1, 1}, {1, -1, 1}, {1, 1, -1}})
	fcc := packed(3, hOverD, density, [3]Vec{{1, 1, 0}, {0, 1, 1}, {1, 0, 1}})
	return (bcc + fcc) / 2
}

// packed is the stress of the lattice with these basis vectors, at the scale where it has this density.
func packed(dimensions int, hOverD, density float64, basis [3]Vec) float64 {
	w, g, deep := W, GradFactor, 5
	if dimensions == 2 {
		w, g, deep = W2, GradFactor2, 0
	}
	sums := func(scale float64) (sum, stress float64) {
		for k := -deep; k <= deep; k++ {
			for j := -5; j <= 5; j++ {
				for i := -5; i <= 5; i++ {
					x := basis[0].times(float64(i)).plus(basis[1].times(float64(j))).plus(basis[2].times(float64(k)))
					r := scale * x.length()
					sum += w(r, hOverD)
					stress -= r * r * g(r, hOverD) / float64(dimensions)
				}
			}
		}
		return sum, stress / density
	}
	low, high := 0.3, 3.0
	for range 60 {
		middle := (low + high) / 2
		if sum, _ := sums(middle); sum > density {
			low = middle
		} else {
			high = middle
		}
	}
	_, stress := sums(low)
	return stress
}

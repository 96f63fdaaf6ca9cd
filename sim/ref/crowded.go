package ref

import "math"

// evenly is the share of the shift with which a lattice would turn its shortest wave round, so that disorder still is stable.
const evenly = 0.8

// crowded is the largest eigenvalue of how the crowding of a lattice changes with the particles' places: a wave of displacements e exp(i k.x)
// changes it by
//
//	2 sum_j V H(x_j) e (1 - cos k.x_j)
//
// with the kernel's second derivatives H. Shifts by more than 2 over it would grow from step to step.
func crowded(dimensions int, hOverD float64) (most float64) {
	const steps = 8
	list, density := latticeAround(dimensions, hOverD)
	for k := range steps + 1 {
		for j := range k + 1 {
			for i := range j + 1 {
				wave := Vec{float64(k), float64(j), float64(i)}.times(math.Pi / steps)
				if dimensions == 2 && i > 0 {
					continue
				}
				most = max(most, largest(func(e Vec) (out Vec) {
					for _, x := range list {
						r := x.length()
						g, dg := GradFactor(r, hOverD), gradFactorSlope(r, hOverD)
						if dimensions == 2 {
							g, dg = GradFactor2(r, hOverD), dg*wendlandSigma2(hOverD)/wendlandSigma(hOverD)
						}
						w := 2 * (1 - math.Cos(wave.dot(x))) / density
						out = out.plus(e.times(w * g)).plus(x.times(w * dg / r * x.dot(e)))
					}
					return out
				}))
			}
		}
	}
	return most
}

// latticeAround are the neighbours of a point of the lattice, and its density.
func latticeAround(dimensions int, hOverD float64) (list []Vec, density float64) {
	n := int(math.Ceil(hOverD))
	deep := n
	density = LatticeDensity(hOverD)
	if dimensions == 2 {
		deep, density = 0, LatticeDensity2(hOverD)
	}
	for k := -deep; k <= deep; k++ {
		for j := -n; j <= n; j++ {
			for i := -n; i <= n; i++ {
				if x := (Vec{float64(i), float64(j), float64(k)}); x.length() > 0 && x.length() < hOverD {
					list = append(list, x)
				}
			}
		}
	}
	return list, density
}

// gradFactorSlope is the derivative of GradFactor over r.
func gradFactorSlope(r, h float64) float64 {
	t := max(1-r/h, 0)
	return wendlandSigma(h) * 60 * t * t / (h * h * h)
}

// largest is the largest eigenvalue of a symmetric map, if it is positive: by repeated application, raised by a multiple of the
// identity that makes it the one largest in size.
func largest(of func(Vec) Vec) float64 {
	const raised, rounds = 10, 100
	v, grown := Vec{0.8, 0.5, 0.33}, 0.0
	for range rounds {
		v = of(v).plus(v.times(raised))
		grown = v.length()
		v = v.times(1 / grown)
	}
	return max(grown-raised, 0)
}

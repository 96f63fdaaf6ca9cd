package ref

import "math"

// W is the Wendland C2 kernel in three dimensions with support radius h:
//
//	W(r) = 21/(2 pi h^3) (1-q)^4 (1+4q),  q = r/h, zero for q >= 1
//
// Source: Wendland 1995, normalised for 3-D (Dehnen & Aly 2012, table 1).
func W(r, h float64) float64 { return wendlandSigma(h) * wendland(r/h) }

// W2 is the same kernel in two dimensions, where the factor is 7/(pi h^2).
func W2(r, h float64) float64 { return wendlandSigma2(h) * wendland(r/h) }

// GradFactor is the scalar that turns a distance vector into the kernel's
// gradient with respect to the first point:
//
//	grad_i W(|x_i - x_j|) = x_ij * GradFactor(|x_ij|, h)
//
// For Wendland C2 dW/dr carries a factor r, so the division by r cancels and
// coincident particles get gradient zero without a special case.
func GradFactor(r, h float64) float64 { return wendlandSigma(h) / (h * h) * wendlandSlope(r/h) }

// GradFactor2 is GradFactor of the kernel in two dimensions.
func GradFactor2(r, h float64) float64 { return wendlandSigma2(h) / (h * h) * wendlandSlope(r/h) }

func wendland(q float64) float64 {
	if q >= 1 {
		return 0
	}
	t := (1 - q) * (1 - q)
	return t * t * (1 + 4*q)
}

// wendlandSlope is the derivative of wendland over q.
func wendlandSlope(q float64) float64 {
	if q >= 1 {
		return 0
	}
	t := 1 - q
	return -20 * t * t * t
}

func wendlandSigma(h float64) float64 { return 21 / (2 * math.Pi * h * h * h) }

func wendlandSigma2(h float64) float64 { return 7 / (math.Pi * h * h) }

// LatticeDensity is d^3 * sum W over an infinite cubic lattice of spacing d
// with support radius h = hOverD * d, the point itself included. The kernel
// sum overshoots the integral (1.0338 at h = 2 d), so a particle's mass is
// rest density * d^3 / LatticeDensity: then the seeded lattice has exactly the
// rest density.
func LatticeDensity(hOverD float64) float64 {
	n := int(math.Ceil(hOverD))
	sum := 0.0
	for k := -n; k <= n; k++ {
		sum += LatticeLayer(hOverD, float64(k))
	}
	return sum
}

// LatticeLayer is d^3 * sum W over one square lattice layer of spacing d, seen
// from a point that lies `distance` spacings straight above a lattice point.
// LatticeLayer(hOverD, 0) includes the point itself.
func LatticeLayer(hOverD, distance float64) float64 {
	n := int(math.Ceil(hOverD))
	sum := 0.0
	for i := -n; i <= n; i++ {
		for j := -n; j <= n; j++ {
			x, y := float64(i), float64(j)
			sum += W(math.Sqrt(x*x+y*y+distance*distance), hOverD)
		}
	}
	return sum
}

// LatticeDensity2 is d^2 * sum W2 over an infinite square lattice of spacing d,
// the point itself included: 1.0376 at h = 2 d.
func LatticeDensity2(hOverD float64) float64 {
	n := int(math.Ceil(hOverD))
	sum := 0.0
	for i := -n; i <= n; i++ {
		for j := -n; j <= n; j++ {
			sum += W2(math.Hypot(float64(i), float64(j)), hOverD)
		}
	}
	return sum
}

package ref

import "math"

// Vec is a vector in space.
type Vec [3]float64

func (a Vec) plus(b Vec) Vec      { return Vec{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }
func (a Vec) minus(b Vec) Vec     { return Vec{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }
func (a Vec) times(s float64) Vec { return Vec{a[0] * s, a[1] * s, a[2] * s} }
func (a Vec) dot(b Vec) float64   { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }
func (a Vec) cross(b Vec) Vec {
	return Vec{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}
func (a Vec) length() float64 { return math.Sqrt(a.dot(a)) }
func (a Vec) absDot(b Vec) float64 {
	return math.Abs(a[0]*b[0]) + math.Abs(a[1]*b[1]) + math.Abs(a[2]*b[2])
}

// unitOr is the direction of a, or another where it has none.
func (a Vec) unitOr(other Vec) Vec {
	if size := a.length(); size > 1e-30 {
		return a.times(1 / size)
	}
	return other
}

func (a Vec) finite() bool {
	s := a[0] + a[1] + a[2]
	return !math.IsNaN(s) && !math.IsInf(s, 0)
}

// xyz widens the first three members of a stored vector.
func xyz(v [4]float32) Vec { return Vec{float64(v[0]), float64(v[1]), float64(v[2])} }

package scene

import "math"

// Mat3 is a matrix by rows.
type Mat3 [3][3]float64

// RotationMatrix is the rotation of a body: about its own x axis, then about
// its own (already turned) y axis, then about its own z axis, angles in degrees,
// right-handed. As a matrix: Rx·Ry·Rz. Mul takes the body's coordinates to the
// world's.
func RotationMatrix(degrees Vec3) Mat3 {
	sx, cx := sincosDegrees(degrees[0])
	sy, cy := sincosDegrees(degrees[1])
	sz, cz := sincosDegrees(degrees[2])
	return Mat3{
		{cy * cz, -cy * sz, sy},
		{cx*sz + sx*sy*cz, cx*cz - sx*sy*sz, -sx * cy},
		{sx*sz - cx*sy*cz, sx*cz + cx*sy*sz, cx * cy},
	}
}

// Mul is the body's vector v in the world.
func (m Mat3) Mul(v Vec3) Vec3 {
	var w Vec3
	for i := range w {
		w[i] = m[i][0]*v[0] + m[i][1]*v[1] + m[i][2]*v[2]
	}
	return w
}

// MulT is the world's vector v in the body: the inverse of Mul.
func (m Mat3) MulT(v Vec3) Vec3 {
	var w Vec3
	for i := range w {
		w[i] = m[0][i]*v[0] + m[1][i]*v[1] + m[2][i]*v[2]
	}
	return w
}

// times is m after n: what n does to a vector, and then m.
func (m Mat3) times(n Mat3) (product Mat3) {
	for i := range product {
		for j := range product[i] {
			for k := range n {
				product[i][j] += m[i][k] * n[k][j]
			}
		}
	}
	return product
}

// Angles are degrees that RotationMatrix makes the matrix of.
func (m Mat3) Angles() Vec3 {
	y := math.Asin(math.Max(-1, math.Min(1, m[0][2])))
	x, z := math.Atan2(-m[1][2], m[2][2]), math.Atan2(-m[0][1], m[0][0])
	if math.Hypot(m[1][2], m[2][2]) < 1e-9 { // x and z turn about the same axis
		x, z = math.Atan2(m[2][1], m[1][1]), 0
	}
	const degree = 180 / math.Pi
	return Vec3{x * degree, y * degree, z * degree}
}

// sincosDegrees is exact at multiples of 90 degrees, so that a box turned by a
// right angle keeps its faces exactly flat.
func sincosDegrees(a float64) (sin, cos float64) {
	quarter := math.Round(a / 90)
	sin, cos = math.Sincos((a - 90*quarter) * math.Pi / 180)
	switch math.Mod(math.Mod(quarter, 4)+4, 4) {
	case 1:
		return cos, -sin
	case 2:
		return -sin, -cos
	case 3:
		return -cos, sin
	}
	return sin, cos
}

package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Distance is the signed distance of a point to a body, negative inside.
//
// Source: Quilez, Distance functions (box, cylinder, capsule).
func Distance(body layout.Obstacle, x Vec) float64 {
	local := localOf(body, x)
	half, radius := xyz(body.HalfSize), float64(body.HalfSize[3])
	switch body.Kind {
	case layout.SolidBox:
		return boxLike(math.Abs(local[0])-half[0], math.Abs(local[1])-half[1], math.Abs(local[2])-half[2])
	case layout.SolidSphere:
		return local.length() - radius
	case layout.SolidCylinder:
		return boxLike(math.Hypot(local[0], local[2])-radius, math.Abs(local[1])-half[1])
	default: // capsule: all points within the radius of a segment along y
		return local.minus(onAxis(local, half[1])).length() - radius
	}
}

// boxLike joins distances to perpendicular faces: outside, the distance to the
// edge or corner that they form; inside, to the nearest face.
func boxLike(faces ...float64) float64 {
	outside, nearest := 0.0, math.Inf(-1)
	for _, d := range faces {
		outside += max(d, 0) * max(d, 0)
		nearest = max(nearest, d)
	}
	return math.Sqrt(outside) + min(nearest, 0)
}

// Outward is the gradient of the distance to a body: the way out, or away. Where
// it has none, as in a sphere's centre, any direction.
func Outward(body layout.Obstacle, x Vec) Vec {
	local := localOf(body, x)
	half, radius := xyz(body.HalfSize), float64(body.HalfSize[3])
	var n Vec
	switch body.Kind {
	case layout.SolidBox:
		n = leave(Vec{math.Abs(local[0]) - half[0], math.Abs(local[1]) - half[1], math.Abs(local[2]) - half[2]}, local,
			Vec{1, 0, 0}, Vec{0, 1, 0}, Vec{0, 0, 1})
	case layout.SolidSphere:
		n = local.unitOr(Vec{0, 1, 0})
	case layout.SolidCylinder:
		radial := Vec{local[0], 0, local[2]}.unitOr(Vec{1, 0, 0})
		q := Vec{math.Hypot(local[0], local[2]) - radius, math.Abs(local[1]) - half[1], math.Inf(-1)}
		n = leave(q, Vec{1, local[1], 1}, radial, Vec{0, 1, 0}, Vec{})
	default:
		n = local.minus(onAxis(local, half[1])).unitOr(Vec{1, 0, 0})
	}
	return xyz(body.AxisX).times(n[0]).plus(xyz(body.AxisY).times(n[1])).plus(xyz(body.AxisZ).times(n[2]))
}

// leave is the direction of growing distance to perpendicular faces: inside, that of the nearest one.
func leave(q, side Vec, faces ...Vec) (n Vec) {
	nearest := 0
	for k := range faces {
		if q[k] > q[nearest] {
			nearest = k
		}
	}
	for k, face := range faces {
		length := max(q[k], 0)
		if q[nearest] <= 0 {
			length = 0
			if k == nearest {
				length = 1
			}
		}
		n = n.plus(face.times(math.Copysign(length, side[k])))
	}
	return n.unitOr(Vec{0, 1, 0})
}

// BodyVelocity is how fast a body moves at a point of it.
func BodyVelocity(body layout.Obstacle, x Vec) Vec {
	return xyz(body.Velocity).plus(xyz(body.Spin).cross(x.minus(xyz(body.Position))))
}

func onAxis(local Vec, half float64) Vec { return Vec{0, max(-half, min(half, local[1])), 0} }

func localOf(body layout.Obstacle, x Vec) Vec {
	away := x.minus(xyz(body.Position))
	return Vec{away.dot(xyz(body.AxisX)), away.dot(xyz(body.AxisY)), away.dot(xyz(body.AxisZ))}
}

package scene

import "math"

// solid is the geometry that fluid shapes and obstacles share.
type solid struct {
	kind           string
	position, size Vec3
	radius, height float64
	rotation       Vec3
	flat           bool
}

func (f FluidShape) solid() solid {
	return solid{f.Type, f.Position, f.Size, f.Radius, f.Height, f.Rotation, f.Flat}
}

func (o Obstacle) solid() solid {
	return solid{o.Type, o.Position, o.Size, o.Radius, o.Height, o.Rotation, o.Flat}
}

// SDF is the signed distance from p to the surface in metres, negative inside.
// It is exact. For many points of one shape, Distance is faster.
func (f FluidShape) SDF(p Vec3) float64 { return f.solid().distance()(p) }

// SDF is the signed distance from p to the surface in metres, negative inside.
// It is exact. For many points of one obstacle, Distance is faster.
func (o Obstacle) SDF(p Vec3) float64 { return o.solid().distance()(p) }

// Distance is SDF with the rotation worked out once.
func (f FluidShape) Distance() func(p Vec3) float64 { return f.solid().distance() }

// Distance is SDF with the rotation worked out once.
func (o Obstacle) Distance() func(p Vec3) float64 { return o.solid().distance() }

// Bounds is the smallest box along the world's axes around the shape.
func (f FluidShape) Bounds() (min, max Vec3) { return f.solid().bounds() }

// Bounds is the smallest box along the world's axes around the obstacle.
func (o Obstacle) Bounds() (min, max Vec3) { return o.solid().bounds() }

// Volume in m³; of a flat shape the area in m².
func (f FluidShape) Volume() float64 { return f.solid().volume() }

// Volume in m³; of a flat obstacle the area in m².
func (o Obstacle) Volume() float64 { return o.solid().volume() }

func (s solid) distance() func(p Vec3) float64 {
	turn := RotationMatrix(s.rotation)
	local := func(p Vec3) Vec3 {
		if s.flat {
			p[2] = s.position[2]
		}
		return turn.MulT(Vec3{p[0] - s.position[0], p[1] - s.position[1], p[2] - s.position[2]})
	}
	switch s.kind {
	case "sphere":
		return func(p Vec3) float64 { return length(local(p)) - s.radius }
	case "cylinder":
		return func(p Vec3) float64 {
			q := local(p)
			return outsideIn(math.Hypot(q[0], q[2])-s.radius, math.Abs(q[1])-s.height/2, -math.MaxFloat64)
		}
	case "capsule":
		return func(p Vec3) float64 {
			q := local(p)
			q[1] -= math.Max(-s.height/2, math.Min(s.height/2, q[1]))
			return length(q) - s.radius
		}
	}
	size := s.size
	if s.flat {
		size[2] = math.Inf(1) // a plane has no face in front or behind
	}
	return func(p Vec3) float64 {
		q := local(p)
		return outsideIn(math.Abs(q[0])-size[0]/2, math.Abs(q[1])-size[1]/2, math.Abs(q[2])-size[2]/2)
	}
}

// outsideIn joins the distances to perpendicular faces: outside, the distance to
// the nearest edge or corner; inside, that to the nearest face.
func outsideIn(a, b, c float64) float64 {
	outside := length(Vec3{math.Max(a, 0), math.Max(b, 0), math.Max(c, 0)})
	return outside + math.Min(math.Max(a, math.Max(b, c)), 0)
}

// extent is how far the shape reaches from its centre in the direction of the
// unit vector n (its support function).
func (s solid) extent(n Vec3) float64 { return s.extentTurned(n, RotationMatrix(s.rotation)) }

// extentTurned is extent with another rotation than the shape's own.
func (s solid) extentTurned(n Vec3, turn Mat3) float64 {
	along := turn.MulT(n)
	switch s.kind {
	case "sphere":
		return s.radius
	case "cylinder":
		return math.Abs(along[1])*s.height/2 + math.Hypot(along[0], along[2])*s.radius
	case "capsule":
		return math.Abs(along[1])*s.height/2 + s.radius
	}
	return (math.Abs(along[0])*s.size[0] + math.Abs(along[1])*s.size[1] + math.Abs(along[2])*s.size[2]) / 2
}

func (s solid) bounds() (min, max Vec3) { return s.boundsTurned(RotationMatrix(s.rotation)) }

func (s solid) boundsTurned(turn Mat3) (min, max Vec3) {
	for axis := range min {
		var n Vec3
		n[axis] = 1
		reach := s.extentTurned(n, turn)
		if s.flat && axis == 2 {
			reach = s.size[2] / 2
		}
		min[axis], max[axis] = s.position[axis]-reach, s.position[axis]+reach
	}
	return min, max
}

func (s solid) volume() float64 {
	if s.flat {
		switch s.kind {
		case "sphere":
			return math.Pi * s.radius * s.radius
		case "capsule":
			return math.Pi*s.radius*s.radius + 2*s.radius*s.height
		}
		return s.size[0] * s.size[1]
	}
	disc, ball := math.Pi*s.radius*s.radius, 4*math.Pi/3*s.radius*s.radius*s.radius
	switch s.kind {
	case "sphere":
		return ball
	case "cylinder":
		return disc * s.height
	case "capsule":
		return disc*s.height + ball
	}
	return s.size[0] * s.size[1] * s.size[2]
}

// thinnest is the smallest width of the shape.
func (s solid) thinnest() float64 {
	switch s.kind {
	case "sphere", "capsule":
		return 2 * s.radius
	case "cylinder":
		return math.Min(2*s.radius, s.height)
	}
	if s.flat {
		return math.Min(s.size[0], s.size[1])
	}
	return math.Min(s.size[0], math.Min(s.size[1], s.size[2]))
}

func length(v Vec3) float64 { return math.Sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2]) }

func dot(a, b Vec3) float64 { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }

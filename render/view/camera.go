// Package view is the camera: where it stands, how mouse and keys move it, and the matrices
// that take a point of the world to the screen. It knows nothing of GPUs or windows.
//
// math32 builds projections for OpenGL, whose clip space runs from z = -1 to 1; WebGPU's runs
// from 0 to 1. The correction is made here, in Matrices, and nowhere else.
package view

import "math"

// Vector is a point or a direction in world space [m]; y is up.
type Vector = [3]float64

// Box is an axis-aligned box in world space.
type Box struct{ Min, Max Vector }

// Camera looks from Position to Target. Its values are plain, so that a copy is a new camera.
type Camera struct {
	Position Vector
	Target   Vector
	Up       Vector
	FOV      float64 // vertical opening angle [degrees]
	Near     float64 // nearest visible distance [m]; 0: derived from the distance to the target
	Far      float64 // farthest visible distance [m]; 0: derived
}

const (
	// maxPitch keeps an orbit short of the poles, where "up" has no meaning.
	maxPitch = 89.0 * math.Pi / 180
	// nearRatio and farRatio give a depth range that holds from a close-up to a distant view
	// at the precision of a 32-bit depth buffer.
	nearRatio = 0.01
	farRatio  = 1e5
	// fitMargin leaves a rim around a fitted box.
	fitMargin = 1.04
	minFOV    = 1.0
	maxFOV    = 170.0
)

// New returns a camera with y up and a 40 degree lens.
func New(position, target Vector) Camera {
	return Camera{Position: position, Target: target, Up: Vector{0, 1, 0}, FOV: 40}
}

// Distance returns how far the camera stands from its target.
func (c Camera) Distance() float64 { return length(sub(c.Position, c.Target)) }

// Axes returns the camera's right, up and backward unit vectors.
func (c Camera) Axes() (right, up, back Vector) {
	back = normalize(sub(c.Position, c.Target), Vector{0, 0, 1})
	hint := normalize(c.Up, Vector{0, 1, 0})
	right = cross(hint, back)
	if length(right) < 1e-9 { // looking straight along "up": any right will do, the same every time
		hint = Vector{0, 0, -1}
		if math.Abs(back[2]) > 0.9 {
			hint = Vector{1, 0, 0}
		}
		right = cross(hint, back)
	}
	right = normalize(right, Vector{1, 0, 0})
	return right, cross(back, right), back
}

// Orbit turns the camera around its target: yaw about the up axis (positive moves the camera to
// its right), pitch towards the pole (positive moves it up). Angles are in degrees.
func (c Camera) Orbit(yaw, pitch float64) Camera {
	up := normalize(c.Up, Vector{0, 1, 0})
	right, _, back := c.Axes()
	distance := c.Distance()
	forward := cross(up, right) // horizontal, points from the camera to the target
	elevation := math.Asin(clamp(dot(back, up), -1, 1)) + pitch*math.Pi/180
	elevation = clamp(elevation, -maxPitch, maxPitch)
	angle := yaw * math.Pi / 180
	// backward direction on the horizon, turned by the yaw
	level := add(scale(forward, -math.Cos(angle)), scale(right, math.Sin(angle)))
	back = add(scale(level, math.Cos(elevation)), scale(up, math.Sin(elevation)))
	c.Position = add(c.Target, scale(back, distance))
	return c
}

// Pan slides camera and target in the picture plane. One unit is the height of the picture at the
// target's distance, so a drag of the mouse moves the scene exactly with the cursor:
// Pan(-dx/height, dy/height) for a drag by (dx, dy) pixels, y downwards.
func (c Camera) Pan(x, y float64) Camera {
	right, up, _ := c.Axes()
	height := 2 * c.Distance() * c.slope()
	move := add(scale(right, x*height), scale(up, y*height))
	c.Position = add(c.Position, move)
	c.Target = add(c.Target, move)
	return c
}

// Zoom multiplies the distance to the target by factor and keeps the point of the target plane
// under (x, y), in normalised coordinates from -1 to 1 with y up, where it is on the screen.
func (c Camera) Zoom(factor, x, y, aspect float64) Camera {
	if !(factor > 0) || math.IsInf(factor, 0) {
		return c
	}
	distance := c.Distance()
	next := clamp(distance*factor, 1e-4, 1e5)
	if distance == 0 {
		return c
	}
	factor = next / distance
	right, up, _ := c.Axes()
	half := distance * c.slope()
	shift := add(scale(right, x*half*aspect*(1-factor)), scale(up, y*half*(1-factor)))
	offset := scale(sub(c.Position, c.Target), factor)
	c.Target = add(c.Target, shift)
	c.Position = add(c.Target, offset)
	return c
}

// Fit keeps the camera's direction and moves it so that the whole box fills the picture of the
// given width-to-height ratio, centred.
func (c Camera) Fit(box Box, aspect float64) Camera {
	if !(aspect > 0) {
		aspect = 1
	}
	right, up, back := c.Axes()
	size := length(sub(box.Max, box.Min))
	if !(size > 0) || math.IsInf(size, 0) {
		size = 1
	}
	c.Target = scale(add(box.Min, box.Max), 0.5)
	slopeY := c.slope() / fitMargin
	slopeX := slopeY * aspect
	corners := box.corners()
	distance := size
	// Perspective draws the near side larger, so the picture's centre is not the box's: step by
	// step the target moves to where the outline is balanced.
	for range 40 {
		distance = 1e-6 * size
		for _, corner := range corners {
			q := sub(corner, c.Target)
			need := dot(q, back) + math.Max(math.Abs(dot(q, right))/slopeX, math.Abs(dot(q, up))/slopeY)
			distance = math.Max(distance, need)
		}
		low, high := Vector{math.Inf(1), math.Inf(1)}, Vector{math.Inf(-1), math.Inf(-1)}
		for _, corner := range corners {
			q := sub(corner, c.Target)
			depth := math.Max(distance-dot(q, back), 1e-9*size)
			for axis, direction := range []Vector{right, up} {
				at := dot(q, direction) / depth
				low[axis], high[axis] = math.Min(low[axis], at), math.Max(high[axis], at)
			}
		}
		c.Target = add(c.Target, scale(right, (low[0]+high[0])/2*distance))
		c.Target = add(c.Target, scale(up, (low[1]+high[1])/2*distance))
	}
	c.Position = add(c.Target, scale(back, distance))
	return c
}

// Relative returns the camera in coordinates whose zero is origin: the GPU works there, close to
// zero, where 32-bit numbers are precise.
func (c Camera) Relative(origin Vector) Camera {
	c.Position = sub(c.Position, origin)
	c.Target = sub(c.Target, origin)
	return c
}

// Ray returns the world-space ray under (x, y), normalised coordinates from -1 to 1 with y up.
func (c Camera) Ray(x, y, aspect float64) (origin, direction Vector) {
	right, up, back := c.Axes()
	slope := c.slope()
	d := sub(add(scale(right, x*slope*aspect), scale(up, y*slope)), back)
	return c.Position, normalize(d, scale(back, -1))
}

// Planes returns the near and far distances that Matrices uses.
func (c Camera) Planes() (near, far float64) {
	near, far = c.Near, c.Far
	if !(near > 0) {
		near = math.Max(c.Distance()*nearRatio, 1e-6)
	}
	if !(far > near) {
		far = near * farRatio
	}
	return near, far
}

// slope is the tangent of half the vertical opening angle.
func (c Camera) slope() float64 {
	return math.Tan(clamp(c.lens(), minFOV, maxFOV) * math.Pi / 360)
}

func (c Camera) lens() float64 {
	if !(c.FOV > 0) {
		return 40
	}
	return clamp(c.FOV, minFOV, maxFOV)
}

func (b Box) corners() [8]Vector {
	var out [8]Vector
	for i := range out {
		for axis := range 3 {
			out[i][axis] = b.Min[axis]
			if i>>axis&1 == 1 {
				out[i][axis] = b.Max[axis]
			}
		}
	}
	return out
}

func add(a, b Vector) Vector             { return Vector{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }
func sub(a, b Vector) Vector             { return Vector{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }
func scale(a Vector, s float64) Vector   { return Vector{a[0] * s, a[1] * s, a[2] * s} }
func dot(a, b Vector) float64            { return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] }
func length(a Vector) float64            { return math.Sqrt(dot(a, a)) }
func clamp(x, low, high float64) float64 { return math.Min(math.Max(x, low), high) }

func cross(a, b Vector) Vector {
	return Vector{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}

func normalize(a, otherwise Vector) Vector {
	l := length(a)
	if !(l > 0) || math.IsInf(l, 0) {
		return otherwise
	}
	return scale(a, 1/l)
}

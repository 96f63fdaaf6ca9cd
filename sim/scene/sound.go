package scene

import "math"

// still is the speed of sound of a scene in which nothing would move by itself:
// without it such a scene would have no pressure at all. It is for no other: where
// fluid creeps, sound of 1 m/s would turn the smallest error of density into motion
// faster than the flow.
const still = 1.0 // m/s

// faster is how many times as fast as the fluid is expected to become its sound is.
const faster = 10

// SoundSpeed is the speed of sound that is used: the one given, or ten times the
// largest speed that the fluid is expected to reach,
// 10·sqrt(2·g·H + v² + 2·σ/(ρ·d)). H is how high the highest fluid stands above
// the lowest corner of the domain, v the largest speed at the start or of an
// obstacle that moves by itself, and the last
// term the speed to which surface tension σ can drive fluid: its pressure in the
// smallest drop there can be, of radius 2·d, is σ/d. Ten times keeps the
// compression near 1 %. PBF takes its steps, which are always the same, from it:
// with less, fluid would cross several spacings in each of them, and crowd at walls
// more than its rounds can put right. There the scene can only ask for more.
func (s *Scene) SoundSpeed() float64 {
	given, enough := s.Fluid.SoundSpeed, faster*s.expectedSpeed()
	switch {
	case given > 0 && s.Solver.Type == "pbf":
		return math.Max(given, enough)
	case given > 0:
		return given
	case enough > 0:
		return enough
	}
	return still
}

// expectedSpeed is the speed of fluid that starts as fast as the fastest, falls
// as deep as the domain lets it and is driven by the smallest drop.
func (s *Scene) expectedSpeed() float64 {
	speed := s.WallSpeed()
	for _, shape := range s.Fluid.Shapes {
		speed = math.Max(speed, length(shape.Velocity))
	}
	drop := 2 * s.Fluid.SurfaceTension / (s.Fluid.RestDensity * s.Fluid.Spacing)
	return math.Sqrt(2*length(s.Gravity)*s.fallHeight() + speed*speed + drop)
}

// fallHeight is the height of the highest fluid over the domain's lowest corner,
// both along gravity.
func (s *Scene) fallHeight() float64 {
	g := length(s.Gravity)
	if g == 0 {
		return 0
	}
	down := Vec3{s.Gravity[0] / g, s.Gravity[1] / g, s.Gravity[2] / g}
	floor, ceiling := 0.0, 0.0
	for axis, n := range down {
		low, high := s.Domain.Min[axis]*n, s.Domain.Max[axis]*n
		floor += math.Max(low, high)
		ceiling += math.Min(low, high)
	}
	height := s.Fluid.Spacing
	for _, shape := range s.Fluid.Shapes {
		body := shape.solid()
		top := math.Max(dot(body.position, down)-body.extent(down), ceiling)
		height = math.Max(height, floor-top)
	}
	return height
}

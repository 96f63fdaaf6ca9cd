package scene

import (
	"fmt"
	"math"
	"slices"
)

// minPeriod is the least length of a periodic axis in spacings: three cells of
// the neighbour search, so that no particle meets another from both sides.
const minPeriod = 6

// minTensePeriod is the same with surface tension, which looks as far as 4 spacings.
const minTensePeriod = 12

// IsPeriodic tells whether the axis, 0 to 2, has no end.
func (d Domain) IsPeriodic(axis int) bool { return slices.Contains(d.Periodic, axisNames[axis]) }

// checkPeriodic looks at what an axis without an end does not go with.
func checkPeriodic(s *Scene, r *report) {
	d := s.Fluid.Spacing
	for axis, name := range s.axes() {
		if !s.Domain.IsPeriodic(axis) {
			continue
		}
		for _, side := range s.Domain.Open {
			if side[1:] == name {
				r.fail("domain.open", "leave it out of domain.open, or "+name+" out of domain.periodic", "the side %s is open and periodic at once", side)
			}
		}
		least, why := minPeriod, ""
		if s.Fluid.SurfaceTension > 0 {
			least, why = minTensePeriod, " with surface tension"
		}
		if long := s.Domain.size()[axis]; long < float64(least)*d*(1-1e-9) {
			r.fail("domain.periodic", "use a spacing of at most "+quantity(long/float64(least))+", or a longer domain",
				"the domain is %s m long in %s, %s spacings: a periodic axis needs at least %d%s", number(tidy(long)), name, number(math.Round(10*long/d)/10), least, why)
		}
		for i, o := range s.Obstacles {
			s.checkCrossing(r, i, o, axis)
		}
	}
}

// checkCrossing refuses an obstacle that would have to go on behind the other
// side. One that spans the axis does: it has no end within the domain.
func (s *Scene) checkCrossing(r *report, i int, o Obstacle, axis int) {
	if !s.pastSide(turned{o.solid(), RotationMatrix(o.Rotation)}, axis) {
		return
	}
	r.fail(fmt.Sprintf("obstacle.%d", i), "move it inside, or let it reach through the whole domain",
		"obstacle.%d (%s) crosses the periodic side of %s, and does not go on behind the other", i, o.Type, axisNames[axis])
}

// turned is a solid that lies as a matrix says, not as its rotation does.
type turned struct {
	solid
	turn Mat3
}

// pastSide tells whether the solid reaches out of the domain along an axis, without
// reaching through all of it. One that is nowhere in the domain does not: nothing
// touches it, and there is a warning.
func (s *Scene) pastSide(body turned, axis int) bool {
	low, high := body.boundsTurned(body.turn)
	if s.Domain.overlap(low, high) == (Vec3{}) {
		return false
	}
	slack := 1e-6 * s.Fluid.Spacing
	return (low[axis] < s.Domain.Min[axis]-slack || high[axis] > s.Domain.Max[axis]+slack) && !body.spans(s.Domain, axis)
}

// spans tells whether the solid looks the same all along the axis of the domain:
// a straight body that lies along it and reaches from end to end.
func (s turned) spans(d Domain, axis int) bool {
	half := Vec3{0, s.height / 2, 0} // of a capsule, without its round ends
	if s.kind == "box" {
		half = Vec3{s.size[0] / 2, s.size[1] / 2, s.size[2] / 2}
	}
	for own, reach := range half {
		low, high := s.position[axis]-reach, s.position[axis]+reach
		slack := 1e-9 * (1 + math.Abs(low) + math.Abs(high))
		if math.Abs(s.turn[axis][own]) > 1-1e-12 && low <= d.Min[axis]+slack && high >= d.Max[axis]-slack {
			return true
		}
	}
	return false
}

package scene

import (
	"fmt"
	"iter"
	"math"
)

// looks is at how many moments a body is looked for in the domain.
const looks = 512

// wallPatience is the step below which a second of a moving obstacle takes more
// than a hundred thousand of them: no fluid follows such a wall.
const wallPatience = 1e-5 // s

// checkMotion refuses motions that cannot be meant.
func checkMotion(s *Scene, r *report) {
	for i, o := range s.Obstacles {
		m, at := o.Motion, fmt.Sprintf("obstacle.%d", i)
		if m.Axis == (Vec3{}) {
			r.fail(at+".axis", "for example [0, 1, 0] for an upright shaft", "the axis has no direction: it is [0, 0, 0]")
			continue
		}
		if s.Plane() && m.turns() && (m.Axis[0] != 0 || m.Axis[1] != 0) {
			r.fail(at+".axis", "leave axis out; a negative rpm turns clockwise", "with dimensions = 2 everything turns in the plane, about z")
			continue
		}
		if (m.Stroke != (Vec3{}) || m.Rock != 0) && m.Period == 0 {
			key := "stroke"
			if m.Rock != 0 {
				key = "rock"
			}
			r.fail(at+"."+key, "for example: period = 1.2", "%s has a %s but no period: how long does it take there and back?", at, key)
			continue
		}
		if m.Stop > 0 && m.Stop <= m.Start {
			r.fail(at+".stop", "leave stop out for a motion without an end", "%s stops at %s s, before it has started at %s s", at, number(m.Stop), number(m.Start))
			continue
		}
		if !m.Moves() {
			continue
		}
		if !checkWallSpeed(s, o, at, r) {
			continue
		}
		if when, axis, yes := s.crosses(o); yes {
			r.fail(at+"."+m.carrier(), "stop it before that with stop, let it go less far, or let only its surface slide: surface_velocity",
				"%s crosses the periodic side of %s after %.3g s, and does not go on behind the other", at, axisNames[axis], when)
			continue
		}
		if when, gone := s.leaves(o); gone {
			r.fail(at+"."+m.carrier(), "stop it before that with stop, or let it go less far",
				"%s leaves the domain after %.3g s", at, when)
		}
	}
}

// carrier is the key that takes the body away.
func (m Motion) carrier() string {
	switch {
	case m.Velocity != (Vec3{}):
		return "velocity"
	case m.Stroke != (Vec3{}):
		return "stroke"
	case m.Pivot != (Vec3{}):
		return "pivot"
	case m.RPM != 0:
		return "rpm"
	}
	return "rock"
}

func checkWallSpeed(s *Scene, o Obstacle, at string, r *report) bool {
	m, speed := o.Motion, o.wallSpeed(s.Fluid.Spacing)
	key := "velocity"
	switch {
	case m.RPM != 0:
		key = "rpm"
	case m.Period > 0 && (m.Stroke != (Vec3{}) || m.Rock != 0):
		key = "period"
	case m.SurfaceVelocity != (Vec3{}):
		key = "surface_velocity"
	}
	if step := s.Time.CFL * s.Fluid.Spacing / speed; step < wallPatience {
		r.fail(at+"."+key, "let it move more slowly, or use a larger spacing",
			"%s moves at up to %.3g m/s, faster than the fluid can follow: time steps would be %.1g s, at least %.1g s is possible", at, speed, step, wallPatience)
		return false
	}
	if s.Solver.Type == "wcsph" && s.Fluid.SoundSpeed > 0 && speed > s.Fluid.SoundSpeed/2 {
		r.fail(at+"."+key, "let it move more slowly, or leave sound_speed out",
			"%s moves at up to %.3g m/s, faster than the fluid can follow: its sound_speed is %s m/s", at, speed, number(s.Fluid.SoundSpeed))
		return false
	}
	return true
}

// leaves tells when nothing of the body is in the domain any more, of a body that
// was there at the start.
func (s *Scene) leaves(o Obstacle) (when float64, gone bool) {
	low, high := o.Bounds()
	if s.Domain.overlap(low, high) == (Vec3{}) {
		return 0, false
	}
	for t, body := range s.moments(o) {
		low, high := body.boundsTurned(body.turn)
		if s.Domain.overlap(low, high) == (Vec3{}) {
			return t, true
		}
	}
	return 0, false
}

// crosses tells when the body first reaches past a periodic side of the domain, and
// along which axis, of a body that is within them at the start.
func (s *Scene) crosses(o Obstacle) (when float64, axis int, yes bool) {
	for axis := range s.axes() {
		if !s.Domain.IsPeriodic(axis) || s.pastSide(turned{o.solid(), RotationMatrix(o.Rotation)}, axis) {
			continue
		}
		for t, body := range s.moments(o) {
			if s.pastSide(body, axis) {
				return t, axis, true
			}
		}
	}
	return 0, 0, false
}

// moments are where a body is at moments close to each other, until it comes back
// or is away for good.
func (s *Scene) moments(o Obstacle) iter.Seq2[float64, turned] {
	m := o.Motion
	last := math.Max(m.Period, 0)
	if m.RPM != 0 {
		last = math.Max(last, 60/math.Abs(m.RPM))
	}
	if speed := length(m.Velocity); speed > 0 {
		far := length(s.Domain.size()) + 2*o.reach() + 2*length(m.Stroke) + 2*length(m.Pivot)
		last = math.Max(last, far/speed)
	}
	if m.Stop > 0 {
		last = math.Min(last, m.Stop-m.Start)
	}
	start := RotationMatrix(o.Rotation)
	return func(yield func(float64, turned) bool) {
		for i := 1; i <= looks; i++ {
			t := m.Start + last*float64(i)/looks
			centre, by := o.At(t)
			body := turned{o.solid(), by.times(start)}
			body.position = centre
			if !yield(t, body) {
				return
			}
		}
	}
}

// warnMotion tells what of a motion has no effect.
func (s *Scene) warnMotion(warn func(format string, args ...any)) {
	for i, o := range s.Obstacles {
		m := o.Motion
		if m.Period > 0 && m.Stroke == (Vec3{}) && m.Rock == 0 {
			warn("obstacle.%d (%s) has a period but neither a stroke nor a rock: nothing of it swings", i, o.Type)
		}
		if (m.Start > 0 || m.Stop > 0) && !m.Moves() {
			warn("obstacle.%d (%s) starts or stops, but has no motion: give it a velocity, stroke, rock, rpm or surface_velocity", i, o.Type)
		}
		if m.SurfaceVelocity != (Vec3{}) && s.Fluid.Viscosity == 0 && s.Solver.WallViscosity == 0 {
			warn("obstacle.%d (%s) has a surface_velocity that nothing feels: fluid.viscosity and solver.wall_viscosity are 0", i, o.Type)
		}
	}
}

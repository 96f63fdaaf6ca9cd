package scene

import (
	"math"
	"testing"
)

// moving is a ball with a motion.
func moving(m Motion) Obstacle {
	if m.Axis == (Vec3{}) {
		m.Axis = Vec3{0, 0, 1}
	}
	return Obstacle{Type: "sphere", Position: Vec3{1, 2, 3}, Radius: 0.1, Motion: m}
}

func TestMotionAt(t *testing.T) {
	quarter := Mat3{{0, -1, 0}, {1, 0, 0}, {0, 0, 1}}
	unit := Mat3{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	for name, c := range map[string]struct {
		motion Motion
		at     float64
		centre Vec3
		turned Mat3
	}{
		"none":                     {Motion{}, 5, Vec3{1, 2, 3}, unit},
		"not yet":                  {Motion{Velocity: Vec3{1, 0, 0}, Start: 2}, 1.5, Vec3{1, 2, 3}, unit},
		"going":                    {Motion{Velocity: Vec3{1, 0, -2}, Start: 2}, 2.5, Vec3{1.5, 2, 2}, unit},
		"gone":                     {Motion{Velocity: Vec3{1, 0, 0}, Start: 2, Stop: 2.25}, 7, Vec3{1.25, 2, 3}, unit},
		"a stroke, at its far end": {Motion{Stroke: Vec3{0.5, 0, 0}, Period: 2}, 1, Vec3{1.5, 2, 3}, unit},
		"a stroke, back":           {Motion{Stroke: Vec3{0.5, 0, 0}, Period: 2}, 4, Vec3{1, 2, 3}, unit},
		"a stroke from the middle": {Motion{Stroke: Vec3{0.5, 0, 0}, Period: 2, Phase: 90}, 0.5, Vec3{1.25, 2, 3}, unit},
		"and from the far end":     {Motion{Stroke: Vec3{0.5, 0, 0}, Period: 2, Phase: 180}, 1, Vec3{0.5, 2, 3}, unit},
		"a quarter of a turn":      {Motion{RPM: 15}, 1, Vec3{1, 2, 3}, quarter},
		"about a pivot below":      {Motion{RPM: 15, Pivot: Vec3{0, -1, 0}}, 1, Vec3{0, 1, 3}, quarter},
		"rocking, at its far end":  {Motion{Rock: 90, Period: 3}, 1.5, Vec3{1, 2, 3}, quarter},
		"three quarters backwards": {Motion{RPM: -15}, 3, Vec3{1, 2, 3}, quarter},
	} {
		centre, turned := moving(c.motion).At(c.at)
		off := distanceBetween(centre, c.centre)
		for i := range turned {
			for j := range turned {
				off = math.Max(off, math.Abs(turned[i][j]-c.turned[i][j]))
			}
		}
		if !(off < 1e-12) {
			t.Errorf("%s: at %v, turned %v; want %v, %v", name, centre, turned, c.centre, c.turned)
		}
	}
}

// The speed that steps go by is never less than the body's, and not much more than the largest.
func TestWallSpeed(t *testing.T) {
	for name, m := range map[string]Motion{
		"going":    {Velocity: Vec3{1, 2, -2}},
		"swinging": {Stroke: Vec3{0.3, 0.1, 0}, Period: 0.7, Phase: 30},
		"turning":  {RPM: 50, Axis: Vec3{1, 1, 0}, Pivot: Vec3{0, -0.4, 0}},
		"rocking":  {Rock: 40, Period: 1.2, Pivot: Vec3{0, -0.4, 0}},
	} {
		o, fastest := moving(m), 0.0
		const h = 1e-6
		for time := h; time < 1.3; time += 0.003 {
			before, a := o.At(time - h)
			after, b := o.At(time + h)
			for _, out := range []Vec3{{0.1, 0, 0}, {0, 0.1, 0}, {0, -0.1, 0}, {0, 0, 0.1}} {
				p, q := a.Mul(out), b.Mul(out)
				for k := range p {
					p[k], q[k] = p[k]+before[k], q[k]+after[k]
				}
				fastest = math.Max(fastest, distanceBetween(p, q)/(2*h))
			}
		}
		if bound := o.wallSpeed(0.01); fastest > bound*(1+1e-6) || fastest < bound/2 {
			t.Errorf("%s: %.3f m/s, the bound is %.3f", name, fastest, bound)
		}
	}
	// A tremble that is smaller than a spacing still has its period seen.
	if step, period := 0.4*0.01/moving(Motion{Stroke: Vec3{1e-4, 0, 0}, Period: 0.02}).wallSpeed(0.01), 0.02; step > period/5 {
		t.Errorf("steps of %g s for a period of %g s", step, period)
	}
}

func TestAnglesComeBack(t *testing.T) {
	for _, a := range []Vec3{{0, 0, 0}, {10, -20, 30}, {170, 80, -170}, {40, 90, 0}, {-30, -90, 20}, {0, 0, 180}, {179, 0, 0}} {
		want := RotationMatrix(a)
		got := RotationMatrix(want.Angles())
		for i := range want {
			for j := range want {
				if math.Abs(got[i][j]-want[i][j]) > 1e-9 {
					t.Errorf("%v came back as %v", a, want.Angles())
				}
			}
		}
	}
}

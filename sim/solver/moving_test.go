package solver_test

import (
	"math"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// workshop is water with a piston at one end, a paddle that turns in it, and a gate that is drawn up.
const workshop = `format = 1
[domain]
min = [0, 0, 0]
max = [1.0, 0.5, 0.32]
[fluid]
spacing = 0.04
[[fluid.shape]]
type = "box"
min = [0.08, 0, 0]
max = [0.6, 0.2, 0.32]
[[obstacle]]
type = "box"
min = [-0.2, -0.04, -0.04]
max = [0.08, 0.6, 0.36]
stroke = [0.12, 0, 0]
period = 0.7
[[obstacle]]
type = "box"
position = [0.36, 0.14, 0.16]
size = [0.2, 0.08, 0.2]
rpm = -50
axis = [0, 1, 0.2]
start = 0.1
[[obstacle]]
type = "box"
min = [0.6, -0.04, -0.04]
max = [0.68, 0.4, 0.36]
velocity = [0, 1, 0]
start = 0.15
stop = 0.4
`

// Bodies are where their time says, at every moment and with every solver; the fluid stays outside, in front of the gate
// until it is drawn up, and whole; it is all the same with hands that do nothing, and again.
func TestObstaclesMoveByThemselves(t *testing.T) {
	each(t, workshop, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		s := build(t, d, sc)
		for _, until := range []float64{0.14, 0.6} {
			last, err := s.AdvanceTo(until)
			must(t, err)
			st, err := s.State()
			must(t, err)
			now := s.Obstacles(0)
			for k, o := range sc.Obstacles {
				centre, turned := o.At(last.Time)
				off := 0.0
				for i := range 3 {
					off = math.Max(off, math.Abs(now[k].Position[i]-centre[i]))
				}
				// A body's own points, to a step's curvature.
				was, is := o, now[k]
				for _, p := range []scene.Vec3{{0.1, 0, 0}, {0, 0.1, 0}, {0, 0, 0.1}} {
					a, b := turned.Mul(scene.RotationMatrix(was.Rotation).Mul(p)), scene.RotationMatrix(is.Rotation).Mul(p)
					for i := range 3 {
						off = math.Max(off, math.Abs(a[i]-b[i]))
					}
				}
				if !(off < 2e-3) {
					t.Errorf("after %.3f s obstacle %d is %.4f m off: at %v, turned %v", last.Time, k, off, now[k].Position, now[k].Rotation)
				}
			}
			inside, beyond, distances := 0, 0, make([]func(scene.Vec3) float64, len(now))
			for k := range now {
				distances[k] = now[k].Distance()
			}
			for _, x := range st.Position {
				for _, distance := range distances {
					// The wall moves up to 0.4 spacings in a step, and pushes in the next one.
					if distance(x) < -0.5*sc.Fluid.Spacing {
						inside++
					}
				}
				if x[0] > 0.68 {
					beyond++
				}
			}
			if inside > 0 || (beyond > 0) != (until > 0.4) || last.Lost > 0 {
				t.Errorf("after %.3f s: %d particles in obstacles, %d beyond the gate, %d lost", last.Time, inside, beyond, last.Lost)
			}
			if last.Dt > sc.WallStep()*(1+1e-6) {
				t.Errorf("a step of %g s; the walls allow %g s", last.Dt, sc.WallStep())
			}
			if last.DensityErrorMean > 0.005 {
				t.Errorf("mean density error %.3f", last.DensityErrorMean)
			}
		}
		idle := withHands(t, d, sc, 100)
		_, err := idle.AdvanceTo(0.6)
		must(t, err)
		if a, b := hash(t, s), hash(t, idle); a != b {
			t.Errorf("without hands %s, with %s", a, b)
		}
		must(t, s.Reset())
		if got := s.Obstacles(0)[0].Position; math.Abs(got[0]-sc.Obstacles[0].Position[0]) > 1e-6 {
			t.Errorf("after a reset the piston is at %v", got)
		}
	})
}

// A hand takes a moving body away from its way; let go of, it moves on from there as before.
func TestMovingObstacleInHand(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		sc := parse(t, pond, "obstacle.0.stroke=0.1,0,0", "obstacle.0.period=0.5", "obstacle.0.rpm=30", "obstacle.0.axis=0,1,0")
		s := withHands(t, d, sc, 0)
		_, err := s.AdvanceTo(0.1)
		must(t, err)
		goal := [3]float64{0.2, 0.4, 0.2}
		must(t, s.MoveBody(solver.Move{Body: 0, Goal: goal, Speed: 2}))
		_, err = s.AdvanceTo(0.3)
		must(t, err)
		for k, x := range centre(s, 0) {
			if math.Abs(x-goal[k]) > 2e-3 {
				t.Errorf("in the hand it is at %v", centre(s, 0))
			}
		}
		must(t, s.MoveBody(solver.Move{Body: 0, Goal: goal}))
		last, err := s.AdvanceTo(0.45)
		must(t, err)
		before, _ := sc.Obstacles[0].At(0.3)
		after, _ := sc.Obstacles[0].At(last.Time)
		if got, want := centre(s, 0)[0], goal[0]+after[0]-before[0]; math.Abs(got-want) > 4e-3 {
			t.Errorf("let go of, it came to x = %.4f, want %.4f", got, want)
		}
	})
}

// A lid that slides takes the fluid below it along; without friction it does not, and it pushes nothing with its ends.
func TestSurfaceVelocity(t *testing.T) {
	const lid = `format = 1
dimensions = 2
gravity = [0, 0]
[domain]
min = [0, 0]
max = [1, 0.4]
periodic = ["x"]
[fluid]
spacing = 0.05
viscosity = 20
sound_speed = 20
[[fluid.shape]]
type = "box"
min = [0, 0]
max = [1, 0.3]
[[obstacle]]
type = "box"
min = [0.1, 0.3]
max = [0.9, 0.5]
surface_velocity = [1, 0.5]
[solver]
wall_viscosity = 0.1
`
	gputest.Run(t, func(d *gpu.Device) {
		for _, c := range []struct {
			set         string
			least, most float64
		}{{"fluid.viscosity=20", 0.3, 0.95}, {"fluid.viscosity=0 solver.wall_viscosity=0 solver.artificial_viscosity=0", -0.02, 0.02}} {
			s := build(t, d, parse(t, lid, strings.Fields(c.set)...))
			_, err := s.AdvanceTo(0.3)
			must(t, err)
			st, err := s.State()
			must(t, err)
			along, n := 0.0, 0.0
			for i, x := range st.Position {
				if x[1] > 0.25 && x[0] > 0.3 && x[0] < 0.7 {
					along, n = along+st.Velocity[i][0], n+1
				}
			}
			if got := along / n; !(got >= c.least && got <= c.most) {
				t.Errorf("%s: below the lid fluid goes at %.3f m/s, want %g to %g", c.set, got, c.least, c.most)
			}
		}
	})
}

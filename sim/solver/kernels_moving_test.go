package solver_test

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// restless is the body of a motion with a bit of everything.
func restless(k int, body layout.Obstacle) layout.Motion {
	f := func(n int, scale float32) float32 { return scale * (float32(k*7+n*5%11) - 3) / 4 }
	axis := [3]float32{float32(k%3) - 1, 1, float32(k % 2)}
	size := float32(math.Sqrt(float64(axis[0]*axis[0] + axis[1]*axis[1] + axis[2]*axis[2])))
	m := layout.Motion{
		Anchor: body.Position, RestX: body.AxisX, RestY: body.AxisY, RestZ: body.AxisZ,
		Arm:      [4]float32{f(1, 0.02), f(2, 0.02), f(3, 0.02), []float32{0, 0.7, 1.3, 40}[k%4]},
		Axis:     [4]float32{axis[0] / size, axis[1] / size, axis[2] / size, []float32{0, 0.5, -3}[k%3]},
		Velocity: [4]float32{f(4, 0.01), 0, f(6, 0.01), []float32{0, 0.2, -0.1}[k%3]},
		Stroke:   [4]float32{f(7, 0.02), f(8, 0.02), 0, []float32{0, 0.25, -0.6, 0.9}[k%4]},
		Slide:    [4]float32{f(9, 1), 1, 0, 0},
		LastS:    math.MaxUint32, LastFrac: math.MaxUint32,
	}
	m.SwingStep, m.TurnStep = uint32(3e9*math.Mod(float64(k)*0.37, 1)), uint32(4e9*math.Mod(float64(k)*0.71, 1))
	switch k % 5 {
	case 1: // begins and ends in the middle of a second
		m.StartS, m.StartFrac, m.LastS, m.LastFrac = 1, 3<<30, 0, 1<<31
	case 2:
		m.StartS, m.StartFrac, m.LastS, m.LastFrac = 2, 7, 0, 5
	case 3: // does nothing by itself
		m.Arm, m.Velocity, m.Stroke, m.Slide, m.Axis[3] = [4]float32{}, [4]float32{}, [4]float32{}, [4]float32{}, 0
		m.SwingStep, m.TurnStep = 0, 0
	}
	return m
}

// steerCase: sums of a few terms, each a unit or some; a place in a period, which the whole seconds of the time have rounded,
// and cosines of it, a unit for each of some operations, times 2 pi.
func steerCase() kernelCase {
	return kernelCase{
		worlds: func() (list []*world) {
			for _, dt := range []float32{0, 1.0 / 1024, 1.0 / 200} {
				for _, n := range []int{1, 2, 3, 4, 63, 64, 65, 69} {
					w := blankWorld(fmt.Sprintf("%d bodies, steps of %g s", n, dt), spread(5), options{})
					w.obstacles = nil
					for k := range n {
						b := beside()[k%3]
						b.Velocity = [4]float32{0.5 * float32(k%5), -0.25, 0.125, 0}
						b.Goal = [4]float32{b.Position[0] + 0.01*float32(k%7)*float32(k%7), b.Position[1] - 0.02, b.Position[2], float32(k % 4)}
						m := restless(k, b)
						m.Anchor[3] = float32(k / 2 % 2) // now and in the last step, in a hand or not
						w.obstacles, w.motions = append(w.obstacles, b), append(w.motions, m)
					}
					w.params.ObstacleCount = uint32(n)
					beyond := beside()[0]
					beyond.Velocity[1], beyond.Goal[3] = 1, 1
					w.obstacles, w.motions = append(w.obstacles, beyond), append(w.motions, restless(1, beyond))
					w.control.Dt = dt
					w.control.TimeS, w.control.TimeFrac = uint32(n%5), 1234567890*uint32(n)
					list = append(list, w)
				}
			}
			there := list[0].clone()
			there.name = "already there"
			there.obstacles[0].Velocity, there.obstacles[0].Goal = [4]float32{}, there.obstacles[0].Position
			there.obstacles[0].Goal[3], there.motions[0] = 1, restless(3, there.obstacles[0])
			there.motions[0].Anchor[3] = 1
			list = append(list, there)
			for _, time := range [][2]uint32{{4000, 99}, {2, 1 << 28}, {1, 1 << 29}, {0, 1 << 31}} {
				w := list[7].clone()
				w.name = fmt.Sprintf("at %d s and %d ticks", time[0], time[1])
				w.control.TimeS, w.control.TimeFrac = time[0], time[1]
				list = append(list, w)
			}
			return list
		},
		stage:       func(w *world) {},
		invocations: func(w *world) int { return 70 },
		expect: func(j *judge, want, got *world) {
			before := want.clone()
			ref.Steer(&want.params, &want.control, want.obstacles, want.motions)
			dt := max(float64(want.control.Dt), 1e-6)
			size := func(v [4]float32) float64 {
				return math.Abs(float64(v[0])) + math.Abs(float64(v[1])) + math.Abs(float64(v[2]))
			}
			for k := range want.obstacles[:want.params.ObstacleCount] {
				b, g, m, was := &want.obstacles[k], got.obstacles[k], &before.motions[k], before.obstacles[k]
				// How far off the place in a swing is, and the angle, in radians: a unit of a turn for each sum, some for the cosine.
				swing := 2 * math.Pi * unit * (4 + math.Abs(float64(m.Arm[3])))
				rock, frequency, rpm := 2*math.Pi*math.Abs(float64(m.Velocity[3])), 2*math.Pi*float64(m.Arm[3]), 2*math.Pi*math.Abs(float64(m.Axis[3]))
				angle := 2*math.Pi*unit*(4+math.Abs(float64(m.Axis[3]))) + rock*swing
				spin := 4*unit*(rpm+rock*frequency) + rock*frequency*swing
				travel := size(m.Velocity)*float64(want.control.TimeS+1) + size(m.Stroke) + 2*size(m.Arm)
				moved := size(was.Velocity) * dt
				atX := unit*(4*size(was.Position)+4*moved+6*travel) + swing*size(m.Stroke) + angle*size(m.Arm)
				atV := 4*unit*(size(m.Velocity)+frequency*size(m.Stroke)+(rpm+rock*frequency)*size(m.Arm)) +
					frequency*swing*size(m.Stroke) + (spin+(rpm+rock*frequency)*angle)*size(m.Arm)
				for axis := range 3 {
					j.near(&b.Position[axis], g.Position[axis], float64(b.Position[axis]), atX, "position %d of %d", axis, k)
					bound := atV
					if was.Goal[3] > 0 {
						// The way's own rounding turns it and, close by, changes the speed.
						speed := size(b.Velocity)
						bound = unit*24*speed + (atX+4*unit*size(was.Goal))/(4*dt)
					}
					j.near(&b.Velocity[axis], g.Velocity[axis], float64(b.Velocity[axis]), bound, "velocity %d of %d", axis, k)
					for _, pair := range [][2]*[4]float32{{&b.AxisX, &g.AxisX}, {&b.AxisY, &g.AxisY}, {&b.AxisZ, &g.AxisZ}} {
						j.near(&pair[0][axis], pair[1][axis], float64(pair[0][axis]), angle+8*unit, "axes %d of %d", axis, k)
					}
					j.near(&b.Spin[axis], g.Spin[axis], float64(b.Spin[axis]), spin, "spin %d of %d", axis, k)
					j.near(&want.motions[k].Anchor[axis], got.motions[k].Anchor[axis], float64(want.motions[k].Anchor[axis]), 2*atX, "anchor %d of %d", axis, k)
				}
				b.AxisX[3], b.AxisY[3], b.AxisZ[3], b.Velocity[3], b.Spin[3], b.Slide[3] = 0, 0, 0, 0, 0, 0
			}
		},
		faults: []planted{
			{"control.dt * body.velocity.xyz", "0.0 * body.velocity.xyz"},
			{"0.25 * params.spacing", "params.spacing"},
			{"left / (SOFTNESS * dt)", "left / dt"},
			{"min(body.goal.w,", "min(100.0,"},
			{"k >= params.obstacle_count", "k > params.obstacle_count"},
			{"max(left, 1e-12)", "left"},
			{"x - shift, in_hand", "x, in_hand"},
			{"motion.stroke.xyz * there ", "motion.stroke.xyz * now.x "},
			{"+ (arm - motion.arm.xyz)", ""},
			{"cross(spin, arm)", "cross(spin, motion.arm.xyz)"},
			{"motion.velocity.w * there)", "0.0 * there)"},
			{"motion.velocity.w * there_rate", "0.0"},
			{"whole == motion.last_s && frac >= motion.last_frac", "whole == motion.last_s"},
			{"- select(0u, 1u, control.time_frac < motion.start_frac)", ""},
			{"control.time_s == motion.start_s && ", "control.time_s == 7u && "},
			{"f32(step * time.whole)", "f32(step)"},
			{"moves * motion.slide.xyz", "motion.slide.xyz"},
			{"* (1.0 - by.x)", "* by.x"},
			{"select(vec2<f32>(c, s), vec2<f32>(-c, -s), k == 2)", "vec2<f32>(c, s)"},
			{"select(vec2<f32>(-s, c), vec2<f32>(s, -c), k == 3)", "vec2<f32>(-s, c)"},
			{"x2 / 40320.0", "x2 / 4032.0"},
			{"-1.0 / 5040.0", "-1.0 / 504.0"},
		},
	}
}

// wallMotionCase: l rounds as in near_walls, by the distance's rounding; velocities of the bodies are some m/s.
func wallMotionCase() kernelCase {
	return kernelCase{
		worlds: func() (list []*world) {
			for _, w := range particleWorlds() {
				if w.params.ObstacleCount == 0 || len(w.wallVelocities) == 0 {
					continue
				}
				c := w.clone()
				for k := range c.obstacles {
					c.obstacles[k].Velocity = [4]float32{float32(k) - 1, 0.5, -0.25 * float32(k), 0}
				}
				unknown := c.clone()
				unknown.name = "N says nothing"
				for i := range unknown.walls {
					unknown.walls[i][3] = 1
				}
				// Two bodies at one place, one of which moves otherwise.
				twin := unknown.obstacles[0]
				twin.Velocity = [4]float32{0, -1, 2, 0}
				unknown.obstacles = append(unknown.obstacles, twin)
				unknown.params.ObstacleCount++
				turning := c.clone()
				turning.name = "they turn and their surface slides"
				for k := range turning.obstacles {
					turning.obstacles[k].Spin = [4]float32{2 - float32(k), 5, float32(k), 0}
					turning.obstacles[k].Slide = [4]float32{0.5, float32(k), -1, 0}
				}
				turning.obstacles = append(turning.obstacles, twin)
				turning.params.ObstacleCount++
				list = append(list, c, unknown, turning)
			}
			alone := newWorld("far from all", spread(64), options{moving: true})
			return append(list, alone)
		},
		stage:       func(w *world) { fillVectors(w.wallVelocities) },
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			particles := want.live()
			ref.WallMotion(&want.params, &want.control, particles, want.obstacles)
			// The distance rounds by some units of a metre, l and its slope by theirs; where all of l is little the quotient is as rough.
			span := float64(want.params.InvWallSpan)
			slope := 4 * float64(want.params.WallLog) * span
			for i, own := range particles {
				ahead := own.X
				for axis := range 3 {
					ahead[axis] += float64(want.params.WallAhead) * float64(want.control.Dt) * own.V[axis]
				}
				pull := ref.WallPullOf(&want.params, own.X, ahead, own.Wall.N, want.obstacles)
				sum, all := pull.Sum, pull.All
				size := math.Abs(sum[0]) + math.Abs(sum[1]) + math.Abs(sum[2])
				bound := unit * (40*size + 64*slope*2) / max(all, 1e-12) * (1 + size/max(all, 1e-12))
				for axis := range 3 {
					j.near(&want.wallVelocities[i][axis], got.wallVelocities[i][axis], own.Wall.V[axis], min(bound, 4), "wall velocity %d of %d", axis, i)
				}
				// Two metres a second at most, turned by how the way out rounds; ln N and l are as rough as above.
				press := unit*(40*pull.Size+64*3*slope*span*2)*pull.Share + math.Abs(pull.Press)*min(unit*64*slope/max(all, 1e-12), 1)
				j.near(&want.wallVelocities[i][3], got.wallVelocities[i][3], own.Wall.Press, press, "how fast walls come to %d", i)
			}
		},
		faults: []planted{
			{"log * (obstacle_velocity(body, x - distance * out) + slide)", "(obstacle_velocity(body, x - distance * out) + slide)"},
			{"obstacle_velocity(body, x - distance * out)", "obstacle_velocity(body, x)"},
			{"- out * dot(body.slide.xyz, out)", ""},
			{"x + params.wall_ahead * control.dt", "x + control.dt"},
			{"rate += slope", "rate = slope"},
			{"min(log(walls[i].w) / max(felt, 1e-12), 1.0)", "1.0"},
			{"obstacle_velocity(body, ahead)", "body.velocity.xyz"},
			{"cross(body.spin.xyz, apart(p, body.position.xyz))", "body.spin.xyz"},
			{"max(log(walls[i].w), felt)", "1.0"},
			{"felt += log", "felt = log"},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

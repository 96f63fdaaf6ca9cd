package solver_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// body is a solid turned by angles about z, then x, then y.
func body(kind uint32, centre [3]float32, half [3]float32, radius float32, angles [3]float64) layout.Obstacle {
	axes := [3][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	turn := func(a, b int, angle float64) {
		s, c := math.Sincos(angle)
		for k := range axes {
			u, v := axes[k][a], axes[k][b]
			axes[k][a], axes[k][b] = c*u-s*v, s*u+c*v
		}
	}
	turn(0, 1, angles[2])
	turn(1, 2, angles[0])
	turn(2, 0, angles[1])
	out := layout.Obstacle{
		Kind:     kind,
		Position: [4]float32{centre[0], centre[1], centre[2], 0},
		HalfSize: [4]float32{half[0], half[1], half[2], radius},
	}
	for k, axis := range []*[4]float32{&out.AxisX, &out.AxisY, &out.AxisZ} {
		for c := range 3 {
			axis[c] = float32(axes[k][c])
		}
	}
	return out
}

// bodies are one of each kind, apart from each other: pushed out of one, a particle is not near another. Two of them move.
func bodies() []layout.Obstacle {
	list := []layout.Obstacle{
		body(layout.SolidBox, [3]float32{-0.3, -0.15, 0.02}, [3]float32{0.12, 0.07, 0.05}, 0, [3]float64{0.3, -0.7, 1.1}),
		body(layout.SolidSphere, [3]float32{0.3, 0.2, -0.05}, [3]float32{}, 0.1, [3]float64{}),
		body(layout.SolidCylinder, [3]float32{0.25, -0.2, 0.1}, [3]float32{0, 0.11, 0}, 0.06, [3]float64{1.2, 0.4, -0.5}),
		body(layout.SolidCapsule, [3]float32{-0.2, 0.22, 0}, [3]float32{0, 0.1, 0}, 0.07, [3]float64{-0.6, 0.2, 0.9}),
	}
	list[0].Velocity = [4]float32{0.5, -1, 0.25, 0}
	list[3].Velocity = [4]float32{-0.75, 0.5, 1, 0}
	return list
}

// around is n points in and close to the bodies.
func around(n int, list []layout.Obstacle) [][3]float32 {
	random := rand.New(rand.NewPCG(uint64(n), 5))
	points := make([][3]float32, n)
	for i := range points {
		b := list[i%len(list)]
		for axis := range points[i] {
			points[i][axis] = b.Position[axis] + 0.3*(random.Float32()-0.5)
		}
	}
	return points
}

// moving gives every particle of a world random accelerations large enough to matter.
func moving(w *world, dt float32) *world {
	random := rand.New(rand.NewPCG(9, 9))
	w.control.Dt = dt
	for i := range w.positionSorted[:w.control.Live] {
		for axis := range 3 {
			w.velocitySorted[i][axis] = speed(random)
			w.acceleration[i][axis] = 200 * speed(random)
		}
	}
	return w
}

func integrateWorlds() (list []*world) {
	const dt = 1.0 / 512
	for _, n := range []int{0, 1, 63, 64, 65, 1000} {
		list = append(list, moving(walled(fmt.Sprintf("%d all over", n), spread(n), options{}), dt))
	}
	for side := range uint32(6) {
		w := walled(fmt.Sprintf("side %d open", side), spread(1000), options{open: 1 << side})
		list = append(list, moving(w, 1.0/128))
	}
	list = append(list, moving(walled("all sides open", spread(1000), options{open: 63}), 1.0/128))

	// Exactly on the tank's faces, and standing still: inside.
	still := walled("standing on every face", faces(), options{open: 21})
	for i := range still.positionSorted[:still.control.Live] {
		still.velocitySorted[i], still.acceleration[i] = [4]float32{}, [4]float32{}
	}
	list = append(list, still)

	all := bodies()
	list = append(list, moving(walled("among all bodies", around(1000, all), options{bodies: all}), dt))
	for k, b := range all {
		name := fmt.Sprintf("around a solid of kind %d", b.Kind)
		list = append(list, moving(walled(name, around(200, all[k:k+1]), options{bodies: all[k : k+1]}), dt))
	}
	ignored := walled("bodies that are not counted", around(65, all), options{bodies: all})
	ignored.params.ObstacleCount = 0
	list = append(list, moving(ignored, dt))

	through := body(layout.SolidSphere, [3]float32{0.47, 0.34, 0.22}, [3]float32{}, 0.05, [3]float64{})
	list = append(list,
		moving(walled("across x, y open", across(300), options{periodic: "x", open: 12}), 1.0/128),
		moving(walled("across all sides", across(300), options{periodic: "xyz"}), 1.0/128),
		moving(walled("a body at periodic sides", across(300), options{periodic: "xz", bodies: []layout.Obstacle{through}}), dt),
		moving(walled("in the plane", flat(200), options{plane: true, bodies: []layout.Obstacle{post()}}), dt),
	)

	bad := moving(walled("faulty motions", spread(70), options{}), dt)
	bad.acceleration[3][0] = float32(math.NaN())
	bad.acceleration[40][2] = float32(math.Inf(1))
	bad.velocitySorted[50][1] = 40 // 40 m/s in 1/512 s is more than h
	bad.velocitySorted[51][1] = -25
	bad.velocitySorted[51][0] = 25
	return append(list, bad)
}

// integrateCase: positions and velocities within bounds. The worlds keep clear of decisions that rounding could turn,
// and that is checked.
func integrateCase() kernelCase {
	return kernelCase{
		worlds: integrateWorlds,
		stage: func(w *world) {
			fillVectors(w.position)
			fillVectors(w.velocity)
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			list := want.obstacles[:p.ObstacleCount]
			dt := float64(want.control.Dt)
			before := want.live()
			after := want.live()
			ref.Integrate(p, dt, after, list, &want.tally)
			for i, own := range after {
				checkClear(j, want, before[i], dt, list)
				x, v := motionBounds(want, before[i], dt, list)
				for axis := range 3 {
					j.near(&want.position[i][axis], got.position[i][axis], own.X[axis], x[axis], "position %d of %d", axis, i)
					j.near(&want.velocity[i][axis], got.velocity[i][axis], own.V[axis], v[axis], "velocity %d of %d", axis, i)
				}
				want.position[i][3] = float32(own.ID)
				if own.Gone {
					want.position[i][3] = -1 - float32(own.ID)
				}
				want.velocity[i][3] = want.velocitySorted[i][3]
			}
		},
		faults: []planted{
			{"before.xyz + control.dt * acceleration[i].xyz", "before.xyz"},
			{"start.xyz + shift", "start.xyz + control.dt * before.xyz"},
			{"x -= n * depth", "x += n * depth"},
			{"v - obstacle_velocity(body, x), n", "v, n"},
			{"min(dot(v - obstacle_velocity(body, x), n), 0.0)", "dot(v, n)"},
			{"length(local) - radius", "length(local)"},
			{"length(local.xz) - radius, abs(local.y) - body.half_size.y", "length(local.xz) - radius, abs(local.y) - radius"},
			{"dot(away, body.axis_x.xyz)", "away.x"},
			{"vec3<f32>(0.0, on_axis, 0.0)) - radius", "vec3<f32>(on_axis, 0.0, 0.0)) - radius"},
			{"length(max(q, vec3<f32>(0.0))) + min(max(q.x, max(q.y, q.z)), 0.0)", "length(max(q, vec3<f32>(0.0))) + min(max(q.x, q.y), 0.0)"},
			{"q.x >= q.y && q.x >= q.z", "q.x >= q.y"},
			{"params.closed_sides >> (2u * axis)", "params.closed_sides >> axis"},
			{"params.open_sides >> (2u * axis)", "params.open_sides >> axis"},
			{"(bits & 1u) != 0u && x[axis]", "(bits & 2u) != 0u && x[axis]"},
			{"(bits & 2u) != 0u && x[axis]", "(bits & 1u) != 0u && x[axis]"},
			{"(open & 1u) != 0u && ", ""},
			{"(open & 2u) != 0u && ", ""},
			{"max(v[axis], 0.0)", "v[axis]"},
			{"min(v[axis], 0.0)", "v[axis]"},
			{"clamped == 1u && tag >= 0.0", "clamped == 1u"},
			{"!finite3(x) || !finite3(v)", "false"},
			{"dot(shift, shift) >", "-dot(shift, shift) >"},
			{"k < params.obstacle_count", "k < arrayLength(&obstacles)"},
			{"obstacle_distance(body, x) - params.wall_margin", "obstacle_distance(body, x)"},
			{"x[axis] = low + params.wall_margin", "x[axis] = low"},
			{"x[axis] > high - params.wall_margin", "x[axis] > high"},
			{"inside[axis] + params.period[axis], inside[axis] < low", "inside[axis], inside[axis] < low"},
			{"max(inside[axis] - params.period[axis], low)", "low"},
			{"params.period[axis] > 0.0", "false"},
			{"- round(away * params.inv_period.xyz) * params.period.xyz", ""},
			{"control.running == 0u || ", ""},
		},
	}
}

// checkClear makes sure that no decision on the way hangs on rounding: what moves ends clearly on one side of every
// body, of the tank's faces and of the longest allowed motion.
func checkClear(j *judge, w *world, own ref.Particle, dt float64, list []layout.Obstacle) {
	x, move := moved(own, dt)
	if !(move > 0) {
		return
	}
	const clear = 3e-6
	if math.Abs(move-float64(w.params.MaxKick)) < clear {
		j.fail("badly chosen: particle %d moves by just the longest motion", own.ID)
	}
	for k, b := range list {
		at := imageAt(&w.params, b, x)
		distance := ref.Distance(b, at) - float64(w.params.WallMargin)
		if math.Abs(distance) < clear {
			j.fail("badly chosen: particle %d comes to lie on body %d", own.ID, k)
		}
		if _, plain := normalBound(b, at, clear); distance < 0 && !plain {
			j.fail("badly chosen: particle %d has two nearest faces in body %d", own.ID, k)
		}
	}
	for axis := range 3 {
		low, high := float64(w.params.DomainMin[axis]), float64(w.params.DomainMax[axis])
		for _, margin := range []float64{0, float64(w.params.WallMargin)} {
			if math.Abs(x[axis]-low-margin) < 1e-7 || math.Abs(x[axis]-high+margin) < 1e-7 {
				j.fail("badly chosen: particle %d comes to lie on a face", own.ID)
			}
		}
	}
}

func moved(own ref.Particle, dt float64) (x ref.Vec, move float64) {
	for axis := range x {
		step := dt * (own.V[axis] + dt*own.Acceleration[axis])
		x[axis] = own.X[axis] + step
		move += step * step
	}
	return x, math.Sqrt(move)
}

// motionBounds: v = v + dt a takes 2 units and x = x + dt v 2 more of the sizes of the terms; both were given. Back in
// through a periodic side, another of the domain's length.
//
// In a body the push, |depth|, is off by its distance's error, and it and the part of v that is taken, twice, turn
// with the normal.
func motionBounds(w *world, own ref.Particle, dt float64, list []layout.Obstacle) (x, v ref.Vec) {
	end, move := moved(own, dt)
	if !fits(move) {
		// It keeps the state it has, to the last bit, unless that is too close to a wall.
		for axis := range x {
			low, high, margin := float64(w.params.DomainMin[axis]), float64(w.params.DomainMax[axis]), float64(w.params.WallMargin)
			if own.X[axis] < low+margin || own.X[axis] > high-margin {
				x[axis] = unit * math.Abs(own.X[axis])
			}
		}
		return x, v
	}
	var speed, shift float64
	for axis := range x {
		dv := math.Abs(dt * own.Acceleration[axis])
		v[axis] = 2 * unit * (math.Abs(own.V[axis]) + dv)
		x[axis] = 4*unit*(math.Abs(own.X[axis])+dt*(math.Abs(own.V[axis])+dv)) + 2*unit*float64(w.params.Period[axis])
		speed += math.Abs(own.V[axis]) + dv
		shift += x[axis]
	}
	for _, b := range list {
		at := imageAt(&w.params, b, end)
		depth := ref.Distance(b, at) - float64(w.params.WallMargin)
		if depth >= 0 {
			continue
		}
		off := distanceUnits*unit*sizeOf(&w.params, b, at) + shift
		normal, _ := normalBound(b, at, off)
		for axis := range x {
			x[axis] += off - depth*normal
			v[axis] += 2*speed*normal + 4*unit*speed
		}
	}
	return x, v
}

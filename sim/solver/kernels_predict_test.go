package solver_test

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// leaving are worlds whose particles are about to move: integrate's, with the same motions in the arrays that a step
// begins with.
func leaving() []*world {
	list := integrateWorlds()
	for _, w := range list {
		for i := range w.positionSorted[:w.control.Live] {
			w.position[i] = w.positionSorted[i]
			w.velocity[i] = w.velocitySorted[i]
			for axis := range 3 {
				if v := &w.velocity[i][axis]; !(math.Abs(float64(*v)) < 10) {
					*v = 1
				}
				if a := &w.acceleration[i][axis]; !fits(float64(*a)) {
					*a = 1
				}
			}
		}
	}
	gone := walled("some gone", spread(200), options{})
	for i := range gone.positionSorted[:gone.control.Live] {
		gone.position[i], gone.velocity[i] = gone.positionSorted[i], gone.velocitySorted[i]
		if i%3 == 0 {
			gone.position[i][3] = -1 - gone.position[i][3]
		}
	}
	gone.control.Live -= 20 // of the step before: what enters the sort counts
	justNot := walled("just not too fast", spread(200), options{})
	for i := range justNot.positionSorted[:justNot.control.Live] {
		justNot.position[i], justNot.velocity[i] = justNot.positionSorted[i], justNot.velocitySorted[i]
	}
	justNot.velocity[60] = [4]float32{0, 0, 63.5 * 64 * justNot.params.Spacing, 1} // 64 strides in 1/128 s
	fast := walled("too fast", spread(200), options{})
	for i := range fast.positionSorted[:fast.control.Live] {
		fast.position[i], fast.velocity[i] = fast.positionSorted[i], fast.velocitySorted[i]
	}
	fast.velocity[70][1], fast.velocity[90][0] = 135, -145 // 67 and 72 strides in 1/128 s
	priming := moving(walled("priming", corners(100), options{}), 0)
	copy(priming.position, priming.positionSorted)
	copy(priming.velocity, priming.velocitySorted)
	return append(list, gone, justNot, fast, priming)
}

// entering are a world's particles as they stand before the sort.
func entering(w *world) []ref.Particle {
	particles := ref.Particles(w.position, w.velocity, int(w.control.Sorted))
	for i := range particles {
		for axis := range 3 {
			particles[i].Acceleration[axis] = float64(w.acceleration[i][axis])
		}
	}
	return particles
}

// heldUnits bound what a place that is held loses to rounding in one stride: the place and the way 4 units, a distance from a body
// 12 (distanceUnits), the way out of it 20 of the depth, of what of these a tank and a body of 1 m measure.
const heldUnits = 40

// sway is how far the results of a motion can be off: what errors of this size at its start make of them in the oracle, in
// each direction, twice over since the directions could be worse. clear is whether all of them decide alike.
func sway(start ref.Particle, size float64, run func(own *ref.Particle)) (x, v [3]float64, clear bool) {
	middle := start
	run(&middle)
	clear = true
	for axis := range 3 {
		for _, sign := range []float64{-1, 1} {
			off := start
			off.X[axis] += sign * size
			run(&off)
			clear = clear && off.Gone == middle.Gone
			for k := range 3 {
				x[k] = max(x[k], 2*math.Abs(off.X[k]-middle.X[k]))
				v[k] = max(v[k], 2*math.Abs(off.V[k]-middle.V[k]))
			}
		}
	}
	return x, v, clear
}

func predictCase() kernelCase {
	return kernelCase{
		worlds: leaving,
		stage: func(w *world) {
			fillVectors(w.predicted)
			fillVectors(w.predictedSpeed)
		},
		invocations: func(w *world) int { return int(w.control.Sorted) },
		expect: func(j *judge, want, got *world) {
			p, dt := &want.params, float64(want.control.Dt)
			bodies := want.obstacles[:p.ObstacleCount]
			before, after := entering(want), entering(want)
			var scratch layout.Tally
			ref.Predict(p, dt, after, bodies, &want.tally)
			for i, own := range after {
				x, v, clear := sway(before[i], heldUnits*unit, func(own *ref.Particle) {
					one := []ref.Particle{*own}
					ref.Predict(p, dt, one, bodies, &scratch)
					*own = one[0]
				})
				way := before[i].V
				for axis := range way {
					way[axis] = dt * (way[axis] + dt*before[i].Acceleration[axis])
				}
				length := math.Sqrt(way[0]*way[0] + way[1]*way[1] + way[2]*way[2])
				strides := 2 * length / float64(p.Spacing)
				if length > 0 && (!clear || math.Abs(strides-math.Round(strides)) < 20*unit*strides) {
					j.fail("badly chosen: what becomes of particle %d hangs on rounding", i)
				}
				free, touched := before[i].Gone || dt == 0, false
				for axis := range 3 {
					touched = touched || math.Abs(before[i].V[axis]+dt*before[i].Acceleration[axis]-own.V[axis]) > 1e-9
				}
				for axis := range 3 {
					x[axis] += 2 * unit * math.Abs(own.X[axis])
					size := math.Abs(before[i].V[axis]) + 2*dt*math.Abs(before[i].Acceleration[axis])
					if free {
						x[axis], v[axis] = 0, 0
					} else if !touched {
						v[axis] = unit * size
					} else {
						v[axis] += (x[axis] + 4*unit) / dt
					}
					j.near(&want.predicted[i][axis], got.predicted[i][axis], own.X[axis], x[axis], "place %d of %d", axis, i)
					j.near(&want.predictedSpeed[i][axis], got.predictedSpeed[i][axis], own.V[axis], v[axis], "velocity %d of %d", axis, i)
				}
				want.predicted[i][3] = float32(own.ID)
				if own.Gone {
					want.predicted[i][3] = -1 - float32(own.ID)
				}
				want.predictedSpeed[i][3] = want.velocity[i][3]
			}
		},
		faults: []planted{
			{"before.xyz + dt * acceleration[i].xyz", "before.xyz"},
			{"let way = dt * v", "let way = v"},
			{"ceil(2.0 * length(way) / params.spacing)", "1.0"},
			{"wanted > MOST_STRIDES", "false"},
			{"const MOST_STRIDES = 64.0", "const MOST_STRIDES = 63.0"},
			{"FAULT_PREDICT_TOO_FAST);", "FAULT_INTEGRATE_TOO_FAST);"},
			{"particle_id(start.w)", "i"},
			{"x = hold(next);", "x = next;"},
			{"all(x == next)", "true"},
			{"        v = (x - start.xyz) / dt;\n", ""},
			{"start.w < 0.0 || dt == 0.0", "start.w < 0.0"},
			{"start.w < 0.0 || dt == 0.0", "dt == 0.0"},
			{"held -= obstacle_outward(body, held) * depth", "held += obstacle_outward(body, held) * depth"},
			{"obstacle_distance(body, held) - params.wall_margin", "obstacle_distance(body, held)"},
			{"k < params.obstacle_count", "k < arrayLength(&obstacles)"},
			{"params.closed_sides >> (2u * axis)", "params.closed_sides >> axis"},
			{"params.open_sides >> (2u * axis)", "params.open_sides >> axis"},
			{"params.domain_min[axis] + params.wall_margin", "params.domain_min[axis]"},
			{"params.domain_max[axis] - params.wall_margin", "params.domain_max[axis]"},
			{"select(start.w, -1.0 - start.w, outside(x))", "start.w"},
			{"vec4<f32>(bring_in(x), ", "vec4<f32>(x, "},
			{"vec4<f32>(v, before.w)", "vec4<f32>(v, 0.0)"},
			{"- round(away * params.inv_period.xyz) * params.period.xyz", ""},
			{"i >= control.sorted", "i >= control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

// nudged gives particles displacements of up to half a spacing, and those they have made before.
func nudged(w *world) *world {
	for i := range w.positionSorted[:w.control.Live] {
		for axis := range 3 {
			w.acceleration[i][axis] = w.params.Spacing / 4 * w.velocitySorted[i][axis]
			w.pushed[i][axis] = w.params.Spacing / 8 * w.velocitySorted[i][(axis+1)%3]
		}
		w.acceleration[i][3], w.pushed[i][3] = 0, 0
	}
	return w
}

func displaceCase() kernelCase {
	return kernelCase{
		worlds: func() (list []*world) {
			all := bodies()
			priming := nudged(walled("priming", corners(100), options{}))
			priming.control.Dt = 0
			return append(list, priming,
				nudged(walled("in corners", corners(200), options{})),
				nudged(walled("all over, sides open", spread(300), options{open: 37})),
				nudged(walled("among all bodies", around(500, all), options{bodies: all})),
				nudged(walled("across x", across(200), options{periodic: "x"})),
				nudged(walled("in the plane", flat(200), options{plane: true, bodies: []layout.Obstacle{post()}})),
			)
		},
		stage:       func(w *world) {},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p, dt := &want.params, float64(want.control.Dt)
			bodies := want.obstacles[:p.ObstacleCount]
			displaced := func(own ref.Particle) ref.Particle {
				one := []ref.Particle{own}
				ref.Displace(p, dt, one, bodies)
				return one[0]
			}
			for i, own := range want.live() {
				for axis := range 3 {
					own.Pushed[axis] = float64(want.pushed[i][axis])
				}
				x, _, _ := sway(own, heldUnits*unit, func(own *ref.Particle) { *own = displaced(*own) })
				after := displaced(own)
				for axis := range 3 {
					// Where nothing is in the way, what was pushed has no place in its rounding.
					off := 2 * unit * (math.Abs(own.Pushed[axis]) + math.Abs(own.Acceleration[axis]))
					if math.Abs(after.X[axis]-own.X[axis]-own.Acceleration[axis]) > 1e-12 {
						off += x[axis] + heldUnits*unit
					}
					x[axis] += 2 * unit * math.Abs(after.X[axis])
					if dt == 0 {
						off, x[axis] = 0, 0
					}
					j.near(&want.pushed[i][axis], got.pushed[i][axis], after.Pushed[axis], off, "push %d of %d", axis, i)
					j.near(&want.positionSorted[i][axis], got.positionSorted[i][axis], after.X[axis], x[axis], "place %d of %d", axis, i)
				}
				if dt > 0 {
					want.pushed[i][3] = 0
				}
			}
		},
		faults: []planted{
			{"here.xyz + shift", "here.xyz - shift"},
			{"let x = hold(free)", "let x = free"},
			{"(shift + (x - free))", "shift"},
			{"(shift + (x - free))", "(x - here.xyz)"},
			{"pushed[i].xyz + ", ""},
			{"vec4<f32>(x, here.w)", "vec4<f32>(x, 0.0)"},
			{" || control.dt == 0.0", ""},
			{"obstacle_distance(body, held) - params.wall_margin", "obstacle_distance(body, held)"},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

func commitCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			list := []*world{
				walled("all inside", corners(100), options{}),
				walled("past open sides", spread(300), options{open: 63}),
				walled("past one open side", spread(300), options{open: 2}),
				walled("past periodic sides", across(300), options{periodic: "xyz"}),
			}
			for _, w := range list {
				for i := range w.positionSorted[:w.control.Live] {
					for axis := range 3 {
						w.positionSorted[i][axis] *= 1.0625
					}
				}
			}
			round := walled("several times round", across(65), options{periodic: "xyz"})
			for i := range round.positionSorted[:round.control.Live] {
				for axis := range 3 {
					round.positionSorted[i][axis] += float32(i%9-4) * round.params.Period[axis]
				}
			}
			return append(list, round)
		},
		stage: func(w *world) {
			fillVectors(w.position)
			fillVectors(w.velocity)
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			particles := want.live()
			ref.Commit(&want.params, particles)
			for i, own := range particles {
				for axis := range 3 {
					// One sum, and only where it has left along a periodic axis.
					off := unit * math.Abs(own.X[axis]) * float64(want.params.Period[axis])
					if start := float64(want.positionSorted[i][axis]); math.Abs(start) > 1.5 {
						off += 4 * unit * math.Abs(start) // several times round: one sum more, of what it has gone
					}
					j.near(&want.position[i][axis], got.position[i][axis], own.X[axis], off, "place %d of %d", axis, i)
				}
				want.position[i][3] = float32(own.ID)
				if own.Gone {
					want.position[i][3] = -1 - float32(own.ID)
				}
				want.velocity[i] = want.velocitySorted[i]
			}
		},
		faults: []planted{
			{"bring_in(p.xyz)", "p.xyz"},
			{"select(p.w, -1.0 - p.w, outside(p.xyz))", "p.w"},
			{"velocity[i] = velocity_sorted[i]", "velocity[i] = vec4<f32>(velocity_sorted[i].xyz, 0.0)"},
			{"(open & 1u) != 0u && ", ""},
			{"(open & 2u) != 0u && ", ""},
			{"inside[axis] + params.period[axis], inside[axis] < low", "inside[axis], inside[axis] < low"},
			{"max(inside[axis] - params.period[axis], low)", "low"},
			{"clamp(inside[axis], low, high)", "inside[axis]"},
			{"turns - sign(turns)", "turns - 2.0 * sign(turns)"},
			{"abs(turns) > 1.0", "abs(turns) > 2.0"},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

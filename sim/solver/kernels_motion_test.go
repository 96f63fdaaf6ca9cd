package solver_test

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// kickCase: dt a one unit, the sum another.
func kickCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			still := newWorld("a step of no length", cloud(65), options{})
			still.control.Dt = 0
			return append(particleWorlds(), still)
		},
		stage:       func(w *world) {},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			dt := float64(want.control.Dt)
			before, after := want.live(), want.live()
			ref.Kick(dt, after)
			for i, own := range after {
				for axis := range 3 {
					size := math.Abs(before[i].V[axis]) + 2*dt*math.Abs(own.Acceleration[axis])
					j.near(&want.velocitySorted[i][axis], got.velocitySorted[i][axis], own.V[axis], unit*size, "velocity %d of %d", axis, i)
				}
			}
		},
		faults: []planted{
			{"v.xyz + control.dt", "v.xyz - control.dt"},
			{"control.dt * acceleration", "control.previous_dt * acceleration"},
			{", v.w);", ", 0.0);"},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

// nonPressureCase: every component within bounds: forceUnits cover it.
func nonPressureCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			fast := newWorld("one is no number", cloud(65), options{})
			fast.velocitySorted[20][1] = float32(math.NaN())
			far := newWorld("one too fast to square", spread(65), options{unwalled: true})
			far.velocitySorted[7][0] = 1e25
			for _, w := range []*world{fast, far} {
				// Alone, so that only it is at fault.
				w.params.SupportRadius, w.params.InvSupport, w.params.SupportSquared = 0.0001, 10000, 1e-8
				w.link()
			}
			known := newWorld("larger maxima already known", cloud(63), options{})
			known.tally.MaxSpeedSquared = math.Float32bits(1e6)
			known.tally.MaxAccelerationSquared = math.Float32bits(1e30)
			slow := newWorld("half the pressure counts", cloud(500), options{})
			slow.params.HeadShare = 0.5
			pulled := newWorld("pressure pulls", cloud(65), options{})
			for i := range pulled.velocitySorted {
				pulled.velocitySorted[i][3] = -1
			}
			return append(linkedWorlds(), fast, far, known, slow, pulled)
		},
		stage:       func(w *world) { fillVectors(w.acceleration) },
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			particles := want.live()
			expectAccelerations(j, want, got, particles, ref.NonPressureOf)
			before := want.tally
			ref.NonPressure(&want.params, particles, &want.tally)
			head := float64(want.params.HeadShare) * float64(want.params.RestDensity)
			j.extremes(want, got, before, func(i int) float64 {
				return squared(want.velocitySorted[i]) + head*max(float64(want.velocitySorted[i][3]), 0)
			})
		},
		faults: []planted{
			{"params.gradient_norm * params.volume * fluid", "params.gradient_norm * fluid"},
			{"min(dot(dv, away), 0.0)", "max(dot(dv, away), 0.0)"},
			{"0.01 * params.smoothing_length", "0.02 * params.smoothing_length"},
			{"dv * params.viscosity", "away * params.viscosity"},
			{"(push - kept * (own.w + other.w))", "push"},
			{"(own.w + other.w)", "own.w"},
			{"- kept * own.w * wall.xyz", ""},
			{"return params.gravity.xyz +", "return"},
			{"+ wall_support(wall.xyz)", ""},
			{"- wall_drag(wall.w) * (v", "- (v"},
			{"(v - wall_velocity(i))", "v"},
			{"max(length(push), 1e-6)", "1.0"},
			{"log(n) / params.wall_log, 4.0)", "log(n) / params.wall_log, 2.0)"},
			{"return s * s * s;", "return s * s;"},
			{"other += 8u) {\n        speeds[lane] = max(speeds[lane], speeds[other])", "other += 8u) {\n        speeds[lane] = speeds[lane]"},
			{"other < min(8u, WORKGROUP)", "other < 1u"},
			{"!finite(speed_squared) || ", ""},
			{"+ params.head_share * params.rest_density * max(velocity_sorted[i].w, 0.0)", ""},
			{"max(velocity_sorted[i].w, 0.0)", "velocity_sorted[i].w"},
			{"+ params.head_share * params.rest_density", "+ params.rest_density"},
			{"particle_id(position_sorted[i].w)", "i"},
			{"k < count", "k + 1u < count"},
			{"return links[k * arrayLength(&link_counts) + i]", "return links[k + LINKS * i]"},
			{"round(away * params.inv_period.xyz) * params.period.xyz", "params.period.xyz"},
			{"- round(away * params.inv_period.xyz) * params.period.xyz", ""},
			{"control.running == 1u && ", ""},
		},
	}
}

// cflCase: each limit in turn decides; time crosses a second; priming; faults.
func cflCase() kernelCase {
	return kernelCase{
		worlds: func() (list []*world) {
			add := func(name string, speed, acceleration float32, edit func(w *world)) {
				w := &world{name: name, params: newParams(options{}), tally: ref.NewTally()}
				w.control = layout.Control{
					Live: 1000, Sorted: 1300, Running: 1, Step: 41, StepLimit: 100, TimeS: 2, TimeFrac: 12345, GoalS: 9,
					Dt: 0.001, PreviousDt: 7, MaxSpeed: 3, Lost: 800, Iterations: 6, DivergenceIterations: 6, DensityIterations: 9, Residual: 0.5, ViscosityIterations: 12,
				}
				w.tally.MaxSpeedSquared = math.Float32bits(speed * speed)
				w.tally.MaxAccelerationSquared = math.Float32bits(acceleration * acceleration)
				w.tally.WallClamps, w.tally.Residual, w.tally.Source = 4, 99, 77
				w.params.ViscousStrength = 0
				edit(w)
				list = append(list, w)
			}
			same := func(*world) {}
			add("at rest", 0, 0, same)
			add("flow", 12.5, 9.81, same)
			add("flow and what is gained", 3, 4000, same)
			add("flow after a long step", 8, 500, func(w *world) { w.control.Dt = 1 })
			add("first step", 3, 1500, func(w *world) { w.control.Dt = 0 })
			add("acceleration", 1, 1e6, func(w *world) { w.params.Cfl = 100 })
			add("absurd acceleration", 1, 1e18, same)
			add("viscosity", 1, 9.81, func(w *world) { w.params.EffectiveViscosity = 3 })
			add("no viscosity", 5, 9.81, func(w *world) { w.params.EffectiveViscosity = 0 })
			add("largest step", 1, 9.81, func(w *world) { w.params.MaxStep = 1e-5 })
			add("long step", 0, 0, func(w *world) { w.params.MaxStep, w.params.EffectiveViscosity = 0.75, 0 })
			add("longest step", 0, 0, func(w *world) { w.params.MaxStep, w.params.EffectiveViscosity = 1, 0 })
			add("a new second", 1, 9.81, func(w *world) { w.control.TimeFrac = math.MaxUint32 })
			add("growing", 0, 0, func(w *world) { w.params.ViscousStrength = 1 })
			add("grown", 0, 0, func(w *world) { w.params.ViscousStrength, w.control.Dt = 1, 0.9*w.params.MaxStep })
			add("the first of implicit viscosity", 0, 0, func(w *world) { w.params.ViscousStrength, w.control.Dt = 1, 0 })
			add("growing, cut by speed", 50, 9.81, func(w *world) { w.params.ViscousStrength = 1 })
			add("nobody", 0, 0, func(w *world) { w.control.Live = 0 })
			add("many", 1, 9.81, func(w *world) { w.control.Live = 1<<24 - 1 })
			add("viscosity was cut off", 1, 9.81, func(w *world) { w.control.ViscosityIterations = ref.ViscosityRounds })
			add("priming", 5, 9.81, func(w *world) { w.control.Prime = 1 })
			add("fault", 5, 9.81, func(w *world) { w.tally.Fault, w.tally.RelaxParticle = ref.FaultRelaxNonFinite, 9 })
			add("fault while priming", 5, 9.81, func(w *world) { w.tally.Fault, w.control.Prime = ref.FaultFactorNonFinite, 1 })
			return list
		},
		stage: func(w *world) {
			w.dispatch.Live, w.dispatch.Iterate, w.dispatch.Viscous = [4]uint32{5, 5, 5, 5}, [4]uint32{6, 6, 6, 6}, [4]uint32{7, 7, 7, 7}
		},
		invocations: one,
		expect: func(j *judge, want, got *world) {
			before := want.control
			ref.Cfl(&want.params, &want.control, &want.tally, &want.dispatch)
			// The longest way: |a| a root 9, h_s / |a| 5, halved by its own root 7 + 9, times |a| 9 + 1, the sum 1, d / that 5,
			// cfl 1; and dt is cut to whole ticks.
			expectClock(j, before, want, got, 33)
		},
		faults: []planted{
			{"speed + acceleration * min(control.dt, pull)", "speed"},
			{"min(control.dt, pull)", "control.dt"},
			{"min(control.dt, pull)", "pull"},
			{"let pull = sqrt(length / max(acceleration, 1e-12))", "let pull = length / max(acceleration, 1e-12)"},
			{"0.5 * pull", "pull"},
			{"params.cfl * limit", "limit"},
			{"0.125 * length", "0.25 * length"},
			{"min(limit, params.max_step)", "limit"},
			{"const STEP_GROWTH = 1.2", "const STEP_GROWTH = 1.3"},
			{"const STEP_FIRST = 0.05", "const STEP_FIRST = 0.1"},
			{"params.viscous_strength > 0.0", "true"},
			{"min(limit, max(STEP_GROWTH", "(max(STEP_GROWTH"},
			{"control.time_s += 1u", "control.time_s += 0u"},
			{"control.step += 1u", "control.step += 2u"},
			{"control.previous_dt = last", "control.previous_dt = control.dt"},
			{"control.solve = SOLVE_DENSITY", "control.solve = SOLVE_DIVERGENCE"},
			{"control.iterations = 0u;", ""},
			{"atomicStore(&tally.residual, 0u);", ""},
			{"atomicStore(&tally.source, 0u);", ""},
			{"groups_for(control.live)", "groups_for(control.sorted)"},
			{"control.viscosity_iterations = 0u;", ""},
			{"dispatch.viscous = dispatch.iterate;", ""},
			{"control.prime = 0u;", ""},
			{"control.live = control.sorted;", ""},
			{"control.lost -= control.sorted - control.live;", ""},
			{"control.running = 0u;", ""},
			{"dispatch.live = vec4<u32>(0u, 1u, 1u, 0u);", ""},
			{"control.running == 0u", "control.running == 2u"},
			{"4294967040.0)), 1u)", "4294967040.0)), 2000u)"},
			{"4294967040.0", "1e9"},
		},
	}
}

package solver_test

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// timestepCase: each limit in turn decides; time crosses a second; priming; faults.
func timestepCase() kernelCase {
	return kernelCase{
		worlds: func() (list []*world) {
			add := func(name string, speed, acceleration float32, edit func(w *world)) {
				w := &world{name: name, params: newParams(options{}), tally: ref.NewTally()}
				w.control = layout.Control{
					Live: 60, Sorted: 80, Running: 1, Step: 41, StepLimit: 100, TimeS: 2, TimeFrac: 12345, GoalS: 9, Dt: 7, MaxSpeed: 3, Lost: 8,
					ViscosityIterations: 5,
				}
				w.tally.MaxSpeedSquared = math.Float32bits(speed * speed)
				w.tally.MaxAccelerationSquared = math.Float32bits(acceleration * acceleration)
				w.tally.WallClamps = 4
				edit(w)
				list = append(list, w)
			}
			same := func(*world) {}
			add("at rest", 0, 0, same)
			add("sound and flow", 12.5, 9.81, same)
			add("acceleration", 1, 1e6, same)
			add("absurd acceleration", 1, 1e18, same)
			add("viscosity", 1, 9.81, func(w *world) { w.params.EffectiveViscosity = 3 })
			add("no viscosity", 1, 9.81, func(w *world) { w.params.EffectiveViscosity = 0 })
			add("largest step", 1, 9.81, func(w *world) { w.params.MaxStep = 1e-5 })
			add("long step", 1, 0, func(w *world) { w.params.SoundSpeed, w.params.MaxStep, w.params.Cfl = 0.01, 0.75, 100 })
			add("longest step", 0, 0, func(w *world) { w.params.SoundSpeed, w.params.MaxStep, w.params.Cfl = 0.01, 1, 100 })
			add("a new second", 1, 9.81, func(w *world) { w.control.TimeFrac = math.MaxUint32 })
			add("viscosity was cut off", 1, 9.81, func(w *world) { w.control.ViscosityIterations = ref.ViscosityRounds })
			add("priming", 5, 9.81, func(w *world) { w.control.Prime = 1 })
			add("fault", 5, 9.81, func(w *world) { w.tally.Fault, w.tally.ForceParticle = ref.FaultForceNonFinite, 9 })
			add("fault while priming", 5, 9.81, func(w *world) { w.tally.Fault, w.control.Prime = ref.FaultCountOverflow, 1 })
			return list
		},
		stage:       func(w *world) { w.dispatch.Live, w.dispatch.Viscous = [4]uint32{5, 5, 5, 5}, [4]uint32{6, 6, 6, 6} },
		invocations: one,
		expect: func(j *judge, want, got *world) {
			before := want.control
			ref.Timestep(&want.params, &want.control, &want.tally, &want.dispatch)
			// The longest way: |a| a root 9, h_s / |a| 5, halved by its own root 7 + 9, cfl 1; and dt is cut to whole ticks.
			expectClock(j, before, want, got, 17)
		},
		faults: []planted{
			{"params.sound_speed + speed", "params.sound_speed"},
			{"sqrt(length / max(acceleration, 1e-12))", "length / max(acceleration, 1e-12)"},
			{"0.125 * length", "0.25 * length"},
			{"control.time_s += 1u", "control.time_s += 0u"},
			{"control.step += 1u", "control.step += 2u"},
			{"control.prime = 0u;", ""},
			{"control.live = control.sorted;", ""},
			{"control.lost -= control.sorted - control.live;", ""},
			{"control.running = 0u;", ""},
			{"dispatch.live = vec4<u32>(0u, 1u, 1u, 0u);", ""},
			{"control.running == 0u", "control.running == 2u"},
			{"4294967040.0)), 1u)", "4294967040.0)), 2000u)"},
			{"4294967040.0", "1e9"},
			{"params.cfl * limit", "limit"},
			{"control.previous_dt = step_to_guess_from(control);", ""},
			{"select(control.dt, 0.0, control.viscosity_iterations >= VISCOSITY_ROUNDS)", "control.dt"},
			{"control.viscosity_iterations = 0u;", ""},
			{"groups_for(control.live)", "groups_for(control.sorted)"},
		},
	}
}

// expectClock compares what the choice of a step leaves in control: dt within so many units in the last place, and
// time by exactly the dt there is. `want` has been through the oracle.
func expectClock(j *judge, before layout.Control, want, got *world, units float64) {
	if want.control.Fault != 0 {
		return
	}
	// A root: 9 units, and its argument is given.
	value := float64(want.control.MaxSpeed)
	j.near(&want.control.MaxSpeed, got.control.MaxSpeed, value, 10*unit*value, "largest speed")
	if before.Prime == 1 {
		return
	}
	// dt is cut to whole ticks.
	value = float64(want.control.Dt)
	j.near(&want.control.Dt, got.control.Dt, value, units*unit*value+0x1p-32, "dt")
	// However dt was rounded, time grows by exactly that.
	ticks := float64(got.control.Dt) * 0x1p32
	if ticks != math.Floor(ticks) || ticks < 1 {
		j.fail("dt is %g ticks of 2^-32 s, want a whole number", ticks)
	}
	now := uint64(before.TimeS)<<32 + uint64(before.TimeFrac) + uint64(ticks)
	want.control.TimeS, want.control.TimeFrac = uint32(now>>32), uint32(now)
}

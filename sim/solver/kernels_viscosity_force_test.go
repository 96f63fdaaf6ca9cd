package solver_test

import (
	"math"
	"slices"

	"github.com/fluidsim/fluidsim/sim/ref"
)

// pushes fills in what the rounds of PBF have moved.
func (w *world) pushes() {
	for i := range w.pushed[:w.control.Live] {
		w.pushed[i] = [4]float32{1e-4 * w.acceleration[i][0], 1e-5, 1e-4 * w.velocitySorted[i][1], 0}
		w.acceleration[i][3] = junkFloat
	}
}

// pushedParticles are the living with their part in the system and what has moved them.
func (w *world) pushedParticles() []ref.Particle {
	particles := w.viscousParticles()
	for i := range particles {
		for axis := range 3 {
			particles[i].Pushed[axis] = float64(w.pushed[i][axis])
		}
	}
	return particles
}

// viscosityGuessCase: y as in viscosity_begin; the push: dt^2 1, the division 5, the sum 1.
func viscosityGuessCase() kernelCase {
	return kernelCase{
		worlds: guessWorlds,
		stage: func(w *world) {
			fillVectors(w.viscous.change)
			w.pushes()
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			particles := want.pushedParticles()
			before := slices.Clone(particles)
			for i := range particles {
				// What the sort has carried along lies in the array of the directions.
				particles[i].Viscous.Change = particles[i].Viscous.Direction
			}
			ref.ViscosityGuess(&want.control, particles)
			for i, own := range particles {
				for axis := range 3 {
					push := math.Abs(own.Acceleration[axis] - before[i].Acceleration[axis])
					bound := unit * (7*push + math.Abs(before[i].Acceleration[axis]))
					j.near(&want.acceleration[i][axis], got.acceleration[i][axis], own.Acceleration[axis], bound, "acceleration %d of %d", axis, i)
					y := own.Viscous.Change[axis]
					j.near(&want.viscous.change[i][axis], got.viscous.change[i][axis], y, 7*unit*math.Abs(y), "change %d of %d", axis, i)
				}
				want.viscous.change[i][3] = 0
				want.viscous.direction[i], want.viscous.turned[i] = [4]float32{}, [4]float32{}
			}
		},
		faults: []planted{
			{"a.xyz + pushed[i].xyz / (control.dt * control.dt)", "a.xyz"},
			{"(control.dt * control.dt)", "control.dt"},
			{", a.w);", ", 0.0);"},
			{"share_to_guess(control) * last", "last"},
			{"min(control.dt / max(control.previous_dt, 1e-9), 1.0)", "control.dt / max(control.previous_dt, 1e-9)"},
			{"if (control.previous_dt > 0.0) {", "{"},
			{"    if (control.dt == 0.0) {\n        return;\n    }\n", ""},
			{"    viscous_change[i] = vec4<f32>(0.0);", ""},
			{"viscous_direction[i] = vec4<f32>(0.0);", ""},
			{"viscous_turned[i] = vec4<f32>(0.0);", ""},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

// viscosityAddCase: two divisions 5 each, a difference and a sum 1 each.
func viscosityAddCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			still := newWorld("a step of no length", cloud(65), options{})
			still.control.Dt = 0
			return append(particleWorlds(), still)
		},
		stage:       func(w *world) { w.pushes() },
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			dt := float64(want.control.Dt)
			particles := want.pushedParticles()
			before := slices.Clone(particles)
			ref.ViscosityAdd(&want.control, particles)
			for i, own := range particles {
				for axis := range 3 {
					size := math.Abs(before[i].Acceleration[axis])
					if dt > 0 {
						size += (6*math.Abs(own.Viscous.Change[axis]) + 11*math.Abs(own.Pushed[axis])/dt) / dt
					}
					j.near(&want.acceleration[i][axis], got.acceleration[i][axis], own.Acceleration[axis], 2*unit*size, "acceleration %d of %d", axis, i)
				}
			}
		},
		faults: []planted{
			{"- pushed[i].xyz / control.dt", ""},
			{"- pushed[i].xyz / control.dt", "- pushed[i].xyz"},
			{"viscous_change[i].xyz - ", "-"},
			{") / control.dt, a.w)", "), a.w)"},
			{", a.w);", ", 0.0);"},
			{"a.xyz + ", ""},
			{" || control.dt == 0.0", ""},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

// compressCase: what density makes of its sum, of a density that is given.
func compressCase() kernelCase {
	const dense = "too dense to be a number"
	return kernelCase{
		worlds: func() []*world {
			heavy := newWorld(dense, cloud(64), options{})
			return append(particleWorlds(), heavy)
		},
		stage: func(w *world) {
			for i := range w.densities {
				w.densities[i] = [2]float32{w.params.RestDensity * (0.9 + 0.003*float32(i%67)), 20}
				if w.name == dense && i == 7 {
					w.densities[i][0] = 1e12
				}
				w.velocitySorted[i][3], w.pressures[i] = junkFloat, junkFloat
			}
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			particles := want.live()
			for i := range particles {
				particles[i].Density = float64(want.densities[i][0])
			}
			ref.Compress(p, particles, &want.tally)
			for i, own := range particles {
				bound := own.Wall.N * termBound(p, own.Density, 0)
				j.near(&want.velocitySorted[i][3], got.velocitySorted[i][3], own.PressureTerm, bound, "p/rho^2 of %d", i)
				if !fits(own.Pressure) { // the larger of 0 and no number may be either
					want.pressures[i] = got.pressures[i]
					continue
				}
				bound = float64(p.Stress)*own.Density*own.Density*bound + 2*unit*own.Pressure
				j.near(&want.pressures[i], got.pressures[i], own.Pressure, bound, "pressure of %d", i)
			}
		},
		faults: []planted{
			{"ratio3 * ratio3 * ratio - 1.0", "ratio3 * ratio3 - 1.0"},
			{"max(0.0, params.stiffness", "(params.stiffness"},
			{"n * pressure / (rho * rho)", "n * pressure / rho"},
			{"n * pressure / (rho * rho)", "pressure / (rho * rho)"},
			{"params.stress * n * pressure", "params.stress * pressure"},
			{"velocity_sorted[i].w = term", "velocity_sorted[i].x = term"},
			{"!finite(term)", "false"},
			{"particle_id(position_sorted[i].w)", "i"},
			{"control.running == 0u || ", ""},
			{"i >= control.live", "i > control.live"},
		},
	}
}

package solver_test

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// stepWorlds are runs at the beginning or the end of a step of PBF, without particles.
func stepWorlds(edits map[string]func(w *world)) (list []*world) {
	for name, edit := range edits {
		w := &world{name: name, params: newParams(options{}), tally: ref.NewTally()}
		w.control = layout.Control{
			Live: 1000, Sorted: 1300, Running: 1, Step: 41, StepLimit: 100, TimeS: 2, TimeFrac: 12345, GoalS: 9, Dt: 0.0078125, PreviousDt: 7,
			MaxSpeed: 3, Lost: 800, Solve: ref.SolveDivergence, Iterations: 6, DivergenceIterations: 6, DensityIterations: 9, Residual: 0.5, ViscosityIterations: 5,
		}
		w.tally.MaxSpeedSquared, w.tally.MaxAccelerationSquared = math.Float32bits(6.25), math.Float32bits(96)
		w.tally.WallClamps, w.tally.Residual, w.tally.Source = 4, 99, 77
		edit(w)
		list = append(list, w)
	}
	return list
}

func strideCase() kernelCase {
	return kernelCase{
		always: true, // it has to stop the rounds of a sub-step that does not count
		worlds: func() []*world {
			return stepWorlds(map[string]func(w *world){
				"under way":    func(w *world) {},
				"a long step":  func(w *world) { w.params.MaxStep = 0.7 },
				"the longest":  func(w *world) { w.params.MaxStep = 1 },
				"the shortest": func(w *world) { w.params.MaxStep = 1e-12 },
				"priming":      func(w *world) { w.control.Prime = 1 },
				"cut off":      func(w *world) { w.control.ViscosityIterations = ref.ViscosityRounds },
				"not running":  func(w *world) { w.control.Running = 0 },
				"nobody":       func(w *world) { w.control.Live = 0 },
				"many":         func(w *world) { w.control.Live = 1<<24 - 1 },
			})
		},
		stage:       func(w *world) { w.dispatch.Iterate, w.dispatch.Viscous = [4]uint32{9, 9, 9, 9}, [4]uint32{6, 6, 6, 6} },
		invocations: one,
		expect: func(j *judge, want, got *world) {
			ref.Stride(&want.params, &want.control, &want.tally, &want.dispatch)
			// Ticks are a float of 24 bits, and fewer than 2^32.
			value := float64(want.control.Dt)
			j.near(&want.control.Dt, got.control.Dt, value, 2*unit*value, "dt")
			if ticks := float64(got.control.Dt) * 0x1p32; ticks != math.Floor(ticks) {
				j.fail("dt is %g ticks of 2^-32 s, want a whole number", ticks)
			}
			// The source is the full domains', which PBF does not know.
			want.tally.Source = got.tally.Source
		},
		faults: []planted{
			{"control.previous_dt = step_to_guess_from(control);", ""},
			{"select(control.dt, 0.0, control.viscosity_iterations >= VISCOSITY_ROUNDS)", "control.dt"},
			{"control.solve = SOLVE_DENSITY", "control.solve = SOLVE_DIVERGENCE"},
			{"control.iterations = 0u;", ""},
			{"atomicStore(&tally.residual, 0u);", ""},
			{"        control.dt = 0.0;\n        return;\n", "        return;\n"},
			{"if (control.prime == 1u) {\n        control.dt", "if (false) {\n        control.dt"},
			{"ticks_of(params.max_step)", "ticks_of(0.5 * params.max_step)"},
			{"groups_for(control.live)", "groups_for(control.sorted)"},
			{"    dispatch.iterate = vec4<u32>(0u, 1u, 1u, 0u);\n", ""},
			{"    dispatch.viscous = dispatch.iterate;\n    if", "    if"},
			{"    dispatch.viscous = dispatch.iterate;\n}", "}"},
			{"control.viscosity_iterations = 0u;", ""},
			{"control.running == 0u", "control.running == 2u"},
		},
	}
}

func finishCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			return stepWorlds(map[string]func(w *world){
				"under way":    func(w *world) {},
				"a new second": func(w *world) { w.control.TimeFrac = math.MaxUint32 },
				"one tick":     func(w *world) { w.control.Dt = 0x1p-32 },
				"priming":      func(w *world) { w.control.Prime, w.control.Dt = 1, 0 },
				"fault":        func(w *world) { w.tally.Fault = ref.FaultNonPressureNonFinite },
				"fault while priming": func(w *world) {
					w.tally.Fault, w.control.Prime, w.control.Dt = ref.FaultFactorOverflow, 1, 0
				},
			})
		},
		stage:       func(w *world) { w.dispatch.Live = [4]uint32{5, 5, 5, 5} },
		invocations: one,
		expect: func(j *judge, want, got *world) {
			before := want.control
			ref.Finish(&want.control, &want.tally, &want.dispatch)
			expectClock(j, before, want, got, 0)
		},
		faults: []planted{
			{"take_extremes().x", "take_extremes().y"},
			{"advance_clock(control.dt)", "advance_clock(2.0 * control.dt)"},
			{"if (may_move(", "if (!may_move("},
			{"control.running == 0u", "control.running == 2u"},
		},
	}
}

// pairBound is how far NextLambda may be off: what it was and is changed by, exactly given, and what its own sum over the fluid
// and its squares may be off by. The weights: a recurrence whose steps, of 1 + 1 + 5, forget half of what was before: 14, and
// 1 + 5 for the products. log: an absolute error of 2^-21 up to 2, and 6 units beyond, twice; the products and the division 12.
func pairBound(p *layout.SimParams, round int, change, lambda, fluid, offFluid, n, squares, offSquares float64) float64 {
	again, fresh := ref.RoundWeights(p, round)
	part := func(fluid, squares float64) float64 {
		return (ref.NextLambda(p, round, 0, 1, fluid, n, squares) - 1)
	}
	whole := part(fluid, squares)
	off := math.Abs(whole) * 32 * unit
	for _, sign := range []float64{-1, 1} {
		off = max(off, math.Abs(part(fluid+sign*offFluid, squares)-whole)+math.Abs(part(fluid, squares+sign*offSquares)-whole)+32*unit*math.Abs(whole))
	}
	least := ref.NearlyNothing * float64(p.InvSupport) * float64(p.InvSupport)
	care := max(fluid, 1)
	if math.Abs(fluid*n-ref.Crowded) <= offFluid*n+2*unit*fluid*n {
		// Either weights may have been taken.
		off += math.Abs(again*change) + math.Abs(ref.NextLambda(p, round, 0, 1, ref.Crowded*0.999/n, n, squares)-ref.NextLambda(p, round, 0, 1, ref.Crowded*1.001/n, n, squares))
	}
	logs := 2*0x1p-21 + 6*unit*(math.Abs(math.Log(max(fluid, ref.NearlyNothing)))+math.Log(n))
	return off + fresh*fluid*logs/(care*care*max(squares, least)) + 24*unit*math.Abs(again*change) + 3*unit*(math.Abs(lambda)+math.Abs(whole))
}

// lambdas makes the unknowns what they are between rounds: changes and lambdas of a hundredth of a spacing squared.
func lambdas(w *world) {
	size := float32(0.01) * w.params.Spacing * w.params.Spacing
	for i := range w.unknowns[:w.control.Live] {
		w.unknowns[i] = [2]float32{size * (w.unknowns[i][0]/10 - 1), size * float32(1+math.Sin(float64(i)))}
	}
}

// expectResidual compares the sum of what is compressed, of which each workgroup's is known to a bound.
func expectResidual(j *judge, want, got *world, before uint32, residuals, bounds []float64) {
	var least, most uint32
	for g, sum := range residuals {
		// Two rounds of seven sums, and half a unit added.
		off := bounds[g] + 14*unit*sum + unit*(sum+0.5/ref.ResidualUnit)
		least += ref.ResidualUnits(max(sum-off, 0), len(residuals))
		most += ref.ResidualUnits(sum+off, len(residuals))
	}
	want.tally.Residual = got.tally.Residual
	if r := got.tally.Residual - before; r < least || r > most {
		j.fail("residual %d, want %d to %d", r, least, most)
	}
}

func firstConstraintCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			priming := newWorld("priming", cloud(65), options{})
			priming.control.Dt = 0
			nothing := newWorld("some have nothing to push against", cloud(65), options{})
			for i := range nothing.factors {
				if i%3 == 0 {
					nothing.factors[i] = 0
				}
			}
			for _, w := range []*world{priming, nothing} {
				for i := range w.densities[:w.control.Live] {
					w.densities[i][0] *= 3
				}
			}
			return append([]*world{priming, nothing}, particleWorlds()...)
		},
		stage: func(w *world) {
			fillPairs(w.unknowns)
			fillVectors(w.pushed)
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			particles := want.live()
			before := want.tally.Residual
			ref.FirstConstraint(p, &want.control, particles, &want.tally)
			groups := (len(particles) + 63) / 64
			residuals, bounds := make([]float64, groups), make([]float64, groups)
			for i, own := range particles {
				n := own.Wall.N
				bound := 0.0
				if own.Factor > 0 && want.control.Dt > 0 {
					ratio := own.Density / float64(p.RestDensity)
					// Each a division.
					warm := own.Lambda - own.Kappa
					// And four products.
					bound = pairBound(p, 0, 0, warm, ratio/n, 10*unit*ratio/n, n, 1/own.Factor, 5*unit/own.Factor) + 8*unit*warm
					residuals[i/64] += max(ratio-1, 0)
					bounds[i/64] += 6 * unit * ratio
				}
				j.near(&want.unknowns[i][0], got.unknowns[i][0], own.Kappa, bound, "change of %d", i)
				j.near(&want.unknowns[i][1], got.unknowns[i][1], own.Lambda, bound, "lambda of %d", i)
				want.pushed[i] = [4]float32{}
			}
			expectResidual(j, want, got, before, residuals, bounds)
		},
		faults: []planted{
			{"ratio / walls[i].w, walls[i].w", "ratio, walls[i].w"},
			{"ratio / walls[i].w, walls[i].w", "ratio / walls[i].w, 1.0"},
			{"1.0 / factors[i]", "factors[i]"},
			{"vec2<f32>(0.0, warm)", "vec2<f32>(0.0)"},
			{"params.warm_start * ", ""},
			{"velocity_sorted[i].w * control.dt", "velocity_sorted[i].w"},
			{"control.dt > 0.0 && ", ""},
			{" && factors[i] > 0.0", ""},
			{"max(ratio - 1.0, 0.0)", "ratio - 1.0"},
			{"        pushed[i] = vec4<f32>(0.0);\n", ""},
			{"densities[i].x / params.rest_density", "densities[i].x / 1001.0"},
			{"(min(log(max(fluid, NEARLY_NOTHING)), params.round_most) + log(n))", "log(max(fluid, NEARLY_NOTHING)) + log(n)"},
			{"+ log(n))", ")"},
			{"care * care", "care"},
			{"max(0.0, last.y", "(last.y"},
			{"1.0 / (params.round_ratio * params.round_half)", "1.0 / params.round_half"},
			{"control.running == 1u && ", ""},
		},
	}
}

// apartNow is a world whose particles have drifted apart since their lists were made, so that these hold some that are no
// neighbours any more, and none is missing.
func apartNow() *world {
	w := newWorld("drifted apart", cloud(500), options{})
	for i := range w.positionSorted[:w.control.Live] {
		for axis := range 3 {
			w.positionSorted[i][axis] *= 1.125
		}
	}
	return w
}

func constraintCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			list := []*world{apartNow()}
			for _, round := range []uint32{1, 4, 5, 7} {
				w := newWorld(fmt.Sprintf("round %d", round), cloud(200), options{})
				w.control.Iterations = round
				list = append(list, w)
			}
			return append(list, linkedWorlds()...)
		},
		stage: func(w *world) {
			w.barely()
			lambdas(w)
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			bare, particles := want.live(), want.live()
			for i := range particles {
				particles[i].Lambda = particles[i].Source
			}
			before := want.tally.Residual
			ref.Constraint(p, &want.control, particles, &want.tally)
			groups := (len(particles) + 63) / 64
			residuals, bounds := make([]float64, groups), make([]float64, groups)
			for i, own := range particles {
				n := terms(p, i, particles)
				rho, _ := ref.DensityAt(p, own.X, own.Wall.N, particles)
				off := (n + densityUnits) * unit * rho.Size
				j.wallSlope(want, got, i, bare[i], rho, off)

				fluid, squares := ref.CrowdOf(p, i, bare)
				withSlope := bare[i]
				withSlope.Wall.Slope = own.Wall.Slope
				keep := bare[i]
				bare[i] = withSlope
				_, offSquares := denominator(p, i, bare, n)
				bare[i] = keep
				bound := pairBound(p, int(want.control.Iterations), keep.Kappa, keep.Source, fluid.Value, off/(own.Wall.N*float64(p.RestDensity)), own.Wall.N, squares, offSquares)
				j.near(&want.unknowns[i][1], got.unknowns[i][1], own.Lambda, bound, "lambda of %d", i)
				j.near(&want.unknowns[i][0], got.unknowns[i][0], own.Kappa, bound+unit*(math.Abs(own.Lambda)+math.Abs(keep.Source)), "change of %d", i)
				residuals[i/64] += max(fluid.Value*own.Wall.N-1, 0)
				bounds[i/64] += off/float64(p.RestDensity) + 3*unit*fluid.Value*own.Wall.N
			}
			expectResidual(j, want, got, before, residuals, bounds)
		},
		faults: []planted{
			{"var fluid = 1.0", "var fluid = 0.0"},
			{"min(length(away) * params.inv_support, 1.0)", "length(away) * params.inv_support"},
			{"let g = away * gradient_shape(q)", "let g = away * kernel_shape(q)"},
			{"squares += dot(g, g)", "squares += dot(g, away)"},
			{"let wall_slope = share * wall.xyz", "let wall_slope = wall.xyz"},
			{"size * slope + wall_slope", "size * slope"},
			{"+ size * size * squares", ""},
			{"next_lambda(unknowns[i], control.iterations", "next_lambda(unknowns[i], 0u"},
			{"fluid * n > CROWDED", "fluid * n > 2.0 * CROWDED"},
			{"fluid * n > CROWDED", "fluid * n > 0.9 * CROWDED"},
			{"next_lambda(unknowns[i], control.iterations", "next_lambda(unknowns[i].yx, control.iterations"},
			{"round % params.round_cycle", "round"},
			{"weights.x * last.x", "last.x"},
			{"vec2<f32>(lambda - last.y, lambda)", "vec2<f32>(lambda, lambda)"},
			{"        before = now;\n", ""},
			{"2.0 * now / params.round_half", "now / params.round_half"},
			{"max(0.0, last.y", "(last.y"},
			{"care * care", "care"},
			{"max(fluid, 1.0)", "fluid"},
			{"walls[i] = vec4<f32>(wall_slope, wall.w);", ""},
			{"max(ratio - 1.0, 0.0)", "abs(ratio - 1.0)"},
			{"k < count", "k + 1u < count"},
			{"return links[k * arrayLength(&link_counts) + i]", "return links[k + LINKS * i]"},
			{"- round(away * params.inv_period.xyz) * params.period.xyz", ""},
			{"control.running == 1u && ", ""},
		},
	}
}

// settleCase: velocity: a division 5 and a sum 1; the pressure three factors' division 8.
func settleCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			priming := newWorld("priming", cloud(65), options{})
			priming.control.Dt = 0
			return append([]*world{priming, apartNow()}, linkedWorlds()...)
		},
		stage: func(w *world) {
			w.barely()
			lambdas(w)
			fillPairs(w.densities)
			for i := range w.pressures {
				w.pressures[i] = junkFloat
			}
			for i := range w.pushed[:w.control.Live] {
				w.pushed[i] = [4]float32{0.001 * w.acceleration[i][0], 0.0625, 0.001 * w.velocitySorted[i][1], 0}
			}
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p, dt := &want.params, float64(want.control.Dt)
			bare, particles := want.live(), want.live()
			for i := range particles {
				particles[i].Lambda = particles[i].Source
				for axis := range 3 {
					particles[i].Pushed[axis] = float64(want.pushed[i][axis])
				}
			}
			ref.Settle(p, dt, particles)
			for i, own := range particles {
				rho, contributors := ref.DensityAt(p, own.X, own.Wall.N, particles)
				bound := (float64(contributors) + densityUnits) * unit * rho.Size
				j.near(&want.densities[i][0], got.densities[i][0], own.Density, bound, "density of %d", i)
				want.densities[i][1] = float32(own.Neighbours)
				j.wallSlope(want, got, i, bare[i], rho, bound)
				// The pressure: as N p / rho^2, and two products.
				j.near(&want.pressures[i], got.pressures[i], own.Pressure, 10*unit*own.Pressure, "pressure of %d", i)
				if dt == 0 {
					continue
				}
				for axis := range 3 {
					off := unit * (math.Abs(own.V[axis]) + 6*math.Abs(own.Pushed[axis])/dt)
					j.near(&want.velocitySorted[i][axis], got.velocitySorted[i][axis], own.V[axis], off, "velocity %d of %d", axis, i)
				}
				j.near(&want.velocitySorted[i][3], got.velocitySorted[i][3], own.PressureTerm, 8*unit*own.PressureTerm, "p/rho^2 of %d", i)
			}
		},
		faults: []planted{
			{"var fluid = 1.0", "var fluid = 0.0"},
			{"min(length(away) * params.inv_support, 1.0)", "length(away) * params.inv_support"},
			{"select(0.0, 1.0, q < 1.0)", "1.0"},
			{"params.rest_density * share * wall.w", "params.rest_density * share"},
			{"vec4<f32>(share * wall.xyz, wall.w)", "wall"},
			{"unknowns[i].y / (control.dt", "unknowns[i].x / (control.dt"},
			{"(control.dt * control.dt)", "control.dt"},
			{"params.stress * ", ""},
			{"kappa / params.rest_density", "kappa"},
			{"        pressures[i] = 0.0;\n", ""},
			{"pushed[i].xyz / control.dt", "pushed[i].xyz"},
			{"velocity_sorted[i].xyz + pushed", "pushed"},
			{"control.dt == 0.0", "false"},
			{"k < count", "k + 1u < count"},
			{"- round(away * params.inv_period.xyz) * params.period.xyz", ""},
			{"control.running == 0u || ", ""},
		},
	}
}

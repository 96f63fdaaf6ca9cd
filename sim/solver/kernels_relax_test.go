package solver_test

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// relaxCase: kappa within bounds; the sum of the residuals exactly what it is with each workgroup's anywhere within its
// bound. Faults leave kappa at zero.
func relaxCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			var list []*world
			for _, solve := range []uint32{ref.SolveDivergence, ref.SolveDensity} {
				add := func(name string, n int, edit func(w *world)) {
					w := forSystem(newWorld(name, cloud(n), options{}), solve)
					edit(w)
					list = append(list, w)
				}
				add("a step of no length", 65, func(w *world) { w.control.Dt = 0 })
				add("the first iteration", 65, func(w *world) {
					w.control.Iterations = 0
					w.lastKappa[7] = float32(math.NaN()) // of another system, long ago
				})
				add("the thousandth iteration", 65, func(w *world) { w.control.Iterations = 1000 })
				add("a full domain", 200, func(w *world) { w.params.Full, w.params.Pulls, w.tally.Source = 1, 1, 1<<32-654321 })
				add("a full domain with walls", 200, func(w *world) { w.params.Full, w.tally.Source = 1, 1<<32-654321 })
				add("residuals already there", 65, func(w *world) { w.tally.Residual, w.tally.Source = 123456, 12345678 })
				for _, s := range []float32{-3e5, -1e30} {
					add(fmt.Sprintf("more residual than fits, s = %g", s), 500, func(w *world) {
						for i := range w.unknowns[:w.control.Live] {
							w.unknowns[i][1] = s
						}
					})
				}
				add("some are no numbers", 65, func(w *world) {
					w.unknowns[20][1] = float32(math.NaN())
					w.acceleration[40][2] = float32(math.Inf(1))
					w.unknowns[50][0] = float32(math.Inf(1))
					w.factors[50] = 0
				})
				// max(0, kappa - inf) is a number, so this one would pass for solved.
				add("one lacks more than a number", 65, func(w *world) { w.unknowns[20][1] = float32(math.Inf(1)) })
			}
			return append(list, withTwoSystems()...)
		},
		stage:       func(w *world) {},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			particles := want.live()
			groups := (len(particles) + 63) / 64
			residuals, bounds := make([]float64, groups), make([]float64, groups)
			for i, own := range particles {
				missing, off := missingBound(want, i, particles)
				scale := 1.0
				if want.control.Solve == ref.SolveDivergence {
					scale = max(float64(want.control.Dt), 1e-9)
				}
				if fits(missing) && fits(own.Kappa) && own.Factor != 0 {
					r := own.Wall.N * ref.ResidualOf(p, &want.control, missing)
					residuals[i/64] += r
					bounds[i/64] += own.Wall.N*scale*off + 2*unit*r
				}
			}
			after := want.live()
			ref.Relax(p, &want.control, after, &want.tally)
			for i, own := range particles {
				missing, off := missingBound(want, i, particles)
				_, power := ref.MissingOf(p, &want.control, i, particles, &want.tally)
				// Omega and two factors 3, dt^n 1, the division 5; then a difference.
				c := float64(p.Omega) * own.Factor / power
				bound := c*off + 9*unit*c*math.Abs(missing) + unit*math.Abs(own.Kappa)
				if !fits(missing) || !fits(own.Kappa) {
					bound = 0
				}
				kappa := after[i].LastKappa
				j.near(&want.lastKappa[i], got.lastKappa[i], kappa, bound, "last kappa of %d", i)
				// The step 1, its share 1 + 5, the product and the sum 2. Whether it goes uphill may hang on rounding.
				step, with := kappa-own.LastKappa, after[i].Kappa
				done := float64(want.control.Iterations)
				if done == 0 {
					step = 0
				}
				momentum := done / (done + 3)
				if done > 0 && min(math.Abs(own.Kappa-kappa), math.Abs(step)) <= bound+unit*math.Abs(own.Kappa) {
					with = kappa + momentum*step
					if p.Pulls == 0 {
						with = max(0, with)
					}
					if math.Abs(float64(got.unknowns[i][0])-with) > math.Abs(float64(got.unknowns[i][0])-kappa) {
						with = kappa
					}
				}
				bound = 2*bound + 9*unit*math.Abs(step)
				j.near(&want.unknowns[i][0], got.unknowns[i][0], with, bound, "kappa of %d", i)
			}
			var least, most uint32
			for g, sum := range residuals {
				// Two rounds of seven sums, and half a unit added.
				off := bounds[g] + 14*unit*sum + unit*(sum+0.5/ref.ResidualUnit)
				least += ref.ResidualUnits(max(sum-off, 0), groups)
				most += ref.ResidualUnits(sum+off, groups)
			}
			before := want.tally.Residual - sumOf(residuals, groups)
			want.tally.Residual = got.tally.Residual
			if r := got.tally.Residual - before; r < least || r > most {
				j.fail("residual %d, want %d to %d", r, least, most)
			}
		},
		faults: []planted{
			{"dot(a - acceleration[j].xyz, away)", "dot(a, away)"},
			{"+ dot(a, walls[i].xyz)", ""},
			{"params.gradient_norm * params.volume * fluid", "params.gradient_norm * fluid"},
			{"walls[i].w * max(params.pulls * missing, -missing)", "max(params.pulls * missing, -missing)"},
			{"select(dt, dt * dt, ", "select(dt, dt, "},
			{"- power * system(i)", "+ power * system(i)"},
			{"max(least_kappa(), old.x - params.omega", "(old.x - params.omega"},
			{"max(least_kappa(), old.x - params.omega", "max(0.0, old.x - params.omega"},
			{"params.omega * missing * factors[i] / power", "params.omega * missing * factors[i]"},
			{"* step), old.y)", "* step), missing)"},
			{"done / (done + 3.0)", "done / (done + 2.0)"},
			{"0.0, uphill)", "0.0, !uphill)"},
			{"0.0, control.iterations == 0u)", "0.0, false)"},
			{"max(least_kappa(), kappa + select", "(kappa + select"},
			{"        last_kappa[i] = kappa;\n", ""},
			{"- mean_source(dt)", ""},
			{"f32(bitcast<i32>(atomicLoad(&tally.source)))", "f32(atomicLoad(&tally.source))"},
			{"sum / (max(f32(control.live), 1.0) *", "sum / (1.0 *"},
			{"* select(dt, 1.0, control.solve == SOLVE_DENSITY));", ");"},
			{"params.full * f32", "f32"},
			{"max(params.pulls * missing, -missing)", "abs(missing)"},
			{"max(params.pulls * missing, -missing)", "max(0.0, -missing)"},
			{"-missing) * select(dt, 1.0, control.solve == SOLVE_DENSITY)", "-missing) * select(dt, 1.0, control.solve == SOLVE_DIVERGENCE)"},
			{"select(residual, 0.0, factors[i] == 0.0)", "residual"},
			{"!finite(missing) || ", ""},
			{" || !finite(kappa)", ""},
			{"            kappa = 0.0;\n", ""},
			{"particle_id(position_sorted[i].w)", "i"},
			{"other < WORKGROUP; other += 8u) {\n        summands[lane] += summands[other]", "other < WORKGROUP; other += 8u) {\n        summands[lane] = summands[other]"},
			{"other < min(8u, WORKGROUP)", "other < 7u"},
			{"lane < 8u", "lane < 4u"},
			{"0xffffffffu / (groups.x * groups.y)", "0xffffffffu"},
			{"RESIDUAL_UNIT + 0.5", "RESIDUAL_UNIT"},
			{"k < count", "k < min(count, 16u)"},
			{"return links[k * arrayLength(&link_counts) + i]", "return links[k + LINKS * i]"},
			{"- round(away * params.inv_period.xyz) * params.period.xyz", ""},
			{"max(control.dt, 1e-9)", "max(control.dt, 1e-8)"},
			{"control.running == 1u && ", ""},
		},
	}
}

func sumOf(residuals []float64, groups int) (sum uint32) {
	for _, r := range residuals {
		sum += ref.ResidualUnits(r, groups)
	}
	return sum
}

// missingBound is s - A kappa of particle i and how far float32 may be from it: dt^n 1, its product 1, the mean source 13,
// the differences 2.
func missingBound(w *world, i int, particles []ref.Particle) (missing, bound float64) {
	p := &w.params
	missing, power := ref.MissingOf(p, &w.control, i, particles, &w.tally)
	mean := ref.MeanSource(p, &w.control, &w.tally)
	rate := ref.RateOf(p, i, particles, ref.PushOf)
	k := (terms(p, i, particles) + rateUnits) * unit
	return missing, power*(k*rate.Size+2*unit*math.Abs(rate.Value)) + unit*(math.Abs(missing)+math.Abs(missing+power*rate.Value)+13*math.Abs(mean))
}

// relaxCheckCase: what decides, in turn.
func relaxCheckCase() kernelCase {
	return kernelCase{
		worlds: func() (list []*world) {
			for _, solve := range []uint32{ref.SolveDivergence, ref.SolveDensity} {
				tolerance := []float64{0.001, 0.0005}[solve]
				add := func(name string, live, done uint32, mean float64, edit func(w *world)) {
					w := &world{params: newParams(options{}), tally: ref.NewTally(), name: name}
					w.control = layout.Control{
						Live: live, Sorted: live + 3, Running: 1, Step: 41, Dt: 0.5, PreviousDt: 0.25,
						Iterations: done, DivergenceIterations: 77, DensityIterations: 78, Residual: 79,
					}
					w.tally.Residual, w.tally.WallClamps = uint32(mean*ref.ResidualUnit*float64(live)), 4
					w.dispatch.Iterate = [4]uint32{(live + 63) / 64, 1, 1, 0}
					edit(w)
					list = append(list, forSystem(w, solve))
				}
				same := func(*world) {}
				for done := range uint32(4) {
					add(fmt.Sprintf("solved, %d done before", done), 1000, done, 0.9*tolerance, same)
					add(fmt.Sprintf("not solved, %d done before", done), 1000, done, 1.1*tolerance, same)
					add(fmt.Sprintf("nothing left, %d done before", done), 1000, done, 0, func(w *world) {
						w.params.DensityTolerance, w.params.DivergenceTolerance = 0, 0
					})
				}
				short := func(w *world) {
					w.control.Dt = float32(0.3 * ref.CatchUp * float64(w.params.Cfl) * float64(w.params.Spacing) / float64(w.params.SoundSpeed))
				}
				add("solved for a short step", 1000, 7, 0.29*tolerance, short)
				add("not solved for a short step", 1000, 7, 0.31*tolerance, short)
				standing := func(w *world) { w.control.Dt = 0 }
				add("as good as it gets", 1<<20, 7, 0.9*ref.LeastTolerance, standing)
				add("not as good as it gets", 1<<20, 7, 1.1*ref.LeastTolerance, standing)
				add("the last but one", 1000, 48, 1, same)
				add("the last", 1000, 49, 1, same)
				add("past the last", 1000, 50, 1, same)
				add("one particle", 1, 7, 0.3, same)
				add("as much as fits", 1<<24-1, 7, 0, func(w *world) { w.tally.Residual = math.MaxUint32 })
				add("stopped before", 1000, 7, 0.3, func(w *world) { w.dispatch.Iterate[0] = 0 })
				add("nobody left", 0, 0, 0, same)
			}
			return list
		},
		stage:       func(w *world) {},
		invocations: one,
		expect: func(j *judge, want, got *world) {
			before := want.control.Residual
			ref.RelaxCheck(&want.params, &want.control, &want.tally, &want.dispatch)
			if want.control.Residual != before {
				// The sum as a float 1, the division 5.
				value := float64(want.control.Residual)
				j.near(&want.control.Residual, got.control.Residual, value, 7*unit*value, "mean residual")
			}
		},
		faults: []planted{
			{"control.iterations += 1u", "control.iterations += 2u"},
			{"least = 2u", "least = 1u"},
			{"var least = 1u", "var least = 2u"},
			{"max(params.density_tolerance", "max(params.divergence_tolerance"},
			{"* catch_up(control.dt)", ""},
			{"LEAST_TOLERANCE);", "0.0);"},
			{"var tolerance = params.divergence_tolerance", "var tolerance = params.density_tolerance"},
			{"mean <= tolerance", "mean < tolerance"},
			{"control.iterations >= params.max_iterations", "control.iterations > params.max_iterations"},
			{"control.density_iterations = control.iterations;", ""},
			{"control.divergence_iterations = control.iterations;", ""},
			{"control.residual = mean", "control.residual = sum"},
			{"atomicExchange(&tally.residual, 0u)", "atomicLoad(&tally.residual)"},
			{"|| dispatch.iterate.x == 0u", ""},
			{"control.running == 0u || ", ""},
			{"dispatch.iterate = vec4<u32>(0u, 1u, 1u, 0u)", "dispatch.iterate = vec4<u32>(0u, 0u, 0u, 0u)"},
		},
	}
}

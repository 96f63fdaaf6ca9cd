package solver_test

import (
	"fmt"
	"math"
	"slices"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// slopeUnits: distance 13.5 and gradient shape 5 (see densityUnits), its product with x_ij 2, the sample's volume 1, V 1,
// gradient norm 2, the sum of fluid and walls 1; and 5 for the squares, whose sizes count their roots' errors twice:
// three squares and two sums, gradient norm and V in their factor 5, the product with it 1, halved.
const slopeUnits = 13.5 + 5 + 2 + 1 + 1 + 2 + 1 + 5

// pressureUnits: as for slopes, kappa_i + kappa_j 1 and its product with the shape 1.
const pressureUnits = 13.5 + 5 + 2 + 1 + 1 + 2 + 1 + 2

// rateUnits: as for slopes, f_ij . x_ij 5 and its product with the shape 1.
const rateUnits = 13.5 + 5 + 5 + 1 + 1 + 1 + 2 + 1

// terms is how many terms a sum over everything near particle i has.
func terms(p *layout.SimParams, i int, particles []ref.Particle, walls []ref.Sample) float64 {
	_, contributors := ref.DensityAt(p, particles[i].X, particles, nil)
	return float64(contributors + wallsNear(p, particles[i].X, walls))
}

func fillPairs(list [][2]float32) {
	for i := range list {
		list[i] = [2]float32{junkFloat, junkFloat}
	}
}

// withTwoSystems has each world with lists twice: for the divergence's and for the density's system.
func withTwoSystems() (list []*world) {
	for _, w := range linkedWorlds() {
		list = append(list, forSystem(w, ref.SolveDivergence), forSystem(w, ref.SolveDensity))
	}
	return list
}

func forSystem(w *world, solve uint32) *world {
	c := w.clone()
	c.name += []string{", divergence", ", density"}[solve]
	c.control.Solve = solve
	return c
}

// factorCase: density and factor within bounds, the number of neighbours exact, and the lists as sets.
func factorCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			wall := newWorld("samples that are no numbers", cloud(65), options{})
			for b := range wall.boundary {
				if b%50 == 0 {
					wall.boundary[b][3] = float32(math.NaN())
				}
			}
			lost := newWorld("one is no number", cloud(65), options{})
			lost.positionSorted[33][2] = float32(math.NaN())
			heavy := newWorld("too heavy to be a number", cloud(64), options{})
			heavy.params.Mass = 3e34
			steep := newWorld("too steep to be a number", clump(64), options{})
			steep.params.Volume = 1e15
			full := newWorld("66 in one place", clump(66), options{})
			return append([]*world{wall, lost, heavy, steep, full}, particleWorlds()...)
		},
		stage: func(w *world) {
			fillPairs(w.densities)
			for i := range w.factors {
				w.factors[i] = junkFloat
			}
			fillWords(w.links)
			fillWords(w.linkCounts)
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			walls := ref.Samples(want.boundary)
			particles := want.live()
			all := ref.Factor(p, particles, walls, &want.tally)
			for i, own := range particles {
				n := terms(p, i, particles, walls)
				rho, _ := ref.DensityAt(p, own.X, particles, walls)
				j.near(&want.densities[i][0], got.densities[i][0], own.Density, (n+densityUnits)*unit*rho.Size, "density of %d", i)
				want.densities[i][1] = float32(own.Neighbours)

				bound := 0.0
				if own.Factor != 0 {
					d, off := denominator(p, i, particles, walls, n)
					// 1 / (d +- off), and a division.
					bound = off/(d*(d-off)) + 6*unit/d
				}
				j.near(&want.factors[i], got.factors[i], own.Factor, bound, "factor of %d", i)
				checkSomething(j, p, i, particles, walls, n)
				checkLinks(j, want, got, i, all[i], ref.LinksOf(p, i, particles, walls))
			}
		},
		faults: []planted{
			{"let g = away * gradient_shape(q)", "let g = away * kernel_shape(q)"},
			{"squares += dot(g, g)", "squares += dot(g, away)"},
			{"wall_slope += away * (sample.w * gradient_shape(q))", "wall_slope += away * gradient_shape(q)"},
			{"(params.volume * slope + wall_slope)", "params.volume * slope"},
			{"+ size * size * squares", ""},
			{"dot(total_slope, total_slope) +", ""},
			{"const NOTHING = 1e-6", "const NOTHING = 1e-2"},
			{"d * params.support_squared < NOTHING", "d < 0.0"},
			{"j != i", "true"},
			{"f32(neighbours))", "f32(neighbours + walls))"},
			{"links[k * arrayLength(&link_counts) + i] = j", "links[k + LINKS * i] = j"},
			{"[k * arrayLength(&link_counts) + i]", "[k * control.live + i]"},
			{"set_link(LINKS - 1u - walls, i, b)", "set_link(neighbours + walls, i, b)"},
			{"set_link(LINKS - 1u - walls, i", "set_link(LINKS - 2u - walls, i"},
			{"walls, i, b);", "walls, i, b + 1u);"},
			{"pack_counts(neighbours, walls)", "pack_counts(walls, neighbours)"},
			{"wall << 16u", "wall << 15u"},
			{"neighbours + walls > LINKS", "neighbours > LINKS"},
			{"neighbours + walls > LINKS", "neighbours + walls >= LINKS"},
			{"neighbours + walls > LINKS", "neighbours + walls > LINKS + 1u"},
			{"        link_counts[i] = 0u;\n", ""},
			{"atomicOr(&tally.fault, FAULT_FACTOR_OVERFLOW);", ""},
			{"FAULT_FACTOR_OVERFLOW);\n        atomicMin(&tally.factor_particle, particle_id(p.w))", "FAULT_FACTOR_OVERFLOW);\n        atomicMin(&tally.factor_particle, i)"},
			{"wall += sample.w *", "wall +="},
			{"!finite(rho) || !finite(d)", "!finite(rho)"},
			{"!finite(rho) || !finite(d)", "!finite(d)"},
			{"        k = 0.0;\n", ""},
			{"FAULT_FACTOR_NON_FINITE);\n        atomicMin(&tally.factor_particle, particle_id(p.w))", "FAULT_FACTOR_NON_FINITE);\n        atomicMin(&tally.factor_particle, i)"},
			{"control.running == 0u || ", ""},
		},
	}
}

// checkLinks compares particle i's lists, in whatever order, with the oracle's. A list that is cut holds anything.
func checkLinks(j *judge, want, got *world, i int, links, uncut ref.Links) {
	fluid, walls := len(links.Fluid), len(links.Walls)
	if fluid+walls < len(uncut.Fluid)+len(uncut.Walls) {
		fluid, walls = ref.LinksMost, 0
	} else {
		var front, back []int
		for k := range fluid {
			front = append(front, int(*got.entry(i, k)))
		}
		for k := range walls {
			back = append(back, int(*got.entry(i, ref.LinksMost-1-k)))
		}
		slices.Sort(front)
		slices.Sort(back)
		if !slices.Equal(front, links.Fluid) || !slices.Equal(back, links.Walls) {
			j.fail("particle %d is linked to %v and samples %v, want %v and %v", i, front, back, links.Fluid, links.Walls)
		}
	}
	want.setLinks(i, links)
	for k := range fluid {
		*want.entry(i, k) = *got.entry(i, k)
	}
	for k := range walls {
		*want.entry(i, ref.LinksMost-1-k) = *got.entry(i, ref.LinksMost-1-k)
	}
}

// denominator is what a factor is one over, and how far float32 may be from it: each component of the slope is squared,
// with its error, the three are added (3 units with the square), and the squares of the others 1.
func denominator(p *layout.SimParams, i int, particles []ref.Particle, walls []ref.Sample, n float64) (d, bound float64) {
	slope, squares := ref.SlopesOf(p, i, particles, walls)
	k := (n + slopeUnits) * unit
	d, bound = squares.Value, k*squares.Size
	for _, s := range slope {
		e := k * s.Size
		d += s.Value * s.Value
		bound += 2*math.Abs(s.Value)*e + e*e
	}
	return d, bound + 4*unit*d
}

// checkSomething makes sure that whether there is anything to push against does not hang on rounding.
func checkSomething(j *judge, p *layout.SimParams, i int, particles []ref.Particle, walls []ref.Sample, n float64) {
	d, off := denominator(p, i, particles, walls, n)
	h2 := float64(p.SupportRadius) * float64(p.SupportRadius)
	if math.Abs(d*h2-ref.Nothing) <= off*h2+3*unit*ref.Nothing {
		j.fail("badly chosen: particle %d has just nothing to push against", i)
	}
}

func divergenceBeginCase() kernelCase {
	return kernelCase{
		always: true, // it has to stop the iterations of a sub-step that does not count
		worlds: func() (list []*world) {
			for _, running := range []uint32{1, 0} {
				for _, n := range []uint32{0, 1, 63, 64, 65, 1000, 65535 * 64, 65535*64 + 1, 1<<24 - 1} {
					w := &world{name: fmt.Sprintf("%d particles, running %d", n, running), tally: ref.NewTally()}
					w.control = layout.Control{Live: n, Sorted: 7, Running: running, Step: 9, Dt: 0.5, PreviousDt: 0.25,
						Solve: ref.SolveDensity, Iterations: 8, DivergenceIterations: 6, DensityIterations: 8, Residual: 0.125}
					w.tally.Residual, w.tally.WallClamps = 55, 4
					list = append(list, w)
				}
			}
			return list
		},
		stage:       func(w *world) { w.dispatch.Iterate = [4]uint32{9, 9, 9, 9} },
		invocations: one,
		expect: func(j *judge, want, got *world) {
			ref.DivergenceBegin(&want.control, &want.tally, &want.dispatch)
		},
		faults: []planted{
			{"control.solve = SOLVE_DIVERGENCE", "control.solve = SOLVE_DENSITY"},
			{"control.iterations = 0u;", ""},
			{"atomicStore(&tally.residual, 0u);", ""},
			{"groups_for(control.live)", "groups_for(control.sorted)"},
			{"        dispatch.iterate = vec4<u32>(0u, 1u, 1u, 0u);\n", ""},
			{"control.running == 0u", "control.running == 2u"},
		},
	}
}

// sourceCase: the right-hand side and the first guess within bounds, both exactly zero where nothing is to be solved.
func sourceCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			list := withTwoSystems()
			for _, solve := range []uint32{ref.SolveDivergence, ref.SolveDensity} {
				priming := forSystem(newWorld("priming", cloud(500), options{}), solve)
				priming.control.Dt = 0
				first := forSystem(newWorld("first step", cloud(500), options{}), solve)
				first.control.PreviousDt = 0
				short := forSystem(newWorld("short step", cloud(500), options{}), solve)
				short.control.Dt = float32(0.3 * ref.CatchUp * float64(short.params.Cfl) * float64(short.params.Spacing) / float64(short.params.SoundSpeed))
				list = append(list, priming, first, short)
			}
			return list
		},
		stage:       func(w *world) { fillPairs(w.unknowns) },
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p, dt := &want.params, float64(want.control.Dt)
			walls := ref.Samples(want.boundary)
			particles := want.live()
			ref.Source(p, &want.control, particles, walls)
			for i, own := range particles {
				rate := ref.RateOf(p, i, particles, walls, ref.VelocityOf)
				bound := (terms(p, i, particles, walls) + rateUnits) * unit * rate.Size
				var kappaBound float64
				switch {
				case dt == 0:
					bound = 0
				case want.control.Solve == ref.SolveDensity:
					// rho / rho0 is a division 5, and in three sums; what is over likewise, and its share a division of three
					// products; dt times the rate 1, and in one.
					ratio := own.Density / float64(p.RestDensity)
					bound = dt*bound + unit*(8*ratio+3+20*max(ratio-1, 0)+6*ratio+2*dt*math.Abs(rate.Value))
					if math.Abs(own.Source) <= bound {
						j.fail("badly chosen: particle %d is just not compressed", i)
					}
					// The stretch a division 5, taken twice; four products.
					kappaBound = 14 * unit * own.Kappa
				case own.Neighbours >= ref.EnoughNeighbours:
					// Two products and a division.
					c := ref.Omega * own.Factor / dt
					kappaBound = c*bound + 8*unit*own.Kappa
				default:
					bound = 0
				}
				j.near(&want.unknowns[i][1], got.unknowns[i][1], own.Source, bound, "source of %d", i)
				j.near(&want.unknowns[i][0], got.unknowns[i][0], own.Kappa, kappaBound, "kappa of %d", i)
			}
		},
		faults: []planted{
			{"dot(v - velocity_sorted[j].xyz, away)", "dot(v, away)"},
			{"wall += sample.w * dot", "wall += dot"},
			{"(params.volume * fluid + wall)", "params.volume * fluid"},
			{"densities[i].x / params.rest_density", "densities[i].x / 1001.0"},
			{"(1.0 - share) * max(ratio - 1.0, 0.0)", "0.0"},
			{"max(ratio - 1.0, 0.0)", "(ratio - 1.0)"},
			{"const CATCH_UP = 2.5", "const CATCH_UP = 2.0"},
			{"- dt * rate", "+ dt * rate"},
			{"select(0.0, warm, s < 0.0)", "warm"},
			{"const WARM_SHARE = 0.9", "const WARM_SHARE = 0.5"},
			{"params.rest_density * velocity_sorted[i].w", "velocity_sorted[i].w"},
			{"control.previous_dt / dt", "dt / control.previous_dt"},
			{"last * stretch * stretch", "last * stretch"},
			{"-max(rate, 0.0)", "-rate"},
			{"densities[i].y >= ENOUGH_NEIGHBOURS", "densities[i].y > ENOUGH_NEIGHBOURS"},
			{"-OMEGA * s * factors[i] / dt", "-OMEGA * s * factors[i]"},
			{"control.solve == SOLVE_DENSITY", "control.solve == SOLVE_DIVERGENCE"},
			{"control.dt == 0.0", "false"},
			{"k < fluid_count(counts)", "k + 1u < fluid_count(counts)"},
			{"return links[k * arrayLength(&link_counts) + i]", "return links[k + LINKS * i]"},
			{"LINKS - 1u - k", "LINKS - 2u - k"},
			{"control.running == 0u || ", ""},
		},
	}
}

func pressureCase() kernelCase {
	return kernelCase{
		worlds:      linkedWorlds,
		stage:       func(w *world) { fillVectors(w.acceleration) },
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			walls := ref.Samples(want.boundary)
			particles := want.live()
			for i := range particles {
				k := (terms(p, i, particles, walls) + pressureUnits) * unit
				for axis, sum := range ref.PressureOf(p, i, particles, walls) {
					j.near(&want.acceleration[i][axis], got.acceleration[i][axis], sum.Value, k*sum.Size, "acceleration %d of %d", axis, i)
				}
				want.acceleration[i][3] = 0
			}
		},
		faults: []planted{
			{"kappa + unknowns[j].x", "kappa - unknowns[j].x"},
			{"kappa + unknowns[j].x", "kappa + unknowns[j].y"},
			{"sample.w * kappa", "sample.w * 2.0 * kappa"},
			{"-params.gradient_norm *", "params.gradient_norm *"},
			{"(params.volume * fluid + wall)", "params.volume * (fluid + wall)"},
			{"return s * s * s;", "return s * s;"},
			{"k < wall_count(counts)", "k + 1u < wall_count(counts)"},
			{"[k * arrayLength(&link_counts) + i]", "[k * control.live + i]"},
			{"LINKS - 1u - k", "fluid_count(counts) + k"},
			{"control.running == 0u || ", ""},
		},
	}
}

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
				add("residuals already there", 65, func(w *world) { w.tally.Residual = 123456 })
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
			walls := ref.Samples(want.boundary)
			particles := want.live()
			groups := (len(particles) + 63) / 64
			residuals, bounds := make([]float64, groups), make([]float64, groups)
			for i, own := range particles {
				missing, off := missingBound(want, i, particles, walls)
				scale := 1.0
				if want.control.Solve == ref.SolveDivergence {
					scale = max(float64(want.control.Dt), 1e-9)
				}
				if fits(missing) && fits(own.Kappa) && own.Factor != 0 {
					r := ref.ResidualOf(&want.control, missing)
					residuals[i/64] += r
					bounds[i/64] += scale*off + unit*r
				}
			}
			after := want.live()
			ref.Relax(p, &want.control, after, walls, &want.tally)
			for i, own := range particles {
				missing, off := missingBound(want, i, particles, walls)
				_, power := ref.MissingOf(p, &want.control, i, particles, walls)
				// Omega exact, two factors 2, dt^n 1, the division 5; then a difference.
				c := ref.Omega * own.Factor / power
				bound := c*off + 9*unit*c*math.Abs(missing) + unit*own.Kappa
				if !fits(missing) || !fits(own.Kappa) {
					bound = 0
				}
				j.near(&want.unknowns[i][0], got.unknowns[i][0], after[i].Kappa, bound, "kappa of %d", i)
			}
			var least, most uint32
			for g, sum := range residuals {
				// Six levels of sums, and half a unit added.
				off := bounds[g] + 6*unit*sum + unit*(sum+0.5/ref.ResidualUnit)
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
			{"wall += sample.w * dot", "wall += dot"},
			{"(params.volume * fluid + wall)", "params.volume * fluid"},
			{"select(dt, dt * dt, ", "select(dt, dt, "},
			{"old.y - power * system(i)", "old.y + power * system(i)"},
			{"max(0.0, old.x - OMEGA", "(old.x - OMEGA"},
			{"OMEGA * missing * factors[i] / power", "OMEGA * missing * factors[i]"},
			{"vec2<f32>(kappa, old.y)", "vec2<f32>(kappa, missing)"},
			{"max(0.0, -missing)", "abs(missing)"},
			{"select(dt, 1.0, control.solve == SOLVE_DENSITY)", "select(dt, 1.0, control.solve == SOLVE_DIVERGENCE)"},
			{"select(residual, 0.0, factors[i] == 0.0)", "residual"},
			{"!finite(missing) || ", ""},
			{" || !finite(kappa)", ""},
			{"            kappa = 0.0;\n", ""},
			{"particle_id(position_sorted[i].w)", "i"},
			{"residuals[lane] += residuals[lane + half]", "residuals[lane] = residuals[lane + half]"},
			{"half /= 2u", "half /= 4u"},
			{"0xffffffffu / (groups.x * groups.y)", "0xffffffffu"},
			{"RESIDUAL_UNIT + 0.5", "RESIDUAL_UNIT"},
			{"k < fluid_count(counts)", "k < min(fluid_count(counts), 16u)"},
			{"return links[k * arrayLength(&link_counts) + i]", "return links[k + LINKS * i]"},
			{"packed >> 16u", "packed >> 17u"},
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

// missingBound is s - A kappa of particle i and how far float32 may be from it: dt^n 1, its product 1, the difference 1.
func missingBound(w *world, i int, particles []ref.Particle, walls []ref.Sample) (missing, bound float64) {
	p := &w.params
	missing, power := ref.MissingOf(p, &w.control, i, particles, walls)
	rate := ref.RateOf(p, i, particles, walls, ref.PushOf)
	k := (terms(p, i, particles, walls) + rateUnits) * unit
	return missing, power*(k*rate.Size+2*unit*math.Abs(rate.Value)) + unit*math.Abs(missing)
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
			{"tolerance = params.density_tolerance", "tolerance = params.divergence_tolerance"},
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

// keepPressureCase: one division.
func keepPressureCase() kernelCase {
	return kernelCase{
		worlds: particleWorlds,
		stage: func(w *world) {
			for i := range w.velocitySorted {
				w.velocitySorted[i][3] = junkFloat
			}
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			particles := want.live()
			ref.KeepPressure(&want.params, particles)
			for i, own := range particles {
				j.near(&want.velocitySorted[i][3], got.velocitySorted[i][3], own.PressureTerm, 5*unit*own.PressureTerm, "p/rho^2 of %d", i)
			}
		},
		faults: []planted{
			{"unknowns[i].x", "unknowns[i].y"},
			{" / params.rest_density", ""},
			{"velocity_sorted[i].w =", "velocity_sorted[i].z ="},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

package solver_test

import (
	"fmt"
	"math"
	"slices"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// slopeUnits: distance 13.5 and gradient shape 5 (see densityUnits), its product with x_ij 2, gradient norm and V 3,
// their products 2, the sum of fluid and walls 1; and 5 for the squares, whose sizes count their roots' errors twice:
// three squares and two sums, gradient norm and V in their factor 5, the product with it 1, halved.
const slopeUnits = 13.5 + 5 + 2 + 3 + 2 + 1 + 5

// pressureUnits: as for slopes, kappa_i + kappa_j 1 and its product with the shape 1; the walls' product.
const pressureUnits = 13.5 + 5 + 2 + 3 + 2 + 1 + 2 + 1

// rateUnits: as for slopes, f_ij . x_ij 5 and its product with the shape 1; the walls' product and sums need less.
const rateUnits = 13.5 + 5 + 5 + 1 + 3 + 2 + 1

// terms is how many terms a sum over everything near particle i has.
func terms(p *layout.SimParams, i int, particles []ref.Particle) float64 {
	_, contributors := ref.DensityAt(p, particles[i].X, 1, particles)
	return float64(contributors)
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
			wall := newWorld("walls that are no numbers", cloud(65), options{})
			for i := range wall.bare {
				if i%9 == 0 {
					wall.bare[i][i%4] = float32(math.NaN())
				}
			}
			lost := newWorld("one is no number", cloud(65), options{})
			lost.positionSorted[33][2] = float32(math.NaN())
			heavy := newWorld("too heavy to be a number", cloud(64), options{})
			heavy.params.Volume, heavy.params.Mass = 3e33, 3e36
			steep := newWorld("too steep to be a number", clump(64), options{})
			steep.params.Volume, steep.params.Mass = 1e15, 1e18
			full := newWorld("82 in one place", clump(82), options{})
			return append([]*world{wall, lost, heavy, steep, full}, particleWorlds()...)
		},
		stage: func(w *world) {
			w.barely()
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
			bare, particles := want.live(), want.live()
			all := ref.Factor(p, particles, &want.tally)
			for i, own := range particles {
				n := terms(p, i, particles)
				rho, _ := ref.DensityAt(p, own.X, own.Wall.N, particles)
				off := (n + densityUnits) * unit * rho.Size
				j.near(&want.densities[i][0], got.densities[i][0], own.Density, off, "density of %d", i)
				want.densities[i][1] = float32(own.Neighbours)
				j.wallSlope(want, got, i, bare[i], rho, off)

				bound := 0.0
				if own.Factor != 0 {
					d, off := denominator(p, i, particles, n)
					// 1 / (d +- off), and a division.
					bound = off/(d*(d-off)) + 6*unit/d
				}
				j.near(&want.factors[i], got.factors[i], own.Factor, bound, "factor of %d", i)
				checkSomething(j, p, i, particles, n)
				checkLinks(j, want, got, i, all[i], ref.LinksOf(p, i, particles))
			}
		},
		faults: []planted{
			{"let g = away * gradient_shape(q)", "let g = away * kernel_shape(q)"},
			{"squares += dot(g, g)", "squares += dot(g, away)"},
			{"let wall_slope = share * wall.xyz", "let wall_slope = wall.xyz"},
			{"params.volume * slope + wall_slope", "params.volume * slope"},
			{"params.rest_density * share * wall.w", "params.rest_density * share"},
			{"walls[i] = vec4<f32>(wall_slope, wall.w);", ""},
			{"+ size * size * squares", ""},
			{"dot(total_slope, total_slope) +", ""},
			{"const NOTHING = 1e-6", "const NOTHING = 1e-2"},
			{"d * params.support_squared < NOTHING", "d < 0.0"},
			{"j != i", "true"},
			{"f32(neighbours))", "f32(neighbours) + 1.0)"},
			{"links[k * arrayLength(&link_counts) + i] = j", "links[k + LINKS * i] = j"},
			{"[k * arrayLength(&link_counts) + i]", "[k * control.live + i]"},
			{"set_link(neighbours, i, j)", "set_link(neighbours, i, i)"},
			{"set_link(neighbours, i, j)", "set_link(neighbours + 1u, i, j)"},
			{"neighbours > LINKS", "neighbours >= LINKS"},
			{"neighbours > LINKS", "neighbours > LINKS + 1u"},
			{"        link_counts[i] = 0u;\n", ""},
			{"atomicOr(&tally.fault, FAULT_FACTOR_OVERFLOW);", ""},
			{"FAULT_FACTOR_OVERFLOW);\n        atomicMin(&tally.factor_particle, particle_id(p.w))", "FAULT_FACTOR_OVERFLOW);\n        atomicMin(&tally.factor_particle, i)"},
			{"!finite(rho) || !finite(d)", "!finite(rho)"},
			{"!finite(rho) || !finite(d)", "!finite(d)"},
			{"        k = 0.0;\n", ""},
			{"FAULT_FACTOR_NON_FINITE);\n        atomicMin(&tally.factor_particle, particle_id(p.w))", "FAULT_FACTOR_NON_FINITE);\n        atomicMin(&tally.factor_particle, i)"},
			{"= seen - position_sorted[j].xyz", "= x - position_sorted[j].xyz"},
			{"z < size.z", "z < size.z - 1"},
			{"control.running == 0u || ", ""},
		},
	}
}

// checkLinks compares particle i's list, in whatever order, with the oracle's. A list that is cut holds anything.
func checkLinks(j *judge, want, got *world, i int, links, uncut []int) {
	kept := len(links)
	if kept < len(uncut) {
		kept = ref.LinksMost
	} else {
		var found []int
		for k := range kept {
			found = append(found, int(*got.entry(i, k)))
		}
		slices.Sort(found)
		if !slices.Equal(found, links) {
			j.fail("particle %d is linked to %v, want %v", i, found, links)
		}
	}
	want.setLinks(i, links)
	for k := range kept {
		*want.entry(i, k) = *got.entry(i, k)
	}
}

// denominator is what a factor is one over, and how far float32 may be from it: each component of the slope is squared,
// with its error, the three are added (3 units with the square), and the squares of the others 1. G carries the density's
// error, see wallSlope.
func denominator(p *layout.SimParams, i int, particles []ref.Particle, n float64) (d, bound float64) {
	slope, squares := ref.SlopesOf(p, i, particles)
	own := particles[i]
	rho, _ := ref.DensityAt(p, own.X, own.Wall.N, particles)
	share := (n+densityUnits)*unit*rho.Size/rho.Value + unit
	k := (n + slopeUnits) * unit
	d, bound = squares.Value, k*squares.Size
	for axis, s := range slope {
		e := k*s.Size + share*math.Abs(own.Wall.Slope[axis])
		d += s.Value * s.Value
		bound += 2*math.Abs(s.Value)*e + e*e
	}
	return d, bound + 4*unit*d
}

// checkSomething makes sure that whether there is anything to push against does not hang on rounding.
func checkSomething(j *judge, p *layout.SimParams, i int, particles []ref.Particle, n float64) {
	d, off := denominator(p, i, particles, n)
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
					w.tally.Residual, w.tally.WallClamps, w.tally.Source = 55, 4, 77
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
			{"atomicStore(&tally.source, 0u);", ""},
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
				for _, n := range []int{65, 200} {
					full := forSystem(newWorld(fmt.Sprintf("%d in a full domain", n), across(n), options{periodic: "xyz", full: true}), solve)
					full.tally.Source = 1<<32 - 1000
					list = append(list, full)
				}
				much := forSystem(newWorld("more source than fits", cloud(200), options{full: true}), solve)
				for i := range much.velocitySorted[:much.control.Live] {
					for axis := range 3 {
						much.velocitySorted[i][axis] *= 1e5
					}
				}
				list = append(list, much)
			}
			return list
		},
		stage:       func(w *world) { fillPairs(w.unknowns) },
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p, dt := &want.params, float64(want.control.Dt)
			particles := want.live()
			before := want.tally.Source
			ref.Source(p, &want.control, particles, &want.tally)
			groups := make([]float64, (len(particles)+63)/64)
			bounds := make([]float64, len(groups))
			for i, own := range particles {
				rate := ref.FlowRateOf(p, i, particles)
				bound := (terms(p, i, particles) + rateUnits) * unit * rate.Size
				around := ref.Around(p, own)
				var kappaBound float64
				switch {
				case dt == 0:
					bound = 0
				case want.control.Solve == ref.SolveDensity:
					// rho / rho0 is a division 5, and in three sums; what is over likewise, and its share a division of three
					// products; dividing by N 5; dt times the rate 1, and in one.
					ratio := own.Density / float64(p.RestDensity)
					lacking := (8*ratio + 3 + 20*max(ratio-1, 0) + 6*ratio + 6*(1+ratio)) / own.Wall.N
					if p.Full == 1 {
						lacking = 0
					}
					bound = dt*bound + unit*(lacking+2*dt*math.Abs(rate.Value))
					if p.Full == 0 && math.Abs(own.Source) <= bound {
						j.fail("badly chosen: particle %d is just not compressed", i)
					}
					// Three products.
					kappaBound = 3 * unit * math.Abs(own.Kappa)
				case around >= float64(p.EnoughNeighbours):
					// Two products and a division.
					c := float64(p.Omega) * own.Factor / dt
					kappaBound = c*bound + 8*unit*math.Abs(own.Kappa)
				default:
					bound = 0
				}
				// log: see wallBound.
				off := float64(p.WallNeighbours)*(0x1p-21+6*unit*math.Log(own.Wall.N)) + 2*unit*around
				if own.Wall.N != 1 && math.Abs(around-float64(p.EnoughNeighbours)) <= off {
					j.fail("badly chosen: particle %d has just enough neighbours", i)
				}
				step := 1.0
				if want.control.Solve == ref.SolveDivergence {
					step = dt
				}
				groups[i/64] += step * own.Source
				bounds[i/64] += step * (bound + 15*unit*math.Abs(own.Source)) // a product and twice seven sums
				j.near(&want.unknowns[i][1], got.unknowns[i][1], own.Source, bound, "source of %d", i)
				j.near(&want.unknowns[i][0], got.unknowns[i][0], own.Kappa, kappaBound, "kappa of %d", i)
			}
			if p.Full == 0 {
				return
			}
			var least, most int32
			for g, sum := range groups {
				least += ref.SourceUnits(sum - bounds[g])
				most += ref.SourceUnits(sum + bounds[g])
			}
			want.tally.Source = got.tally.Source
			if s := int32(got.tally.Source - before); s < least || s > most {
				j.fail("the sum of the sources is %d, want %d to %d", s, least, most)
			}
		},
		faults: []planted{
			{"dot(v - velocity_sorted[j].xyz, away)", "dot(v, away)"},
			{"+ dot(v, walls[i].xyz)", ""},
			{"+ wall_press(i, densities[i].x, walls[i].w)", ""},
			{"return -wall_velocities[i].w * rho / (params.rest_density * n)", "return -wall_velocities[i].w"},
			{"params.gradient_norm * params.volume * fluid", "params.gradient_norm * fluid"},
			{"densities[i].x / params.rest_density", "densities[i].x / 1001.0"},
			{"+ over - min(", "- min("},
			{"max(ratio - 1.0, 0.0)", "(ratio - 1.0)"},
			{"MOST_AT_ONCE)) / n", "MOST_AT_ONCE))"},
			{"select(lacking, 0.0, params.full == 1.0)", "lacking"},
			{"min(catch_up(dt) * over, MOST_AT_ONCE)", "catch_up(dt) * over"},
			{"const MOST_AT_ONCE = 0.01", "const MOST_AT_ONCE = 0.02"},
			{"params.spacing), 1.0);", "params.spacing), 2.0);"},
			{"const CATCH_UP = 2.5", "const CATCH_UP = 2.0"},
			{"- dt * rate", "+ dt * rate"},
			{"select(0.0, WARM_SHARE * last, s < 0.0 || params.full == 1.0)", "WARM_SHARE * last"},
			{"select(0.0, WARM_SHARE * last, s < 0.0 || params.full == 1.0)", "select(0.0, WARM_SHARE * last, s < 0.0)"},
			{"select(max(rate, 0.0), rate, params.full == 1.0)", "max(rate, 0.0)"},
			{"select(0.0, -counted, ", "select(0.0, counted, "},
			{"max(least_kappa(), -params.omega", "max(0.0, -params.omega"},
			{"if (params.full == 0.0) {\n        return;\n    }", ""},
			{"other += 8u) {\n        summands[lane] += summands[other]", "other += 8u) {\n        summands[lane] = summands[other]"},
			{"SOURCE_UNIT, -4194304.0", "SOURCE_UNIT, -4194305.0"},
			{"own.y * select(control.dt, 1.0, control.solve == SOLVE_DENSITY)", "own.y"},
			{"const WARM_SHARE = 0.9", "const WARM_SHARE = 0.5"},
			{"params.rest_density * velocity_sorted[i].w", "velocity_sorted[i].w"},
			{"select(max(rate, 0.0), rate, params.full == 1.0)", "rate"},
			{"around >= params.enough_neighbours", "around > params.enough_neighbours"},
			{"+ params.wall_neighbours * log(n)", ""},
			{"-params.omega * s * factors[i] / dt", "-params.omega * s * factors[i]"},
			{"if (control.solve == SOLVE_DENSITY)", "if (control.solve == SOLVE_DIVERGENCE)"},
			{"if (dt == 0.0)", "if (false)"},
			{"k < count", "k + 1u < count"},
			{"return links[k * arrayLength(&link_counts) + i]", "return links[k + LINKS * i]"},
			{"- round(away * params.inv_period.xyz) * params.period.xyz", ""},
			{"control.running == 1u && ", ""},
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
			particles := want.live()
			for i := range particles {
				k := (terms(p, i, particles) + pressureUnits) * unit
				for axis, sum := range ref.PressureOf(p, i, particles) {
					j.near(&want.acceleration[i][axis], got.acceleration[i][axis], sum.Value, k*sum.Size, "acceleration %d of %d", axis, i)
				}
				want.acceleration[i][3] = 0
			}
		},
		faults: []planted{
			{"kappa + unknowns[j].x", "kappa - unknowns[j].x"},
			{"kappa + unknowns[j].x", "kappa + unknowns[j].y"},
			{"- kappa * walls[i].xyz", "- 2.0 * kappa * walls[i].xyz"},
			{"- kappa * walls[i].xyz", "+ kappa * walls[i].xyz"},
			{"-params.gradient_norm *", "params.gradient_norm *"},
			{"params.gradient_norm * params.volume * fluid", "params.gradient_norm * fluid"},
			{"return s * s * s;", "return s * s;"},
			{"k < count", "k + 1u < count"},
			{"[k * arrayLength(&link_counts) + i]", "[k * control.live + i]"},
			{"- round(away * params.inv_period.xyz) * params.period.xyz", ""},
			{"control.running == 0u || ", ""},
		},
	}
}

// keepImpulseCase: one product.
func keepImpulseCase() kernelCase {
	return kernelCase{
		worlds: particleWorlds,
		stage: func(w *world) {
			for i := range w.pressures {
				w.pressures[i] = junkFloat
			}
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			particles := want.live()
			ref.KeepImpulse(&want.control, particles)
			for i, own := range particles {
				j.near(&want.pressures[i], got.pressures[i], own.Pressure, unit*own.Pressure, "impulse of %d", i)
			}
		},
		faults: []planted{
			{"unknowns[i].x", "unknowns[i].y"},
			{"control.dt *", "control.previous_dt *"},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

// keepPressureCase: one division; of the pressure, another, a sum and two products, all of what is not negative.
func keepPressureCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			priming := newWorld("priming", cloud(65), options{})
			priming.control.Dt = 0
			return append(particleWorlds(), priming)
		},
		stage: func(w *world) {
			for i := range w.velocitySorted {
				w.velocitySorted[i][3] = junkFloat
			}
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			particles := want.live()
			ref.KeepPressure(&want.params, &want.control, particles)
			for i, own := range particles {
				j.near(&want.velocitySorted[i][3], got.velocitySorted[i][3], own.PressureTerm, 5*unit*own.PressureTerm, "p/rho^2 of %d", i)
				j.near(&want.pressures[i], got.pressures[i], own.Pressure, 8*unit*own.Pressure, "pressure of %d", i)
			}
		},
		faults: []planted{
			{"let kappa = unknowns[i].x", "let kappa = unknowns[i].y"},
			{"kappa / params.rest_density", "kappa"},
			{"velocity_sorted[i].w =", "velocity_sorted[i].z ="},
			{"pressures[i] / control.dt", "pressures[i]"},
			{"0.0, control.dt == 0.0)", "0.0, false)"},
			{"params.stress * params.rest_density * (kappa", "params.rest_density * (kappa"},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

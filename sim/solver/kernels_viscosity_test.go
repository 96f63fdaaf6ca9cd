package solver_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// viscous is what the implicit viscosity works with.
type viscous struct {
	change, residual, image, direction, turned [][4]float32
	partials                                   [][4]float32
	carried, carriedSorted                     [][4]float32
}

func (v *viscous) vectors() []*[][4]float32 {
	return []*[][4]float32{&v.change, &v.residual, &v.image, &v.direction, &v.turned, &v.carried, &v.carriedSorted}
}

// halfway fills in an implicit viscosity that is half solved.
func (w *world) halfway() {
	random := rand.New(rand.NewPCG(uint64(w.control.Live), 31))
	n := len(w.position)
	for _, list := range w.viscous.vectors() {
		*list = make([][4]float32, n)
		fillVectors(*list)
		for i := range int(w.control.Sorted) {
			(*list)[i] = [4]float32{speed(random), speed(random), speed(random), 0}
			if w.params.ReachZ == 0 {
				(*list)[i][2] = 0
			}
		}
	}
	w.viscous.partials = make([][4]float32, n/64+3)
	fillVectors(w.viscous.partials)
	w.control.ViscosityIterations, w.control.ViscousStep, w.control.ViscousTurn, w.control.ViscousResidual = 3, 0.125, 0.75, 50
}

// viscousParticles are the living with their part in the system.
func (w *world) viscousParticles() []ref.Particle {
	particles := w.live()
	for i := range particles {
		own := &particles[i].Viscous
		for axis := range 3 {
			own.Change[axis], own.Residual[axis] = float64(w.viscous.change[i][axis]), float64(w.viscous.residual[i][axis])
			own.Image[axis], own.Direction[axis] = float64(w.viscous.image[i][axis]), float64(w.viscous.direction[i][axis])
			own.Turned[axis] = float64(w.viscous.turned[i][axis])
		}
	}
	return particles
}

// viscosityUnits: distance 13.5; the shape: 1 - q^2 1 to the power 7/4, the roots 9 and the half of 9 and a product, the product with t 1; x_ij 1 and
// its product with the rest 1; the pull 5 for the product with x_ij, 1 for the difference; r^2 + 0.01 h_s^2 9, the division by it 5;
// c and dt with their roundings 4; the sums with the drag and y 2.
const viscosityUnits = 13.5 + 1.75 + 9 + 5 + 1 + 1 + 1 + 5 + 1 + 1 + 9 + 5 + 4 + 2

// viscousBound is how far dt (K u)_i may be off, if u itself is by `off` units of its size.
func viscousBound(p *layout.SimParams, dt float64, i int, particles []ref.Particle, sum ref.Sum, u, off float64) float64 {
	log := math.Log(particles[i].Wall.N)
	log1 := 0x1p-21 // what WGSL grants a logarithm up to 2
	if particles[i].Wall.N > 2 {
		log1 = 6 * unit * log
	}
	drag := float64(p.ViscousFriction)*log1/float64(p.WallLog) + 7*unit*ref.ViscousDrag(p, particles[i].Wall.N)
	return dt * ((terms(p, i, particles)+viscosityUnits+off)*unit*sum.Size + drag*u)
}

// carryCase: exact, as reorder.
func carryCase() kernelCase {
	return kernelCase{
		worlds:      particleWorlds,
		stage:       func(w *world) { fillVectors(w.viscous.carriedSorted) },
		invocations: func(w *world) int { return int(w.control.Sorted) },
		expect: func(j *judge, want, got *world) {
			copy(want.viscous.carriedSorted, ref.Carry(&want.params, want.particles(), want.viscous.carried))
		},
		faults: []planted{
			{"order[k] < i", "order[k] > i"},
			{"carried_sorted[place] = carried[i]", "carried_sorted[place] = carried[s]"},
			{"if (p.w < 0.0) {\n        return;\n    }", ""},
			{"control.running == 0u || ", ""},
		},
	}
}

// guessWorlds have steps of all lengths, for what guesses one step's viscosity from the last one's.
func guessWorlds() []*world {
	still := newWorld("a step of no length", cloud(65), options{})
	still.control.Dt = 0
	first := newWorld("a first step", cloud(65), options{})
	first.control.PreviousDt = 0
	for i := range first.viscous.direction {
		first.viscous.direction[i][1] = float32(math.Inf(1))
	}
	longer := newWorld("a longer step", cloud(65), options{})
	longer.control.PreviousDt = longer.control.Dt / 3
	shorter := newWorld("a shorter step", cloud(65), options{})
	shorter.control.PreviousDt = shorter.control.Dt * 3
	return append(particleWorlds(), still, first, longer, shorter)
}

// viscosityBeginCase: velocities as in kick; y a division 5 and a product; kappa a product.
func viscosityBeginCase() kernelCase {
	return kernelCase{
		worlds: guessWorlds,
		stage: func(w *world) {
			fillVectors(w.viscous.change)
			fillPairs(w.unknowns)
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			dt := float64(want.control.Dt)
			particles := want.viscousParticles()
			before := slices.Clone(particles)
			for i := range particles {
				// What the sort has carried along lies in the array of the directions.
				particles[i].Viscous.Change = particles[i].Viscous.Direction
			}
			ref.ViscosityBegin(&want.params, &want.control, particles)
			for i, own := range particles {
				for axis := range 3 {
					size := math.Abs(before[i].V[axis]) + 2*dt*math.Abs(own.Acceleration[axis])
					j.near(&want.velocitySorted[i][axis], got.velocitySorted[i][axis], own.V[axis], unit*size, "velocity %d of %d", axis, i)
					y := own.Viscous.Change[axis]
					j.near(&want.viscous.change[i][axis], got.viscous.change[i][axis], y, 6*unit*math.Abs(y), "change %d of %d", axis, i)
				}
				want.viscous.change[i][3] = 0
				want.viscous.direction[i], want.viscous.turned[i] = [4]float32{}, [4]float32{}
				j.near(&want.unknowns[i][0], got.unknowns[i][0], own.Kappa, unit*own.Kappa, "kappa of %d", i)
				want.unknowns[i][1] = 0
			}
		},
		faults: []planted{
			{"v.xyz + control.dt", "v.xyz - control.dt"},
			{", v.w);", ", 0.0);"},
			{"params.rest_density * v.w", "v.w"},
			{"control.dt / max(control.previous_dt, 1e-9)", "control.previous_dt / control.dt"},
			{"min(control.dt / max(control.previous_dt, 1e-9), 1.0)", "control.dt / max(control.previous_dt, 1e-9)"},
			{"control.previous_dt > 0.0 && ", ""},
			{"viscous_direction[i] = vec4<f32>(0.0);", ""},
			{"viscous_turned[i] = vec4<f32>(0.0);", ""},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

// viscosityResidualCase: b + y are two sums and a product: off by 3 units of their parts.
func viscosityResidualCase() kernelCase {
	return kernelCase{
		worlds:      linkedWorlds,
		stage:       func(w *world) { fillVectors(w.viscous.residual) },
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p, dt := &want.params, float64(want.control.Dt)
			particles := want.viscousParticles()
			expected := slices.Clone(particles)
			ref.ViscosityResidual(p, &want.control, expected)
			squares := make([]ref.Sum, len(want.viscous.partials))
			for i, own := range expected {
				_, size := ref.GuessField(dt)(particles[i])
				for axis, sum := range ref.GuessPullOf(p, i, particles, dt) {
					bound := viscousBound(p, dt, i, particles, sum, size[axis], 3) + unit*math.Abs(own.Viscous.Change[axis])
					j.near(&want.viscous.residual[i][axis], got.viscous.residual[i][axis], own.Viscous.Residual[axis], bound, "residual %d of %d", axis, i)
					b := ref.Wanted(dt, particles[i])[axis]
					parts := math.Abs(particles[i].V[axis]) + dt*math.Abs(particles[i].Acceleration[axis])
					squares[i/64].AddSized(b*b, parts*parts)
				}
				want.viscous.residual[i][3] = 0
			}
			for g := range (len(particles) + 63) / 64 {
				// b is off by 2 units of its parts, twice in its square; the square 1; the sums of three and of 64 2 + 14.
				j.near(&want.viscous.partials[g][3], got.viscous.partials[g][3], squares[g].Value, 21*unit*squares[g].Size, "squares of group %d", g)
			}
		},
		faults: append(viscousFaults(),
			planted{"return -y - ", "return -"},
			planted{"wanted(j) + viscous_change[j].xyz", "wanted(j)"},
			planted{"let u = b + y", "let u = b"},
			planted{"velocity_sorted[i].xyz + control.dt * acceleration[i].xyz", "velocity_sorted[i].xyz"},
			planted{"square = dot(b, b)", "square = dot(b, b.yzx)"},
			planted{"viscous_drag(walls[i].w) * (u - wall_velocity(i))", "viscous_drag(walls[i].w) * b"},
			planted{"other += 8u) {\n        summands[lane] += summands[other]", "other += 8u) {\n        summands[lane] += summands[0]"},
			planted{"viscous_partials[i / WORKGROUP].w", "viscous_partials[i].w"},
		),
	}
}

// viscousFaults can be planted wherever K is.
func viscousFaults() []planted {
	return []planted{
		{"t * sqrt(t * sqrt(t))", "t * t * t"},
		{"dot(difference, away) / (r2 + soft)", "dot(difference, away) / r2"},
		{"0.01 * params.smoothing_length", "0.03 * params.smoothing_length"},
		{"params.viscous_friction * wall_grip(n)", "params.wall_friction * wall_grip(n)"},
		{"params.viscous_strength * pull", "pull"},
		{"k < count", "k + 1u < count"},
		{"return links[k * arrayLength(&link_counts) + i]", "return links[k + LINKS * i]"},
		{"- round(away * params.inv_period.xyz) * params.period.xyz", ""},
		{"control.running == 1u && i < control.live) {\n        let", "i < control.live) {\n        let"},
	}
}

// viscosityApplyCase: r is exact; the sums are judged against what the kernel itself computed: a product 1, of three 2, of 64 14.
func viscosityApplyCase() kernelCase {
	return kernelCase{
		worlds:      linkedWorlds,
		stage:       func(w *world) { fillVectors(w.viscous.image) },
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p, dt := &want.params, float64(want.control.Dt)
			particles := want.viscousParticles()
			expected := slices.Clone(particles)
			ref.ViscosityApply(p, &want.control, expected)
			sums := make([][3]ref.Sum, len(want.viscous.partials))
			for i, own := range expected {
				for axis, sum := range ref.ViscousOf(p, i, particles, ref.ResidualField) {
					r, y, image := own.Viscous.Residual[axis], own.Viscous.Change[axis], float64(got.viscous.image[i][axis])
					bound := viscousBound(p, dt, i, particles, sum, math.Abs(r), 0) + unit*math.Abs(own.Viscous.Image[axis])
					j.near(&want.viscous.image[i][axis], got.viscous.image[i][axis], own.Viscous.Image[axis], bound, "image %d of %d", axis, i)
					for k, product := range []float64{r * r, r * image, y * y} {
						sums[i/64][k].Add(product)
					}
				}
				want.viscous.image[i][3] = 0
			}
			for g := range (len(particles) + 63) / 64 {
				for k, sum := range sums[g] {
					j.near(&want.viscous.partials[g][k], got.viscous.partials[g][k], sum.Value, 17*unit*sum.Size, "product %d of group %d", k, g)
				}
			}
		},
		faults: append(viscousFaults(),
			planted{"return r + control.dt", "return control.dt"},
			planted{"r - viscous_residual[j].xyz", "r + viscous_residual[j].xyz"},
			planted{"viscous_drag(walls[i].w) * r", "viscous_drag(walls[i].w)"},
			planted{"vec3<f32>(dot(r, r), dot(r, image), dot(y, y))", "vec3<f32>(dot(r, r), dot(image, image), dot(y, y))"},
			planted{"vec3<f32>(dot(r, r), dot(r, image), dot(y, y))", "vec3<f32>(dot(r, r), dot(r, image), dot(r, y))"},
			planted{"other += 8u) {\n        products[lane] += products[other]", "other += 8u) {\n        products[lane] += products[0]"},
			planted{"products[0], viscous_partials[group].w", "products[0], 0.0"},
			planted{"let group = i / WORKGROUP", "let group = i"},
		),
	}
}

// viscosityCheckCase: each reason to end in turn; the first round and a later one; more groups than lanes.
func viscosityCheckCase() kernelCase {
	return kernelCase{
		worlds: func() (list []*world) {
			add := func(name string, live uint32, rounds uint32, part [4]float32, edit func(w *world)) {
				w := &world{name: name, params: newParams(options{}), tally: ref.NewTally()}
				w.control = layout.Control{Live: live, Sorted: live + 7, Running: 1, Step: 9, Dt: 0.01, ViscosityIterations: rounds,
					ViscousStep: 0.125, ViscousTurn: 0.75, ViscousResidual: 50, DensityIterations: 4}
				w.dispatch.Viscous = [4]uint32{5, 1, 1, 0}
				groups := int(live+63) / 64
				random := rand.New(rand.NewPCG(uint64(live), 37))
				for range groups {
					p := part
					for k := range p {
						p[k] *= (0.5 + random.Float32()) / float32(groups)
					}
					w.viscous.partials = append(w.viscous.partials, p)
				}
				for range 70 {
					w.viscous.partials = append(w.viscous.partials, [4]float32{junkFloat, junkFloat, junkFloat, junkFloat})
				}
				edit(w)
				list = append(list, w)
			}
			same := func(*world) {}
			usual := [4]float32{40, 900, 100, 1000}
			for _, live := range []uint32{1, 64, 65, 5000, 1 << 20} {
				add(fmt.Sprintf("%d particles, first round", live), live, 0, usual, same)
				add(fmt.Sprintf("%d particles, later round", live), live, 3, usual, same)
			}
			add("not quite small beside the change", 65, 3, [4]float32{0.023, 900, 100, 1000}, same)
			add("small beside the change", 65, 3, [4]float32{0.004, 900, 100, 1000}, same)
			add("small beside the velocities", 65, 3, [4]float32{4e-8, 900, 0, 1000}, same)
			add("not quite small beside the velocities", 65, 3, [4]float32{2.5e-7, 900, 0, 1000}, same)
			add("nothing to do", 65, 0, [4]float32{0, 0, 0, 1000}, same)
			add("nothing at all", 65, 0, [4]float32{}, same)
			add("nobody", 0, 0, usual, same)
			add("one round left", 65, ref.ViscosityRounds-1, usual, same)
			add("rounds are over", 65, ref.ViscosityRounds, usual, same)
			add("no longer positive", 65, 3, [4]float32{400, 900, 1, 1000}, func(w *world) { w.control.ViscousStep = 1e-3 })
			add("too long a step", 65, 0, [4]float32{1e30, 1e-10, 100, 1000}, same)
			add("no numbers", 65, 3, usual, func(w *world) { w.viscous.partials[1][0] = float32(math.NaN()) })
			add("no numbers in the products", 65, 3, usual, func(w *world) { w.viscous.partials[0][1] = float32(math.NaN()) })
			add("ended before", 65, 3, usual, func(w *world) { w.dispatch.Viscous = [4]uint32{0, 1, 1, 0} })
			return list
		},
		stage:       func(w *world) {},
		invocations: func(*world) int { return 64 },
		expect: func(j *judge, want, got *world) {
			var sums [4]ref.Sum
			for _, part := range want.viscous.partials[:(want.control.Live+63)/64] {
				for k := range sums {
					sums[k].Add(float64(part[k]))
				}
			}
			before := want.control
			ref.ViscosityCheck(&want.control, [4]float64{sums[0].Value, sums[1].Value, sums[2].Value, sums[3].Value}, &want.dispatch)
			if want.control == before {
				return
			}
			// A lane adds every 64th group, then twice seven sums.
			rounding := (float64(want.control.Live)/4096 + 1 + 14) * unit
			j.near(&want.control.ViscousResidual, got.control.ViscousResidual, sums[0].Value, rounding*sums[0].Size, "residual")
			turn := float64(want.control.ViscousTurn)
			j.near(&want.control.ViscousTurn, got.control.ViscousTurn, turn, (rounding+6*unit)*turn, "turn")
			// The bend is a difference: its parts' errors, two divisions and two products, over what is left; and a division.
			taken := turn * sums[0].Value / float64(before.ViscousStep)
			bend := sums[1].Value - taken
			off := (rounding*sums[1].Size + (2*rounding+14*unit)*taken + unit*bend) / bend
			step := float64(want.control.ViscousStep)
			j.near(&want.control.ViscousStep, got.control.ViscousStep, step, (off+rounding+6*unit)*step, "step")
		},
		faults: []planted{
			{"control.viscosity_iterations == 0u", "false"},
			{"total.y - turn * square / control.viscous_step", "total.y - turn * square"},
			{"select(square / control.viscous_residual, 0.0, first)", "0.0"},
			{"VISCOSITY_TOLERANCE * VISCOSITY_TOLERANCE * total.z +", ""},
			{"+ VISCOSITY_FLOOR * VISCOSITY_FLOOR * total.w", ""},
			{"const VISCOSITY_TOLERANCE = 0.01", "const VISCOSITY_TOLERANCE = 0.02"},
			{"const VISCOSITY_FLOOR = 1e-5", "const VISCOSITY_FLOOR = 2e-5"},
			{"square > enough && bend > 0.0", "square > enough"},
			{"square > enough && ", ""},
			{" && finite(square / bend)", ""},
			{"control.viscosity_iterations >= VISCOSITY_ROUNDS) {", "control.viscosity_iterations > VISCOSITY_ROUNDS) {"},
			{" || control.viscosity_iterations >= VISCOSITY_ROUNDS", ""},
			{"dispatch.viscous = vec4<u32>(0u, 1u, 1u, 0u);", ""},
			{"control.viscous_residual = square;", ""},
			{"control.viscosity_iterations += 1u;", ""},
			{"(control.live + WORKGROUP - 1u)", "control.live"},
			{"k += WORKGROUP", "k += 2u * WORKGROUP"},
			{"other += 8u) {\n        sums[lane] += sums[other]", "other += 8u) {\n        sums[lane] += sums[0]"},
			{" && dispatch.viscous.x != 0u", ""},
			{"control.running == 1u && ", ""},
		},
	}
}

// viscosityUpdateCase: p and s a product and a sum; y and r one more of each.
func viscosityUpdateCase() kernelCase {
	return kernelCase{
		worlds:      particleWorlds,
		stage:       func(w *world) {},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			alpha, beta := float64(want.control.ViscousStep), float64(want.control.ViscousTurn)
			before, after := want.viscousParticles(), want.viscousParticles()
			ref.ViscosityUpdate(&want.control, after)
			v, g := &want.viscous, &got.viscous
			for i, own := range after {
				old := before[i].Viscous
				for axis := range 3 {
					p := math.Abs(old.Residual[axis]) + 2*beta*math.Abs(old.Direction[axis])
					s := math.Abs(old.Image[axis]) + 2*beta*math.Abs(old.Turned[axis])
					j.near(&v.direction[i][axis], g.direction[i][axis], own.Viscous.Direction[axis], unit*p, "direction %d of %d", axis, i)
					j.near(&v.turned[i][axis], g.turned[i][axis], own.Viscous.Turned[axis], unit*s, "turned %d of %d", axis, i)
					j.near(&v.change[i][axis], g.change[i][axis], own.Viscous.Change[axis], unit*(math.Abs(old.Change[axis])+3*alpha*p), "change %d of %d", axis, i)
					j.near(&v.residual[i][axis], g.residual[i][axis], own.Viscous.Residual[axis], unit*(math.Abs(old.Residual[axis])+3*alpha*s), "residual %d of %d", axis, i)
				}
			}
		},
		faults: []planted{
			{"viscous_residual[i] + control.viscous_turn * viscous_direction[i]", "viscous_residual[i]"},
			{"viscous_image[i] + control.viscous_turn * viscous_turned[i]", "viscous_image[i]"},
			{"viscous_change[i] += control.viscous_step * p", "viscous_change[i] += p"},
			{"viscous_residual[i] -= control.viscous_step * s", "viscous_residual[i] -= control.viscous_step * p"},
			{"viscous_direction[i] = p;", ""},
			{"viscous_turned[i] = s;", ""},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

// viscosityEndCase: one sum.
func viscosityEndCase() kernelCase {
	return kernelCase{
		worlds:      particleWorlds,
		stage:       func(w *world) {},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			particles := want.viscousParticles()
			ref.ViscosityEnd(particles)
			for i, own := range particles {
				for axis := range 3 {
					j.near(&want.velocitySorted[i][axis], got.velocitySorted[i][axis], own.V[axis], unit*math.Abs(own.V[axis]), "velocity %d of %d", axis, i)
				}
			}
		},
		faults: []planted{
			{"+= vec4", "-= vec4"},
			{"vec4<f32>(viscous_change[i].xyz, 0.0)", "vec4<f32>(viscous_change[i].xyz, 1.0)"},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

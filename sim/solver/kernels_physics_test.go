package solver_test

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

func liveCount(w *world) int { return int(w.control.Live) }

// Bounds, in units of 2^-24 relative to the size of the terms. WGSL grants an addition or product 1 unit, a division
// 5 (2.5 ulp) and a square root 9 (as 1 / inverseSqrt: 2 + 2.5 ulp). A host constant is rounded once: 1.
//
// The distance in units of h: x_i - x_j 1, its square 1 + 1 + 1, the sum of three 2, together 5, halved by the root
// 2.5, the root itself 9, times 1/h with its own rounding 2: 13.5. The oracle's sizes count |r dW/dr|, so this enters as
// it is. The shape of W: 1 - q four times over 4, squares 2 + 1, 1 + 4q 2, last product 1: 10. Of its gradient:
// 3 + 2 = 5. Sigma and V, and the mass in their place 3, the products with them 2, with rho0 and N 2: 7. Then n for the sum of n terms.
const densityUnits = 13.5 + 10 + 7

// The viscous strength: r^2 + 0.01 h_s^2 9, the division by it 5, v_ij . x_ij 5, alpha and the product 2, the difference with
// the pressure 1: 22; the pressure parts (1 + 1) and the physical viscosity (1 + 1) need less. Distance 13.5, gradient shape 5,
// products with x_ij and shape 3, the sum of both viscosities 1; gradient norm and V, and the mass in its place 3, their products 2; the sums
// with gravity and the walls' three parts 4.
const forceUnits = 22 + 13.5 + 5 + 3 + 1 + 3 + 2 + 4

// densityCase: rho, p/rho^2 and the walls' slope within bounds, the number of neighbours exact.
func densityCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			lost := newWorld("one is no number", cloud(65), options{})
			lost.positionSorted[33][2] = float32(math.NaN())
			lost.positionSorted[50][0] = float32(math.NaN())
			heavy := newWorld("too heavy to be a number", cloud(64), options{})
			heavy.params.Volume, heavy.params.Mass = 1e33, 1e36
			return append(particleWorlds(), lost, heavy)
		},
		stage: func(w *world) {
			w.barely()
			for i := range w.densities {
				w.densities[i] = [2]float32{junkFloat, junkFloat}
			}
			for i := range w.velocitySorted {
				w.velocitySorted[i][3], w.pressures[i] = junkFloat, junkFloat
			}
			fillWords(w.marks)
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			particles := want.live()
			for i, own := range particles {
				n := own.Wall.N
				rho, contributors := ref.DensityAt(p, own.X, n, particles)
				bound := (float64(contributors) + densityUnits) * unit * rho.Size
				j.near(&want.densities[i][0], got.densities[i][0], rho.Value, bound, "density of %d", i)
				want.densities[i][1] = float32(contributors - 1)
				j.marks(want, got, i, particles)

				term := n * ref.Tait(p, rho.Value) / (rho.Value * rho.Value)
				j.near(&want.velocitySorted[i][3], got.velocitySorted[i][3], term, n*termBound(p, rho.Value, bound), "p/rho^2 of %d", i)
				j.wallSlope(want, got, i, own, rho, bound)

				// Without the division by rho^2, but with the stress 1 + 1.
				square := rho.Value * rho.Value
				pressure := float64(p.Stress) * term * square
				if !fits(pressure) { // the larger of 0 and no number may be either
					want.pressures[i] = got.pressures[i]
					continue
				}
				j.near(&want.pressures[i], got.pressures[i], pressure, float64(p.Stress)*square*n*termBound(p, rho.Value, bound)+2*unit*pressure, "pressure of %d", i)
			}
			ref.Density(p, particles, &want.tally)
		},
		faults: []planted{
			{"4.0 * q", "3.0 * q"},
			{"r2 < square) {", "r2 <= square) {"},
			{"f32(neighbours) - 1.0", "f32(neighbours)"},
			{"ratio3 * ratio3 * ratio - 1.0", "ratio3 * ratio3 - 1.0"},
			{"max(0.0, params.stiffness", "(params.stiffness"},
			{"wall.w * pressure / (rho * rho)", "wall.w * pressure / rho"},
			{"wall.w * pressure / (rho * rho)", "pressure / (rho * rho)"},
			{"params.rest_density * share * wall.w", "params.rest_density * share"},
			{"params.stress * wall.w * pressure", "params.stress * pressure"},
			{"vec4<f32>(share * wall.xyz, wall.w)", "vec4<f32>(share * wall.w * wall.xyz, wall.w)"},
			{"vec4<f32>(share * wall.xyz, wall.w)", "wall"},
			{"u32(end_x - begin_x + 1)", "u32(end_x - begin_x)"},
			{"z < size.z", "z < size.z - 1"},
			{"z <= home.z + reach_z", "z < home.z + reach_z"},
			{"clamp(i32(at - half),", "clamp(i32(ceil(at - half)),"},
			{"min(j - begin, 31u)", "min(j - begin + 1u, 31u)"},
			{"mark(hits, ahead, count)", "mark(hits, 0u, count)"},
			{"mark(hits, ahead, count)", "mark(hits, ahead, 0u)"},
			{"if ((row & 1u) == 1u)", "if ((row & 1u) == 0u)"},
			{"count > MARK_BITS ||", "count > MARK_BITS + 1u ||"},
			{"marks[word * (arrayLength(&marks) / MARK_WORDS) + i] = value", "marks[word + MARK_WORDS * i] = value"},
			{"* (2u * params.reach_z + 1u) / 2u, i, pair >> 16u)", "* (2u * params.reach_z + 1u) / 2u, i, pair)"},
			{"sqrt(max(left, 0.0)) * params.cell_inverse.x", "sqrt(max(left, 0.0))"},
			{"part < ROW_PARTS", "part < 1"},
			{"y - image.x * size.y", "y"},
			{"z - image.y * size.z", "z"},
			{"select(0, 1, last >= size.x), -1, first < 0)", "select(0, 1, last >= size.x), 0, first < 0)"},
			{"select(0, first + size.x, image_x < 0)", "select(0, first + size.x + 1, image_x < 0)"},
			{"select(last - size.x, size.x - 1, image_x < 0)", "select(last - size.x - 1, size.x - 1, image_x < 0)"},
			{"vec3<f32>(f32(image_x), vec2<f32>(image))", "vec3<f32>(0.0, vec2<f32>(image))"},
			{"vec3<f32>(f32(image_x), vec2<f32>(image))", "vec3<f32>(f32(image_x), -vec2<f32>(image))"},
			{" & (params.period.yz == vec2<f32>(0.0))", ""},
			{"!finite(rho) || !finite(term)", "false"},
			{"particle_id(p.w)", "i"},
			{"control.running == 0u || ", ""},
		},
	}
}

// marks asks whether the marks of a particle lead to its neighbours and itself, and no other where they do not leave it to the
// reader to tell. Where rows are in two pieces there are none.
func (j *judge) marks(want, got *world, i int, particles []ref.Particle) {
	p, stride := &want.params, len(want.marks)/ref.MarkWords
	if p.Period != [4]float32{} {
		return
	}
	rows := (2*int(p.Reach) + 1) * (2*int(p.ReachZ) + 1)
	for k := range (rows + 1) / 2 {
		want.marks[k*stride+i] = got.marks[k*stride+i]
	}
	if !fits(particles[i].X[0]) || !fits(particles[i].X[2]) {
		return
	}
	sure, maybe := ref.Marked(p, want.cells, want.positionSorted[i], func(k int) uint32 { return got.marks[k*stride+i] })
	is := map[int]bool{i: true}
	for _, k := range ref.LinksOf(p, i, particles) {
		is[k] = true
	}
	for _, k := range maybe {
		if is[k] {
			sure = append(sure, k)
		}
	}
	found := map[int]bool{}
	for _, k := range sure {
		if !is[k] || found[k] {
			j.fail("particle %d has marked %d, which is no neighbour or is marked already", i, k)
		}
		found[k] = true
	}
	if len(found) != len(is) {
		j.fail("particle %d has marked %d of %d", i, len(found), len(is))
	}
}

// wallSlope compares the walls' gradient, multiplied by the particle's own share of the rest density: that is a division
// in the oracle only; the product 1.
func (j *judge) wallSlope(want, got *world, i int, own ref.Particle, rho ref.Sum, bound float64) {
	if !fits(own.Wall.N) {
		copy(want.walls[i][:3], got.walls[i][:3]) // the oracle takes the share from the density
		return
	}
	whole := own.Wall.N * float64(want.params.RestDensity)
	for axis, g := range own.Wall.Slope {
		off := (bound + unit*rho.Value) / whole * math.Abs(g)
		j.near(&want.walls[i][axis], got.walls[i][axis], rho.Value/whole*g, off, "G %d of %d", axis, i)
	}
}

// termBound carries a bound on rho over to p/rho^2 = B ((rho/rho0)^7 - 1) / rho^2: seven times its relative size in
// the power, twice in the quotient. Own rounding: the ratio 5, taken seven times 35, five products 5, minus, B (host
// and product) 3, times N 1, the quotient 5 + 1.
func termBound(p *layout.SimParams, rho, bound float64) float64 {
	power := math.Pow(rho/float64(p.RestDensity), 7)
	relative := bound / rho
	size := float64(p.Stiffness) / (rho * rho) * (power + 1)
	return size * (9*relative + 50*unit)
}

// wallBound is how far the walls' support and friction may be off. Support: -G/|G0| 1; its product with gravity, summed, 3
// of the sizes; its length 2.5 and the root 9, the division 5, three products 3: 20 of the value. Friction: WGSL grants log an
// absolute error of 2^-21 up to 2 and 6 units beyond; the division by l0 5, the products 2.
func wallBound(p *layout.SimParams, own ref.Particle) (bound [3]float64) {
	push := own.Wall.Slope
	var length, weight float64
	for axis := range push {
		push[axis] *= -float64(p.InvWallSlope)
		length += push[axis] * push[axis]
		weight += math.Abs(float64(p.Gravity[axis]) * push[axis])
	}
	support := ref.WallSupport(p, own.Wall.Slope)
	log := math.Log(own.Wall.N)
	off := 0x1p-21
	if own.Wall.N > 2 {
		off = 6 * unit * log
	}
	drag := float64(p.WallFriction)*off/float64(p.WallLog) + 7*unit*ref.WallDrag(p, own.Wall.N)
	for axis := range bound {
		bound[axis] = 20*unit*math.Abs(support[axis]) + math.Abs(own.V[axis])*drag
		if length > 0 {
			bound[axis] += 0.5 * math.Abs(push[axis]) / math.Sqrt(length) * 4 * unit * weight
		}
	}
	return bound
}

// forceCase: every component of the acceleration within bounds. The largest values are judged against what the kernel
// itself computed.
func forceCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			fast := newWorld("one is no number", cloud(65), options{})
			fast.velocitySorted[20][1] = float32(math.NaN())
			far := newWorld("one too fast to square", spread(65), options{unwalled: true})
			far.velocitySorted[7][0] = 1e25
			for _, w := range []*world{fast, far} {
				// Alone, so that only it is at fault.
				w.params.Viscosity, w.params.ArtificialViscosity = 0, 0
			}
			fast.params.SupportRadius, fast.params.InvSupport, fast.params.SupportSquared = 0.0001, 10000, 1e-8
			far.params.SupportRadius, far.params.InvSupport, far.params.SupportSquared = 0.0001, 10000, 1e-8
			known := newWorld("larger maxima already known", cloud(63), options{})
			known.tally.MaxSpeedSquared = math.Float32bits(1e6)
			known.tally.MaxAccelerationSquared = math.Float32bits(1e30)
			return append(particleWorlds(), fast, far, known)
		},
		stage:       func(w *world) { fillVectors(w.acceleration) },
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			particles := want.live()
			expectAccelerations(j, want, got, particles, ref.AccelerationOf)
			before := want.tally
			ref.Force(p, particles, &want.tally)
			j.extremes(want, got, before, func(i int) float64 { v := ref.Signal(p, &particles[i]); return v * v })
		},
		faults: []planted{
			{"own.w + other.w", "own.w - other.w"},
			{"3.5 * params.rest_density * velocity_sorted[i].w", "3.0 * params.rest_density * velocity_sorted[i].w"},
			{"let speed = length(v) +", "let speed ="},
			{"min(dot(dv, away), 0.0)", "max(dot(dv, away), 0.0)"},
			{"0.01 * params.smoothing_length", "0.02 * params.smoothing_length"},
			{"dv * params.viscosity", "away * params.viscosity"},
			{"return params.gravity.xyz +", "return"},
			{"- params.rest_density * own.w * wall.xyz", ""},
			{"+ wall_support(wall.xyz)", ""},
			{"- wall_drag(wall.w) * (v - wall_velocity(i))", ""},
			{"0.5 * max(0.0, -dot(params.gravity.xyz, push))", "0.5 * max(0.0, dot(params.gravity.xyz, push))"},
			{"min(log(n) / params.wall_log, 4.0)", "(log(n) / params.wall_log)"},
			{"params.rest_density * (own.w", "params.rest_density * abs(own.w + 1.0"},
			{"return s * s * s;", "return s * s;"},
			{"other += 8u) {\n        speeds[lane] = max(speeds[lane], speeds[other])", "other += 8u) {\n        speeds[lane] = speeds[lane]"},
			{"other < min(8u, WORKGROUP)", "other < 1u"},
			{"!finite(speed_squared) || ", ""},
			{"pair >>= 16u", "pair >>= 15u"},
			{"found >> MARK_BITS", "(found >> MARK_BITS) + 1u"},
			{"ahead == MARK_WHOLE", "false"},
			{"ahead == MARK_WHOLE", "ahead > 0u"},
			{"left &= left - 1u", "left = 0u"},
			{"u32(highest - lowest) + 1u", "u32(highest - lowest)"},
			{"max(home.x - reach, 0)", "max(home.x - reach, 1)"},
			{"return marks[word * (arrayLength(&marks) / MARK_WORDS) + i]", "return marks[word + MARK_WORDS * i]"},
			{"cells[first + select(ahead, 0u, whole)]", "cells[first + ahead]"},
			{"= seen - position_sorted[j].xyz", "= x - position_sorted[j].xyz"},
			{"control.running == 1u && ", ""},
		},
	}
}

// expectAccelerations compares every component, and takes no fourth.
func expectAccelerations(j *judge, want, got *world, particles []ref.Particle,
	of func(p *layout.SimParams, i int, particles []ref.Particle) [3]ref.Sum) {
	p := &want.params
	for i, own := range particles {
		k := terms(p, i, particles) + forceUnits
		walls := wallBound(p, own)
		for axis, sum := range of(p, i, particles) {
			j.near(&want.acceleration[i][axis], got.acceleration[i][axis], sum.Value, k*unit*sum.Size+walls[axis],
				"acceleration %d of %d", axis, i)
		}
		want.acceleration[i][3] = 0
	}
}

// extremes compares the largest squares, of 1 + 2 units each, with what the kernel itself computed.
func (j *judge) extremes(want, got *world, before layout.Tally, speedSquared func(i int) float64) {
	var speed, acceleration float64
	for i := range int(want.control.Live) {
		v, a := speedSquared(i), squared(got.acceleration[i])
		if v <= math.MaxFloat32 && a <= math.MaxFloat32 {
			speed, acceleration = max(speed, v), max(acceleration, a)
		}
	}
	j.nearBits(&want.tally.MaxSpeedSquared, got.tally.MaxSpeedSquared, before.MaxSpeedSquared, speed, "largest speed squared")
	j.nearBits(&want.tally.MaxAccelerationSquared, got.tally.MaxAccelerationSquared, before.MaxAccelerationSquared, acceleration, "largest acceleration squared")
}

func squared(v [4]float32) float64 {
	x, y, z := float64(v[0]), float64(v[1]), float64(v[2])
	return x*x + y*y + z*z
}

// nearBits accepts a maximum, kept as the bits of a float, of what was there before and a value known to 16 units: a length of 3 and a term of
// 5, added and squared.
func (j *judge) nearBits(into *uint32, got, before uint32, value float64, what string) {
	*into = got
	if value <= float64(math.Float32frombits(before)) && got == before {
		return
	}
	if v := float64(math.Float32frombits(got)); !(math.Abs(v-value) <= 16*unit*value) || got < before {
		j.fail("%s = %g, want %g and at least %g", what, v, value, math.Float32frombits(before))
	}
}

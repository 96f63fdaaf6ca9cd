package solver_test

import (
	"fmt"
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
// 3 + 2 = 5. Mass, sigma and their products: 5. Then n for the sum of n terms.
const densityUnits = 13.5 + 10 + 5

// The viscous strength: r^2 + 0.01 h_s^2 9, the division by it 5, v_ij . x_ij 5, nu and volume 8, the difference with
// the pressure 1: 28; the pressure parts (1 + 1 each) need less. Distance 13.5, gradient shape 5,
// its products with x_ij 3, gradient norm and the sum of the three parts 4.
const forceUnits = 28 + 13.5 + 5 + 3 + 4

// densityCase: rho and p/rho^2 within bounds, the number of neighbours exact.
func densityCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			lost := newWorld("one is no number", cloud(65), options{})
			lost.positionSorted[33][2] = float32(math.NaN())
			lost.positionSorted[50][0] = float32(math.NaN())
			heavy := newWorld("too heavy to be a number", cloud(64), options{})
			heavy.params.Mass = 1e32
			return append(particleWorlds(), lost, heavy)
		},
		stage: func(w *world) {
			for i := range w.densities {
				w.densities[i] = [2]float32{junkFloat, junkFloat}
			}
			for i := range w.velocitySorted {
				w.velocitySorted[i][3] = junkFloat
			}
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			walls := ref.Samples(want.boundary)
			particles := want.live()
			for i, own := range particles {
				rho, contributors := ref.DensityAt(p, own.X, particles, walls)
				k := float64(contributors) + densityUnits
				if w := wallsNear(p, own.X, walls); w > 0 {
					k += float64(w)
				}
				bound := k * unit * rho.Size
				j.near(&want.densities[i][0], got.densities[i][0], rho.Value, bound, "density of %d", i)
				want.densities[i][1] = float32(contributors - 1)

				term := ref.Tait(p, rho.Value) / (rho.Value * rho.Value)
				j.near(&want.velocitySorted[i][3], got.velocitySorted[i][3], term, termBound(p, rho.Value, bound), "p/rho^2 of %d", i)
			}
			ref.Density(p, particles, walls, &want.tally)
		},
		faults: []planted{
			{"4.0 * q", "3.0 * q"},
			{"r2 < params.support_squared) {\n                    fluid", "r2 <= params.support_squared) {\n                    fluid"},
			{"f32(neighbours) - 1.0", "f32(neighbours)"},
			{"ratio3 * ratio3 * ratio - 1.0", "ratio3 * ratio3 - 1.0"},
			{"max(0.0, params.stiffness", "(params.stiffness"},
			{"let term = pressure / (rho * rho)", "let term = pressure / rho"},
			{"wall += sample.w *", "wall +="},
			{"row + u32(span.y) + 1u", "row + u32(span.y)"},
			{"z <= home.z + reach", "z < home.z + reach"},
			{"floor((x - half_width)", "ceil((x - half_width)"},
			{"!finite(rho) || !finite(term)", "false"},
			{"particle_id(p.w)", "i"},
			{"control.running == 0u || ", ""},
		},
	}
}

func wallsNear(p *layout.SimParams, x ref.Vec, walls []ref.Sample) (n int) {
	h := float64(p.SupportRadius)
	for _, b := range walls {
		away := ref.Vec{x[0] - b.X[0], x[1] - b.X[1], x[2] - b.X[2]}
		if away[0]*away[0]+away[1]*away[1]+away[2]*away[2] < h*h {
			n++
		}
	}
	return n
}

// termBound carries a bound on rho over to p/rho^2 = B ((rho/rho0)^7 - 1) / rho^2: seven times its relative size in
// the power, twice in the quotient. Own rounding: the ratio 5, taken seven times 35, five products 5, minus, B (host
// and product) 3, the quotient 5 + 1.
func termBound(p *layout.SimParams, rho, bound float64) float64 {
	power := math.Pow(rho/float64(p.RestDensity), 7)
	relative := bound / rho
	size := float64(p.Stiffness) / (rho * rho) * (power + 1)
	return size * (9*relative + 49*unit)
}

// forceCase: every component of the acceleration within bounds. The largest values are judged against what the kernel
// itself computed.
func forceCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			fast := newWorld("one is no number", cloud(65), options{})
			fast.velocitySorted[20][1] = float32(math.NaN())
			far := newWorld("one too fast to square", spread(65), options{})
			far.velocitySorted[7][0] = 1e25
			for _, w := range []*world{fast, far} {
				// Alone, so that only it is at fault.
				w.params.Viscosity, w.params.ArtificialViscosity, w.params.WallViscosity = 0, 0, 0
			}
			fast.params.SupportRadius, fast.params.InvSupport, fast.params.SupportSquared = 0.0001, 10000, 1e-8
			far.params.SupportRadius, far.params.InvSupport, far.params.SupportSquared = 0.0001, 10000, 1e-8
			known := newWorld("larger maxima already known", cloud(63), options{})
			known.tally.MaxSpeedSquared = math.Float32bits(1e6)
			known.tally.MaxAccelerationSquared = math.Float32bits(1e20)
			return append(particleWorlds(), fast, far, known)
		},
		stage:       func(w *world) { fillVectors(w.acceleration) },
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			walls := ref.Samples(want.boundary)
			particles := want.live()
			var speed, acceleration float64
			for i := range particles {
				_, contributors := ref.DensityAt(p, particles[i].X, particles, nil)
				k := float64(contributors+wallsNear(p, particles[i].X, walls)) + forceUnits
				for axis, sum := range ref.AccelerationOf(p, i, particles, walls) {
					j.near(&want.acceleration[i][axis], got.acceleration[i][axis], sum.Value, k*unit*sum.Size,
						"acceleration %d of %d", axis, i)
				}
				want.acceleration[i][3] = 0
				v, a := squared(want.velocitySorted[i]), squared(got.acceleration[i])
				if v <= math.MaxFloat32 && a <= math.MaxFloat32 {
					speed, acceleration = max(speed, v), max(acceleration, a)
				}
			}
			before := want.tally
			ref.Force(p, particles, walls, &want.tally)
			// A square of three components: 1 + 2 units.
			j.nearBits(&want.tally.MaxSpeedSquared, got.tally.MaxSpeedSquared, before.MaxSpeedSquared, speed, "largest speed squared")
			j.nearBits(&want.tally.MaxAccelerationSquared, got.tally.MaxAccelerationSquared, before.MaxAccelerationSquared, acceleration, "largest acceleration squared")
		},
		faults: []planted{
			{"own.w + other.w", "own.w - other.w"},
			{"approach < 0.0", "approach > 0.0"},
			{"0.01 * params.smoothing_length", "0.02 * params.smoothing_length"},
			{"return params.gravity.xyz +", "return"},
			{"(fluid + wall)", "(fluid - wall)"},
			{"params.rest_density * own.w", "params.rest_density * abs(own.w + 1.0)"},
			{"return s * s * s;", "return s * s;"},
			{"wall += away * (sample.w * strength", "wall += away * (strength"},
			{"max(speeds[lane], speeds[lane + half])", "speeds[lane]"},
			{"max(accelerations[lane], accelerations[lane + half])", "accelerations[lane + half]"},
			{"!finite(speed_squared) || ", ""},
			{"y <= home.y + reach", "y < home.y + reach"},
			{"control.running == 1u && ", ""},
		},
	}
}

func squared(v [4]float32) float64 {
	x, y, z := float64(v[0]), float64(v[1]), float64(v[2])
	return x*x + y*y + z*z
}

// nearBits accepts a maximum, kept as the bits of a float, of what was there before and a value known to 3 units.
func (j *judge) nearBits(into *uint32, got, before uint32, value float64, what string) {
	*into = got
	if value <= float64(math.Float32frombits(before)) && got == before {
		return
	}
	if v := float64(math.Float32frombits(got)); !(math.Abs(v-value) <= 3*unit*value) || got < before {
		j.fail("%s = %g, want %g and at least %g", what, v, value, math.Float32frombits(before))
	}
}

// timestepCase: each limit in turn decides; time crosses a second; priming; faults.
func timestepCase() kernelCase {
	return kernelCase{
		worlds: func() (list []*world) {
			add := func(name string, speed, acceleration float32, edit func(w *world)) {
				w := &world{name: name, params: newParams(options{}), tally: ref.NewTally()}
				w.control = layout.Control{
					Live: 10, Sorted: 12, Running: 1, Step: 41, StepLimit: 100, TimeS: 2, TimeFrac: 12345, GoalS: 9, Dt: 7, MaxSpeed: 3, Lost: 8,
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
			add("priming", 5, 9.81, func(w *world) { w.control.Prime = 1 })
			add("fault", 5, 9.81, func(w *world) { w.tally.Fault, w.tally.ForceParticle = ref.FaultForceNonFinite, 9 })
			add("fault while priming", 5, 9.81, func(w *world) { w.tally.Fault, w.control.Prime = ref.FaultCountOverflow, 1 })
			return list
		},
		stage:       func(w *world) { w.dispatch.Live = [4]uint32{5, 5, 5, 5} },
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
		},
	}
}

// measureWorlds: one workgroup takes all, or several share, some with nothing to do.
func measureWorlds() (list []*world) {
	for _, w := range append(particleWorlds(), newWorld("900 all over, some leave now", spread(900), options{})) {
		for _, groups := range []int{1, 3} {
			c := w.clone()
			c.name = fmt.Sprintf("%s, %d groups", w.name, groups)
			c.partials = make([]layout.Statistics, groups)
			list = append(list, c)
		}
	}
	return list
}

func measureCase() kernelCase {
	return kernelCase{
		always: true,
		worlds: measureWorlds,
		stage: func(w *world) {
			// After integrate the particles stand in sorted order in the first arrays; some have just left.
			copy(w.position, w.positionSorted)
			copy(w.velocity, w.velocitySorted)
			for i := range int(w.control.Live) {
				if i%11 == 5 && w.control.Live > 64 {
					w.position[i][3] = -1 - w.position[i][3]
				}
			}
			for i := range w.partials {
				w.partials[i] = layout.Statistics{Particles: junkFloat}
			}
		},
		invocations: func(w *world) int { return 64 * len(w.partials) },
		expect: func(j *judge, want, got *world) {
			particles := want.live()
			for i := range particles {
				particles[i].X = vec(want.position[i])
				particles[i].V = vec(want.velocity[i])
				particles[i].ID, particles[i].Gone = ref.Tag(want.position[i][3])
			}
			groups := len(want.partials)
			for g, totals := range ref.Measure(&want.params, particles, groups) {
				// A lane adds every (64 groups)-th particle, then six levels join the lanes.
				additions := math.Ceil(float64(len(particles))/float64(64*groups)) + 6
				j.totals(&want.partials[g], got.partials[g], totals, additions)
			}
		},
		faults: []planted{
			{"a.momentum + b.momentum", "a.momentum"},
			{"max(a.density_error_max, b.density_error_max)", "b.density_error_max"},
			{"0.5 * params.mass", "params.mass"},
			{"rho.x / params.rest_density - 1.0, 0.0", "rho.x / params.rest_density - 1.0, -9.0"},
			{"if (p.w < 0.0) {\n            continue;\n        }", ""},
			{"let stride = groups.x * WORKGROUP", "let stride = WORKGROUP"},
			{"half /= 2u", "half /= 4u"},
			{"dot(params.gravity.xyz, p.xyz)", "params.gravity.y * p.y"},
		},
	}
}

func vec(v [4]float32) ref.Vec { return ref.Vec{float64(v[0]), float64(v[1]), float64(v[2])} }

// totals compares one Statistics. Each term takes at most 8 units (m g.x: products 3, sums 2, mass 1 and its rounding;
// rho/rho0 - 1: a division 5, a difference 1), and each addition one.
func (j *judge) totals(want *layout.Statistics, got layout.Statistics, t ref.Totals, additions float64) {
	k := (additions + 8) * unit
	for axis, sum := range t.Momentum {
		j.near(&want.Momentum[axis], got.Momentum[axis], sum.Value, k*sum.Size, "momentum %d", axis)
	}
	j.near(&want.Momentum[3], got.Momentum[3], t.Work.Value, k*t.Work.Size, "m g.x")
	j.near(&want.KineticEnergy, got.KineticEnergy, t.KineticEnergy.Value, k*t.KineticEnergy.Size, "kinetic energy")
	j.near(&want.DensityErrorSum, got.DensityErrorSum, t.DensityError.Value, k*t.DensityError.Size, "density error")
	j.near(&want.DensityErrorMax, got.DensityErrorMax, t.DensityErrorMax, 8*unit*(t.DensityErrorMax+2), "largest density error")
	// |v| is a root: 9 units and 1.5 for the square under it.
	j.near(&want.SpeedMax, got.SpeedMax, t.SpeedMax, 10.5*unit*t.SpeedMax, "largest speed")
	// Whole numbers below 2^24 add up exactly.
	want.NeighboursSum, want.Particles = float32(t.Neighbours), float32(t.Particles)
	want.Pad0, want.Pad1 = 0, 0
}

func measureTotalCase() kernelCase {
	return kernelCase{
		always: true,
		worlds: func() (list []*world) {
			for _, n := range []int{1, 2, 63, 64, 65, 1000} {
				w := &world{name: fmt.Sprintf("%d parts", n), partials: make([]layout.Statistics, n)}
				for i := range w.partials {
					f := func(k int) float32 { return float32((i*37+k*101)%199) / 7 }
					w.partials[i] = layout.Statistics{
						Momentum: [4]float32{f(1) - 14, f(2) - 14, f(3), -f(4)}, KineticEnergy: f(5), DensityErrorSum: f(6),
						DensityErrorMax: f(7), NeighboursSum: float32(i % 50), SpeedMax: f(8), Particles: float32(i % 9),
					}
				}
				list = append(list, w)
			}
			return list
		},
		stage:       func(w *world) { w.statistics = layout.Statistics{Particles: junkFloat} },
		invocations: func(w *world) int { return 64 },
		expect: func(j *judge, want, got *world) {
			var parts []ref.Totals
			for _, s := range want.partials {
				parts = append(parts, asTotals(s))
			}
			additions := math.Ceil(float64(len(parts))/64) + 6
			j.totals(&want.statistics, got.statistics, ref.MeasureTotal(parts), additions)
		},
		faults: []planted{
			{"a.kinetic_energy + b.kinetic_energy", "a.kinetic_energy - b.kinetic_energy"},
			{"max(a.speed_max, b.speed_max)", "min(a.speed_max, b.speed_max)"},
			{"a.neighbours_sum + b.neighbours_sum", "a.neighbours_sum"},
			{"a.particles + b.particles", "b.particles"},
			{"k += WORKGROUP", "k += 2u * WORKGROUP"},
			{"half > 0u", "half > 1u"},
		},
	}
}

func asTotals(s layout.Statistics) ref.Totals {
	t := ref.Totals{
		DensityErrorMax: float64(s.DensityErrorMax), SpeedMax: float64(s.SpeedMax),
		Neighbours: int(s.NeighboursSum), Particles: int(s.Particles),
	}
	for axis := range t.Momentum {
		t.Momentum[axis].Add(float64(s.Momentum[axis]))
	}
	t.Work.Add(float64(s.Momentum[3]))
	t.KineticEnergy.Add(float64(s.KineticEnergy))
	t.DensityError.Add(float64(s.DensityErrorSum))
	return t
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

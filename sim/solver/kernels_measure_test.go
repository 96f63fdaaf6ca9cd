package solver_test

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

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
				// A lane adds every (64 groups)-th particle, then twice seven sums join the lanes.
				additions := math.Ceil(float64(len(particles))/float64(64*groups)) + 14
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
			{"other += 8u", "other += 16u"},
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
			additions := math.Ceil(float64(len(parts))/64) + 14
			j.totals(&want.statistics, got.statistics, ref.MeasureTotal(parts), additions)
		},
		faults: []planted{
			{"a.kinetic_energy + b.kinetic_energy", "a.kinetic_energy - b.kinetic_energy"},
			{"max(a.speed_max, b.speed_max)", "min(a.speed_max, b.speed_max)"},
			{"a.neighbours_sum + b.neighbours_sum", "a.neighbours_sum"},
			{"a.particles + b.particles", "b.particles"},
			{"k += WORKGROUP", "k += 2u * WORKGROUP"},
			{"var other = 1u", "var other = 2u"},
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

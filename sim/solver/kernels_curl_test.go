package solver_test

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/ref"
)

// The distance 13.5 and the gradient's shape 5, see densityUnits; the differences of velocities and
// of places 1 each, their product 1, the difference of two products 1, the product with the shape 1;
// gradient norm and V 3, their products 2. Then n for the sum of n terms.
const curlUnits = 13.5 + 5 + 2 + 2 + 1 + 5

// Of the length: squares, sums and the root.
const lengthUnits = 12

func curlCase() kernelCase {
	return kernelCase{
		always: true,
		worlds: particleWorlds,
		stage: func(w *world) {
			copy(w.velocity, w.velocitySorted)
			for i := range w.acceleration {
				w.acceleration[i] = [4]float32{1, 2, 3, junkFloat}
			}
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			particles := ref.Particles(want.positionSorted, want.velocity, int(want.control.Live))
			for i := range particles {
				omega, size := ref.Curl(p, i, particles)
				bound := (float64(len(ref.LinksOf(p, i, particles)))+curlUnits)*unit*size + lengthUnits*unit*math.Abs(omega)
				j.near(&want.acceleration[i][3], got.acceleration[i][3], omega, bound, "vorticity of %d", i)
			}
		},
		faults: []planted{
			{"cross(v - velocity[j].xyz, away)", "cross(away, v)"},
			{"cross(v - velocity[j].xyz, away)", "cross(v - velocity[j].xyz, x)"},
			{"r2 < square) {", "r2 < 0.9 * square) {"},
			{"sqrt(r2) * params.inv_support", "r2 * params.inv_support"},
			{"params.gradient_norm * params.volume * sum", "params.kernel_norm * params.volume * sum"},
			{"params.gradient_norm * params.volume * sum", "params.gradient_norm * sum"},
			{"select(length(omega), omega.z, params.reach_z == 0u)", "length(omega)"},
			{"select(length(omega), omega.z, params.reach_z == 0u)", "omega.z"},
			{"acceleration[i].w =", "acceleration[i].x ="},
			{"i >= control.live", "i + 1u >= control.live"},
		},
	}
}

package solver_test

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/ref"
)

// spinUnits: distance 13.5, gradient shape 5, the difference of the vectors 1, a cross product 3, products with shape and norm 3, the
// norm 3 and its calibration 1, the transfer 2.
const spinUnits = 13.5 + 5 + 1 + 3 + 3 + 4 + 2

func spinCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			priming := newWorld("priming", cloud(100), options{})
			priming.control.Prime = 1
			still := newWorld("a step of no length", cloud(65), options{})
			still.control.Dt = 0
			return append(particleWorlds(), priming, still)
		},
		stage: func(w *world) {
			fillVectors(w.spins)
			fillVectors(w.slips)
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			before, after := want.live(), want.live()
			ref.Spin(p, &want.control, after)
			for i, own := range after {
				k := terms(p, i, before) + spinUnits
				for axis, sum := range ref.CurlAround(p, i, before) {
					// The slip: a half exact, the difference 1, the denominator 3 and the quotient 5; the sum 1 more.
					size := math.Abs(before[i].Spin[axis]) + math.Abs(sum.Value)
					bound := k*unit*sum.Size/2 + 9*unit*size
					j.near(&want.slips[i][axis], got.slips[i][axis], own.Slip[axis], bound, "slip %d of %d", axis, i)
					j.near(&want.spins[i][axis], got.spins[i][axis], own.Spin[axis], 2*bound+unit*size, "spin %d of %d", axis, i)
				}
				want.slips[i][3], want.spins[i][3] = 0, 0
			}
		},
		faults: []planted{
			{"cross(v - velocity_sorted[j].xyz, away)", "cross(away, v - velocity_sorted[j].xyz)"},
			{"0.5 * params.curl_norm", "params.curl_norm"},
			{"1.0 + control.dt * params.spin_rate", "1.0 - control.dt * params.spin_rate"},
			{"control.prime == 1u", "false"},
			{"half + slip", "slip"},
			{"spins_sorted[i].xyz - half", "half"},
			{"r2 < square", "r2 < 0.5 * square"},
			{"= seen - position_sorted[j].xyz", "= x - position_sorted[j].xyz"},
			{"return s * s * s;", "return s * s;"},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

func swirlCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			alone := newWorld("no surface tension", cloud(500), options{})
			alone.params.SurfaceRadius = 0
			return append(particleWorlds(), alone)
		},
		stage:       func(w *world) {},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			before, after := want.live(), want.live()
			ref.Swirl(p, after)
			for i, own := range after {
				k := terms(p, i, before) + spinUnits
				for axis, sum := range ref.SwirlOf(p, i, before) {
					bound := k*unit*sum.Size + unit*math.Abs(own.Pulled[axis])
					j.near(&want.pulls[i][axis], got.pulls[i][axis], own.Pulled[axis], bound, "pull %d of %d", axis, i)
				}
				want.pulls[i][3] = 0
			}
		},
		faults: []planted{
			{"slip + slips[j].xyz", "slip - slips[j].xyz"},
			{"cross(away, slip", "cross(slip, slip"},
			{"params.spin_transfer * params.curl_norm", "params.curl_norm"},
			{"params.surface_radius > 0.0", "true"},
			{"before + params", "params"},
			{"r2 < square", "r2 < 0.5 * square"},
			{"= seen - position_sorted[j].xyz", "= x - position_sorted[j].xyz"},
			{"i >= control.live", "i > control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

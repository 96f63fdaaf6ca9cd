package solver_test

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/ref"
)

// dragCase: the logarithm as in wallBound, counted in neighbours; the share 4 units of what it is made of, |v| 5 + 2.5 + 9, products 3,
// the quotient 5 and its denominator 3, the product and the sum 2 of their sizes.
func dragCase() kernelCase {
	return kernelCase{
		worlds:      func() []*world { return append(particleWorlds(), newWorld("in corners", corners(300), options{})) },
		stage:       func(w *world) {},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			before, after := want.live(), want.live()
			ref.Drag(p, after)
			for i, own := range after {
				log := math.Log(own.Wall.N)
				off := 0x1p-21
				if own.Wall.N > 2 {
					off = 6 * unit * log
				}
				neighbours := float64(p.WallNeighbours)*(off+3*unit*log) + 2*unit*float64(own.Neighbours)
				v := math.Sqrt(own.V[0]*own.V[0] + own.V[1]*own.V[1] + own.V[2]*own.V[2])
				rate := float64(p.AirDrag)*v*(neighbours*float64(p.InvFullNeighbours)+4*unit) + 30*unit*ref.DragRate(p, &own)
				for axis := range 3 {
					size := math.Abs(before[i].Acceleration[axis]) + math.Abs(own.V[axis])*ref.DragRate(p, &own)
					j.near(&want.acceleration[i][axis], got.acceleration[i][axis], own.Acceleration[axis], rate*math.Abs(own.V[axis])+2*unit*size, "acceleration %d of %d", axis, i)
				}
			}
		},
		faults: []planted{
			{"a.xyz - v *", "a.xyz + v *"},
			{"+ params.wall_neighbours * log(walls[i].w)", ""},
			{"max(0.0, 1.0 - around", "(1.0 - around"},
			{"* length(v)", ""},
			{"rate / (1.0 + rate * params.max_step)", "rate"},
			{", a.w);", ", 7.0);"},
			{"i >= control.live", "i + 1u >= control.live"},
			{"control.running == 0u || ", ""},
		},
	}
}

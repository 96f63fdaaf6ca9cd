package solver_test

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/ref"
)

// crowdingUnits: as for slopes; c is a division 5, a difference, a product and a sum, twice 3, the sum of two and its product with the shape
// 2; the walls' product.
const crowdingUnits = 13.5 + 5 + 2 + 3 + 2 + 11 + 2 + 1 + 1

// strengthUnits: u dt / d four products and a division 9, e and the product 2, of the length squares and sums 5, its root 9, halved, the division by
// it 5, the products with both 2.
const strengthUnits = 9 + 2 + 5 + 9 + 5 + 2

// changeUnits: as for slopes, the difference of velocities and its product with the gradient 2, that with the shift 3 and its sums 3.
const changeUnits = 13.5 + 5 + 2 + 3 + 2 + 2 + 3 + 3

// speedy are worlds whose fastest particle moves so many times EvenShare in a step.
func speedy(worlds []*world, times float64) (list []*world) {
	for _, w := range worlds {
		c := w.clone()
		c.control.MaxSpeed = float32(times * ref.EvenShare * float64(c.params.Spacing) / max(float64(c.control.Dt), 1e-9))
		list = append(list, c)
	}
	return list
}

// evenCase: shifts within bounds, in a slow flow, and in a fast one, in which some are as long as they may be; and the change of velocity that
// belongs to them.
func evenCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			still := newWorld("a step of no length", cloud(65), options{})
			still.control.Dt = 0
			return append(append(speedy(linkedWorlds(), 0.02), speedy(linkedWorlds()[:4], 3)...), speedy([]*world{still}, 1)...)
		},
		stage:       func(w *world) { fillVectors(w.shifts) },
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p, dt := &want.params, float64(want.control.Dt)
			particles := want.live()
			if dt == 0 {
				return
			}
			after := want.live()
			ref.Even(p, &want.control, after)
			strength := float64(p.Even) * min(float64(want.control.MaxSpeed)*dt/(ref.EvenShare*float64(p.Spacing)), 1)
			for i, own := range particles {
				n := terms(p, i, particles)
				var off, free ref.Vec
				for axis, sum := range ref.CrowdingOf(p, i, particles) {
					off[axis] = strength * (n + crowdingUnits) * unit * sum.Size
					free[axis] = -strength * sum.Value
				}
				shift, length, wide := after[i].Shift, norm(free), norm(off)
				limit := min(1, ref.EvenMost*float64(p.Spacing)/max(length, 1e-20))
				for axis := range off {
					// A longer one than may be is cut by its length, which is off as well.
					if limit < 1+1e-6 && length > 0 {
						off[axis] = limit * (off[axis] + wide*math.Abs(free[axis])/length)
					}
					off[axis] += strengthUnits * unit * math.Abs(shift[axis])
					j.near(&want.shifts[i][axis], got.shifts[i][axis], shift[axis], off[axis], "shift %d of %d", axis, i)
				}
				want.shifts[i][3], want.acceleration[i][3] = 0, 0
				more := ref.ChangeOf(p, i, off, particles)
				for axis, sum := range ref.ChangeOf(p, i, shift, particles) {
					bound := ((n+changeUnits)*unit*sum.Size + more[axis].Size + 6*unit*math.Abs(sum.Value)) / dt
					bound += 2 * unit * (math.Abs(own.Acceleration[axis]) + math.Abs(after[i].Acceleration[axis]))
					j.near(&want.acceleration[i][axis], got.acceleration[i][axis], after[i].Acceleration[axis], bound, "acceleration %d of %d", axis, i)
				}
			}
		},
		faults: []planted{
			{"const EVEN_SHARE = 0.4", "const EVEN_SHARE = 0.5"},
			{"const EVEN_MOST = 0.1", "const EVEN_MOST = 0.2"},
			{"const EVEN_DENSITY = 2.0", "const EVEN_DENSITY = 1.0"},
			{"(own + crowd(j)) * g", "(own + own) * g"},
			{"slope += (own + crowd(j)) * g;", "slope -= (own + crowd(j)) * g;"},
			{"+ own * walls[i].xyz", ""},
			{"+ own * walls[i].xyz", "+ walls[i].xyz"},
			{"params.gradient_norm * params.volume * slope", "params.gradient_norm * slope"},
			{"velocity_sorted[j].xyz - v;", "velocity_sorted[j].xyz;"},
			{"v_y += dv.y * g;", "v_y += dv.x * g;"},
			{"dot(v_z, dx)", "dot(v_y, dx)"},
			{"params.curl_norm *", "params.gradient_norm * params.volume *"},
			{"* control.dt / (EVEN_SHARE", "/ (EVEN_SHARE"},
			{"params.spacing), 1.0);", "params.spacing), 2.0);"},
			{"dv / control.dt", "dv"},
			{"acceleration[i].xyz + dv", "dv"},
			{"let wanted = -strength", "let wanted = strength"},
			{"k < count", "k + 1u < count"},
			{"return links[k * arrayLength(&link_counts) + i]", "return links[k + LINKS * i]"},
			{"- round(away * params.inv_period.xyz) * params.period.xyz", ""},
			{" || control.dt == 0.0", ""},
			{"control.running == 0u || ", ""},
		},
	}
}

func norm(v ref.Vec) float64 { return math.Sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2]) }

// shiftCase: one sum.
func shiftCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			still := newWorld("a step of no length", cloud(65), options{})
			still.control.Dt = 0
			return append(particleWorlds(), still)
		},
		stage: func(w *world) {
			for i := range w.shifts {
				w.shifts[i] = [4]float32{float32(i%7) * 0.001, -0.0005, float32(i%3) * 0.002, junkFloat}
			}
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			particles := want.live()
			for i := range particles {
				for axis := range 3 {
					particles[i].Shift[axis] = float64(want.shifts[i][axis])
				}
			}
			ref.Shift(&want.control, particles)
			for i, own := range particles {
				for axis := range 3 {
					j.near(&want.positionSorted[i][axis], got.positionSorted[i][axis], own.X[axis], unit*math.Abs(own.X[axis]), "position %d of %d", axis, i)
				}
			}
		},
		faults: []planted{
			{"p.xyz + shifts[i].xyz", "p.xyz - shifts[i].xyz"},
			{"p.xyz + shifts[i].xyz", "shifts[i].xyz"},
			{", p.w);", ", 0.0);"},
			{"i >= control.live", "i > control.live"},
			{" || control.dt == 0.0", ""},
			{"control.running == 0u || ", ""},
		},
	}
}

package solver_test

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// hand is what the kernels of hands bind.
type hand struct {
	now     layout.Hand
	answer  layout.Answer
	applied []uint32
	gifts   [][4]float32
}

// touched are particle worlds with a hand in the middle of them.
func touched(edit func(h *layout.Hand)) (list []*world) {
	for _, shared := range append(particleWorlds(), newWorld("coincident", clump(65), options{})) {
		w := shared.clone()
		w.hand.now = layout.Hand{
			Place: [4]float32{0.125, -0.25, 0.0625, 0.25}, Motion: [4]float32{1.5, -0.5, 0.25, 300}, Push: -700,
		}
		if w.form().Periodic {
			w.hand.now.Place[0] = 0.46875 // across the far end
		}
		edit(&w.hand.now)
		list = append(list, w)
	}
	return list
}

// touchCase: a velocity rounds its own size, the change by the push and the drag towards u: 16 units cover the sums,
// products, the root and the exponential, whose argument rounds by 4 units of its size. The ball's edge is as soft as
// the fourth power, so a particle that one side takes for inside and the other for outside has moved by less.
func touchCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			list := touched(func(*layout.Hand) {})
			list = append(list, touched(func(h *layout.Hand) { h.Drains = 1 })...)
			list = append(list, touched(func(h *layout.Hand) { h.Motion[3], h.Push = 0, 90 })...)
			priming := newWorld("priming", spread(64), options{})
			priming.hand.now = layout.Hand{Place: [4]float32{0, 0, 0, 1}, Motion: [4]float32{1, 1, 1, 50}}
			priming.control.Prime = 1
			none := newWorld("no hand", spread(64), options{})
			none.hand.now = layout.Hand{Motion: [4]float32{1, 1, 1, 50}, Push: 3}
			return append(list, priming, none)
		},
		stage:       func(w *world) {},
		invocations: func(w *world) int { return int(w.control.Sorted) },
		expect: func(j *judge, want, got *world) {
			if want.control.Prime == 1 {
				return
			}
			n, h := int(want.control.Sorted), &want.hand.now
			before := ref.Particles(want.position, want.velocity, n)
			after := ref.Particles(want.position, want.velocity, n)
			inside := ref.Touch(&want.params, h, float64(want.control.Dt), after)
			dt := float64(want.control.Dt)
			for i, in := range inside {
				if !in {
					continue
				}
				if h.Drains == 1 {
					want.position[i][3] = -1 - want.position[i][3]
					continue
				}
				for axis := range 3 {
					// 1 - s^2 rounds by 3 units of 1, its square by 8, and so does the weight; the drag divides it by nothing.
					size := math.Abs(before[i].V[axis]) + math.Abs(after[i].V[axis]) + math.Abs(float64(h.Motion[axis])) + dt*math.Abs(float64(h.Push))
					j.near(&want.velocity[i][axis], got.velocity[i][axis], after[i].V[axis], 24*unit*size, "velocity %d of %d", axis, i)
				}
			}
		},
		faults: []planted{
			{"let weight = edge * edge", "let weight = edge"},
			{"r2 >= reach2", "r2 >= 1.01 * reach2"},
			{"weight * hand.push * control.dt", "weight * hand.push"},
			{"weight * hand.push * control.dt * out", "weight * hand.push * control.dt * away"},
			{"exp(-weight * hand.motion.w * control.dt)", "exp(-hand.motion.w * control.dt)"},
			{"(hand.motion.xyz - v)", "hand.motion.xyz"},
			{"position[i].w = -1.0 - p.w", "position[i].w = -p.w"},
			{"p.w < 0.0 || ", ""},
			{"control.prime == 1u || ", ""},
			{"max(sqrt(r2), 1e-6 * hand.place.w)", "sqrt(r2)"},
			{", own.w);", ", 0.0);"},
			{"control.running == 0u || ", ""},
			{"round(away * params.inv_period.xyz) * params.period.xyz", "params.period.xyz"},
		},
	}
}

func noteCase() kernelCase {
	return kernelCase{
		always: true,
		worlds: func() (list []*world) {
			for _, sequence := range []uint32{0, 1, 63, 64, 65, 1000, math.MaxUint32} {
				w := &world{name: fmt.Sprintf("input %d", sequence)}
				w.control.Step = 41
				w.hand.now.Sequence = sequence
				w.hand.applied = make([]uint32, 64)
				list = append(list, w)
			}
			return list
		},
		stage: func(w *world) {
			fillWords(w.hand.applied)
			w.hand.answer = layout.Answer{Depth: 7, Pick: 7}
		},
		invocations: one,
		expect: func(j *judge, want, got *world) {
			ref.Note(&want.control, &want.hand.now, &want.hand.answer, want.hand.applied)
		},
		faults: []planted{
			{"= control.step", "= control.step + 1u"},
			{"% arrayLength(&applied)", "% 63u"},
			{"0xffffffffu", "0u"},
			{"answer.pick = hand.sequence", "answer.pick = 0u"},
		},
	}
}

// pickCase: the depth is the particle's own; which one is nearest may differ where two are within rounding of each other,
// or one is within rounding of the edge of the line: the worlds' random points are not.
func pickCase() kernelCase {
	return kernelCase{
		always: true,
		worlds: func() (list []*world) {
			for _, w := range particleWorlds() {
				for _, radius := range []float32{0, 0.03125, 0.25} {
					c := w.clone()
					c.control.Live = c.control.Sorted // before the gone are left behind
					c.name = fmt.Sprintf("%s, radius %g", w.name, radius)
					c.hand.now.Ray = [4]float32{-1, 0.5, 0.125, radius}
					c.hand.now.Sight = [4]float32{0.8, -0.6, 0, 0}
					list = append(list, c)
				}
			}
			return list
		},
		stage:       func(w *world) { w.hand.answer = layout.Answer{Depth: math.MaxUint32, Pick: 3} },
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			particles := ref.Particles(want.position, want.velocity, int(want.control.Live))
			depth := ref.Pick(&want.hand.now, particles)
			if math.IsInf(depth, 1) {
				return
			}
			answer := math.Float32frombits(got.hand.answer.Depth)
			j.near(&answer, answer, depth, 8*unit*3, "depth") // three products of at most 1 m and 1
			want.hand.answer.Depth = got.hand.answer.Depth
		},
		faults: []planted{
			{"atomicMin(&answer.depth", "atomicMax(&answer.depth"},
			{"p.w >= 0.0 && ", ""},
			{"dot(off, off) < hand.ray.w * hand.ray.w", "dot(off, off) < 2.0 * hand.ray.w * hand.ray.w"},
			{"away - depth * hand.sight.xyz", "away"},
			{"i >= control.live", "i + 1u >= control.live"},
		},
	}
}

// giftWorlds stand as a step leaves them, in the order of the last sort, with a few particles added since; candidates
// are scattered, on particles, exactly four fifths of a spacing away, and a hair beyond.
func giftWorlds() (list []*world) {
	for _, shared := range particleWorlds() {
		w := shared.clone()
		n := int(w.control.Live)
		w.position = append([][4]float32(nil), w.positionSorted[:n]...)
		for k := range 3 {
			w.position = append(w.position, [4]float32{0.25 + 0.0625*float32(k), 0.125, 0, float32(n + k)})
		}
		w.position[n+2][3] = -1 - w.position[n+2][3] // drained since
		w.control.Live += 3
		w.control.Born = w.control.Live + 7
		w.velocity = make([][4]float32, len(w.position)+40)
		w.position = append(w.position, make([][4]float32, 40)...)
		w.densities, w.pressures = make([][2]float32, len(w.position)), make([]float32, len(w.position))
		room := 0.8 * w.params.Spacing
		for k, x := range w.position[:w.control.Live] {
			if x[3] < 0 || k > 90 {
				continue
			}
			for _, off := range []float32{0, 0.99 * room, 1.01 * room, 1.5 * room} {
				if y := x[1] + off; y < w.params.DomainMax[1] {
					w.hand.gifts = append(w.hand.gifts, [4]float32{x[0], y, x[2], 0})
				}
			}
		}
		w.hand.gifts = append(w.hand.gifts, [4]float32{0.3125, 0.125, 0, 0}, [4]float32{0.375, 0.125, 0, 0}, [4]float32{-0.4375, 0.3125, 0, 0})
		if w.params.ReachZ == 0 {
			for k := range w.hand.gifts {
				w.hand.gifts[k][2] = 0
			}
		}
		w.hand.now.Added = uint32(len(w.hand.gifts))
		w.hand.now.Gift = [4]float32{1, 2, 3, 0}
		w.hand.gifts = append(w.hand.gifts, [4]float32{0.1, 0.1, 0, 5}) // beyond the count
		list = append(list, w)
	}
	return list
}

func admitCase() kernelCase {
	return kernelCase{
		always:      true,
		worlds:      giftWorlds,
		stage:       func(w *world) {},
		invocations: func(w *world) int { return len(w.hand.gifts) },
		expect: func(j *judge, want, got *world) {
			particles := ref.Particles(want.position, want.velocity, int(want.control.Live))
			for k := range want.hand.gifts[:want.hand.now.Added] {
				want.hand.gifts[k][3] = 0
				x := want.hand.gifts[k]
				if ref.Admit(&want.params, ref.Vec{float64(x[0]), float64(x[1]), float64(x[2])}, particles, want.obstacles) {
					want.hand.gifts[k][3] = 1
				}
			}
		},
		faults: []planted{
			{"const ROOM = 0.8;", "const ROOM = 0.795;"},
			{"const ROOM = 0.8;", "const ROOM = 0.815;"},
			{"p.w >= 0.0 && ", ""},
			{"0.5 * params.spacing", "0.3 * params.spacing"},
			{"k < params.obstacle_count", "k < 1u"},
			{"j = sorted;", "j = sorted + 1u;"},
			{"k >= hand.added", "k > hand.added"},
			{"select(0.0, 1.0,", "select(1.0, 0.0,"},
			{"round(away * params.inv_period.xyz) * params.period.xyz", "0.0 * params.period.xyz"},
		},
	}
}

func emitCase() kernelCase {
	return kernelCase{
		always: true,
		worlds: func() []*world {
			list := giftWorlds()
			for _, w := range list {
				for k := range w.hand.gifts {
					w.hand.gifts[k][3] = float32(k * k % 3 % 2)
				}
			}
			full := list[len(list)-1].clone()
			full.name = "no room"
			full.control.Live = uint32(len(full.position))
			last := list[len(list)-1].clone()
			last.name = "two numbers left"
			last.control.Born = layout.MaxParticles - 2
			return append(list, full, last)
		},
		stage:       func(w *world) {},
		invocations: func(w *world) int { return 64 },
		expect: func(j *judge, want, got *world) {
			yes := make([]bool, want.hand.now.Added)
			for k := range yes {
				yes[k] = want.hand.gifts[k][3] > 0
			}
			made := ref.Emit(&want.control, yes, len(want.position))
			for n, k := range made {
				at, x := int(want.control.Live)+n, want.hand.gifts[k]
				want.position[at] = [4]float32{x[0], x[1], x[2], float32(int(want.control.Born) + n)}
				want.velocity[at] = want.hand.now.Gift
				want.densities[at] = [2]float32{want.params.RestDensity, 0}
				want.pressures[at] = 0
			}
			want.control.Live += uint32(len(made))
			want.control.Born += uint32(len(made))
		},
		faults: []planted{
			{"f32(number + rank)", "f32(number)"},
			{"other < lane", "other <= lane"},
			{"rank < most", "rank < most + 1u"},
			{"control.live = first + made", "control.live = first"},
			{"control.born = number + made", "control.born = number"},
			{"MAX_PARTICLES - min", "2u * MAX_PARTICLES - min"},
			{"k < hand.added", "k <= hand.added"},
			{"let rank = made + before", "let rank = before"},
		},
	}
}

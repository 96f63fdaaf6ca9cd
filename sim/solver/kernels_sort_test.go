package solver_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

func one(*world) int { return 1 }

func fillWords(list []uint32) {
	for i := range list {
		list[i] = junkWord
	}
}

func fillVectors(list [][4]float32) {
	for i := range list {
		list[i] = [4]float32{junkFloat, junkFloat, junkFloat, junkFloat}
	}
}

// beginCase: time on both sides of the goal in either word, the step limit, priming, faults; and sizes whose dispatches
// need two dimensions.
func beginCase() kernelCase {
	return kernelCase{
		always: true,
		worlds: func() (list []*world) {
			add := func(name string, cells, live uint32, edit func(c *layout.Control)) {
				w := &world{name: name}
				w.params.GridSize = [4]uint32{cells, 1, 1, cells}
				w.control = layout.Control{
					Live: live, Sorted: 7, Running: 1, Step: 9, StepLimit: 10, TimeS: 3, TimeFrac: 500, GoalS: 3, GoalFrac: 501,
				}
				edit(&w.control)
				list = append(list, w)
			}
			for _, n := range []uint32{0, 1, 63, 64, 65, 1000, 65535 * 64, 65535*64 + 1, 1<<24 - 1} {
				add(fmt.Sprintf("%d particles and cells", n), n, n, func(*layout.Control) {})
			}
			for name, edit := range map[string]func(c *layout.Control){
				"at the goal":              func(c *layout.Control) { c.GoalFrac = 500 },
				"past the goal":            func(c *layout.Control) { c.GoalFrac = 499 },
				"past the goal by seconds": func(c *layout.Control) { c.GoalS, c.GoalFrac = 2, math.MaxUint32 },
				"seconds before the goal":  func(c *layout.Control) { c.GoalS, c.GoalFrac = 4, 0 },
				"at the step limit":        func(c *layout.Control) { c.Step = 10 },
				"priming at the goal":      func(c *layout.Control) { c.Prime, c.GoalS, c.Step = 1, 0, 10 },
				"faulty":                   func(c *layout.Control) { c.Fault = 8 },
				"priming, faulty":          func(c *layout.Control) { c.Fault, c.Prime = 1, 1 },
				"was not running":          func(c *layout.Control) { c.Running = 0 },
			} {
				add(name, 5000, 2000, edit)
			}
			return list
		},
		stage: func(w *world) {
			w.dispatch = layout.Dispatch{Cells: [4]uint32{9, 9, 9, 9}, Sorted: [4]uint32{9, 9, 9, 9}, Live: [4]uint32{9, 9, 9, 9}, Scan: [4]uint32{9, 9, 9, 9}}
		},
		invocations: one,
		expect: func(j *judge, want, got *world) {
			ref.Begin(&want.params, &want.control, &want.dispatch)
		},
		faults: []planted{
			{"control.time_frac < control.goal_frac", "control.time_frac <= control.goal_frac"},
			{"control.step < control.step_limit", "control.step <= control.step_limit"},
			{"&& control.fault == 0u", "|| control.fault == 0u"},
			{"(groups + x - 1u) / max(x, 1u)", "groups / max(x, 1u)"},
			{"params.grid_size.w + 2u", "params.grid_size.w + 1u"},
		},
	}
}

// clearCellsCase: the largest world does not fit one row of workgroups.
func clearCellsCase() kernelCase {
	return kernelCase{
		worlds: func() (list []*world) {
			for _, n := range []int{4, 63, 64, 65, 1000, 65535*64 + 70} {
				list = append(list, &world{
					name: fmt.Sprintf("%d cells", n), control: layout.Control{Running: 1}, cells: make([]uint32, n),
				})
			}
			return list
		},
		stage:       func(w *world) { fillWords(w.cells) },
		invocations: func(w *world) int { return len(w.cells) },
		expect:      func(j *judge, want, got *world) { ref.ClearCells(want.cells) },
		faults: []planted{
			{"cells[c] = 0u", "cells[c] = c / 64u"},
			{"id.y * groups.x * WORKGROUP", "id.y"},
			{"control.running == 0u || ", ""},
		},
	}
}

// countCase: which of a cell's particles comes first is open, so the slots of each bucket are compared as a set.
func countCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			overfull := newWorld("513 in one cell", clump(513), options{})
			brimful := newWorld("512 in one cell", clump(512), options{})
			departed := newWorld("600 gone", clump(600), options{gone: func(i int) bool { return i != 0 }})
			strays := newWorld("some outside", spread(65), options{})
			nan := float32(math.NaN())
			inf := float32(math.Inf(1))
			for k, x := range [][3]float32{{-0.6, 0, 0}, {0.51, 0, 0}, {0, 7e9, 0}, {0, -1e30, 0}, {0, 0, 0.2500001}, {inf, 0, 0}} {
				copy(strays.position[3+5*k][:3], x[:])
			}
			lost := newWorld("one is no number", spread(64), options{})
			lost.position[40][1] = nan
			// A particle that has left may lie anywhere.
			away := newWorld("gone and outside", spread(64), options{gone: func(i int) bool { return i == 11 }})
			away.position[11][0] = 50
			return append(particleWorlds(), brimful, overfull, departed, strays, lost, away)
		},
		stage: func(w *world) {
			clear(w.cells)
			fillWords(w.slot)
		},
		invocations: func(w *world) int { return int(w.control.Sorted) },
		expect: func(j *judge, want, got *world) {
			n := int(want.control.Sorted)
			want.cells, _ = ref.Count(&want.params, want.particles(), &want.tally)
			slots := map[uint32][]uint32{}
			for i, x := range want.particles() {
				b := ref.Bucket(&want.params, x)
				slots[b] = append(slots[b], got.slot[i])
			}
			for b, set := range slots {
				slices.Sort(set)
				for k, slot := range set {
					if int(slot) != k {
						j.fail("bucket %d has slots %v, want 0 to %d", b, set, len(set)-1)
						break
					}
				}
			}
			copy(want.slot[:n], got.slot[:n])
		},
		faults: []planted{
			{"u32(c.x) + params.grid_size.x", "u32(c.x) + params.grid_size.y"},
			{"slot[i] = arrival", "slot[i] = arrival + 1u"},
			{"all(p.xyz <= params.domain_max.xyz)", "all(p.xyz < params.domain_max.xyz)"},
			{"arrival >= CELL_CAPACITY", "arrival > CELL_CAPACITY"},
			{"return params.grid_size.w;", "return 0u;"},
			{"atomicMin(&tally.count_particle, particle_id(p.w))", "atomicMin(&tally.count_particle, i)"},
			{"i >= control.sorted", "i > control.sorted"},
			{"control.running == 0u || ", ""},
		},
	}
}

// scanSizes: below, at and above a workgroup and a block, and several blocks, the last one not full.
var scanSizes = []int{4, 63, 64, 65, 1000, 1023, 1024, 1025, 3000, 100_000}

func scanWorld(n int) *world {
	random := rand.New(rand.NewPCG(uint64(n), 3))
	w := &world{name: fmt.Sprintf("%d values", n), control: layout.Control{Running: 1}, values: make([]uint32, n)}
	for i := range w.values {
		w.values[i] = random.Uint32() // sums wrap, on both sides alike
	}
	w.sums = make([]uint32, blocksOf(n)+5)
	fillWords(w.sums)
	return w
}

func blocksOf(n int) int { return (n + 1023) / 1024 }

func scanWorlds() (list []*world) {
	for _, n := range scanSizes {
		list = append(list, scanWorld(n))
	}
	return list
}

func scanBlocksCase() kernelCase {
	return kernelCase{
		worlds:      scanWorlds,
		stage:       func(w *world) {},
		invocations: func(w *world) int { return 64 * blocksOf(len(w.values)) },
		expect: func(j *judge, want, got *world) {
			copy(want.sums, ref.ScanBlocks(want.values))
		},
		faults: []planted{
			{"partial[lane] - own", "partial[lane]"},
			{"reach *= 2u", "reach += 2u"},
			{"sums[block] = partial[lane]", "sums[block] = own"},
			{"arrayLength(&values) * control.running", "arrayLength(&values)"},
			{" && control.running == 1u", ""},
		},
	}
}

func scanAddCase() kernelCase {
	return kernelCase{
		worlds: scanWorlds,
		stage: func(w *world) {
			for i := range w.sums {
				w.sums[i] = uint32(i) * 1_000_003
			}
		},
		invocations: func(w *world) int { return len(w.values) },
		expect:      func(j *judge, want, got *world) { ref.ScanAdd(want.values, want.sums) },
		faults: []planted{
			{"k / SCAN_BLOCK", "(k + 1u) / SCAN_BLOCK"},
			{"values[k] += sums[k / SCAN_BLOCK]", "values[k] = sums[k / SCAN_BLOCK]"},
			{"control.running == 0u || ", ""},
		},
	}
}

func compactCase() kernelCase {
	return kernelCase{
		worlds: func() (list []*world) {
			for _, w := range particleWorlds() {
				list = append(list, w)
				faulty := w.clone()
				faulty.name += ", with a fault"
				faulty.tally.Fault, faulty.tally.CountParticle = ref.FaultCountOutOfDomain, 3
				list = append(list, faulty)
			}
			return list
		},
		stage: func(w *world) {
			w.control.Live = w.control.Sorted
			w.dispatch.Live = [4]uint32{9, 9, 9, 9}
		},
		invocations: one,
		expect: func(j *judge, want, got *world) {
			ref.Compact(&want.params, &want.control, &want.tally, want.cells, &want.dispatch)
		},
		faults: []planted{
			{"control.lost += ", "control.lost = "},
			{"cells[params.grid_size.w]", "cells[params.grid_size.w + 1u]"},
			{"groups_for(control.live)", "groups_for(control.sorted)"},
			{"control.running == 0u", "control.running == 2u"},
			{"control.fault != 0u", "control.fault == 77u"},
			{"control.running = 0u", "control.running = 1u"},
		},
	}
}

func scatterCase() kernelCase {
	return kernelCase{
		worlds: particleWorlds,
		stage: func(w *world) {
			fillWords(w.order)
			clear(w.slot[w.control.Sorted:]) // so that one particle too many would be seen
		},
		invocations: func(w *world) int { return int(w.control.Sorted) },
		expect: func(j *judge, want, got *world) {
			n := want.control.Sorted
			copy(want.order, ref.Scatter(&want.params, want.particles(), want.cells, want.slot[:n]))
		},
		faults: []planted{
			{"cell_of(position[i])] + slot[i]] = i", "cell_of(position[i])] + slot[i]] = slot[i]"},
			{"i >= control.sorted", "i > control.sorted"},
			{"floor((p - params.grid_origin.xyz)", "ceil((p - params.grid_origin.xyz)"},
			{"control.running == 0u || ", ""},
		},
	}
}

func reorderCase() kernelCase {
	return kernelCase{
		worlds: particleWorlds,
		stage: func(w *world) {
			fillVectors(w.positionSorted)
			fillVectors(w.velocitySorted)
		},
		invocations: func(w *world) int { return int(w.control.Sorted) },
		expect: func(j *judge, want, got *world) {
			position, velocity := ref.Reorder(&want.params, want.particles(), want.velocity)
			copy(want.positionSorted, position)
			copy(want.velocitySorted, velocity)
		},
		faults: []planted{
			{"order[k] < i", "order[k] > i"},
			{"velocity_sorted[place] = velocity[i]", "velocity_sorted[place] = velocity[s]"},
			{"if (p.w < 0.0) {\n        return;\n    }", ""},
			{"control.running == 0u || ", ""},
		},
	}
}

// A scan of as many levels as a grid may need comes to the plain prefix sum.
func TestScanOverLevels(t *testing.T) {
	blocksModule, addModule := compose(t, "sim/scan_blocks"), compose(t, "sim/scan_add")
	gputest.Run(t, func(d *gpu.Device) {
		scan, err := d.NewKernelFrom(blocksModule)
		if err != nil {
			t.Error(err)
			return
		}
		defer scan.Release()
		add, err := d.NewKernelFrom(addModule)
		if err != nil {
			t.Error(err)
			return
		}
		defer add.Release()
		var prefix func(values []uint32) []uint32
		prefix = func(values []uint32) []uint32 {
			w := &world{name: "scan", control: layout.Control{Running: 1}, values: values, sums: make([]uint32, max(4, blocksOf(len(values))))}
			scanned, err := w.run(d, blocksModule, scan, 64*blocksOf(len(values)))
			if err != nil {
				t.Error(err)
				return values
			}
			if blocksOf(len(values)) == 1 {
				return scanned.values
			}
			scanned.sums = prefix(scanned.sums)
			added, err := scanned.run(d, addModule, add, len(values))
			if err != nil {
				t.Error(err)
				return values
			}
			return added.values
		}
		for _, n := range []int{1000, 3000, 1_100_000} {
			w := scanWorld(n)
			got := prefix(slices.Clone(w.values))
			ref.PrefixSum(w.values)
			if !slices.Equal(got, w.values) {
				t.Errorf("%d values: not the prefix sum", n)
			}
		}
	})
}

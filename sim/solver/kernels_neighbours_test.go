package solver_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cogentcore/webgpu/wgpu"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// runPlan sends a world through the solver's own passes, in the solver's order and with its indirect dispatches, up to
// and including the kernel named last.
func runPlan(t *testing.T, d *gpu.Device, kernels map[string]*gpu.Kernel, w *world, last string) *world {
	t.Helper()
	const storage = wgpu.BufferUsageStorage | wgpu.BufferUsageCopySrc | wgpu.BufferUsageCopyDst
	got := w.clone()
	device := map[string]*gpu.Buffer{}
	defer func() {
		for _, b := range device {
			b.Release()
		}
	}()
	create := func(name string, data []byte, usage wgpu.BufferUsage) {
		b, err := d.NewBuffer("test/"+name, uint64(len(data)), usage)
		if err != nil {
			t.Fatal(err)
		}
		device[name] = b
		if err := d.Write(b, 0, data); err != nil {
			t.Fatal(err)
		}
	}
	for name, value := range got.buffers() {
		usage := storage
		switch name {
		case "params":
			usage = wgpu.BufferUsageUniform | wgpu.BufferUsageCopySrc | wgpu.BufferUsageCopyDst
		case "dispatch":
			usage |= wgpu.BufferUsageIndirect
		}
		create(name, encode(value), usage)
	}
	for level, n := range solver.ScanLevels(uint64(len(w.cells))) {
		create(fmt.Sprintf("scan_%d", level+1), make([]byte, 4*blocksOf(int(n))), storage)
	}

	e, err := d.NewEncoder("test")
	if err != nil {
		t.Fatal(err)
	}
	for _, pass := range solver.StepPlan(&w.params, uint64(w.control.Live)) {
		k := kernels[pass.Kernel]
		if k == nil {
			if k, err = d.NewKernel("sim/" + pass.Kernel); err != nil {
				t.Fatal(err)
			}
			kernels[pass.Kernel] = k
		}
		bound := map[string]*gpu.Buffer{}
		for _, b := range k.Reflection.Bindings {
			name := b.Name
			if other, ok := pass.Buffers[name]; ok {
				name = other
			}
			bound[b.Name] = device[name]
		}
		binding, err := k.Bind(bound)
		if err != nil {
			t.Fatalf("%s: %v", pass.Label, err)
		}
		defer binding.Release()
		if pass.Work.Indirect >= 0 {
			e.DispatchIndirect(k, binding, device["dispatch"], uint64(pass.Work.Indirect), pass.Work.Most)
		} else {
			e.Dispatch(k, binding, pass.Work.Most)
		}
		if pass.Label == last {
			break
		}
	}
	if err := e.Submit(); err != nil {
		t.Fatal(err)
	}
	for name, value := range got.buffers() {
		data, err := d.Read(device[name], 0, uint64(len(encode(value))))
		if err != nil {
			t.Fatal(err)
		}
		decode(data, value)
	}
	return got
}

// junk forgets everything that a sub-step computes on the way to the densities.
func (w *world) junk() {
	w.control.Live = w.control.Sorted
	w.control.Running, w.control.Sorted = 0, 0
	for _, list := range [][]uint32{w.cells, w.slot, w.order} {
		fillWords(list)
	}
	fillVectors(w.positionSorted)
	fillVectors(w.velocitySorted)
	for i := range w.densities {
		w.densities[i] = [2]float32{junkFloat, junkFloat}
	}
}

// oneCell is n points within a single cell of 1/32 m.
func oneCell(n int) [][3]float32 {
	random := rand.New(rand.NewPCG(uint64(n), 11))
	points := make([][3]float32, n)
	for i := range points {
		for axis := range 3 {
			points[i][axis] = 0.0625 + grain*float32(random.IntN(32))
		}
	}
	return points
}

// corners is clusters in the tank's eight corners, the corners themselves included.
func corners(n int) [][3]float32 {
	random := rand.New(rand.NewPCG(uint64(n), 13))
	p := newParams(options{})
	points := make([][3]float32, n)
	for i := range points {
		for axis := range 3 {
			inward := grain * float32(random.IntN(80))
			if i < 8 {
				inward = 0
			}
			if i>>axis&1 == 0 {
				points[i][axis] = p.DomainMin[axis] + inward
			} else {
				points[i][axis] = p.DomainMax[axis] - inward
			}
		}
	}
	return points
}

// offGrain is n points anywhere in a block, with all their bits in use.
func offGrain(n int) [][3]float32 {
	random := rand.New(rand.NewPCG(uint64(n), 17))
	points := make([][3]float32, n)
	for i := range points {
		points[i] = [3]float32{0.4*random.Float32() - 0.3, 0.3*random.Float32() - 0.2, 0.3*random.Float32() - 0.1}
	}
	return points
}

// The grid finds the neighbours that trying all pairs finds, no more and no fewer, with cells of h, of h/2 and larger ones.
func TestNeighbourSearch(t *testing.T) {
	clouds := map[string][][3]float32{
		"none":                        nil,
		"one":                         cloud(1),
		"a block":                     cloud(1500),
		"all over":                    spread(1500),
		"a block, off the grain":      offGrain(1500),
		"one cell":                    oneCell(500),
		"one place":                   clump(300),
		"cell faces":                  faces(),
		"corners of the tank":         corners(400),
		"0.9999 h, h, 1.0001 h apart": pairs(1.0 / 16),
	}
	everyFifth := func(i int) bool { return i%5 == 0 }
	gputest.Run(t, func(d *gpu.Device) {
		kernels := map[string]*gpu.Kernel{}
		defer func() {
			for _, k := range kernels {
				k.Release()
			}
		}()
		for name, points := range clouds {
			for _, o := range []options{{reach: 1}, {reach: 2}, {reach: 2, gone: everyFifth}, {reach: 1, stretch: 1.331}} {
				w := newWorld(name, points, o)
				w.junk()
				if err := checkNeighbours(w, runPlan(t, d, kernels, w, "density")); err != nil {
					t.Errorf("%s, reach %d, cells stretched by %v, some gone: %t: %v", name, o.reach, o.stretch, o.gone != nil, err)
				}
			}
		}
		w := newWorld("askew", diagonal(), options{support: 80 * grain, reach: 2})
		w.junk()
		if err := checkNeighbours(w, runPlan(t, d, kernels, w, "density")); err != nil {
			t.Errorf("askew pairs: %v", err)
		}
	})
}

// Searches that are nearly right are told apart.
func TestNeighbourSearchNotices(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		for _, c := range []struct{ kernel, old, new string }{
			{"density", "params.support_squared * 1.001 - dot", "params.support_squared * 0.99 - dot"},
			{"density", "r2 < params.support_squared) {\n                    fluid", "r2 <= params.support_squared) {\n                    fluid"},
			{"density", "let reach = i32(params.reach)", "let reach = 1"},
			{"density", "max(low - p.yz, p.yz - (low + vec2<f32>(edge)))", "abs(low - p.yz)"},
			{"reorder", "let past = cells[cell + 1u]", "let past = cells[cell]"},
			{"scatter", "+ slot[i]] = i;\n}", "] = i;\n}"},
			{"count", "slot[i] = arrival", "slot[i] = 0u"},
		} {
			m, err := compose(t, "sim/"+c.kernel).Replace(c.old, c.new)
			if err != nil {
				t.Error(err)
				continue
			}
			k, err := d.NewKernelFrom(m)
			if err != nil {
				t.Errorf("%q: %v", c.new, err)
				continue
			}
			kernels := map[string]*gpu.Kernel{c.kernel: k}
			noticed := false
			for _, points := range [][][3]float32{spread(1000), faces(), pairs(1.0 / 16), cloud(1000)} {
				w := newWorld("spoilt", points, options{reach: 2})
				w.junk()
				noticed = noticed || checkNeighbours(w, runPlan(t, d, kernels, w, "density")) != nil
			}
			for _, k := range kernels {
				k.Release()
			}
			if !noticed {
				t.Errorf("%s with %q: nobody noticed", c.kernel, c.new)
			}
		}
	})
}

// checkNeighbours compares what the passes up to density left with all pairs tried.
func checkNeighbours(in, got *world) error {
	if got.control.Running != 1 || got.tally.Fault != 0 {
		return fmt.Errorf("running %d, fault bits %#x", got.control.Running, got.tally.Fault)
	}
	var ids []int
	var x []ref.Vec
	for _, own := range ref.Particles(in.position, in.velocity, int(in.control.Live)) {
		if !own.Gone {
			ids, x = append(ids, own.ID), append(x, own.X)
		}
	}
	if int(got.control.Live) != len(x) || got.control.Lost != in.control.Lost+in.control.Live-uint32(len(x)) {
		return fmt.Errorf("%d live, %d lost, want %d live", got.control.Live, got.control.Lost, len(x))
	}
	h := float64(in.params.SupportRadius)
	want := map[int]int{}
	for i, list := range ref.Neighbours(x, h) {
		want[ids[i]] = len(list)
	}
	var seen []int
	for i := range got.control.Live {
		id, gone := ref.Tag(got.positionSorted[i][3])
		seen = append(seen, id)
		if n := int(got.densities[i][1]); gone || n != want[id] {
			return fmt.Errorf("particle %d (gone: %t) at %v has %d neighbours, want %d", id, gone, got.positionSorted[i], n, want[id])
		}
	}
	slices.Sort(ids)
	slices.Sort(seen)
	if !slices.Equal(ids, seen) {
		return fmt.Errorf("after sorting the particles are not the same ones")
	}
	// The test must not hang on rounding: no pair nearly at h, but for those exactly there.
	for i := range x {
		for k := range i {
			away := ref.Vec{x[i][0] - x[k][0], x[i][1] - x[k][1], x[i][2] - x[k][2]}
			r2 := away[0]*away[0] + away[1]*away[1] + away[2]*away[2]
			if off := math.Abs(r2/(h*h) - 1); off > 0 && off < 8*unit {
				return fmt.Errorf("badly chosen: a pair is %g from h", off)
			}
		}
	}
	return nil
}

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
		key := pass.Kernel
		if w.form().Periodic {
			key += ", periodic"
		}
		k := kernels[key]
		if k == nil {
			m, err := solver.Compose(pass.Kernel, w.form())
			if err != nil {
				t.Fatal(err)
			}
			if k, err = d.NewKernelFrom(m); err != nil {
				t.Fatal(err)
			}
			kernels[key] = k
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

// The grid finds the neighbours that trying all pairs finds, no more and no fewer, with cells of h, of h/2 and larger ones,
// in space and in the plane, through periodic sides and not through others.
func TestNeighbourSearch(t *testing.T) {
	everyFifth := func(i int) bool { return i%5 == 0 }
	grids := []options{{reach: 1}, {reach: 2}, {reach: 2, gone: everyFifth}, {reach: 1, stretch: 1.331}}
	clouds := map[string]struct {
		points [][3]float32
		options
	}{
		"none":                        {nil, options{}},
		"one":                         {cloud(1), options{}},
		"a block":                     {cloud(1500), options{}},
		"all over":                    {spread(1500), options{}},
		"a block, off the grain":      {offGrain(1500), options{}},
		"one cell":                    {oneCell(500), options{}},
		"one place":                   {clump(300), options{}},
		"cell faces":                  {faces(), options{}},
		"corners of the tank":         {corners(400), options{}},
		"0.9999 h, h, 1.0001 h apart": {pairs(1.0 / 16), options{}},

		"across x":                        {across(300), options{periodic: "x"}},
		"across y and z":                  {across(300), options{periodic: "yz"}},
		"across all sides":                {across(500), options{periodic: "xyz"}},
		"all over, round and round":       {spread(900), options{periodic: "xyz"}},
		"cell faces, round and round":     {faces(), options{periodic: "xyz"}},
		"axes of three cells":             {spread(300), options{periodic: "z", support: 1.0 / 6}},
		"0.9999 h, h, 1.0001 h around":    {pairsAcross(1.0 / 16), options{periodic: "xyz"}},
		"in the plane":                    {flat(500), options{plane: true}},
		"in the plane, all over":          {onPlane(spread(1000)), options{plane: true}},
		"in the plane, across x and y":    {onPlane(across(500)), options{plane: true, periodic: "xy"}},
		"in the plane, round and round":   {onPlane(spread(1000)), options{plane: true, periodic: "xy"}},
		"in the plane, faces, across x":   {onPlane(faces()[:13*17]), options{plane: true, periodic: "x"}},
		"in the plane, 0.9999 h, h apart": {onPlane(pairs(1.0 / 16)[:16]), options{plane: true}},
	}
	gputest.Run(t, func(d *gpu.Device) {
		kernels := map[string]*gpu.Kernel{}
		defer func() {
			for _, k := range kernels {
				k.Release()
			}
		}()
		for name, c := range clouds {
			grids := grids
			if c.plane || c.periodic != "" {
				grids = grids[:2]
			}
			for _, grid := range grids {
				o := c.options
				o.unwalled = true
				o.reach, o.gone, o.stretch = grid.reach, grid.gone, grid.stretch
				w := blankWorld(name, c.points, o)
				w.junk()
				if err := checkNeighbours(w, runPlan(t, d, kernels, w, "density")); err != nil {
					t.Errorf("%s, reach %d, cells stretched by %v, some gone: %t: %v", name, o.reach, o.stretch, o.gone != nil, err)
				}
			}
		}
		w := blankWorld("askew", diagonal(), options{support: 80 * grain, reach: 2})
		w.junk()
		if err := checkNeighbours(w, runPlan(t, d, kernels, w, "density")); err != nil {
			t.Errorf("askew pairs: %v", err)
		}
	})
}

// Searches that are nearly right are told apart.
func TestNeighbourSearchNotices(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		for _, c := range []struct {
			kernel   string
			periodic bool
			old, new string
		}{
			{"density", false, "square * 1.001", "square * 0.99"},
			{"density", false, "r2 < square) {", "r2 <= square) {"},
			{"density", false, "let reach = i32(params.reach)", "let reach = 1"},
			{"density", false, "select(reach, 0, params.reach_z == 0u)", "1"},
			{"density", false, "max(low - x[axis], x[axis] - (low + edge))", "abs(low - x[axis])"},
			{"density", true, "square * 1.001", "square * 0.99"},
			{"density", true, "max(low - x[axis], x[axis] - (low + edge))", "abs(low - x[axis])"},
			{"density", true, "ROW_PARTS = 2", "ROW_PARTS = 1"},
			{"density", true, "last - size.x", "last - size.x - 1"},
			{"density", true, "first + size.x", "first + size.x + 1"},
			{"density", true, "vec3<f32>(f32(image_x), vec2<f32>(image))", "vec3<f32>(f32(image_x), 0.0, f32(image.y))"},
			{"reorder", false, "let past = cells[cell + 1u]", "let past = cells[cell]"},
			{"scatter", false, "+ slot[i]] = i;\n}", "] = i;\n}"},
			{"count", false, "slot[i] = arrival", "slot[i] = 0u"},
		} {
			original, err := solver.Compose(c.kernel, solver.Form{Periodic: c.periodic})
			if err != nil {
				t.Fatal(err)
			}
			m, err := original.Replace(c.old, c.new)
			if err != nil {
				t.Error(err)
				continue
			}
			k, err := d.NewKernelFrom(m)
			if err != nil {
				t.Errorf("%q: %v", c.new, err)
				continue
			}
			kernels, o := map[string]*gpu.Kernel{c.kernel: k}, options{reach: 2, unwalled: true}
			clouds := [][][3]float32{spread(1000), faces(), pairs(1.0 / 16), cloud(1000)}
			if c.periodic {
				kernels, o.periodic = map[string]*gpu.Kernel{c.kernel + ", periodic": k}, "xyz"
				clouds = [][][3]float32{across(500), spread(1000), pairs(1.0 / 16)}
			}
			noticed := false
			for _, points := range clouds {
				w := blankWorld("spoilt", points, o)
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
	for i := range x {
		for k := range i {
			r2 := 0.0
			for axis, length := range in.params.Period[:3] {
				away := math.Abs(x[i][axis] - x[k][axis])
				if length > 0 {
					away = min(away, float64(length)-away)
				}
				r2 += away * away
			}
			if r2 < h*h {
				want[ids[i]]++
				want[ids[k]]++
			}
			// The test must not hang on rounding: no pair nearly at h, but for those exactly there.
			if off := math.Abs(r2/(h*h) - 1); off > 0 && off < 8*unit {
				return fmt.Errorf("badly chosen: a pair is %g from h", off)
			}
		}
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
	return nil
}

package solver

import (
	"maps"
	"strings"
	"testing"
	"unsafe"

	"github.com/fluidsim/fluidsim/shaders"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
)

func reflected(t *testing.T, name string) *shaders.Reflection {
	t.Helper()
	m, err := shaders.Compose(name)
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Reflect()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Numbers that Go and WGSL both need are read from the WGSL and compared.
func TestNumbersSharedWithKernels(t *testing.T) {
	wgsl := map[string]float64{}
	for _, name := range shaders.Names("sim") {
		for constant, value := range reflected(t, name).Consts {
			if old, ok := wgsl[constant]; ok && old != value {
				t.Errorf("%s is %v in %s and %v elsewhere", constant, value, name, old)
			}
			wgsl[constant] = value
		}
	}
	want := map[string]float64{
		"WORKGROUP": workgroup, "SCAN_BLOCK": scanBlock, "FRACTIONS": fractions, "LINKS": linksMost, "MARK_WORDS": markWords, "VISCOSITY_ROUNDS": viscosityRounds,
		"MAX_PARTICLES": layout.MaxParticles, "UNSORTED": giftsMost,
		"SOLID_BOX": float64(layout.SolidBox), "SOLID_SPHERE": float64(layout.SolidSphere),
		"SOLID_CYLINDER": float64(layout.SolidCylinder), "SOLID_CAPSULE": float64(layout.SolidCapsule),
	}
	for _, b := range faultBits {
		kind := strings.ToUpper(strings.NewReplacer(" ", "_", "-", "_").Replace(b.kind))
		want["FAULT_"+strings.ToUpper(b.kernel)+"_"+kind] = float64(b.bit)
	}
	for name, value := range want {
		if got, ok := wgsl[name]; !ok || got != value {
			t.Errorf("%s: WGSL has %v (present: %v), Go has %v", name, got, ok, value)
		}
	}
	for name := range wgsl {
		if _, ok := want[name]; strings.HasPrefix(name, "FAULT_") && !ok {
			t.Errorf("%s: no text for this fault in Go", name)
		}
	}
}

func TestOffsets(t *testing.T) {
	var d layout.Dispatch
	var c layout.Control
	for name, pair := range map[string][2]uintptr{
		"dispatch.cells":     {unsafe.Offsetof(d.Cells), argsCells},
		"dispatch.sorted":    {unsafe.Offsetof(d.Sorted), argsSorted},
		"dispatch.live":      {unsafe.Offsetof(d.Live), argsLive},
		"dispatch.scan":      {unsafe.Offsetof(d.Scan), argsScan},
		"dispatch.iterate":   {unsafe.Offsetof(d.Iterate), argsIterate},
		"dispatch.viscous":   {unsafe.Offsetof(d.Viscous), argsViscous},
		"control.step_limit": {unsafe.Offsetof(c.StepLimit), controlStepLimit},
		"control.goal_s":     {unsafe.Offsetof(c.GoalS), controlGoal},
		"report: control":    {sizeOf[layout.Control](), reportTally - reportControl},
		"report: tally":      {sizeOf[layout.Tally](), reportStatistics - reportTally},
		"report: statistics": {sizeOf[layout.Statistics](), reportAnswer - reportStatistics},
		"obstacle.goal":      {unsafe.Offsetof(layout.Obstacle{}.Goal), obstacleGoal},
		"report: answer":     {sizeOf[layout.Answer](), reportApplied - reportAnswer},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %d in the struct, %d in the code", name, pair[0], pair[1])
		}
	}
}

// The scan's levels cover every value: each level has one sum for each block of the one below, the last has one block.
func TestScanLevels(t *testing.T) {
	for _, cells := range []uint64{1, 1023, 1024, 1025, 1 << 20, 1<<20 + 1, 1 << 24, 1<<30 + 7} {
		levels := scanLevels(cells)
		for k := 1; k < len(levels); k++ {
			if levels[k] != (levels[k-1]+1023)/1024 {
				t.Errorf("%d cells: levels %v", cells, levels)
			}
		}
		if last := levels[len(levels)-1]; last > 1024 {
			t.Errorf("%d cells: the last level has %d values, more than one block", cells, last)
		}
		if passes := scanPasses(cells); len(passes) != 2*len(levels)-1 {
			t.Errorf("%d cells: %d passes for %d levels", cells, len(passes), len(levels))
		}
	}
}

// Every buffer a pass binds is in the account, under one name only, and the hungriest binds as many at once as the code says.
func TestAccountCoversPlan(t *testing.T) {
	most, marked := map[[2]bool]int{}, 0
	for _, c := range []struct {
		solver  string
		viscous float32
		variant
	}{
		{wcsph, 0, variant{}}, {wcsph, 0, variant{marked: true}}, {wcsph, 0, variant{periodic: true}},
		{dfsph, 0, variant{}}, {dfsph, 1, variant{}}, {dfsph, 1, variant{split: true}}, {dfsph, 1, variant{split: true, periodic: true}},
		{pbf, 0, variant{}}, {pbf, 0, variant{periodic: true}}, {pbf, 0, variant{split: true}},
		{wcsph, 1, variant{}}, {wcsph, 1, variant{split: true}}, {pbf, 1, variant{}}, {pbf, 1, variant{split: true}},
		{wcsph, 0, variant{moving: true}}, {wcsph, 0, variant{marked: true, moving: true}}, {dfsph, 1, variant{moving: true}}, {dfsph, 1, variant{split: true, moving: true}}, {pbf, 0, variant{moving: true}},
		{wcsph, 1, variant{moving: true}}, {pbf, 1, variant{split: true, moving: true}},
	} {
		p := layout.SimParams{GridSize: [4]uint32{0, 0, 0, 3 << 20}, MaxIterations: 3, ViscousStrength: c.viscous}
		have := map[string]bool{}
		list := account(c.solver, &p, 1000, c.variant)
		if c.moving {
			list = append(append(list, handBuffers(100)...), movingBuffers(1000, 3)...)
		}
		for _, b := range list {
			if have[b.Name] {
				t.Errorf("buffer %s is listed twice", b.Name)
			}
			if b.Bytes == 0 {
				t.Errorf("buffer %s is empty: binding it would end the process", b.Name)
			}
			have[b.Name] = true
		}
		var check func(passes []Pass)
		check = func(passes []Pass) {
			for _, pass := range passes {
				if pass.Times > 0 {
					check(pass.Body)
					continue
				}
				m, err := compose(pass.Kernel, c.variant)
				if err != nil {
					t.Fatal(err)
				}
				r, err := m.Reflect()
				if err != nil {
					t.Fatal(err)
				}
				storage := 0
				for _, binding := range r.Bindings {
					name := binding.Name
					if other, ok := pass.Buffers[name]; ok {
						name = other
					}
					if !have[name] {
						t.Errorf("pass %s binds %s, which nothing allocates", pass.Label, name)
					}
					if binding.Space != "uniform" {
						storage++
					}
				}
				if lists(c.solver, c.viscous > 0) {
					of := [2]bool{c.split, c.moving}
					most[of] = max(most[of], storage)
				}
				if c.marked {
					marked = max(marked, storage)
					continue
				}
				if c.moving && storage > int(movingBindings(lists(c.solver, c.viscous > 0), c.split)) {
					t.Errorf("pass %s of %s binds %d storage buffers, more than said", pass.Label, c.solver, storage)
				}
			}
		}
		plan := planFor(c.solver, &p, 1000)
		if c.moving {
			plan = plan.withHands(1000).withMoving(1000, 3)
		}
		check(plan.Step)
		check(plan.Report)
		check(plan.Input)
	}
	if marked != markedBinding {
		t.Errorf("a kernel with marks binds %d storage buffers, not %d", marked, markedBinding)
	}
	want := map[[2]bool]int{
		{false, false}: wholeBindings, {true, false}: splitBindings,
		{false, true}: int(movingBindings(true, false)), {true, true}: int(movingBindings(true, true)),
	}
	if !maps.Equal(most, want) {
		t.Errorf("storage buffers at once with split lists or not, with moving bodies or not: %v; the code says %v", most, want)
	}
}

// As many particles as Capacity says fit into buffers that the device can bind, and not many more.
func TestCapacityFits(t *testing.T) {
	for _, limits := range []gpu.Limits{
		{MaxBinding: 128 << 20, MaxBuffer: 256 << 20, MaxStorageBuffers: 8},
		{MaxBinding: 128 << 20, MaxBuffer: 64 << 20, MaxStorageBuffers: 32},
		{MaxBinding: 4<<30 - 4, MaxBuffer: 4 << 30, MaxStorageBuffers: 16},
		{MaxBinding: 128 << 20, MaxBuffer: 2 << 30, MaxStorageBuffers: 32},
	} {
		most := min(limits.MaxBinding, limits.MaxBuffer)
		for _, solver := range []string{"wcsph", dfsph, pbf} {
			largest := func(n uint64) (bytes uint64) {
				p := layout.SimParams{GridSize: [4]uint32{0, 0, 0, 1 << 10}}
				for _, b := range account(solver, &p, n, variant{split: splits(n, limits) && limits.MaxStorageBuffers >= splitBindings, marked: marks(solver, &p, n, limits)}) {
					bytes = max(bytes, b.Bytes)
				}
				return bytes
			}
			n := capacity(lists(solver, false), limits)
			if largest(n) > most {
				t.Errorf("%s, %+v: %d particles need a buffer of %d bytes", solver, limits, n, largest(n))
			}
			if n < layout.MaxParticles && largest(n+n/100+1) <= most {
				t.Errorf("%s, %+v: more than %d particles fit", solver, limits, n)
			}
		}
	}
}

// A scene whose obstacles move says what it takes on a device that binds too little.
func TestCanMove(t *testing.T) {
	sc := &scene.Scene{Name: "mixer", Dimensions: 3, Solver: scene.Solver{Type: dfsph}}
	limits := gpu.Limits{MaxStorageBuffers: movingBindings(true, false)}
	if err := canMove(sc, limits, false); err != nil {
		t.Error(err)
	}
	limits.MaxStorageBuffers--
	want := "mixer has obstacles that move, which takes 11 buffers bound at once with the solver dfsph; this device binds 10; choose solver.type=wcsph and solver.viscosity=explicit"
	if err := canMove(sc, limits, false); err == nil || err.Error() != want {
		t.Errorf("%v, want %q", err, want)
	}
}

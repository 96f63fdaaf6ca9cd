package solver_test

import (
	"slices"
	"testing"

	"github.com/fluidsim/fluidsim/shaders"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// Every kernel that measures ceilings says what it does, as those of the simulation do.
func TestBenchKernelHeaders(t *testing.T) {
	names := shaders.Names("bench")
	if !slices.Equal(names, []string{"bench/copy", "bench/walk"}) {
		t.Errorf("there are %v", names)
	}
	for _, name := range names {
		if _, err := shaders.KernelHeader(name); err != nil {
			t.Error(err)
		}
	}
}

func TestCopyCopies(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		m, err := shaders.Compose("bench/copy")
		must(t, err)
		k, err := d.NewKernelFrom(m)
		must(t, err)
		defer k.Release()
		for _, n := range []int{1, 63, 64, 65, 1000} {
			want := make([][4]uint32, n)
			for i := range want {
				want[i] = [4]uint32{uint32(i), 7, uint32(n), uint32(i * i)}
			}
			buffers := map[string]*gpu.Buffer{}
			for _, name := range []string{"from_words", "to_words"} {
				buffers[name], err = d.NewBuffer(name, uint64(16*n), gpu.UsageStorage|gpu.UsageCopySrc|gpu.UsageCopyDst)
				must(t, err)
				defer buffers[name].Release()
			}
			must(t, d.Write(buffers["from_words"], 0, gpu.Bytes(want)))
			binding, err := k.Bind(buffers)
			must(t, err)
			defer binding.Release()
			e, err := d.NewEncoder("copy")
			must(t, err)
			e.Dispatch(k, binding, uint64(n))
			must(t, e.Submit())
			raw, err := d.Read(buffers["to_words"], 0, uint64(16*n))
			must(t, err)
			if !slices.Equal(gpu.FromBytes[[4]uint32](raw), want) {
				t.Errorf("%d elements are not the same", n)
			}
		}
		if speed, err := solver.CopyBandwidth(d, 4<<20); err != nil || speed < 1e6 {
			t.Errorf("%g bytes a second: %v", speed, err)
		}
	})
}

// The walk finds as many neighbours as the statistics have, and leaves the state alone.
func TestWalkFindsTheNeighbours(t *testing.T) {
	each(t, pond, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		s := build(t, d, sc)
		stats := run(t, s, 1)
		before := hash(t, s)
		counts, err := s.Walk()
		must(t, err)
		sum := 0.0
		for _, n := range counts[:stats.Particles] {
			sum += float64(n)
		}
		// PBF counts again where its rounds have put the particles, so a few pairs come and go.
		if mean := sum / float64(stats.Particles); mean < 0.97*stats.NeighboursMean || mean > 1.03*stats.NeighboursMean {
			t.Errorf("%g neighbours on average, the statistics say %g", mean, stats.NeighboursMean)
		}
		if hash(t, s) != before {
			t.Error("the state is another")
		}
	})
}

// Every pass moves something, and density at least what it says it reads and writes: three numbers of a particle in, four out.
func TestTraffic(t *testing.T) {
	each(t, pond, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		s := build(t, d, sc)
		stats := run(t, s, 2)
		bytes, err := s.Traffic()
		must(t, err)
		var check func(passes []solver.Pass)
		check = func(passes []solver.Pass) {
			for _, p := range passes {
				if p.Times > 0 {
					check(p.Body)
				} else if bytes[p.Label] <= 0 {
					t.Errorf("%s moves nothing", p.Label)
				}
			}
		}
		check(s.Plan().Step)
		if sc.Solver.Type == "wcsph" {
			n := float64(stats.Particles)
			// position 16, walls 16 + 16, density 8, velocity 16, pressure 4
			if got := bytes["density"]; got < 76*n || got > 76*n+4*4e6 {
				t.Errorf("density moves %g bytes for %g particles", got, n)
			}
		}
	})
}

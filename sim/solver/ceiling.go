package solver

import (
	"strings"

	"github.com/fluidsim/fluidsim/shaders"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// CopyBandwidth is how many bytes a second a device reads and writes when it does nothing else, both counted: the ceiling
// for every pass that has to fetch its data from memory. bytes is the size of each of the two buffers.
func CopyBandwidth(d *gpu.Device, bytes uint64) (float64, error) {
	bytes = min(bytes, d.Limits().MaxBinding, d.Limits().MaxBuffer) &^ 15
	kernel, buffers, err := extra(d, "bench/copy", variant{}, map[string]uint64{"from_words": bytes, "to_words": bytes})
	defer releaseExtra(kernel, buffers)
	if err != nil {
		return 0, err
	}
	binding, err := kernel.Bind(buffers)
	if err != nil {
		return 0, err
	}
	defer binding.Release()
	seconds, err := d.Stopwatch(func(e *gpu.Encoder, times int) {
		for range times {
			e.Dispatch(kernel, binding, bytes/16)
		}
	})
	return float64(2*bytes) / seconds, err
}

// WalkTime is how long it takes to count the neighbours of all particles as they are now [s]: the ceiling for every pass that
// searches the grid. The state stays as it is.
func (s *Solver) WalkTime() (float64, error) {
	seconds, _, err := s.walk()
	return seconds, err
}

func (s *Solver) walk() (seconds float64, counts []uint32, err error) {
	n := uint64(max(s.room, 4))
	own := map[string]*gpu.Buffer{}
	for _, name := range []string{"params", "control", "position_sorted", "cells"} {
		own[name] = s.buffers[name]
	}
	kernel, buffers, err := extra(s.device, "bench/walk", variant{periodic: s.params.Period != [4]float32{}}, map[string]uint64{"walked": 4 * n})
	defer releaseExtra(kernel, buffers)
	if err != nil {
		return 0, nil, err
	}
	for name, b := range own {
		buffers[name] = b
	}
	binding, err := kernel.Bind(buffers)
	for name := range own {
		delete(buffers, name) // they stay the run's
	}
	if err != nil {
		return 0, nil, err
	}
	defer binding.Release()
	seconds, err = s.device.Stopwatch(func(e *gpu.Encoder, times int) {
		for range times {
			e.Dispatch(kernel, binding, uint64(s.room))
		}
	})
	if err != nil {
		return 0, nil, err
	}
	raw, err := s.device.Read(buffers["walked"], 0, 4*n)
	if err != nil {
		return 0, nil, err
	}
	return seconds, gpu.FromBytes[uint32](raw), nil
}

// extra makes a kernel that belongs to no plan, and buffers for it.
func extra(d *gpu.Device, name string, v variant, sizes map[string]uint64) (*gpu.Kernel, map[string]*gpu.Buffer, error) {
	text, err := composeNamed(name, v)
	if err != nil {
		return nil, nil, err
	}
	kernel, err := d.NewKernelFrom(text)
	if err != nil {
		return nil, nil, err
	}
	buffers := map[string]*gpu.Buffer{}
	for buffer, bytes := range sizes {
		b, err := d.NewBuffer(name+"/"+buffer, bytes, gpu.UsageStorage|gpu.UsageCopySrc)
		if err != nil {
			return kernel, buffers, err
		}
		buffers[buffer] = b
	}
	return kernel, buffers, nil
}

func releaseExtra(kernel *gpu.Kernel, buffers map[string]*gpu.Buffer) {
	for _, b := range buffers {
		b.Release()
	}
	if kernel != nil {
		kernel.Release()
	}
}

// Traffic is how many bytes each pass of a sub-step has to move at least, by its label: every buffer that its kernel's opening
// comment says it reads or writes, once each, for the particles and neighbours that there are now. What neighbours are
// read again for comes from caches, where these are large enough. Passes of a loop are counted for one round.
func (s *Solver) Traffic() (map[string]float64, error) {
	bytes := map[string]float64{}
	share := float64(s.stats.Particles) / float64(max(s.room, 1))
	var add func(passes []Pass) error
	add = func(passes []Pass) error {
		for _, pass := range passes {
			if pass.Times > 0 {
				if err := add(pass.Body); err != nil {
					return err
				}
				continue
			}
			if _, counted := bytes[pass.Label]; counted {
				continue
			}
			header, err := shaders.KernelHeader("sim/" + pass.Kernel)
			if err != nil {
				return err
			}
			for _, binding := range s.kernels[pass.Kernel].Reflection.Bindings {
				name := binding.Name
				if other, ok := pass.Buffers[name]; ok {
					name = other
				}
				size := float64(s.buffers[name].Size)
				switch {
				case pass.Work.Name == once.Name:
					size = float64(binding.MinSize) // one thread looks at an element or two
				case strings.HasPrefix(name, "links"):
					// Only as many entries of a list as there are neighbours are touched.
					size *= share * s.stats.NeighboursMean / linksMost
				case s.buffers[name].Size >= 4*uint64(s.room) && name != "cells" && !strings.HasPrefix(name, "scan"):
					size *= share
				}
				for _, line := range []string{header.Reads, header.Writes} {
					if shaders.Mentions(line, binding.Name) {
						bytes[pass.Label] += size
					}
				}
			}
		}
		return nil
	}
	return bytes, add(s.plan.Step)
}

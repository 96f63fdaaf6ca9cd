package solver

import (
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
)

// StepPlan shows tests the passes of a sub-step for these parameters.
func StepPlan(p *layout.SimParams, particles uint64) []Pass {
	return planFor("wcsph", p, particles).Step
}

// ScanLevels shows tests the lengths that a scan over so many cells goes through.
func ScanLevels(cells uint64) []uint64 { return scanLevels(cells) }

// Inside shows tests what a run works with.
func (s *Solver) Inside() (layout.SimParams, map[string]*gpu.Buffer) { return s.params, s.buffers }

// Change lets tests run with parameters that no scene has.
func (s *Solver) Change(edit func(*layout.SimParams)) error {
	edit(&s.params)
	return s.device.Write(s.buffers["params"], 0, gpu.BytesOf(&s.params))
}

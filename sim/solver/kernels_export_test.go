package solver

import (
	"strings"

	"github.com/fluidsim/fluidsim/shaders"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
)

// StepPlan shows tests the passes of a sub-step for these parameters, with explicit viscosity.
func StepPlan(p *layout.SimParams, particles uint64) []Pass {
	plain := *p
	plain.ViscousStrength = 0
	return planFor("wcsph", &plain, particles).Step
}

// ScanLevels shows tests the lengths that a scan over so many cells goes through.
func ScanLevels(cells uint64) []uint64 { return scanLevels(cells) }

// Inside shows tests what a run works with.
func (s *Solver) Inside() (layout.SimParams, map[string]*gpu.Buffer) { return s.params, s.buffers }

// Override lets tests run with parameters that no scene has.
func (s *Solver) Override(edit func(*layout.SimParams)) error {
	edit(&s.params)
	return s.device.Write(s.buffers["params"], 0, gpu.BytesOf(&s.params))
}

// Form shows tests what kernels are composed for.
type Form struct{ Periodic, Moving bool }

// Compose shows tests a kernel's text as a run uses it.
func Compose(name string, f Form) (*shaders.Module, error) {
	return compose(strings.TrimPrefix(name, "sim/"), variant{periodic: f.Periodic, marked: !f.Periodic, moving: f.Moving})
}

// LayGrid lets tests lay a grid of cells over the domain as a run does.
func LayGrid(p *layout.SimParams, edge float64, dimensions int) {
	p.GridSize[3] = uint32(layGrid(p, edge, dimensions))
}

// Walk shows tests what the walk of WalkTime has counted.
func (s *Solver) Walk() ([]uint32, error) {
	_, counts, err := s.walk()
	return counts, err
}

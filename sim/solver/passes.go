package solver

import (
	"fmt"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// scanBlock is how many values one workgroup scans; the kernels define the same number, a test compares.
const scanBlock = 1024

// planFor is the order of passes of the scene's solver.
func planFor(solver string, p *layout.SimParams, particles uint64) Plan {
	perLive := Work{"live", argsLive, particles}
	step := sortPasses(p, particles)
	if p.ViscousStrength > 0 {
		step = append(step, carryViscosity(particles))
	}
	step = append(step, carrySpins(p, particles)...)
	step = append(step, Pass{Label: "near_walls", Kernel: "near_walls", Work: perLive})
	step = append(step, pulling(p, perLive)...)
	integrate := Pass{Label: "integrate", Kernel: "integrate", Work: perLive}
	switch solver {
	case wcsph:
		step = append(append(step, wcsphPasses(p, perLive)...), integrate)
	case dfsph:
		step = append(append(step, dfsphPasses(p, perLive)...), integrate)
	case pbf:
		step = pbfPasses(p, perLive, step)
	}
	groups := measureGroups(particles)
	return Plan{
		Step: step,
		Report: []Pass{
			{Label: "measure", Kernel: "measure", Work: Work{"fixed", -1, groups * workgroup}},
			{Label: "measure_total", Kernel: "measure_total", Work: Work{"fixed", -1, workgroup}},
		},
	}
}

var once = Work{"one", -1, 1}

// sortPasses decide whether the step counts and put the particles into cell order: a stable counting sort.
func sortPasses(p *layout.SimParams, particles uint64) []Pass {
	cells := uint64(p.GridSize[3]) + 2
	perSorted := Work{"sorted", argsSorted, particles}
	passes := []Pass{
		{Label: "begin", Kernel: "begin", Work: once},
		{Label: "clear_cells", Kernel: "clear_cells", Work: Work{"cells", argsCells, cells}},
		{Label: "count", Kernel: "count", Work: perSorted},
	}
	passes = append(passes, scanPasses(cells)...)
	return append(passes,
		Pass{Label: "compact", Kernel: "compact", Work: once},
		Pass{Label: "scatter", Kernel: "scatter", Work: perSorted},
		Pass{Label: "reorder", Kernel: "reorder", Work: perSorted},
	)
}

// wcsphPasses is one explicit step: density and pressure, accelerations, time step.
func wcsphPasses(p *layout.SimParams, perLive Work) []Pass {
	passes := []Pass{{Label: "density", Kernel: "density", Work: perLive}}
	if p.ViscousStrength > 0 {
		// The walk that finds the lists finds the densities, too.
		passes = []Pass{{Label: "factor", Kernel: "factor", Work: perLive}, {Label: "compress", Kernel: "compress", Work: perLive}}
	}
	passes = append(passes, Pass{Label: "force", Kernel: "force", Work: perLive})
	passes = append(passes, addForces(p, perLive)...)
	passes = append(passes, Pass{Label: "timestep", Kernel: "timestep", Work: once})
	return append(passes, viscosityForce(p, perLive)...)
}

// dfsphPasses are those of Bender & Koschier (2017), alg. 1: no density change first, then everything but pressure,
// the time step, and a density that will be right after it.
func dfsphPasses(p *layout.SimParams, perLive Work) []Pass {
	iterate := Work{"iterate", argsIterate, perLive.Most}
	solve := func(of string, system uint32) []Pass {
		return []Pass{
			{Label: of + "/source", Kernel: "source", Work: perLive},
			{Label: of, Times: ref.MostRounds(p, system), Body: []Pass{
				{Label: of + "/pressure", Kernel: "pressure", Work: iterate},
				{Label: of + "/relax", Kernel: "relax", Work: iterate},
				{Label: of + "/relax_check", Kernel: "relax_check", Work: once},
			}},
			{Label: of + "/pressure_last", Kernel: "pressure", Work: perLive},
		}
	}
	passes := []Pass{
		{Label: "factor", Kernel: "factor", Work: perLive},
		{Label: "divergence_begin", Kernel: "divergence_begin", Work: once},
	}
	passes = append(passes, solve("divergence", ref.SolveDivergence)...)
	passes = append(passes,
		Pass{Label: "divergence/kick", Kernel: "kick", Work: perLive},
		Pass{Label: "keep_impulse", Kernel: "keep_impulse", Work: perLive},
		Pass{Label: "non_pressure", Kernel: "non_pressure", Work: perLive},
	)
	passes = append(passes, addForces(p, perLive)...)
	passes = append(passes, Pass{Label: "cfl", Kernel: "cfl", Work: once})
	if p.ViscousStrength > 0 {
		passes = append(passes, viscosityPasses(perLive)...)
	} else {
		passes = append(passes, Pass{Label: "kick", Kernel: "kick", Work: perLive})
	}
	passes = append(passes, solve("density", ref.SolveDensity)...)
	passes = append(passes, Pass{Label: "keep_pressure", Kernel: "keep_pressure", Work: perLive})
	if p.Full == 1 {
		passes = append(passes, Pass{Label: "even", Kernel: "even", Work: perLive}, Pass{Label: "shift", Kernel: "shift", Work: perLive})
	}
	return passes
}

// scanPasses is an exclusive prefix sum over the cells with as many levels as they need.
func scanPasses(cells uint64) []Pass {
	levels := scanLevels(cells)
	var passes []Pass
	name := func(level int) string {
		if level == 0 {
			return "cells"
		}
		return fmt.Sprintf("scan_%d", level)
	}
	for level, n := range levels {
		work := Work{"fixed", -1, blocks(n) * workgroup}
		if level == 0 {
			work = Work{"scan", argsScan, blocks(n) * workgroup}
		}
		passes = append(passes, Pass{Label: label("scan_blocks", level), Kernel: "scan_blocks", Work: work,
			Buffers: map[string]string{"values": name(level), "sums": name(level + 1)}})
	}
	for level := len(levels) - 2; level >= 0; level-- {
		work := Work{"fixed", -1, levels[level]}
		if level == 0 {
			work = Work{"cells", argsCells, levels[level]}
		}
		passes = append(passes, Pass{Label: label("scan_add", level), Kernel: "scan_add", Work: work,
			Buffers: map[string]string{"values": name(level), "sums": name(level + 1)}})
	}
	return passes
}

// scanLevels lists the lengths to scan: the cells, the sums of their blocks, and so on until one block is left.
func scanLevels(cells uint64) []uint64 {
	levels := []uint64{cells}
	for n := cells; n > scanBlock; {
		n = blocks(n)
		levels = append(levels, n)
	}
	return levels
}

func blocks(n uint64) uint64 { return (n + scanBlock - 1) / scanBlock }

func label(kernel string, level int) string {
	if level == 0 {
		return kernel
	}
	return fmt.Sprintf("%s/%d", kernel, level)
}

// measureGroups is how many partial totals the statistics are gathered in.
func measureGroups(particles uint64) uint64 {
	return min(max((particles+4*workgroup-1)/(4*workgroup), 1), 1024)
}

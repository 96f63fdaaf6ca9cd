package solver

import (
	"fmt"
	"sort"
	"strings"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// scanBlock is how many values one workgroup scans; the kernels define the same number, a test compares.
const scanBlock = 1024

// Work says how many invocations a pass gets. The named ones are decided on the device, through the dispatch
// buffer, so that a sub-step that does not count costs next to nothing.
type Work struct {
	Name     string // "one", "cells", "sorted", "live", "scan" or "fixed"
	Indirect int    // byte offset in the dispatch buffer, -1: dispatched directly
	Most     uint64 // invocations at most
}

// Pass is one dispatch: a kernel, its amount of work and its buffers.
type Pass struct {
	Label   string            // the timer row: the kernel's name, with the level where a kernel runs more than once
	Kernel  string            // the shader's name without "sim/"
	Work    Work              //
	Buffers map[string]string // WGSL variable -> buffer where the names differ
}

// Plan is the order of GPU passes, written once: Step is one sub-step, Report runs once per submit.
type Plan struct {
	Title  []string // what was decided at set-up, one line each
	Step   []Pass
	Report []Pass
	Memory uint64 // on the device [bytes]
}

// byte offsets of the members of layout.Dispatch; TestDispatchOffsets compares them.
const (
	argsCells  = 0
	argsSorted = 16
	argsLive   = 32
	argsScan   = 48
)

// wcsphPlan is one explicit step: stable counting sort, density and pressure, accelerations, time step, motion.
func wcsphPlan(p *layout.SimParams, particles uint64) Plan {
	cells := uint64(p.GridSize[3]) + 2
	one := Work{"one", -1, 1}
	perCell := Work{"cells", argsCells, cells}
	perSorted := Work{"sorted", argsSorted, particles}
	perLive := Work{"live", argsLive, particles}

	step := []Pass{
		{"begin", "begin", one, nil},
		{"clear_cells", "clear_cells", perCell, nil},
		{"count", "count", perSorted, nil},
	}
	step = append(step, scanPasses(cells)...)
	step = append(step,
		Pass{"compact", "compact", one, nil},
		Pass{"scatter", "scatter", perSorted, nil},
		Pass{"reorder", "reorder", perSorted, nil},
		Pass{"density", "density", perLive, nil},
		Pass{"force", "force", perLive, nil},
		Pass{"timestep", "timestep", one, nil},
		Pass{"integrate", "integrate", perLive, nil},
	)
	groups := measureGroups(particles)
	return Plan{
		Step: step,
		Report: []Pass{
			{"measure", "measure", Work{"fixed", -1, groups * workgroup}, nil},
			{"measure_total", "measure_total", Work{"fixed", -1, workgroup}, nil},
		},
	}
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
		passes = append(passes, Pass{label("scan_blocks", level), "scan_blocks", work,
			map[string]string{"values": name(level), "sums": name(level + 1)}})
	}
	for level := len(levels) - 2; level >= 0; level-- {
		work := Work{"fixed", -1, levels[level]}
		if level == 0 {
			work = Work{"cells", argsCells, levels[level]}
		}
		passes = append(passes, Pass{label("scan_add", level), "scan_add", work,
			map[string]string{"values": name(level), "sums": name(level + 1)}})
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

// String prints the plan: one line a pass, in the order they run.
func (p Plan) String() string {
	var b strings.Builder
	for _, line := range p.Title {
		fmt.Fprintln(&b, line)
	}
	section := func(title string, passes []Pass) {
		fmt.Fprintf(&b, "\n%s\n", title)
		for i, pass := range passes {
			how := "direct"
			if pass.Work.Indirect >= 0 {
				how = "indirect"
			}
			fmt.Fprintf(&b, "%3d  %-14s %-14s %-7s %11d %-9s%s\n", i+1, pass.Label, "sim/"+pass.Kernel,
				pass.Work.Name, pass.Work.Most, how, bindings(pass.Buffers))
		}
	}
	section("each sub-step: pass, kernel, work, invocations at most, dispatch, buffers that are not named as in the kernel", p.Step)
	section("each submit", p.Report)
	return b.String()
}

func bindings(buffers map[string]string) string {
	var pairs []string
	for variable, buffer := range buffers {
		pairs = append(pairs, variable+"="+buffer)
	}
	sort.Strings(pairs)
	if len(pairs) == 0 {
		return ""
	}
	return " " + strings.Join(pairs, " ")
}

package solver

import (
	"fmt"
	"maps"

	"github.com/fluidsim/fluidsim/shaders"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
)

const (
	wcsph = "wcsph"
	dfsph = "dfsph"
	pbf   = "pbf"
)

// lists is whether the kernels of a run share neighbour lists: they walk them a dozen times a step and more. The two
// walks of the explicit solver share marks instead, a sixth of the memory, unless viscosity is solved for.
func lists(solver string, viscous bool) bool { return solver == dfsph || solver == pbf || viscous }

func listsOf(sc *scene.Scene) bool { return lists(sc.Solver.Type, implicit(sc)) }

const (
	linksMost     = 80 // neighbours a particle can have in a list: LINKS of the kernels, a test compares
	linkParts     = 8  // buffers of split lists: linksMost / PART of the kernels
	wholeBindings = 10 // storage buffers that the hungriest kernel of these solvers binds
	splitBindings = 17 // storage buffers that the hungriest kernel binds then
)

// movingBindings is how many storage buffers the hungriest kernel binds where obstacles can move: one more.
func movingBindings(listed, split bool) uint32 {
	if split {
		return splitBindings + 1
	}
	if listed {
		return wholeBindings + 1
	}
	return 8
}

const (
	markWords     = 13 // MARK_WORDS of the kernels, a test compares
	markedBinding = 9  // storage buffers that the hungriest kernel with marks binds
)

// marks is whether the explicit solver's first walk notes for the second what it found: where the device can bind it, rows of cells are
// in one piece, and no lists are made anyway.
func marks(solver string, p *layout.SimParams, particles uint64, limits gpu.Limits) bool {
	return solver == wcsph && p.ViscousStrength == 0 && p.Period == [4]float32{} && limits.MaxStorageBuffers >= markedBinding &&
		4*markWords*particles <= min(limits.MaxBinding, limits.MaxBuffer)
}

// splits is whether the lists must be spread over several buffers, because one would be larger than the device binds.
func splits(particles uint64, limits gpu.Limits) bool {
	return 4*linksMost*particles > min(limits.MaxBinding, limits.MaxBuffer)
}

// linkBuffers are the names of the buffers that hold the lists.
func linkBuffers(split bool) []string {
	if !split {
		return []string{"links"}
	}
	var names []string
	for k := range linkParts {
		names = append(names, fmt.Sprintf("links_%d", k))
	}
	return names
}

// variant is in which forms kernels are composed.
type variant struct {
	split    bool // neighbour lists lie in several buffers
	periodic bool // an axis is periodic
	marked   bool // what one walk has found of the neighbours is noted for the next
	moving   bool // bodies can move
}

func (s *Solver) variant() variant {
	return variant{split: s.split, periodic: s.params.Period != [4]float32{}, marked: s.marked, moving: s.moving}
}

// compose is a kernel's text.
func compose(kernel string, v variant) (*shaders.Module, error) {
	return composeNamed("sim/"+kernel, v)
}

func composeNamed(name string, v variant) (*shaders.Module, error) {
	instead := map[string]string{}
	if v.periodic {
		maps.Copy(instead, shaders.Periodic())
	}
	if !v.marked {
		maps.Copy(instead, shaders.Unmarked())
	}
	if v.split {
		instead["common/links_read.wgsl"] = "common/links_read_split.wgsl"
		instead["common/links_write.wgsl"] = "common/links_write_split.wgsl"
	}
	if v.moving {
		instead["common/wall_motion.wgsl"] = "common/wall_motion_moving.wgsl"
	}
	return shaders.ComposeWith(name, instead)
}

package solver

import (
	"fmt"

	"github.com/fluidsim/fluidsim/shaders"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/scene"
)

const (
	dfsph = "dfsph"
	pbf   = "pbf"
	wcsph = "wcsph"
)

// lists is whether the kernels of a run share neighbour lists: they walk them a dozen times a step and more. For the two
// walks of the explicit solver a list does not pay, unless viscosity is solved for.
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
	moving   bool // bodies can move
}

// compose is a kernel's text.
func compose(kernel string, v variant) (*shaders.Module, error) {
	return composeNamed("sim/"+kernel, v)
}

func composeNamed(name string, v variant) (*shaders.Module, error) {
	instead := map[string]string{}
	if v.periodic {
		instead = shaders.Periodic()
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

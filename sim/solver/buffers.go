package solver

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// workgroup is the kernels' WORKGROUP; a test compares.
const workgroup = 64

// bufferSize is one line of the memory account: a name the kernels bind and its bytes.
type bufferSize struct {
	Name  string
	Bytes uint64
	usage gpu.Usage
}

// account lists every buffer a run needs. It is the only place that knows their sizes: New allocates from it and
// the memory prediction sums it.
func account(solver string, p *layout.SimParams, particles uint64, v variant) []bufferSize {
	const storage = gpu.UsageStorage | gpu.UsageCopySrc | gpu.UsageCopyDst
	n := max(particles, 1)
	cells := uint64(p.GridSize[3]) + 2
	list := []bufferSize{
		{"params", uint64(sizeOf[layout.SimParams]()), gpu.UsageUniform | gpu.UsageCopyDst},
		{"control", uint64(sizeOf[layout.Control]()), storage},
		{"tally", uint64(sizeOf[layout.Tally]()), storage},
		{"dispatch", uint64(sizeOf[layout.Dispatch]()), storage | gpu.UsageIndirect},
		{"position", 16 * n, storage},
		{"velocity", 16 * n, storage},
		{"position_sorted", 16 * n, storage},
		{"velocity_sorted", 16 * n, storage},
		{"densities", 8 * n, storage},
		{"acceleration", 16 * n, storage},
		{"slot", 4 * n, storage},
		{"order", 4 * n, storage},
		{"cells", 4 * cells, storage},
		{"walls", 16 * n, storage},
		{"pressures", 4 * n, storage},
		{"obstacles", uint64(sizeOf[layout.Obstacle]()) * uint64(max(p.ObstacleCount, 1)), storage},
		{"partials", uint64(sizeOf[layout.Statistics]()) * measureGroups(particles), storage},
		{"statistics", uint64(sizeOf[layout.Statistics]()), storage},
		{"report", reportSize + uint64(sizeOf[layout.Obstacle]())*uint64(p.ObstacleCount), gpu.UsageCopySrc | gpu.UsageCopyDst},
	}
	if lists(solver, p.ViscousStrength > 0) {
		list = append(list,
			bufferSize{"factors", 4 * n, storage},
			bufferSize{"unknowns", 8 * n, storage},
			bufferSize{"last_kappa", 4 * n, storage},
			bufferSize{"link_counts", 4 * n, storage})
		for _, name := range linkBuffers(v.split) {
			list = append(list, bufferSize{name, 4 * linksMost * n / uint64(len(linkBuffers(v.split))), storage})
		}
	}
	if v.marked {
		list = append(list, bufferSize{"marks", 4 * markWords * n, storage})
	}
	if p.ViscousStrength > 0 {
		for _, name := range viscosityBuffers {
			list = append(list, bufferSize{name, 16 * n, storage})
		}
		list = append(list, bufferSize{"viscous_partials", 16 * ((n + workgroup - 1) / workgroup), storage})
	}
	if p.ViscousStrength > 0 && solver == wcsph {
		// Nothing is pushed here, and it stays zero.
		list = append(list, bufferSize{"pushed", 16 * n, storage})
	}
	if p.SurfaceRadius > 0 {
		list = append(list, bufferSize{"surfaces", 16 * n, storage})
	}
	if p.SpinTransfer > 0 {
		list = append(list, bufferSize{"spins", 16 * n, storage}, bufferSize{"spins_sorted", 16 * n, storage}, bufferSize{"slips", 16 * n, storage})
	}
	if pulled(p) {
		list = append(list, bufferSize{"pulls", 16 * n, storage})
	}
	if solver == dfsph && p.Full == 1 {
		list = append(list, bufferSize{"shifts", 16 * n, storage})
	}
	if solver == pbf {
		list = append(list,
			bufferSize{"predicted", 16 * n, storage},
			bufferSize{"predicted_velocity", 16 * n, storage},
			bufferSize{"pushed", 16 * n, storage})
	}
	for level, length := range scanLevels(cells) {
		list = append(list, bufferSize{fmt.Sprintf("scan_%d", level+1), 4 * blocks(length), storage})
	}
	return list
}

func total(list []bufferSize) uint64 {
	var sum uint64
	for _, b := range list {
		sum += b.Bytes
	}
	return sum
}

// CapacityError says that a scene has more particles than the adapter can hold, and what would fit.
type CapacityError struct {
	Adapter string
	Want    uint64
	Fit     uint64  // particles that would fit
	Spacing float64 // the spacing that gives about Fit particles [m]
	Reason  string
}

func (e *CapacityError) Error() string {
	return fmt.Sprintf("%d particles are more than %s can hold (%s): about %d fit, which is a spacing of %.4g m",
		e.Want, e.Adapter, e.Reason, e.Fit, e.Spacing)
}

// Capacity is the largest number of particles a run of this scene can have on a device with these limits.
func Capacity(sc *scene.Scene, limits gpu.Limits) uint64 { return capacity(listsOf(sc), limits) }

func capacity(listed bool, limits gpu.Limits) uint64 {
	bytes := uint64(16) // of the largest binding, for each particle
	if listed {
		bytes = 4 * linksMost
		if limits.MaxStorageBuffers >= splitBindings {
			bytes /= linkParts
		}
	}
	return min(layout.MaxParticles, limits.MaxBinding/bytes, limits.MaxBuffer/bytes)
}

// CheckCapacity refuses a particle count that can never fit, before anything is seeded or allocated.
func CheckCapacity(d *gpu.Device, sc *scene.Scene, particles uint64, spacing float64) error {
	listed := listsOf(sc)
	if have := d.Limits().MaxStorageBuffers; listed && have < wholeBindings {
		return fmt.Errorf("the solver %s binds %d buffers at once, %s allows %d; choose solver.type=wcsph with solver.viscosity=explicit",
			sc.Solver.Type, wholeBindings, d.Info().Name, have)
	}
	fit := Capacity(sc, d.Limits())
	if particles <= fit {
		return nil
	}
	reason := fmt.Sprintf("its largest buffer binding is %d MiB", d.Limits().MaxBinding>>20)
	if fit == layout.MaxParticles {
		reason = "particle numbers are kept as exact 32-bit floats"
	} else if more := capacity(false, d.Limits()); more > fit {
		reason += fmt.Sprintf("; solver.type=wcsph with explicit viscosity could hold %d", more)
	}
	return capacityError(d, sc, particles, fit, spacing, reason)
}

func capacityError(d *gpu.Device, sc *scene.Scene, want, fit uint64, spacing float64, reason string) error {
	scale := sc.Side(float64(want) / math.Max(float64(fit), 1))
	return &CapacityError{Adapter: d.Info().Name, Want: want, Fit: fit, Spacing: spacing * scale, Reason: reason}
}

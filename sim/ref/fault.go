package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Fault bits, one per kernel and kind, as in shaders/common/fault.wgsl, in the order of
// their values.
const (
	FaultCountOutOfDomain uint32 = 1 << iota
	FaultCountOverflow
	FaultDensityNonFinite
	FaultForceNonFinite
	FaultIntegrateNonFinite
	FaultIntegrateTooFast
	FaultFactorNonFinite
	FaultNonPressureNonFinite
	FaultRelaxNonFinite
	FaultFactorOverflow
	FaultPredictTooFast
	FaultAddPullsNonFinite
)

// CellCapacity is the number of particles in one cell beyond which the fluid
// counts as collapsed.
const CellCapacity = 512

// raise notes a fault: its bit, and the smallest particle id that had it.
func raise(tally *layout.Tally, bit uint32, smallest *uint32, id int) {
	tally.Fault |= bit
	*smallest = min(*smallest, uint32(id))
}

// fits tells whether a number is finite in float32, which is all that the GPU
// can hold.
func fits(v float64) bool { return math.Abs(v) <= math.MaxFloat32 }

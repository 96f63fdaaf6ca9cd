package solver

import (
	"fmt"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Fault is why a run stopped itself. The state it leaves is that of the last good step.
type Fault struct {
	Kernel   string // that noticed
	Kind     string // "out of domain", "overflow", "non-finite", "too fast"
	Step     uint64 // last step that was completed
	Particle int    // its number in seeding order, -1 where the fault is not one particle's
	Advice   string
}

// Error is one line for people.
func (f *Fault) Error() string {
	who := ""
	if f.Particle >= 0 {
		who = fmt.Sprintf(", particle %d", f.Particle)
	}
	return fmt.Sprintf("the simulation stopped itself: %s in kernel %s, step %d%s; %s", f.Kind, f.Kernel, f.Step, who, f.Advice)
}

// faultBit describes one bit of shaders/common/fault.wgsl; a test compares names and values.
type faultBit struct {
	bit      uint32
	kernel   string
	kind     string
	advice   string
	particle func(*layout.Tally) uint32
}

const (
	adviceUnstable = "the state is that of the last good step; a smaller time.cfl or (with wcsph or pbf) a larger fluid.sound_speed usually helps"
	adviceCollapse = "more particles share one cell than water can hold; look for shapes pressed together, or raise fluid.sound_speed"
	adviceCrowd    = "a particle has more neighbours than water can have; look for shapes pressed together or obstacles inside each other, or choose a smaller time.cfl"
)

// In the order the kernels run: the first that is set is the cause, the others its consequences.
var faultBits = []faultBit{
	{1, "count", "out of domain", adviceUnstable, func(t *layout.Tally) uint32 { return t.CountParticle }},
	{2, "count", "overflow", adviceCollapse, nil},
	{16, "integrate", "non-finite", adviceUnstable, func(t *layout.Tally) uint32 { return t.IntegrateParticle }},
	{32, "integrate", "too fast", adviceUnstable, func(t *layout.Tally) uint32 { return t.IntegrateParticle }},
	{4, "density", "non-finite", adviceUnstable, func(t *layout.Tally) uint32 { return t.DensityParticle }},
	{1024, "predict", "too fast", adviceUnstable, func(t *layout.Tally) uint32 { return t.IntegrateParticle }},
	{512, "factor", "overflow", adviceCrowd, func(t *layout.Tally) uint32 { return t.FactorParticle }},
	{64, "factor", "non-finite", adviceUnstable, func(t *layout.Tally) uint32 { return t.FactorParticle }},
	{128, "non_pressure", "non-finite", adviceUnstable, func(t *layout.Tally) uint32 { return t.NonPressureParticle }},
	{2048, "add_pulls", "non-finite", adviceUnstable, func(t *layout.Tally) uint32 { return t.AddPullsParticle }},
	{256, "relax", "non-finite", adviceUnstable, func(t *layout.Tally) uint32 { return t.RelaxParticle }},
	{8, "force", "non-finite", adviceUnstable, func(t *layout.Tally) uint32 { return t.ForceParticle }},
}

func newFault(bits uint32, tally *layout.Tally, step uint64) *Fault {
	for _, b := range faultBits {
		if bits&b.bit == 0 {
			continue
		}
		f := &Fault{Kernel: b.kernel, Kind: b.kind, Step: step, Particle: -1, Advice: b.advice}
		if b.particle != nil {
			f.Particle = int(b.particle(tally))
		}
		return f
	}
	return &Fault{Kernel: "unknown", Kind: fmt.Sprintf("fault bits %#x", bits), Step: step, Particle: -1, Advice: adviceUnstable}
}

// noParticle fills the tally's particle fields before any fault: every number is smaller.
const noParticle = ^uint32(0)

func freshTally() layout.Tally {
	return layout.Tally{
		CountParticle: noParticle, DensityParticle: noParticle,
		FactorParticle: noParticle, NonPressureParticle: noParticle, RelaxParticle: noParticle,
		ForceParticle: noParticle, IntegrateParticle: noParticle, AddPullsParticle: noParticle,
	}
}

package ref

import "github.com/fluidsim/fluidsim/sim/layout"

const (
	workgroup = 64
	maxGroups = 65535
	scanBlock = 1024
)

// Begin decides whether a sub-step counts: nothing has failed, and either the
// run is being primed or neither the goal in time nor the step limit has been
// reached. It sizes the dispatches that follow, to nothing if it does not.
func Begin(p *layout.SimParams, control *layout.Control, dispatch *layout.Dispatch) {
	// Time in units of 2^-32 s is a 64-bit integer.
	now := uint64(control.TimeS)<<32 | uint64(control.TimeFrac)
	goal := uint64(control.GoalS)<<32 | uint64(control.GoalFrac)
	more := now < goal && control.Step < control.StepLimit

	control.Sorted = control.Live
	control.Running = 0
	var buckets, particles int
	if control.Fault == 0 && (control.Prime == 1 || more) {
		control.Running = 1
		buckets, particles = Buckets(p), int(control.Live)
	}
	dispatch.Cells = Groups(buckets)
	dispatch.Sorted = Groups(particles)
	dispatch.Live = Groups(particles)
	dispatch.Scan = Groups(blocks(buckets) * workgroup)
}

// Groups is the size of a dispatch of n invocations, in workgroups of 64. One
// dimension is capped at 65,535 groups, so more go into rows of that length.
func Groups(n int) [4]uint32 {
	groups := (n + workgroup - 1) / workgroup
	if groups <= maxGroups {
		return [4]uint32{uint32(groups), 1, 1, 0}
	}
	return [4]uint32{maxGroups, uint32((groups + maxGroups - 1) / maxGroups), 1, 0}
}

func blocks(n int) int { return (n + scanBlock - 1) / scanBlock }

package solver

import "github.com/fluidsim/fluidsim/sim/gpu"

// PassTime is the mean time one pass takes in one sub-step.
type PassTime struct {
	Name         string
	Milliseconds float64
}

// timer marks the end of every pass of the sub-steps of one submit and adds the differences up. A nil timer does
// nothing, so the loop over the passes has no branches for it.
type timer struct {
	raw    *gpu.Timer
	labels []string
	marks  int
	next   int
	sums   []float64
	steps  int
}

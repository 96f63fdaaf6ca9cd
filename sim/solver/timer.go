package solver

import "github.com/fluidsim/fluidsim/sim/gpu"

// PassTime is the mean time one pass takes in one sub-step.
type PassTime struct {
	Name         string
	Milliseconds float64
}

type timer struct{}

func newTimer(*gpu.Device, Plan) (*timer, error) { return nil, nil }
func (t *timer) mark(*gpu.Encoder)               {}
func (t *timer) collect() []PassTime             { return nil }
func (t *timer) release()                        {}

package ref

import (
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// The divergence solve gets the few rounds that it needs, unless more is asked of it than was seen to need them.
func TestMostRounds(t *testing.T) {
	p := layout.SimParams{MaxIterations: 50, DivergenceTolerance: 1e-3}
	few, tight, full := p, p, p
	few.MaxIterations, tight.DivergenceTolerance, full.Full = 3, 9e-4, 1
	for _, c := range []struct {
		what  string
		p     layout.SimParams
		solve uint32
		want  int
	}{
		{"divergence", p, SolveDivergence, divergenceRounds},
		{"density", p, SolveDensity, 50},
		{"divergence, few rounds", few, SolveDivergence, 3},
		{"divergence, tight", tight, SolveDivergence, 50},
		{"divergence, full", full, SolveDivergence, 50},
	} {
		if got := MostRounds(&c.p, c.solve); got != c.want {
			t.Errorf("%s: %d rounds, want %d", c.what, got, c.want)
		}
	}
}

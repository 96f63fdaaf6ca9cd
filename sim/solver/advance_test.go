package solver_test

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// Advance stops at the time or at the step, whichever comes first, and its stops leave no trace in the state.
func TestAdvance(t *testing.T) {
	each(t, smallDam, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		const steps = 12
		straight := build(t, d, sc)
		want := run(t, straight, steps)

		s := build(t, d, sc)
		if stats, err := s.Advance(want.Time/3, steps); err != nil || stats.Time < want.Time/3 || stats.Time-stats.Dt >= want.Time/3 {
			t.Errorf("a third of the way is at %v s, %v", stats.Time, err)
		}
		if stats, err := s.Advance(0, steps); err != nil || stats.Time < want.Time/3 {
			t.Errorf("a time that has passed leads to %v s, %v", stats.Time, err)
		}
		for range 2 {
			stats, err := s.Advance(1e9, steps)
			if err != nil || stats.Step != steps || stats.Time != want.Time {
				t.Errorf("the limit of %d steps (%v s) leads to step %d at %v s, %v", steps, want.Time, stats.Step, stats.Time, err)
			}
		}
		if got, all := hash(t, s), hash(t, straight); got != all {
			t.Errorf("with stops: state %s, without %s", got, all)
		}
		if _, err := s.Advance(math.NaN(), steps); err == nil {
			t.Error("a time that is no number is taken")
		}
	})
}

package solver

import (
	"errors"
	"math"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// Settle waits for everything that has been submitted.
func (s *Solver) Settle() (Stats, error) {
	err := s.settle()
	return s.stats, err
}

// Scene is the scene as it is now: that of New, or of the last Change.
func (s *Solver) Scene() *scene.Scene { return s.scene }

// Advance runs until simulated time is at least t [s] or this many steps are done since the beginning, whichever comes
// first: exactly as far whatever the cuts in between. It returns the fault as the error if the run stops itself.
func (s *Solver) Advance(t float64, limit uint64) (Stats, error) {
	if math.IsNaN(t) {
		return s.stats, errors.New("a run cannot advance to a time that is not a number")
	}
	if err := firstError(s.settle(), s.SetGoal(t, limit)); err != nil {
		return s.stats, err
	}
	return s.drive(func() int {
		if s.stats.Step >= limit || s.stats.Time >= t {
			return 0
		}
		steps := 4.0
		if s.stats.Dt > 0 {
			// One more than the last step's length suggests: a step too many does nothing.
			steps = math.Min((t-s.stats.Time)/s.stats.Dt, 1e6) + 1
		}
		return int(min(uint64(steps), limit-s.stats.Step))
	})
}

package solver

import (
	"math"
	"testing"
)

// What a step begins with must not make any mode grow. One whose error the rounds leave a share r of goes, from step to step, as
//
//	x* = 2 x - before - w L,  x = r x*,  L = w L + (1 - r) x*
//
// with L what lambda does. r is from what deep water leaves, nearly 1, to what the rounds leave turned round, with a fifth more
// for the disorder of real water.
func TestWarmStartIsStable(t *testing.T) {
	// grows is by how much a mode is larger after the second half of many steps than after the first.
	grows := func(w, r float64) float64 {
		x, before, l := 1.0, 0.0, 0.0
		most := [2]float64{}
		const steps = 20_000
		for k := range steps {
			ahead := 2*x - before - w*l
			before, x, l = x, r*ahead, w*l+(1-r)*ahead
			if half := 2 * k / steps; math.Abs(x) < 1e100 {
				most[half] = math.Max(most[half], math.Abs(x))
			} else {
				return math.Inf(1)
			}
		}
		return most[1] / math.Max(most[0], 1e-300)
	}
	for k := range 1000 {
		least := -1.2 / roundRest
		r := least + (0.999-least)*float64(k)/999
		if g := grows(warmStart, r); g > 1 {
			t.Errorf("a mode of which a step leaves %.3f grows by %.3g", r, g)
		}
	}
	// The bounds that the comment of warmStart names.
	for _, c := range []struct {
		w, r   float64
		stable bool
	}{{0.48, 0.999, true}, {0.52, 0.999, false}, {warmStart, -0.95 / (3 + 4*warmStart), true}, {warmStart, -1.05 / (3 + 4*warmStart), false}} {
		if g := grows(c.w, c.r); (g <= 1) != c.stable {
			t.Errorf("w %g, r %.4g: grows by %.3g, stable should be %v", c.w, c.r, g, c.stable)
		}
	}
}

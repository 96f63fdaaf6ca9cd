package seed

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// spacingFor guesses the spacing that gives want particles where the scene's
// own gives have.
func spacingFor(s *scene.Scene, have, want int) float64 {
	return s.Fluid.Spacing * s.Side(float64(have)/float64(want))
}

// FitSpacing is the scene with the spacing that gives about n particles: within
// 3 %, or the nearest there is where whole layers do not allow that. A number
// that would need a spacing too coarse or too fine for the scene is an error.
func FitSpacing(s *scene.Scene, n int) (*scene.Scene, error) {
	if n < 1 || n > MaxParticles {
		return nil, fmt.Errorf("cannot make %d particles; choose 1 to %d", n, MaxParticles)
	}
	volume := 0.0
	for _, shape := range s.Fluid.Shapes {
		volume += shape.Volume()
	}
	if !(volume > 0) {
		return nil, fmt.Errorf("a scene without fluid cannot be scaled to %d particles", n)
	}
	f := fitter{scene: s, want: n}
	// Newton's way first: the count is nearly volume / d^3 (area / d^2), but for what
	// walls and obstacles take away.
	d := s.Side(volume / float64(n))
	for range 8 {
		count := f.try(d)
		if f.good() {
			break
		}
		d *= s.Side(clamp(float64(count)/float64(n), 0.5, 2))
	}
	// Counts jump by a layer at a time: look around the best spacing.
	for k := 1; k <= 24 && !f.good(); k++ {
		for _, side := range []float64{-1, 1} {
			if !f.good() {
				f.try(f.centre(d) * (1 + side*0.004*float64(k)))
			}
		}
	}
	if f.best == nil {
		return nil, fmt.Errorf("cannot make about %d particles: %w", n, f.err)
	}
	if f.off > 0.25 && f.err != nil {
		return nil, fmt.Errorf("cannot make about %d particles; the nearest that works is %d, at a fluid.spacing of %g: %w", n, f.count, f.best.Fluid.Spacing, f.err)
	}
	return f.best, nil
}

// fitter remembers the best spacing tried.
type fitter struct {
	scene *scene.Scene
	want  int
	best  *scene.Scene
	count int
	off   float64 // relative error of the best's count
	err   error   // why the last try gave no scene
	start float64
}

// try counts the particles at a spacing and returns the count, 0 when the
// scene does not hold at that spacing.
func (f *fitter) try(d float64) int {
	d = short(d)
	scaled, err := f.scene.WithSpacing(d)
	count := 0
	if err == nil {
		count, err = Count(scaled)
	}
	if err != nil {
		f.err = err
		return count
	}
	off := math.Abs(float64(count)/float64(f.want) - 1)
	if f.best == nil || off < f.off {
		f.best, f.count, f.off = scaled, count, off
	}
	return count
}

func (f *fitter) good() bool { return f.best != nil && f.off <= 0.01 }

// centre is where the search around starts, the same for all of its tries.
func (f *fitter) centre(fallback float64) float64 {
	if f.start == 0 {
		f.start = fallback
		if f.best != nil {
			f.start = f.best.Fluid.Spacing
		}
	}
	return f.start
}

// short rounds to four significant digits: a spacing is also something that
// people read, and that is far finer than 3 % of the count.
func short(d float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(d))-3)
	if unit < 1 {
		inverse := math.Round(1 / unit)
		return math.Round(d*inverse) / inverse
	}
	return math.Round(d/unit) * unit
}

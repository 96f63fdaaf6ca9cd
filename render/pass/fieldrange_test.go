package pass

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/shaders"
)

// The range is the mean with two and a half standard deviations on either side, and never beyond
// what there is.
func TestFieldRange(t *testing.T) {
	s := newStudio(t, 1)
	w := makeWater(0.05)
	p := w.upload(t, s.device, len(w.position))
	p.Count = uint32(len(w.position))
	f, err := NewFieldRange(s.device)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Release()
	values := map[Field]func(i int) float64{
		Speed: func(i int) float64 {
			v := w.velocity[i]
			return math.Sqrt(float64(v[0]*v[0] + v[1]*v[1] + v[2]*v[2]))
		},
		Density:      func(i int) float64 { return float64(w.density[i][0]) },
		DensityError: func(i int) float64 { return 100 * (float64(w.density[i][0])/1000 - 1) },
		Pressure:     func(i int) float64 { return float64(w.pressure[i]) },
		Vorticity:    func(i int) float64 { return 20 * float64(w.position[i][0]) },
		Neighbours:   func(i int) float64 { return float64(w.density[i][1]) },
	}
	for field, value := range values {
		if !Ranged(field) {
			t.Errorf("%v has no range", field)
		}
		least, most, mean, square := math.Inf(1), math.Inf(-1), 0.0, 0.0
		n := float64(len(w.position))
		for i := range w.position {
			v := value(i)
			least, most, mean = min(least, v), max(most, v), mean+v/n
		}
		for i := range w.position {
			square += (value(i) - mean) * (value(i) - mean) / n
		}
		low, high := max(least, mean-reach*math.Sqrt(square)), min(most, mean+reach*math.Sqrt(square))
		for round := range 2 { // the second time about a centre that is known
			e, err := s.device.NewEncoder("test")
			if err != nil {
				t.Fatal(err)
			}
			f.Measure(e, p, field)
			if err := e.Submit(); err != nil {
				t.Fatal(err)
			}
			a, b, ok := f.Wait(field)
			// Sums of thousands of single-precision numbers, 64 at a time: a few units of 2^-24
			// of the values' size, and twice that relative to the spread, where the root halves it.
			off := 1e-4*(most-least) + 1e-6*math.Max(math.Abs(least), math.Abs(most))
			if !ok || math.Abs(a-low) > off || math.Abs(b-high) > off {
				t.Errorf("%v, round %d: %g to %g, want %g to %g", field, round, a, b, low, high)
			}
		}
	}
	if _, _, ok := f.Latest(Speed); ok && f.field != Speed {
		t.Error("the range of another field is given")
	}
	for _, field := range []Field{ID, Body, Plain} {
		if Ranged(field) {
			t.Errorf("%v has a range", field)
		}
	}
	f.Release()
}

func TestRangeGroup(t *testing.T) {
	module, err := shaders.Compose("render/field_range")
	if err != nil {
		t.Fatal(err)
	}
	found, err := module.Reflect()
	if err != nil {
		t.Fatal(err)
	}
	if found.Consts["WORKGROUP"] != rangeGroup {
		t.Errorf("a group has %d particles in Go, %g in WGSL", rangeGroup, found.Consts["WORKGROUP"])
	}
}

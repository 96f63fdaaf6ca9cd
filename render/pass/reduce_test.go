package pass

import (
	"image"
	"math"
	"testing"
)

func decoded(v uint8) float64 {
	return float64(Colour{float64(v) / 255}.linear()[0])
}

func encodedLevel(v float64) float64 {
	if v <= 0.0031308 {
		return 255 * 12.92 * v
	}
	return 255 * (1.055*math.Pow(v, 1/2.4) - 0.055)
}

func TestReduceIsTheMeanInLinearLight(t *testing.T) {
	for _, factor := range []int{1, 2, 3} {
		s := newStudio(t, 1)
		s.scene(basin())
		w := makeWater(0.05)
		p := w.upload(t, s.device, len(w.position))
		small, err := s.renderer.NewTarget(80, 60)
		if err != nil {
			t.Fatal(err)
		}
		defer small.Release()
		if err := s.target.Resize(80*factor, 60*factor); err != nil {
			t.Fatal(err)
		}
		large := s.draw(basinCamera(s.target.Aspect()), p, Look{High: 3.5, Background: Colour{0.9, 0.5, 0.1}})
		reduce, err := NewReduce(s.device, factor)
		if err != nil {
			t.Fatal(err)
		}
		defer reduce.Release()
		e, err := s.device.NewEncoder("test")
		if err != nil {
			t.Fatal(err)
		}
		reduce.Draw(e, small, s.target)
		if err := e.Submit(); err != nil {
			t.Fatal(err)
		}
		s.target, small = small, s.target
		got := s.read()
		for y := range 60 {
			for x := range 80 {
				for c := range 4 {
					want := 255.0
					if c < 3 {
						want = encodedLevel(mean(large, x, y, c, factor))
					}
					// Half a step is rounding, and drivers approximate the power in sRGB: 0.65 was seen. A mean of
					// encoded values would be off by tens at edges.
					if v := float64(got.Pix[got.PixOffset(x, y)+c]); math.Abs(v-want) > 1 {
						t.Fatalf("factor %d, pixel %d,%d channel %d: %g, the mean is %.2f", factor, x, y, c, v, want)
					}
				}
			}
		}
	}
}

func mean(large *image.NRGBA, x, y, c, factor int) float64 {
	sum := 0.0
	for dy := range factor {
		for dx := range factor {
			sum += decoded(large.Pix[large.PixOffset(factor*x+dx, factor*y+dy)+c])
		}
	}
	return sum / float64(factor*factor)
}

func TestReduceRefuses(t *testing.T) {
	s := newStudio(t, 1)
	if r, err := NewReduce(s.device, 0); err == nil {
		r.Release()
		t.Error("the factor 0 is taken")
	}
	r, err := NewReduce(s.device, 2)
	if err != nil {
		t.Fatal(err)
	}
	e, err := s.device.NewEncoder("test")
	if err != nil {
		t.Fatal(err)
	}
	r.Draw(e, s.target, s.target)
	if err := e.Submit(); err == nil || err.Error() != "reduce: 160x120 pixels are not 2 times 160x120" {
		t.Errorf("sizes that do not fit: %v", err)
	}
	r.Release()
	r.Release()
}

// A picture drawn larger and made smaller again is the same picture with smoother edges: lines stay
// as wide and strong as they are.
func TestSupersampledPictureIsTheSame(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(basin())
	camera := basinCamera(s.target.Aspect())
	plain := s.draw(camera, Particles{}, Look{})
	small, err := s.renderer.NewTarget(testWidth, testHeight)
	if err != nil {
		t.Fatal(err)
	}
	defer small.Release()
	if err := s.target.Resize(3*testWidth, 3*testHeight); err != nil {
		t.Fatal(err)
	}
	reduce, err := NewReduce(s.device, 3)
	if err != nil {
		t.Fatal(err)
	}
	defer reduce.Release()
	reduced := func(fine float64) *image.NRGBA {
		e, err := s.device.NewEncoder("test")
		if err != nil {
			t.Fatal(err)
		}
		s.renderer.Draw(e, s.target, camera, Particles{}, Look{Fine: fine})
		reduce.Draw(e, small, s.target)
		if err := e.Submit(); err != nil {
			t.Fatal(err)
		}
		s.target, small = small, s.target
		defer func() { s.target, small = small, s.target }()
		return s.read()
	}
	// Edges without samples of their own are what differs: a pixel in a hundred, by less than this.
	mean3, far3 := difference(plain, reduced(3))
	mean1, far1 := difference(plain, reduced(1))
	t.Logf("three times larger: mean %.3f, far off %.4f; with thin lines %.3f, %.4f", mean3, far3, mean1, far1)
	if mean3 > 0.6*mean1 || far3 > 0.02 {
		t.Errorf("a supersampled picture is another one: mean %.3f, far off %.4f; with thin lines %.3f, %.4f", mean3, far3, mean1, far1)
	}
}

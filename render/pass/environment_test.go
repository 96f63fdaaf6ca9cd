package pass

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/render/view"
)

// sphere is a picture of what is around, made of a function of the direction.
func sphere(height int, light func(way [3]float64) [3]float64) *Environment {
	v := &Environment{Width: 2 * height, Height: height, Light: make([]float32, 6*height*height)}
	v.each(func(i int, _, way [3]float64, _ float64) {
		for c, l := range light(way) {
			v.Light[3*i+c] = float32(l)
		}
	})
	return v
}

// A grey sphere lights all sides alike, and a lamp in it becomes the sun, from where it is and with all its light.
func TestEnvironmentIsLight(t *testing.T) {
	around, texels, err := sphere(64, func([3]float64) [3]float64 { return [3]float64{3, 3, 3} }).light()
	if err != nil {
		t.Fatal(err)
	}
	for c := range 3 {
		// sums over texels of 3 degrees
		for name, got := range map[string]float64{"above": around.above[c], "below": around.below[c], "level": around.level[c], "texel": float64(texels[c])} {
			if math.Abs(got-usualSky) > 0.01 {
				t.Errorf("%s: %g, want %g", name, got, usualSky)
			}
		}
		if around.sunlight[c] != 0 {
			t.Errorf("a sun of %v in a grey sky", around.sunlight)
		}
	}
	lamp := unit([3]float64{0.5, 0.6, -0.3})
	const narrow, strong = 0.98, 200.0
	around, texels, err = sphere(128, func(way [3]float64) [3]float64 {
		if inner(way, lamp) > narrow {
			return [3]float64{strong, strong / 2, 0}
		}
		return [3]float64{1, 1, 1}
	}).light()
	if err != nil {
		t.Fatal(err)
	}
	if inner(around.sun, lamp) < 0.999 {
		t.Errorf("the sun is in %v, not in %v", around.sun, lamp)
	}
	// light of a cap over pi, less what stays in the picture, in the picture's new brightness
	scale := float64(texels[len(texels)-1])
	cap := 2 * math.Pi * (1 - narrow) / math.Pi * scale
	l := luminance([3]float64{strong, strong / 2, 0})
	want := cap * strong * (1 - brightest*math.Exp(math.Log(l)*(1-narrow)/2)/l)
	if got := around.sunlight[0]; math.Abs(got-want) > 0.04*want {
		t.Errorf("the sun shines with %g, want %g", got, want)
	}
	if math.Abs(around.sunlight[1]-around.sunlight[0]/2) > 1e-6 || around.sunlight[2] != 0 {
		t.Errorf("the sun's colour is %v", around.sunlight)
	}
	if _, _, err := sphere(8, func([3]float64) [3]float64 { return [3]float64{} }).light(); err == nil {
		t.Error("a black picture is light")
	}
	if _, _, err := (&Environment{Width: 8, Height: 4}).light(); err == nil {
		t.Error("a picture without numbers is light")
	}
}

func TestEnvironmentShrinks(t *testing.T) {
	v := sphere(environmentWidth, func(way [3]float64) [3]float64 { return [3]float64{1 + way[1], 1, 1 - way[1]} })
	s := v.shrunk()
	if s.Width != environmentWidth || s.Height != environmentWidth/2 {
		t.Fatalf("%d by %d", s.Width, s.Height)
	}
	for _, at := range []int{0, 3 * (s.Width*s.Height/2 + 7), 3*s.Width*s.Height - 3} {
		if sum := s.Light[at] + s.Light[at+2]; math.Abs(float64(sum-2)) > 1e-5 {
			t.Errorf("texels at %d add up to %g", at, sum)
		}
	}
}

func TestHalfBits(t *testing.T) {
	for _, v := range []float64{0, 1, 0.5, 3.25, 1000, 65504, 6.1e-5, 3e-7} {
		if got := half(uint32(halfBits(float32(v)))); math.Abs(got-v) > v/1024+3e-8 {
			t.Errorf("%g becomes %g", v, got)
		}
	}
	if halfBits(float32(math.NaN())) != 0 || half(uint32(halfBits(float32(math.Inf(1))))) != 65504 || halfBits(-1) != 0 {
		t.Error("what is no number, too much or too little")
	}
}

// What is on one side of the picture is seen on that side, behind and in the mirror of the water; without it the sky is back.
func TestGoldenEnvironment(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(basin())
	w := makeWater(0.05)
	p := w.upload(t, s.device, len(w.position))
	p.Spacing = 0.05
	camera := view.New(view.Vector{11, 0.7, 22.4}, view.Vector{10, 0.55, 20})
	look := Look{Style: Water, Quality: Medium}
	sky := s.draw(camera, p, look)
	evening := sphere(128, func(way [3]float64) [3]float64 {
		if inner(way, unit([3]float64{0.5, 0.35, -0.8})) > 0.999 {
			return [3]float64{900, 500, 200}
		}
		h := math.Max(way[1], 0)
		red := math.Max(way[0], 0)
		return [3]float64{0.9*red + 0.2 + 0.1*h, 0.35*red + 0.2 + 0.2*h, 0.2 + 0.5*h}
	})
	if err := s.renderer.SetEnvironment(evening); err != nil {
		t.Fatal(err)
	}
	golden(t, "water-environment", s.draw(camera, p, look))
	if err := s.renderer.SetEnvironment(nil); err != nil {
		t.Fatal(err)
	}
	if mean, share := difference(s.draw(camera, p, look), sky); mean != 0 || share != 0 {
		t.Error("the sky is not what it was")
	}
}

package pass

import (
	"bytes"
	"image"
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/render/view"
)

// pixelsThat counts the pixels in which two pictures differ visibly.
func pixelsThat(a, b *image.NRGBA) (n int) {
	for i := 0; i < len(a.Pix); i += 4 {
		for c := range 3 {
			if d := int(a.Pix[i+c]) - int(b.Pix[i+c]); d > 4 || d < -4 {
				n++
				break
			}
		}
	}
	return n
}

// Walls are seen from the inside only: a picture that is full of water up to them does not change
// where the water is, and a side without a wall stays as it was.
func TestWallsStandBehindTheWater(t *testing.T) {
	s := newStudio(t, 1)
	w := makeWater(0.05)
	p := w.upload(t, s.device, len(w.position))
	camera := basinCamera(s.target.Aspect())
	scene := Scene{Domain: basin().Domain}
	s.scene(scene)
	open, empty := s.draw(camera, p, Look{High: 3.5}), s.draw(camera, Particles{}, Look{High: 3.5})
	scene.Walls = [6]bool{true, true, false, true, true, true}
	s.scene(scene)
	closed := s.draw(camera, p, Look{High: 3.5})
	covered, glass := 0, 0
	for i := 0; i < len(open.Pix); i += 4 {
		water := pixelAt(open, i) != pixelAt(empty, i)
		changed := pixelAt(open, i) != pixelAt(closed, i)
		if changed {
			glass++
		}
		// Shadows on the floor also differ from the empty picture, and are seen through glass.
		if water && changed && isBlue(open, i) {
			covered++
		}
	}
	if glass < 1000 || covered > 3 { // made-up spray may stick out through a wall
		t.Errorf("glass changes %d pixels, of them %d of water", glass, covered)
	}
	// Walls between the camera and the water are never drawn; the one at +x is behind it.
	scene.Walls = [6]bool{false, false, false, true, false, true}
	s.scene(scene)
	if n := pixelsThat(open, s.draw(camera, p, Look{High: 3.5})); n > 0 {
		t.Errorf("walls in front change %d pixels", n)
	}
}

func pixelAt(m *image.NRGBA, i int) [3]uint8 { return [3]uint8(m.Pix[i : i+3]) }

// isBlue tells a ball of the map water, of middle speed, from grey ground.
func isBlue(m *image.NRGBA, i int) bool { return int(m.Pix[i+2])-int(m.Pix[i]) > 60 }

// A cut hides what is beyond it and nothing else.
func TestCut(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(Scene{Domain: basin().Domain})
	w := makeWater(0.05)
	p := w.upload(t, s.device, len(w.position))
	camera := basinCamera(s.target.Aspect())
	plain := Look{High: 3.5, NoFloor: true}
	whole, none := s.draw(camera, p, plain), s.draw(camera, Particles{}, plain)
	cut := func(normal [3]float64, at float64) *image.NRGBA {
		look := plain
		look.Cut = Plane{normal, at}
		return s.draw(camera, p, look)
	}
	if n := pixelsThat(cut([3]float64{1, 0, 0}, 12), whole); n != 0 {
		t.Errorf("a cut beside the water changes %d pixels", n)
	}
	if n := pixelsThat(cut([3]float64{1, 0, 0}, 8), none); n != 0 {
		t.Errorf("a cut before the water leaves %d pixels", n)
	}
	low, high := cut([3]float64{1, 0, 0}, 10), cut([3]float64{-1, 0, 0}, -10)
	if pixelsThat(low, high) < 500 || pixelsThat(low, whole) < 200 || pixelsThat(high, whole) < 200 {
		t.Error("both sides of a cut look alike")
	}
	if err := s.try(camera, p, Look{Cut: Plane{[3]float64{1, 1, 0}, 0}}); err == nil || err.Error() != "draw: a plane has no normal of length 1" {
		t.Errorf("a plane with a long normal: %v", err)
	}
}

// An arrow for each particle in the slice that is one of the chosen third, and none elsewhere.
func TestArrowsAreInTheSlice(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(Scene{Domain: basin().Domain})
	w := makeWater(0.05)
	p := w.upload(t, s.device, len(w.position))
	camera := view.New(view.Vector{10, 0.5, 24}, view.Vector{10, 0.5, 20})
	with := func(at, length float64) *image.NRGBA {
		return s.draw(camera, p, Look{High: 3.5, Arrows: Arrows{Slice: Plane{[3]float64{0, 0, 1}, at}, Half: 0.03, Length: length}})
	}
	none := with(20.475, 0)
	if n := pixelsThat(none, with(20.475, 0.1)); n < 300 {
		t.Errorf("arrows in the front layer change only %d pixels", n)
	}
	if n := pixelsThat(none, with(21, 0.1)); n != 0 {
		t.Errorf("a slice outside of the water changes %d pixels", n)
	}
}

// The lines of a solid lie on its surface.
func TestWiresLieOnTheSurface(t *testing.T) {
	all, spans := wireMeshes()
	for kind, of := range spans {
		if of.count == 0 || of.count%6 != 0 {
			t.Fatalf("kind %d has %d corners", kind, of.count)
		}
		for _, v := range all[of.first:][:of.count] {
			for _, p := range [][4]float32{v.Place, v.Normal} {
				x, y, z := float64(p[0]), float64(p[1]), float64(p[2])
				off := 0.0
				switch Kind(kind) {
				case Box:
					off = max(math.Abs(math.Abs(x)-1), math.Abs(math.Abs(y)-1), math.Abs(math.Abs(z)-1))
				case Cylinder:
					off = max(math.Abs(math.Hypot(x, z)-1), math.Abs(math.Abs(y)-1))
				default:
					off = math.Abs(math.Sqrt(x*x+y*y+z*z) - 1)
				}
				if off > 1e-5 {
					t.Fatalf("kind %d: %v is %g off", kind, p, off)
				}
			}
		}
	}
}

// TestCutWater wants water to end flat at a cut, nothing beyond it, and arrows before it.
func TestCutWater(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(Scene{Domain: view.Box{Max: view.Vector{1, 1, 1}}})
	k := newTank(t, s, func(x, y, z float64) [3]float64 { return [3]float64{1, 0, 0} })
	k.jitter(1<<6 - 1)
	h := k.ellipsoids()
	p := k.particles()
	p.Shapes = h
	camera := view.New(view.Vector{1.9, 1.2, 2.3}, view.Vector{0.5, 0.3, 0.5})
	look := Look{Style: Water, Quality: Medium, NoEdges: true}
	whole := s.draw(camera, p, look)
	half := look
	half.Cut = Plane{[3]float64{0, 0, 1}, 0.5}
	cut := s.draw(camera, p, half)
	golden(t, "water-cut", cut)
	none := look
	none.Cut = Plane{[3]float64{0, 0, 1}, -1}
	q := p
	q.Count = 0
	empty := s.draw(camera, q, look)
	if got := s.draw(camera, p, none); !bytes.Equal(got.Pix, empty.Pix) {
		t.Error("something is left of water that is all beyond the cut")
	}
	all := look
	all.Cut = Plane{[3]float64{0, 0, 1}, 3}
	if got := s.draw(camera, p, all); !bytes.Equal(got.Pix, whole.Pix) {
		t.Error("a cut beyond all water changes it")
	}
	half.Arrows = Arrows{Slice: Plane{[3]float64{0, 0, 1}, 0.475}, Half: 0.025, Length: 0.2}
	if mean, _ := difference(s.draw(camera, p, half), cut); mean < 0.5 {
		t.Errorf("arrows change the picture by %.2f of 255", mean)
	}
}

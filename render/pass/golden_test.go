package pass

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/fluidsim/fluidsim/render/view"
)

var update = flag.Bool("update", false, "rewrite the reference pictures in testdata")

// Drivers round differently: most pixels must agree closely, a few at edges may not.
const (
	meanTolerance = 1.5  // of 255, over all pixels and channels
	farOff        = 32   // of 255
	farOffShare   = 0.01 // of the pixels
)

// golden compares with testdata/name.png.
func golden(t *testing.T, name string, got *image.NRGBA) {
	t.Helper()
	path := filepath.Join("testdata", name+".png")
	if *update {
		var out bytes.Buffer
		if err := png.Encode(&out, got); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, out.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: look at the picture, then write it with -update", err)
	}
	decoded, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if decoded.Bounds() != got.Bounds() {
		t.Fatalf("picture of %v, the reference is %v", got.Bounds(), decoded.Bounds())
	}
	want := image.NewNRGBA(got.Rect)
	draw.Draw(want, want.Rect, decoded, image.Point{}, draw.Src)
	if mean, share := difference(got, want); mean > meanTolerance || share > farOffShare {
		failed := filepath.Join(t.ArtifactDir(), name+".png")
		if file, err := os.Create(failed); err == nil {
			png.Encode(file, got)
			file.Close()
		}
		t.Errorf("%s differs from its reference by %.2f of 255 on average, by more than %d in %.2f %% of the pixels; see %s",
			name, mean, farOff, 100*share, failed)
	}
}

// difference is the mean over all channels and the share of pixels that are far off.
func difference(a, b *image.NRGBA) (mean, share float64) {
	far := 0
	for i := 0; i < len(a.Pix); i += 4 {
		worst := 0
		for c := range 4 {
			d := int(max(a.Pix[i+c], b.Pix[i+c])) - int(min(a.Pix[i+c], b.Pix[i+c]))
			mean += float64(d)
			worst = max(worst, d)
		}
		if worst > farOff {
			far++
		}
	}
	return mean / float64(len(a.Pix)), float64(far) / float64(len(a.Pix)/4)
}

func TestGoldenPictures(t *testing.T) {
	for _, samples := range []uint32{1, 4} {
		s := newStudio(t, samples)
		s.scene(basin())
		w := makeWater(0.05)
		p := w.upload(t, s.device, len(w.position))
		camera := basinCamera(s.target.Aspect())
		close := view.New(view.Vector{10.9, 0.35, 20.9}, view.Vector{10.4, 0.15, 20})
		light := Colour{0.93, 0.94, 0.95}
		for _, each := range []struct {
			name   string
			camera view.Camera
			p      Particles
			look   Look
		}{
			{"speed", camera, p, Look{Field: Speed, High: 3.5}},
			{"pressure-on-light", camera, p, Look{Field: Pressure, Map: "viridis", High: 6000, Background: light}},
			{"density-diverging", camera, p, Look{Field: Density, Map: "diverging", Low: 990, High: 1015}},
			{"plain-without-shadows", camera, p, Look{Field: Plain, NoShadows: true}},
			{"close", close, p, Look{Field: Speed, Map: "turbo", High: 3.5}},
			{"solids", camera, Particles{}, Look{}},
			{"from-below", view.New(view.Vector{11, -2, 22}, view.Vector{10, 0.5, 20}), p, Look{High: 3.5}},
			{"vorticity-cut", camera, p, Look{Field: Vorticity, Map: "diverging", Low: -20, High: 20, Cut: Plane{[3]float64{0, 0, 1}, 20.1}}},
			{"bodies", camera, p, Look{Field: Body, Map: "distinct", Low: -0.5, High: Distinct - 0.5}},
			{"arrows", camera, p, Look{High: 3.5, Cut: Plane{[3]float64{0, 0, 1}, 20.1},
				Arrows: Arrows{Slice: Plane{[3]float64{0, 0, 1}, 20.075}, Half: 0.025, Length: 0.08}}},
			{"wires", camera, p, Look{Field: Neighbours, High: 40, Map: "magma", Wires: true}},
			{"bare", camera, p, Look{High: 3.5, NoFloor: true, NoEdges: true}},
		} {
			if samples == 4 && each.name != "speed" && each.name != "solids" {
				continue
			}
			name := each.name
			if samples == 4 {
				name += "-4-samples"
			}
			t.Run(name, func(t *testing.T) {
				first := s.draw(each.camera, each.p, each.look)
				for range 2 {
					if again := s.draw(each.camera, each.p, each.look); !bytes.Equal(first.Pix, again.Pix) {
						t.Fatal("the same picture, drawn again, has other pixels")
					}
				}
				for i := 3; i < len(first.Pix); i += 4 {
					if first.Pix[i] != 255 {
						t.Fatalf("pixel %d is not opaque: alpha %d", i/4, first.Pix[i])
					}
				}
				golden(t, name, first)
			})
		}
	}
}

func TestGoldenThresholdsNotice(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(basin())
	w := makeWater(0.05)
	p := w.upload(t, s.device, len(w.position))
	camera := basinCamera(s.target.Aspect())
	base := s.draw(camera, p, Look{High: 3.5})
	smaller := p
	smaller.Radius *= 0.8
	for name, other := range map[string]*image.NRGBA{
		"smaller balls": s.draw(camera, smaller, Look{High: 3.5}),
		"no shadows":    s.draw(camera, p, Look{High: 3.5, NoShadows: true}),
		"another range": s.draw(camera, p, Look{High: 5}),
		"a turn by 2":   s.draw(camera.Orbit(2, 0), p, Look{High: 3.5}),
	} {
		if mean, share := difference(base, other); mean <= meanTolerance && share <= farOffShare {
			t.Errorf("%s would pass: mean %.2f, far off %.2f %%", name, mean, 100*share)
		}
	}
}

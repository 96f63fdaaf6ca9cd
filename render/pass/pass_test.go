package pass

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
)

func TestNoParticles(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(basin())
	camera := basinCamera(s.target.Aspect())
	want := s.draw(camera, Particles{}, Look{})
	w := makeWater(0.1)
	for name, live := range map[string]int{"live is 0": 0} {
		if got := s.draw(camera, w.upload(t, s.device, live), Look{}); !bytes.Equal(got.Pix, want.Pix) {
			t.Errorf("%s, yet something is drawn", name)
		}
	}
	for i := range w.position {
		w.position[i][3] = -1 - w.position[i][3]
	}
	if got := s.draw(camera, w.upload(t, s.device, len(w.position)), Look{}); !bytes.Equal(got.Pix, want.Pix) {
		t.Error("dead particles are drawn")
	}
}

func TestNoScene(t *testing.T) {
	s := newStudio(t, 1)
	w := makeWater(0.1)
	s.draw(view.New(view.Vector{0, 0, 3}, view.Vector{}), Particles{}, Look{})
	s.draw(view.New(view.Vector{10, 0.5, 23}, view.Vector{10, 0.5, 20}), w.upload(t, s.device, len(w.position)), Look{High: 3})
}

func TestOnlyTheLiveAreDrawn(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(basin())
	w := makeWater(0.06)
	half := &water{spacing: w.spacing, position: w.position[:len(w.position)/2], velocity: w.velocity[:len(w.position)/2], density: w.density[:len(w.position)/2], pressure: w.pressure[:len(w.position)/2]}
	for _, camera := range []view.Camera{basinCamera(4.0 / 3), basinCamera(4.0/3).Orbit(180, 0)} { // both orders of drawing
		a := s.draw(camera, w.upload(t, s.device, len(half.position)), Look{High: 3})
		b := s.draw(camera, half.upload(t, s.device, len(half.position)), Look{High: 3})
		if !bytes.Equal(a.Pix, b.Pix) {
			t.Error("particles beyond the live ones change the picture")
		}
		all := s.draw(camera, w.upload(t, s.device, len(w.position)), Look{High: 3})
		if bytes.Equal(a.Pix, all.Pix) {
			t.Error("half of the particles give the whole picture")
		}
	}
	// a count that claims more than the buffer holds must not invent any
	control := layout.Control{Live: 1 << 30}
	p := half.upload(t, s.device, 0)
	if err := s.device.Write(p.Control, 0, gpu.BytesOf(&control)); err != nil {
		t.Fatal(err)
	}
	s.draw(basinCamera(4.0/3), p, Look{High: 3})
}

// one is a single particle, under a pressure of w MPa, at the origin of the world, in an empty box.
func one(t *testing.T, s *studio, velocity [4]float32) Particles {
	s.scene(Scene{Domain: view.Box{Min: view.Vector{-1, -1, -1}, Max: view.Vector{1, 1, 1}}})
	w := &water{spacing: 1, position: [][4]float32{{}}, velocity: [][4]float32{velocity}, density: [][2]float32{{1000, 0}}, pressure: []float32{1e6 * velocity[3]}}
	p := w.upload(t, s.device, 1)
	p.Origin = [3]float64{}
	return p
}

func TestSphereIsRoundAndInPlace(t *testing.T) {
	s := newStudio(t, 1)
	p := one(t, s, [4]float32{})
	p.Radius = 0.5
	camera := view.Camera{Position: view.Vector{0, 0, 5}, Up: view.Vector{0, 1, 0}, FOV: 90}
	look := Look{Field: Plain, Fluid: Colour{1, 0, 0}, NoFloor: true, NoEdges: true}
	with, without := s.draw(camera, p, look), s.draw(camera, Particles{}, look)
	// 120 pixels show 10 m at distance 5: a radius of 6 pixels around the centre
	area, sumX, sumY := 0, 0.0, 0.0
	for y := range testHeight {
		for x := range testWidth {
			if with.NRGBAAt(x, y) != without.NRGBAAt(x, y) {
				area++
				sumX += float64(x) + 0.5
				sumY += float64(y) + 0.5
			}
		}
	}
	if want := math.Pi * 36; math.Abs(float64(area)-want) > 0.08*want {
		t.Errorf("the ball covers %d pixels, want about %.0f", area, want)
	}
	if x, y := sumX/float64(area), sumY/float64(area); math.Abs(x-80) > 0.3 || math.Abs(y-60) > 0.3 {
		t.Errorf("the ball is at %.2f, %.2f, want 80, 60", x, y)
	}
}

func TestFarParticlesStayVisible(t *testing.T) {
	s := newStudio(t, 1)
	p := one(t, s, [4]float32{})
	p.Radius = 1e-4
	camera := view.Camera{Position: view.Vector{0.013, 0.02, 5}, Up: view.Vector{0, 1, 0}, FOV: 60, Target: view.Vector{0.013, 0.02, 0}}
	look := Look{Field: Plain, Fluid: Colour{1, 1, 1}, NoFloor: true, NoEdges: true}
	if with, without := s.draw(camera, p, look), s.draw(camera, Particles{}, look); bytes.Equal(with.Pix, without.Pix) {
		t.Error("a particle smaller than a pixel vanishes")
	}
}

func TestFieldsColourAsTheMapSays(t *testing.T) {
	s := newStudio(t, 1)
	camera := view.Camera{Position: view.Vector{0, 0, 5}, Up: view.Vector{0, 1, 0}, FOV: 30}
	at := func(look Look, velocity [4]float32) color.NRGBA {
		p := one(t, s, velocity)
		p.Radius = 0.8
		look.Map, look.NoFloor, look.NoEdges, look.NoShadows = "gray", true, true, true
		return s.draw(camera, p, look).NRGBAAt(testWidth/2, testHeight/2)
	}
	for name, pair := range map[string][2]color.NRGBA{
		"speed":       {at(Look{Field: Speed, High: 10}, [4]float32{1, 0, 0, 0}), at(Look{Field: Speed, High: 10}, [4]float32{0, 6, 6, 0})},
		"pressure":    {at(Look{Field: Pressure, High: 1e4}, [4]float32{0, 0, 0, 1e-3}), at(Look{Field: Pressure, High: 1e4}, [4]float32{0, 0, 0, 8e-3})},
		"density":     {at(Look{Field: Density, Low: 900, High: 5000}, [4]float32{}), at(Look{Field: Density, Low: 500, High: 1050}, [4]float32{})},
		"below range": {at(Look{Field: Speed, Low: 5, High: 6}, [4]float32{}), at(Look{Field: Speed, Low: -6, High: -5}, [4]float32{})},
	} {
		if pair[0].G+40 > pair[1].G {
			t.Errorf("%s: low is %v, high is %v", name, pair[0], pair[1])
		}
	}
}

func TestNearHidesFar(t *testing.T) {
	s := newStudio(t, 1)
	p := one(t, s, [4]float32{})
	p.Radius = 0.2
	red := func(position [3]float64) color.NRGBA {
		s.scene(Scene{
			Domain: view.Box{Min: view.Vector{-1, -1, -1}, Max: view.Vector{1, 1, 1}},
			Solids: []Solid{{Kind: Box, Position: position, Size: [3]float64{0.5, 0.5, 0.1}, Colour: Colour{1, 0, 0}}},
		})
		camera := view.Camera{Position: view.Vector{0, 0, 5}, Up: view.Vector{0, 1, 0}, FOV: 40}
		return s.draw(camera, p, Look{Field: Plain, Fluid: Colour{0, 0, 1}}).NRGBAAt(testWidth/2, testHeight/2)
	}
	if c := red([3]float64{0, 0, 0.4}); c.R < c.B {
		t.Errorf("a wall before the particle: %v, want red", c)
	}
	if c := red([3]float64{0, 0, -0.4}); c.B < c.R {
		t.Errorf("a wall behind the particle: %v, want blue", c)
	}
}

func TestOriginsAgree(t *testing.T) {
	// The same water 1,000 km away gives the same picture: nothing is computed far from zero.
	s := newStudio(t, 1)
	w := makeWater(0.1)
	p := w.upload(t, s.device, len(w.position))
	picture := func(shift float64) *image.NRGBA {
		scene, q := basin(), p
		scene.Domain.Min[0] += shift
		scene.Domain.Max[0] += shift
		for i := range scene.Solids {
			scene.Solids[i].Position[0] += shift
		}
		q.Origin[0] += shift
		s.scene(scene)
		camera := basinCamera(s.target.Aspect())
		camera.Position[0] += shift
		camera.Target[0] += shift
		return s.draw(camera, q, Look{High: 3})
	}
	if mean, share := difference(picture(0), picture(1<<20)); mean > 0.1 || share > 0.001 {
		t.Errorf("far from the world's zero the picture differs by %.2f, %.2f %%", mean, 100*share)
	}
}

func TestFourPicturesInOneSubmit(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(basin())
	var targets []*Target
	e, err := s.device.NewEncoder("four")
	if err != nil {
		t.Fatal(err)
	}
	for k := range slots {
		target, err := s.renderer.NewTarget(testWidth, testHeight)
		if err != nil {
			t.Fatal(err)
		}
		defer target.Release()
		targets = append(targets, target)
		s.renderer.Draw(e, target, basinCamera(4.0/3).Orbit(float64(20*k), 0), Particles{}, Look{})
	}
	if err := e.Submit(); err != nil {
		t.Fatal(err)
	}
	for k, target := range targets {
		own := s.draw(basinCamera(4.0/3).Orbit(float64(20*k), 0), Particles{}, Look{})
		keep := s.target
		s.target = target
		got := s.read()
		s.target = keep
		if !bytes.Equal(got.Pix, own.Pix) {
			t.Errorf("picture %d of the submit is not its own", k)
		}
	}
}

func TestTargetSizes(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(basin())
	limit := int(s.device.Limits().MaxTexture)
	for _, size := range [][2]int{{0, 10}, {10, 0}, {-1, 5}, {limit + 1, 4}, {4, limit + 1}} {
		if err := s.target.Resize(size[0], size[1]); err == nil || !strings.Contains(err.Error(), "cannot be drawn") {
			t.Errorf("resize to %v: %v", size, err)
		}
	}
	if w, h := s.target.Size(); w != testWidth || h != testHeight {
		t.Errorf("after refused sizes the target is %dx%d", w, h)
	}
	for _, size := range [][2]int{{1, 1}, {333, 7}, {7, 333}, {64, 64}} {
		if err := s.target.Resize(size[0], size[1]); err != nil {
			t.Fatal(err)
		}
		s.draw(basinCamera(s.target.Aspect()), Particles{}, Look{})
	}
}

func TestDrawRefusesBadInput(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(basin())
	w := makeWater(0.1)
	camera := basinCamera(1)
	good := w.upload(t, s.device, 1)
	tooMany, missing, released := good, good, w.upload(t, s.device, 1)
	tooMany.Count = 1 << 22
	missing.Velocity = nil
	released.Control.Release()
	for name, p := range map[string]Particles{"too many": tooMany, "no velocity": missing, "released": released} {
		if err := s.try(camera, p, Look{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	gone, err := s.renderer.NewTarget(8, 8)
	if err != nil {
		t.Fatal(err)
	}
	gone.Release()
	keep := s.target
	s.target = gone
	if err := s.try(camera, good, Look{}); err == nil {
		t.Error("a released target: no error")
	}
	s.target = keep
	if _, err := New(s.device, Options{Samples: 3}); err == nil {
		t.Error("three samples: no error")
	}
}

func TestReleasedBuffersAreForgotten(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(basin())
	w := makeWater(0.2)
	for range 10 {
		p := w.upload(t, s.device, len(w.position))
		s.draw(basinCamera(1), p, Look{})
		for _, b := range []*gpu.Buffer{p.Position, p.Velocity, p.Density, p.Pressure, p.Control} {
			b.Release()
		}
	}
	s.draw(basinCamera(1), w.upload(t, s.device, 1), Look{})
	if n := len(s.renderer.groups); n != 1 {
		t.Errorf("%d buffer sets are kept, want the one that is alive", n)
	}
}

func TestFourMillionInstances(t *testing.T) {
	s := newStudio(t, 1)
	s.scene(basin())
	const n = 4 << 20
	room := func(size uint64) *gpu.Buffer {
		b, err := s.device.NewBuffer("room", size, wgpu.BufferUsageStorage)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(b.Release)
		return b
	}
	p := Particles{Position: room(16 * n), Velocity: room(16 * n), Density: room(8 * n), Pressure: room(4 * n), Control: room(controlSize),
		Count: n, Radius: 0.001, Origin: [3]float64{10, 0.5, 20}}
	control := layout.Control{Live: n}
	if err := s.device.Write(p.Control, 0, gpu.BytesOf(&control)); err != nil {
		t.Fatal(err)
	}
	// all sit in the centre but the very last, which must be seen
	if err := s.device.Write(p.Position, 16*(n-1), gpu.Bytes([]float32{0.8, 0.3, 0, n - 1})); err != nil {
		t.Fatal(err)
	}
	look := Look{Field: Plain, NoShadows: true}
	all := s.draw(basinCamera(4.0/3), p, look)
	p.Count = n - 1
	if err := s.device.Write(p.Control, 0, gpu.Bytes([]uint32{n - 1})); err != nil {
		t.Fatal(err)
	}
	if less := s.draw(basinCamera(4.0/3), p, look); bytes.Equal(all.Pix, less.Pix) {
		t.Error("particle number 4,194,304 is not drawn")
	}
}

// A state that is late by some time is shown as it was: the particles that much back along their way.
func TestAheadShowsTheMoment(t *testing.T) {
	s := newStudio(t, 1)
	camera := view.Camera{Position: view.Vector{0, 0, 5}, Up: view.Vector{0, 1, 0}, FOV: 90}
	look := Look{Field: Plain, Fluid: Colour{1, 0, 0}, NoFloor: true, NoEdges: true}
	middle := func(p Particles) float64 {
		p.Radius = 0.5
		with, without := s.draw(camera, p, look), s.draw(camera, Particles{}, look)
		area, sum := 0, 0.0
		for y := range testHeight {
			for x := range testWidth {
				if with.NRGBAAt(x, y) != without.NRGBAAt(x, y) {
					area++
					sum += float64(x) + 0.5
				}
			}
		}
		return sum / float64(area)
	}
	p := one(t, s, [4]float32{10, 0, 0, 0})
	now := middle(p)
	p.Ahead = 0.1
	// A metre is 12 pixels here.
	if moved := now - middle(p); math.Abs(moved-12) > 0.3 {
		t.Errorf("at 10 m/s, 0.1 s ago was %.2f pixels back, want 12", moved)
	}
}

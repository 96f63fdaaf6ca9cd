package capture

import (
	"bytes"
	"errors"
	"image"
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
)

// rig draws a turning box.
type rig struct {
	device   *gpu.Device
	renderer *pass.Renderer
	target   *pass.Target
}

func newRig(t *testing.T, width, height int) *rig {
	t.Helper()
	g := &rig{device: gputest.Open(t)}
	var err error
	if g.renderer, err = pass.New(g.device, pass.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(g.renderer.Release)
	if err := g.renderer.SetScene(pass.Scene{
		Domain: view.Box{Max: view.Vector{1, 1, 1}},
		Solids: []pass.Solid{{Kind: pass.Box, Position: [3]float64{0.3, 0.3, 0.3}, Size: [3]float64{0.4, 0.3, 0.2}}},
	}); err != nil {
		t.Fatal(err)
	}
	if g.target, err = g.renderer.NewTarget(width, height); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(g.target.Release)
	return g
}

// frame draws picture k and records its copy.
func (g *rig) frame(t *testing.T, grabber *Grabber, k int, fn func(*image.NRGBA) error) error {
	t.Helper()
	e, err := g.device.NewEncoder("frame")
	if err != nil {
		t.Fatal(err)
	}
	g.renderer.Draw(e, g.target, view.New(view.Vector{0, 1, 3}, view.Vector{0.5, 0.5, 0.5}).Orbit(float64(7*k), 0), pass.Particles{}, pass.Look{})
	failed := grabber.Copy(e, g.target, fn)
	if err := e.Submit(); err != nil {
		t.Fatal(err)
	}
	return failed
}

func TestGrabberGivesEveryFrameInOrder(t *testing.T) {
	g := newRig(t, 161, 90) // rows of 644 bytes: padding matters
	grabber := NewGrabber(g.device, 3)
	defer grabber.Release()
	var got []*image.NRGBA
	keep := func(frame *image.NRGBA) error { got = append(got, frame); return nil }
	var want [][]byte
	for k := range 20 {
		if k == 12 { // a window would be resized here
			if err := g.target.Resize(64, 40); err != nil {
				t.Fatal(err)
			}
		}
		if err := g.frame(t, grabber, k, keep); err != nil {
			t.Fatal(err)
		}
		if k%3 == 0 {
			if err := grabber.Collect(keep); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := grabber.Flush(keep); err != nil {
		t.Fatal(err)
	}
	if err := g.target.Resize(161, 90); err != nil {
		t.Fatal(err)
	}
	for k := range 20 {
		if k == 12 {
			if err := g.target.Resize(64, 40); err != nil {
				t.Fatal(err)
			}
		}
		e, err := g.device.NewEncoder("again")
		if err != nil {
			t.Fatal(err)
		}
		g.renderer.Draw(e, g.target, view.New(view.Vector{0, 1, 3}, view.Vector{0.5, 0.5, 0.5}).Orbit(float64(7*k), 0), pass.Particles{}, pass.Look{})
		if err := e.Submit(); err != nil {
			t.Fatal(err)
		}
		picture, err := Read(g.target)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, picture.Pix)
	}
	if len(got) != len(want) {
		t.Fatalf("%d frames came back, want %d", len(got), len(want))
	}
	for k := range want {
		if !bytes.Equal(got[k].Pix, want[k]) {
			t.Errorf("frame %d is not what was drawn", k)
		}
		if k > 0 && bytes.Equal(want[k], want[k-1]) {
			t.Fatalf("frames %d and %d look alike: the test would not notice a swap", k-1, k)
		}
	}
}

func TestTooManyPicturesInOneSubmit(t *testing.T) {
	g := newRig(t, 32, 32)
	grabber := NewGrabber(g.device, 2)
	defer grabber.Release()
	e, err := g.device.NewEncoder("three")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for k := range 3 {
		err := grabber.Copy(e, g.target, nil)
		if k < 2 && err != nil || k == 2 && err == nil {
			t.Errorf("copy %d of a ring of 2: %v", k+1, err)
		}
	}
	if err := e.Submit(); err != nil {
		t.Fatal(err)
	}
	if err := grabber.Flush(func(*image.NRGBA) error { count++; return nil }); err != nil || count != 2 {
		t.Errorf("%d pictures came back: %v", count, err)
	}
}

func TestGrabberStopsAtTheFirstError(t *testing.T) {
	g := newRig(t, 32, 32)
	grabber := NewGrabber(g.device, 2)
	defer grabber.Release()
	full := errors.New("disk full")
	calls := 0
	var failed error
	for k := 0; k < 6 && failed == nil; k++ {
		failed = g.frame(t, grabber, k, func(*image.NRGBA) error { calls++; return full })
	}
	if !errors.Is(failed, full) || calls != 1 {
		t.Errorf("after %d calls: %v", calls, failed)
	}
}

func TestLongCaptureKeepsMemoryFlat(t *testing.T) {
	g := newRig(t, 48, 32)
	grabber := NewGrabber(g.device, 3)
	defer grabber.Release()
	sink, err := NewSink(t.TempDir()+"/frames", Options{FPS: 60, Width: 48, Height: 32})
	if err != nil {
		t.Fatal(err)
	}
	r := NewRecorder(sink, 4)
	// The driver's threads make this wander by a megabyte, so the least at the end
	// is held against the most at the beginning: only a steady leak parts the two.
	const warm, early, late, frames = 750, 2000, 7000, 8000
	most, least := 0, math.MaxInt
	for k := range frames {
		if k%250 == 0 && k >= warm {
			if k < early {
				most = max(most, gputest.Held(t))
			} else if k >= late {
				least = min(least, gputest.Held(t))
			}
		}
		if err := g.frame(t, grabber, k, r.Add); err != nil {
			t.Fatal(err)
		}
		if err := grabber.Collect(r.Add); err != nil {
			t.Fatal(err)
		}
	}
	if err := grabber.Flush(r.Add); err != nil {
		t.Fatal(err)
	}
	// an unreleased pass costs two kilobytes a frame, a bind group 680 bytes
	if grown := least - most; grown > (late-early)*150 {
		t.Errorf("%d frames grew the process by %d kB", late-early, grown/1024)
	} else {
		t.Logf("%d frames grew the process by %d kB", late-early, grown/1024)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if n := r.Summary().Frames; n != frames {
		t.Errorf("%d frames written, want %d", n, frames)
	}
}

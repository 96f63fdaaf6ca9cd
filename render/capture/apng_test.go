package capture

import (
	"bytes"
	"errors"
	"image"
	"image/draw"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/kettek/apng"
)

// film is what a viewer shows: every frame as it is on the screen, and how long [s], as somebody
// else's decoder reads the file.
func film(t *testing.T, path string) (frames []*image.NRGBA, seconds []float64) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	a, err := apng.DecodeAll(file)
	if err != nil {
		t.Fatal(err)
	}
	if a.LoopCount != 0 {
		t.Errorf("it plays %d times, want for ever", a.LoopCount)
	}
	screen := image.NewNRGBA(a.Frames[0].Image.Bounds())
	for i, f := range a.Frames {
		if f.IsDefault || f.DisposeOp != apng.DISPOSE_OP_NONE || f.BlendOp != apng.BLEND_OP_SOURCE {
			t.Fatalf("frame %d: %+v", i, f)
		}
		size := f.Image.Bounds().Size()
		at := image.Rect(f.XOffset, f.YOffset, f.XOffset+size.X, f.YOffset+size.Y)
		draw.Draw(screen, at, f.Image, f.Image.Bounds().Min, draw.Src)
		shown := image.NewNRGBA(screen.Rect)
		copy(shown.Pix, screen.Pix)
		frames = append(frames, shown)
		seconds = append(seconds, float64(f.DelayNumerator)/float64(f.DelayDenominator))
	}
	return frames, seconds
}

func TestAPNG(t *testing.T) {
	for _, fps := range []float64{30, 1000, 29.97, 0.5, 0.001} {
		o := Options{FPS: fps, Width: 64, Height: 48}
		var bytesOf [2][]byte
		for run := range 2 {
			path := filepath.Join(t.TempDir(), "x.apng")
			sink := record(t, path, o, 7)
			last := picture(64, 48, 6) // nothing moves: a frame all the same
			if err := sink.Add(last); err != nil {
				t.Fatal(err)
			}
			mustClose(t, sink)
			if got := sink.Summary(); got != (Summary{Path: path, Kind: APNG, Frames: 8, Width: 64, Height: 48}) {
				t.Errorf("%+v", got)
			}
			bytesOf[run], _ = os.ReadFile(path)
			frames, seconds := film(t, path)
			if len(frames) != 8 {
				t.Fatalf("%d frames, want 8", len(frames))
			}
			total := 0.0
			for k, frame := range frames {
				samePixels(t, frame, picture(64, 48, min(k, 6)))
				total += seconds[k]
			}
			// times are rounded, to 1/1000 s or 1/10 s
			if math.Abs(total-8/fps) > 0.0006*max(1, 8/fps) {
				t.Errorf("at %g frames a second 8 frames take %g s", fps, total)
			}
		}
		if !bytes.Equal(bytesOf[0], bytesOf[1]) {
			t.Error("the same frames give other bytes")
		}
	}
}

func TestAPNGEndsEarly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.apng")
	sink := record(t, path, small, 3)
	if err := sink.Abort(); err != nil {
		t.Fatal(err)
	}
	if frames, _ := film(t, path); len(frames) != 3 {
		t.Errorf("%d frames, want 3", len(frames))
	}
	folder := t.TempDir()
	sink = record(t, filepath.Join(folder, "x.apng"), small, 2)
	sink.(*apngSink).failed = errors.New("no space left on device")
	if err := sink.Close(); err == nil || listing(t, folder) != "" {
		t.Errorf("after a failure: %v, folder holds %q", err, listing(t, folder))
	}
}

// Only what moves is stored again.
func TestAPNGStoresChanges(t *testing.T) {
	a, b := picture(64, 48, 0), picture(64, 48, 0)
	if got := changed(a, b); got != image.Rect(0, 0, 1, 1) {
		t.Errorf("nothing has changed: %v", got)
	}
	for _, p := range []image.Point{{5, 9}, {60, 30}} {
		b.Pix[b.PixOffset(p.X, p.Y)+1] ^= 1
	}
	if got := changed(a, b); got != image.Rect(5, 9, 61, 31) {
		t.Errorf("two pixels have changed: %v", got)
	}
}

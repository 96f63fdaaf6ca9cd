package capture

import (
	"errors"
	"image"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

// slowSink remembers what it got.
type slowSink struct {
	order  []uint8
	failAt int
	closed string
}

var errFull = errors.New("no space left")

func (s *slowSink) Add(frame *image.NRGBA) error {
	time.Sleep(time.Millisecond)
	if s.failAt > 0 && len(s.order) == s.failAt {
		return errFull
	}
	s.order = append(s.order, frame.Pix[0])
	return nil
}
func (s *slowSink) Close() error     { s.closed += "close"; return nil }
func (s *slowSink) Abort() error     { s.closed += "abort"; return nil }
func (s *slowSink) Summary() Summary { return Summary{Frames: len(s.order)} }

func dot(k int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	img.Pix[0] = uint8(k)
	return img
}

func TestRecorderKeepsEveryFrameInOrder(t *testing.T) {
	sink := &slowSink{}
	r := NewRecorder(sink, 3)
	for k := range 100 {
		if err := r.Add(dot(k)); err != nil {
			t.Fatal(err)
		}
		if waiting := k + 1 - r.Frames(); waiting > 5 { // queue, one in work, one just handed over
			t.Fatalf("%d frames wait in a queue of 3", waiting)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	for k, got := range sink.order {
		if int(got) != k {
			t.Fatalf("frame %d came at place %d", got, k)
		}
	}
	if len(sink.order) != 100 || r.Frames() != 100 || sink.closed != "close" {
		t.Errorf("%d frames written, counted %d, ended by %q", len(sink.order), r.Frames(), sink.closed)
	}
	if r.Abort(); sink.closed != "close" {
		t.Error("a recorder ended twice")
	}
}

func TestRecorderTellsTheFirstError(t *testing.T) {
	sink := &slowSink{failAt: 4}
	r := NewRecorder(sink, 2)
	var err error
	for k := 0; k < 1000 && err == nil; k++ {
		err = r.Add(dot(k))
	}
	if !errors.Is(err, errFull) {
		t.Errorf("Add: %v, want the sink's error", err)
	}
	if err := r.Close(); !errors.Is(err, errFull) || sink.closed != "abort" {
		t.Errorf("Close: %v, ended by %q", err, sink.closed)
	}
	if r.Summary().Frames != 4 {
		t.Errorf("%d whole frames, want 4", r.Summary().Frames)
	}
}

func TestTeeGivesEachSinkItsOwnPicture(t *testing.T) {
	base := t.TempDir()
	folder, err := NewSink(filepath.Join(base, "frames"), small)
	if err != nil {
		t.Fatal(err)
	}
	still, err := NewSink(filepath.Join(base, "last.png"), small)
	if err != nil {
		t.Fatal(err)
	}
	r := NewRecorder(Tee(folder, still), 2)
	for k := range 40 {
		if err := r.Add(picture(64, 48, k)); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	for _, k := range []int{0, 17, 39} {
		samePixels(t, readPNG(t, filepath.Join(base, "frames", frameName(k))), picture(64, 48, k))
	}
	samePixels(t, readPNG(t, filepath.Join(base, "last.png")), picture(64, 48, 39))
}

func TestLongRecordingKeepsMemoryFlat(t *testing.T) {
	var films [5]*image.NRGBA
	for k := range films {
		films[k] = picture(160, 120, k)
	}
	// the frames after the first look are 46 MB; encoders at work hold about one each
	for _, name := range []string{"frames", "x.gif", "x.apng"} {
		sink, err := NewSink(filepath.Join(t.TempDir(), name), Options{FPS: 30, Width: 160, Height: 120})
		if err != nil {
			t.Fatal(err)
		}
		r := NewRecorder(sink, 4)
		var early, late runtime.MemStats
		for k := range 900 {
			frame := newFrame(160, 120)
			copy(frame.Pix, films[k%5].Pix)
			if err := r.Add(frame); err != nil {
				t.Fatal(err)
			}
			if k == 300 {
				runtime.GC()
				runtime.ReadMemStats(&early)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&late)
		if grown := int64(late.HeapAlloc) - int64(early.HeapAlloc); grown > 16<<20 {
			t.Errorf("%s: 600 frames left %d bytes in memory", name, grown)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

package main

import (
	"testing"

	"github.com/fluidsim/fluidsim/render/pass"
)

func TestQualityStarts(t *testing.T) {
	for _, each := range []struct {
		named               string
		software, recording bool
		want                pass.Quality
	}{
		{"auto", false, false, pass.Medium}, {"auto", true, false, pass.Low}, {"auto", true, true, pass.High}, {"auto", false, true, pass.High},
		{"low", false, true, pass.Low}, {"medium", true, false, pass.Medium}, {"high", true, false, pass.High},
	} {
		if got := newQuality(each.named, each.software, each.recording); got.level != each.want {
			t.Errorf("%+v: %v", each, got.level)
		}
	}
}

func TestQualityFallsOnceWhenDrawingIsSlow(t *testing.T) {
	q := newQuality("auto", false, false)
	for range slowFrames - 1 {
		if q.measured(2 * drawingTime) {
			t.Fatal("a hiccup lowers the quality")
		}
	}
	if q.measured(drawingTime / 2) {
		t.Fatal("a fast picture lowers the quality")
	}
	fell := 0
	for range 10 * slowFrames {
		if q.measured(2 * drawingTime) {
			fell++
		}
	}
	if fell != 1 || q.level != pass.Low {
		t.Errorf("fell %d times, to %v", fell, q.level)
	}
	named := newQuality("high", false, false)
	for range 10 * slowFrames {
		if named.measured(100 * drawingTime) {
			t.Fatal("a quality that was asked for does not hold")
		}
	}
}

// Where a scene calms down the quality comes back; where medium is always too slow, though low leaves room, it tries ever less
// often.
func TestQualityRisesAndDoesNotSwing(t *testing.T) {
	q := newQuality("auto", false, false)
	for range slowFrames {
		q.measured(2 * drawingTime)
	}
	if q.level != pass.Low {
		t.Fatal("it does not fall")
	}
	for range 100 * quickFrames {
		if q.measured(0.3 * drawingTime) {
			t.Fatal("it rises where medium has no room")
		}
	}
	risen := 0
	for range 2 * quickFrames {
		if q.measured(0.1 * drawingTime) {
			risen++
		}
	}
	if risen != 1 || q.level != pass.Medium {
		t.Fatalf("rose %d times, to %v", risen, q.level)
	}
	swings := 0
	for range 1000 * quickFrames {
		cost := 0.1 * drawingTime
		if q.level == pass.Medium {
			cost = 1.5 * drawingTime
		}
		if q.measured(cost) {
			swings++
		}
	}
	// waits of 4, 8, ... 256 quickFrames, and of 256 from then on
	if swings > 20 || swings < 4 {
		t.Errorf("%d changes in 1000 waits", swings)
	}
}

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/fluidsim/fluidsim/render/ui"
)

// A frame in the real window makes no bind groups and no memory on the device, and an input
// is in a picture soon.
func TestBenchWindow(t *testing.T) {
	d := newDesk(t)
	config := t.TempDir()
	measure := d.command("fluidsim", "bench", "--window", "--json", "--particles", "1k", "--frames", "25", "--size", "700x500", "pool-drop")
	measure.Env = append(measure.Env, configVariable+"="+config)
	measure.Stderr = os.Stderr
	text, err := measure.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var r benchReport
	if err := json.Unmarshal(text, &r); err != nil || r.Window == nil {
		t.Fatalf("%v\n%s", err, text)
	}
	w := r.Window
	if w.Frames != 25 || w.Width != 700 || w.Height != 500 || w.Panel != ui.Available || w.Particles < 500 || r.Adapter == "" {
		t.Errorf("measured %+v", w)
	}
	if w.GroupsMade != 0 || w.BytesMade != 0 {
		t.Errorf("a frame makes %g bind groups and %g bytes of buffers", w.GroupsMade, w.BytesMade)
	}
	// One frame is the least; two are what a user may have to wait.
	if w.Latency.Median < 1 || w.Latency.Most > 2 {
		t.Errorf("an input is in a finished picture after %+v frames", w.Latency)
	}
	if s := w.FrameMs; !(s.Median > 0) || s.P99 < s.Median || s.Most < s.P99 || !(w.WorkMs.Median > 0) || w.WorkMs.Median > s.Median {
		t.Errorf("frames of %+v, %+v of them work", s, w.WorkMs)
	}
	if len(w.Start) == 0 || !(w.StartSeconds > 0) || !(w.ReloadSeconds > 0) || w.ReloadSeconds > 3*w.StartSeconds { // it makes less
		t.Errorf("the first picture came after %g s, the scene again in %g s", w.StartSeconds, w.ReloadSeconds)
	}
	if left, err := filepath.Glob(filepath.Join(config, "*")); err != nil || len(left) > 0 {
		t.Errorf("it has remembered %v: %v", left, err)
	}
}

//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import "testing"

// BenchmarkFrame is what the panel costs a frame on the processor, every section open.
func BenchmarkFrame(b *testing.B) {
	r := newRig(b, 1280, 800, 1, DefaultLayout())
	for _, s := range r.sections() {
		r.panel.layout.Open[s] = true
	}
	r.panel.track = false
	for b.Loop() {
		r.frames(1)
	}
}

// BenchmarkDraw is what its triangles cost the device.
func BenchmarkDraw(b *testing.B) {
	r := newRig(b, 1280, 800, 1, DefaultLayout())
	for b.Loop() {
		e, err := r.device.NewEncoder("panel")
		if err != nil {
			b.Fatal(err)
		}
		r.overlay.DrawOn(e, r.target)
		if err := e.Submit(); err != nil {
			b.Fatal(err)
		}
		if err := r.device.Wait(); err != nil {
			b.Fatal(err)
		}
	}
}

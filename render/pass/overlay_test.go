//go:build !js

package pass

import (
	"image/color"
	"strings"
	"testing"
	"unsafe"

	"github.com/fluidsim/fluidsim/render/view"
)

// sheetQuad is a rectangle of one colour [pixels], with the whole sheet on it.
func sheetQuad(x0, y0, x1, y1 float32, colour uint32) ([]OverlayVertex, []uint16) {
	return []OverlayVertex{{x0, y0, 0, 0, colour}, {x1, y0, 1, 0, colour}, {x1, y1, 1, 1, colour}, {x0, y1, 0, 1, colour}}, []uint16{0, 1, 2, 0, 2, 3}
}

const opaque = 0xff000000

func newOverlay(t *testing.T) (*studio, *Overlay) {
	t.Helper()
	s := newStudio(t, 1)
	o, err := NewOverlay(s.device)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.Release)
	if err := o.Sheet(1, 1, 1, []byte{255, 255, 255, 255}); err != nil {
		t.Fatal(err)
	}
	return s, o
}

// over draws the overlay onto a black picture and reads it.
func (s *studio) over(o *Overlay) (at func(x, y int) color.NRGBA) {
	s.t.Helper()
	e, err := s.device.NewEncoder("test")
	if err != nil {
		s.t.Fatal(err)
	}
	look := Look{NoFloor: true, NoEdges: true, NoShadows: true, Background: Colour{1e-9, 0, 0}}
	s.renderer.Draw(e, s.target, view.New(view.Vector{0, 0, 2}, view.Vector{}), Particles{}, look)
	o.DrawOn(e, s.target)
	if err := e.Submit(); err != nil {
		s.t.Fatal(err)
	}
	img := s.read()
	return func(x, y int) color.NRGBA { return img.NRGBAAt(x, y) }
}

// An overlay covers exactly the pixels that its triangles and its clip share, in the colours it was given.
func TestOverlayPixels(t *testing.T) {
	s, o := newOverlay(t)
	vertices, indices := sheetQuad(10, 20, 50, 60, opaque|50<<16|100<<8|200)
	if err := o.Set(vertices, indices, []OverlayDraw{{Clip: [4]int{-5, 0, 30, 999}, Sheet: 1, Count: 6}}); err != nil {
		t.Fatal(err)
	}
	at := s.over(o)
	for _, c := range []struct {
		x, y   int
		inside bool
	}{{10, 20, true}, {29, 59, true}, {9, 20, false}, {10, 19, false}, {30, 20, false}, {10, 60, false}} {
		got := at(c.x, c.y)
		if inside := got == (color.NRGBA{200, 100, 50, 255}); inside != c.inside {
			t.Errorf("pixel %d,%d is %v; inside: %v", c.x, c.y, got, c.inside)
		}
	}
}

// Light is mixed, with the coverage bent as the shader tells: half of white over black; and the picture stays opaque.
func TestOverlayBlends(t *testing.T) {
	s, o := newOverlay(t)
	vertices, indices := sheetQuad(0, 0, 40, 40, 0x80ffffff)
	if err := o.Set(vertices, indices, []OverlayDraw{{Clip: [4]int{0, 0, 999, 999}, Sheet: 1, Count: 6}}); err != nil {
		t.Fatal(err)
	}
	// (128/255)^1.5 of linear light encodes as 161; the dark backdrop (at most 20, 0.007 of light) and its dither add at
	// most three.
	if got := s.over(o)(20, 20); got.R < 160 || got.R > 165 || got.A != 255 {
		t.Errorf("half of white over black is %v", got)
	}
}

// Sheets are told apart, replaced, painted in part and dropped.
func TestOverlaySheets(t *testing.T) {
	s, o := newOverlay(t)
	if err := o.Sheet(2, 2, 1, []byte{255, 0, 0, 255, 0, 255, 0, 255}); err != nil {
		t.Fatal(err)
	}
	vertices, indices := sheetQuad(0, 0, 40, 40, opaque|0xffffff)
	set := func() {
		t.Helper()
		if err := o.Set(vertices, indices, []OverlayDraw{{Clip: [4]int{0, 0, 999, 999}, Sheet: 2, Count: 6}}); err != nil {
			t.Fatal(err)
		}
	}
	set()
	if at := s.over(o); at(2, 2) != (color.NRGBA{255, 0, 0, 255}) || at(38, 2) != (color.NRGBA{0, 255, 0, 255}) {
		t.Errorf("the sheet shows %v and %v", at(2, 2), at(38, 2))
	}
	if err := o.Paint(2, 1, 0, 1, 1, []byte{0, 0, 255, 255}); err != nil {
		t.Fatal(err)
	}
	if at := s.over(o); at(2, 2) != (color.NRGBA{255, 0, 0, 255}) || at(38, 2) != (color.NRGBA{0, 0, 255, 255}) {
		t.Errorf("after painting the sheet shows %v and %v", at(2, 2), at(38, 2))
	}
	o.DropSheet(2)
	if got := s.over(o)(2, 2); got.R > 60 { // the backdrop is nearly black
		t.Errorf("without its sheet it still shows %v", got)
	}
	for what, err := range map[string]error{
		"beyond": o.Paint(1, 1, 0, 1, 1, make([]byte, 4)),
		"short":  o.Sheet(3, 2, 2, make([]byte, 4)),
		"empty":  o.Sheet(3, 0, 2, nil),
		"none":   o.Paint(9, 0, 0, 1, 1, make([]byte, 4)),
		"draws":  o.Set(vertices, indices, []OverlayDraw{{Sheet: 1, Count: 7}}),
	} {
		if err == nil || !strings.HasPrefix(err.Error(), "overlay: ") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// The stride of the pipeline is the size of a corner.
func TestOverlayStride(t *testing.T) {
	if size := unsafe.Sizeof(OverlayVertex{}); size != overlayStride {
		t.Errorf("a corner has %d bytes, the pipeline reads %d", size, overlayStride)
	}
}

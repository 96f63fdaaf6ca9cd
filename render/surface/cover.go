package surface

import (
	"errors"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/go-gl/glfw/v3.3/glfw"
)

// cover is an interface that is drawn over the window's pictures, and what it takes from them.
type cover struct {
	overlay       *pass.Overlay
	right, bottom int // [pixels]
}

// leaves is what is left of a size for the picture: never nothing.
func (c cover) leaves(width, height uint32) (uint32, uint32) {
	return uint32(max(int(width)-c.right, 1)), uint32(max(int(height)-c.bottom, 1))
}

// Format is that of the window's pictures, for overlays.
func (w *Window) Format() (wgpu.TextureFormat, error) {
	if w.chain == nil {
		return wgpu.TextureFormatUndefined, errors.New("the window is not connected to a graphics device")
	}
	return w.chain.format, nil
}

// Cover lays an overlay over everything that is shown from now on; the picture leaves so many pixels
// free at the right and at the bottom. A nil overlay is none.
func (w *Window) Cover(o *pass.Overlay, right, bottom int) {
	if w.chain != nil {
		w.chain.cover = cover{o, max(right, 0), max(bottom, 0)}
	}
}

// Clipboard is the text that was copied last, anywhere; empty when it is none.
func (w *Window) Clipboard() (text string) {
	quietly(func() { text = glfw.GetClipboardString() })
	return text
}

// SetClipboard copies a text.
func (w *Window) SetClipboard(text string) { quietly(func() { glfw.SetClipboardString(text) }) }

// Pointer is a form of the mouse pointer.
type Pointer int

const (
	Arrow Pointer = iota
	Beam          // over text that can be written
	Hand
	SizeAcross // over an edge that can be moved to the sides
)

// SetPointer gives the mouse pointer a form.
func (w *Window) SetPointer(p Pointer) {
	if p == w.pointer {
		return
	}
	w.pointer = p
	shapes := map[Pointer]glfw.StandardCursor{Arrow: glfw.ArrowCursor, Beam: glfw.IBeamCursor, Hand: glfw.HandCursor, SizeAcross: glfw.HResizeCursor}
	quietly(func() {
		if w.pointers[p] == nil {
			if w.pointers == nil {
				w.pointers = map[Pointer]*glfw.Cursor{}
			}
			w.pointers[p] = glfw.CreateStandardCursor(shapes[p])
		}
		w.window.SetCursor(w.pointers[p])
	})
}

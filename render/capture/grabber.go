package capture

import (
	"errors"
	"fmt"
	"image"
	"time"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// Grabber copies pictures from the GPU some frames late, through a ring of staging buffers, so that
// neither side waits for the other. It belongs to the device's goroutine.
type Grabber struct {
	device        *gpu.Device
	depth         int
	ring          *gpu.Readback
	width, height int
	row           int // bytes of a row in the staging buffer
	encoder       *gpu.Encoder
	copies        int // into the encoder
}

// NewGrabber makes a grabber for up to depth pictures in flight.
func NewGrabber(d *gpu.Device, depth int) *Grabber { return &Grabber{device: d, depth: max(1, depth)} }

// rowAlignment is what texture-to-buffer copies ask of a row.
const rowAlignment = 256

// Copy records the copy of a finished picture; call it after the drawing, before the submit. When the
// ring is full, or the picture has another size than the last, it first waits for what is in flight
// and hands that to fn: nothing is dropped.
func (g *Grabber) Copy(e *gpu.Encoder, t *pass.Target, fn func(*image.NRGBA) error) error {
	width, height := t.Size()
	if g.ring != nil && (width != g.width || height != g.height) {
		if err := g.Flush(fn); err != nil {
			return err
		}
		g.ring.Release()
		g.ring = nil
	}
	if g.ring == nil {
		row := (4*width + rowAlignment - 1) / rowAlignment * rowAlignment
		ring, err := g.device.NewReadback("capture", uint64(row)*uint64(height), g.depth)
		if err != nil {
			return fmt.Errorf("cannot read back pictures of %dx%d pixels: %w", width, height, err)
		}
		g.ring, g.width, g.height, g.row = ring, width, height, row
	}
	if e != g.encoder {
		g.encoder, g.copies = e, 0
	}
	if g.copies++; g.copies > g.depth {
		return fmt.Errorf("more than %d pictures in one submit", g.depth)
	}
	for g.ring.Free() == 0 { // wait for the oldest only, the others may go on
		if err := g.Collect(fn); err != nil {
			return err
		}
		if g.ring.Free() == 0 {
			time.Sleep(100 * time.Microsecond)
		}
	}
	raw := e.Raw()
	if raw == nil {
		return nil // the encoder has failed before, and Submit will say so
	}
	staging, ok := g.ring.Target(e)
	if !ok {
		return errors.New("the ring of staging buffers is full")
	}
	e.Fail(raw.CopyTextureToBuffer(
		&wgpu.ImageCopyTexture{Texture: t.Texture(), Aspect: wgpu.TextureAspectAll},
		&wgpu.ImageCopyBuffer{Buffer: staging, Layout: wgpu.TextureDataLayout{BytesPerRow: uint32(g.row), RowsPerImage: uint32(height)}},
		&wgpu.Extent3D{Width: uint32(width), Height: uint32(height), DepthOrArrayLayers: 1},
	))
	return nil
}

// Collect hands every picture that has arrived to fn, oldest first, without waiting for the others.
// fn owns the pictures; after its first error no more are handed over.
func (g *Grabber) Collect(fn func(*image.NRGBA) error) error {
	if g.ring == nil {
		return nil
	}
	return g.gather(g.ring.CollectAll, fn)
}

// Flush waits for all pictures in flight and hands them to fn.
func (g *Grabber) Flush(fn func(*image.NRGBA) error) error {
	if g.ring == nil {
		return nil
	}
	return g.gather(g.ring.WaitAll, fn)
}

func (g *Grabber) gather(each func(func([]byte)), fn func(*image.NRGBA) error) error {
	var failed error
	each(func(data []byte) {
		if failed == nil {
			failed = fn(g.unpack(data))
		}
	})
	if err := g.ring.Err(); err != nil && failed == nil {
		failed = fmt.Errorf("a picture did not come back from the graphics device: %w", err)
	}
	return failed
}

// unpack takes the padding out of the rows.
func (g *Grabber) unpack(data []byte) *image.NRGBA {
	frame := newFrame(g.width, g.height)
	for y := range g.height {
		copy(frame.Pix[y*frame.Stride:][:4*g.width], data[y*g.row:])
	}
	return frame
}

// Release drops the ring and whatever is still in flight.
func (g *Grabber) Release() {
	if g.ring != nil {
		g.ring.Release()
		g.ring = nil
	}
}

// Read draws nothing: it waits for the target's picture and returns it, for stills and tests.
func Read(t *pass.Target) (*image.NRGBA, error) {
	g := NewGrabber(t.Device(), 1)
	defer g.Release()
	e, err := t.Device().NewEncoder("read picture")
	if err != nil {
		return nil, err
	}
	var picture *image.NRGBA
	keep := func(frame *image.NRGBA) error { picture = frame; return nil }
	if err := g.Copy(e, t, keep); err != nil {
		e.Fail(err)
	}
	if err := e.Submit(); err != nil {
		return nil, err
	}
	err = g.Flush(keep)
	return picture, err
}

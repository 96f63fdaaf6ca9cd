package surface

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// chain is the surface's row of textures, as far as we may know it.
type chain struct {
	device        *gpu.Device
	surface       *wgpu.Surface
	format        wgpu.TextureFormat
	mode          wgpu.PresentMode
	alpha         wgpu.CompositeAlphaMode
	width, height uint32 // configured; 0: not
	blit          *pass.Blit
	cover         cover
	spent         Spent
}

// Spent is what the last Present took of the processor's time.
type Spent struct {
	Waiting time.Duration // for a texture: for the screen, or for the device
	Handing time.Duration // the commands over to the driver
}

// Spent tells what the last Present took.
func (w *Window) Spent() Spent {
	if w.chain == nil {
		return Spent{}
	}
	return w.chain.spent
}

// Connect prepares showing pictures of a device that was opened with this window's Surface.
func (w *Window) Connect(d *gpu.Device) error {
	w.Disconnect()
	surface := d.Surface()
	if surface == nil {
		return errors.New("the graphics device was opened without this window")
	}
	can := surface.GetCapabilities(d.RawAdapter())
	if len(can.Formats) == 0 || len(can.PresentModes) == 0 {
		return fmt.Errorf("the graphics adapter %s cannot show pictures in this window; choose another adapter", d.Info().Name)
	}
	c := &chain{device: d, surface: surface}
	c.format = prefer(can.Formats, wgpu.TextureFormatBGRA8UnormSrgb, wgpu.TextureFormatRGBA8UnormSrgb,
		wgpu.TextureFormatBGRA8Unorm, wgpu.TextureFormatRGBA8Unorm)
	if w.vsync {
		c.mode = prefer(can.PresentModes, wgpu.PresentModeFifo)
	} else {
		c.mode = prefer(can.PresentModes, wgpu.PresentModeImmediate, wgpu.PresentModeMailbox, wgpu.PresentModeFifo)
	}
	c.alpha = wgpu.CompositeAlphaModeAuto
	if len(can.AlphaModes) > 0 {
		c.alpha = prefer(can.AlphaModes, wgpu.CompositeAlphaModeOpaque)
	}
	blit, err := pass.NewBlit(d, c.format)
	if err != nil {
		return err
	}
	c.blit = blit
	w.chain = c
	return nil
}

// prefer takes the first wish that is offered, else the first offer.
func prefer[T comparable](offered []T, wishes ...T) T {
	for _, wish := range wishes {
		if slices.Contains(offered, wish) {
			return wish
		}
	}
	return offered[0]
}

// Disconnect frees what Connect made.
func (w *Window) Disconnect() {
	if w.chain != nil {
		w.chain.blit.Release()
		w.chain = nil
	}
}

// Present shows the target's picture, stretched if the window has another size just now, and submits
// e, in which the picture's drawing was recorded; e may be nil when that was submitted before. It is
// false when there was nothing to show it on: the window is minimised, or changing its size this
// moment. What e holds is submitted all the same.
func (w *Window) Present(e *gpu.Encoder, t *pass.Target) (shown bool, err error) {
	began := time.Now()
	texture, err := w.texture()
	if w.chain != nil {
		w.chain.spent = Spent{Waiting: time.Since(began)}
	}
	if texture == nil {
		if e != nil {
			err = errors.Join(err, e.Submit())
		}
		return false, err
	}
	began = time.Now()
	err = w.chain.show(e, texture, t)
	w.chain.spent.Handing = time.Since(began)
	return true, err
}

// texture is the one to draw the next frame into, nil when there is none.
func (w *Window) texture() (*wgpu.Texture, error) {
	c := w.chain
	if c == nil {
		return nil, errors.New("the window is not connected to a graphics device")
	}
	if w.Hidden() {
		return nil, nil
	}
	// The second try is for a surface that went out of date since it was configured.
	for range 2 {
		width, height := w.Size() // read now: events tell late, and sometimes 1x1
		if !c.configure(width, height) {
			return nil, nil
		}
		texture, status, err := gpu.SurfaceTexture(c.surface)
		if texture != nil {
			return texture, nil
		}
		if err != nil {
			c.width, c.height = 0, 0
			return nil, fmt.Errorf("the window cannot be drawn to: %w", err)
		}
		if status == wgpu.SurfaceGetCurrentTextureStatusTimeout {
			return nil, nil
		}
		c.width, c.height = 0, 0 // outdated or lost: configure anew
	}
	return nil, nil
}

// configure suits the surface to a size; false when there is no such size.
func (c *chain) configure(width, height int) bool {
	limit := int(c.device.Limits().MaxTexture)
	if width < 1 || height < 1 || limit < 1 {
		return false
	}
	w, h := uint32(min(width, limit)), uint32(min(height, limit))
	if w == c.width && h == c.height {
		return true
	}
	c.surface.Configure(c.device.RawAdapter(), c.device.Raw(), &wgpu.SurfaceConfiguration{
		Usage: wgpu.TextureUsageRenderAttachment, Format: c.format,
		Width: w, Height: h, PresentMode: c.mode, AlphaMode: c.alpha,
	})
	c.width, c.height = w, h
	return true
}

// show draws onto a texture of the surface, submits, and gives the texture back, whatever happens:
// asking for the next one without would end the process.
func (c *chain) show(e *gpu.Encoder, texture *wgpu.Texture, t *pass.Target) error {
	err := c.draw(e, texture, t)
	c.surface.Present()
	gpu.ReleaseSurfaceTexture(texture)
	return err
}

func (c *chain) draw(e *gpu.Encoder, texture *wgpu.Texture, t *pass.Target) error {
	if e == nil {
		var err error
		if e, err = c.device.NewEncoder("present"); err != nil {
			return err
		}
	}
	view, err := texture.CreateView(nil)
	if err != nil {
		e.Fail(fmt.Errorf("the window cannot be drawn to: %w", err))
		return e.Submit()
	}
	defer view.Release()
	width, height := c.cover.leaves(c.width, c.height)
	c.blit.Draw(e, view, width, height, t)
	if c.cover.overlay != nil {
		c.cover.overlay.Draw(e, view, c.format, c.width, c.height)
	}
	return e.Submit()
}

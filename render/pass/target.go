package pass

import (
	"fmt"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// Format is that of every Target: what PNGs and videos want, byte for byte.
const Format = wgpu.TextureFormatRGBA8UnormSrgb

const depthFormat = wgpu.TextureFormatDepth32Float

// Target is an offscreen picture with its depth.
type Target struct {
	device        *gpu.Device
	width, height uint32
	samples       uint32
	color, depth  *texture
	many          *texture // several samples a pixel, before they are joined; nil with one
	water         *waterTarget
}

// texture keeps a texture with its view: they live and die together.
type texture struct {
	raw  *wgpu.Texture
	view *wgpu.TextureView
}

func newTexture(d *gpu.Device, label string, width, height, samples uint32, format wgpu.TextureFormat, usage wgpu.TextureUsage) (*texture, error) {
	raw, err := d.Raw().CreateTexture(&wgpu.TextureDescriptor{
		Label: label, Usage: usage, Dimension: wgpu.TextureDimension2D,
		Size:   wgpu.Extent3D{Width: width, Height: height, DepthOrArrayLayers: 1},
		Format: format, MipLevelCount: 1, SampleCount: samples,
	})
	if err != nil {
		return nil, fmt.Errorf("the graphics device has no room for a picture of %dx%d pixels (%s)", width, height, label)
	}
	aspect := wgpu.TextureAspectAll
	if format == depthFormat {
		aspect = wgpu.TextureAspectDepthOnly
	}
	v, err := raw.CreateView(&wgpu.TextureViewDescriptor{
		Label: label, Format: format, Dimension: wgpu.TextureViewDimension2D,
		MipLevelCount: 1, ArrayLayerCount: 1, Aspect: aspect,
	})
	if err != nil {
		raw.Release()
		return nil, fmt.Errorf("picture %q: %w", label, err)
	}
	return &texture{raw, v}, nil
}

func (t *texture) release() {
	if t == nil || t.raw == nil {
		return
	}
	t.view.Release()
	t.raw.Release()
	t.raw, t.view = nil, nil
}

// NewTarget makes a target for this renderer's pictures.
func (r *Renderer) NewTarget(width, height int) (*Target, error) {
	t := &Target{device: r.device, samples: r.samples}
	if err := t.Resize(width, height); err != nil {
		return nil, err
	}
	return t, nil
}

// Size is that of the picture [pixels].
func (t *Target) Size() (width, height int) { return int(t.width), int(t.height) }

// Aspect is width to height.
func (t *Target) Aspect() float64 { return float64(t.width) / float64(t.height) }

// Texture holds the finished picture, for copies.
func (t *Target) Texture() *wgpu.Texture { return t.color.raw }

// Device is where the target lives.
func (t *Target) Device() *gpu.Device { return t.device }

// Resize gives the target another size. On an error it keeps the old one.
func (t *Target) Resize(width, height int) error {
	limit := int(t.device.Limits().MaxTexture)
	if width < 1 || height < 1 || width > limit || height > limit {
		return fmt.Errorf("a picture of %dx%d pixels cannot be drawn: this graphics device takes sides of 1 to %d", width, height, limit)
	}
	w, h := uint32(width), uint32(height)
	if w == t.width && h == t.height {
		return nil
	}
	next := *t
	next.width, next.height = w, h
	next.color, next.depth, next.many, next.water = nil, nil, nil, nil
	var err error
	next.color, err = newTexture(t.device, "picture", w, h, 1, Format,
		wgpu.TextureUsageRenderAttachment|wgpu.TextureUsageCopySrc|wgpu.TextureUsageTextureBinding)
	if err == nil {
		next.depth, err = newTexture(t.device, "picture depth", w, h, t.samples, depthFormat, wgpu.TextureUsageRenderAttachment|wgpu.TextureUsageTextureBinding)
	}
	if err == nil && t.samples > 1 {
		next.many, err = newTexture(t.device, "picture samples", w, h, t.samples, Format, wgpu.TextureUsageRenderAttachment)
	}
	if err != nil {
		next.Release()
		return err
	}
	t.Release()
	*t = next
	return nil
}

// Release frees the target's memory. Releasing twice does nothing.
func (t *Target) Release() {
	t.color.release()
	t.depth.release()
	t.many.release()
	t.water.release()
	t.water = nil
}

// attachment is where drawing goes and what becomes of it.
func (t *Target) attachment() wgpu.RenderPassColorAttachment {
	a := wgpu.RenderPassColorAttachment{
		View: t.color.view, LoadOp: wgpu.LoadOpClear, StoreOp: wgpu.StoreOpStore, ClearValue: wgpu.Color{A: 1},
	}
	if t.many != nil {
		a.View, a.ResolveTarget = t.many.view, t.color.view
		a.StoreOp = wgpu.StoreOpDiscard
	}
	return a
}

package pass

import (
	"errors"
	"fmt"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// Blit puts a finished picture onto a window's texture.
type Blit struct {
	device   *gpu.Device
	layout   *wgpu.BindGroupLayout
	pipeline *wgpu.RenderPipeline
	uniform  *gpu.Buffer
	encode   uint32
	from     *texture // that the group is made for
	group    *wgpu.BindGroup
}

// blitUniform mirrors Blit of shaders/render/blit.wgsl.
type blitUniform struct {
	Size   [4]float32
	Encode uint32
	Pad0   uint32
	Pad1   uint32
	Pad2   uint32
}

// NewBlit makes a blit onto textures of the given format. Formats that do not encode sRGB by
// themselves are served by the shader.
func NewBlit(d *gpu.Device, format wgpu.TextureFormat) (*Blit, error) {
	b := &Blit{device: d}
	if format != wgpu.TextureFormatBGRA8UnormSrgb && format != wgpu.TextureFormatRGBA8UnormSrgb {
		b.encode = 1
	}
	err := b.build(format)
	if err != nil {
		b.Release()
		return nil, err
	}
	return b, nil
}

func (b *Blit) build(format wgpu.TextureFormat) (err error) {
	b.layout, err = newLayout(b.device, "blit", uniformEntry(0, 32), textureEntry(1, inFragment, wgpu.TextureSampleTypeFloat))
	if err != nil {
		return err
	}
	if b.uniform, err = b.device.NewBuffer("blit", 32, wgpu.BufferUsageUniform); err != nil {
		return err
	}
	b.pipeline, err = newPipeline(b.device, recipe{name: "render/blit", groups: []*wgpu.BindGroupLayout{b.layout},
		topology: wgpu.PrimitiveTopologyTriangleList, cull: wgpu.CullModeNone, format: format})
	return err
}

// Draw records the blit of a target onto a view, from its upper left corner to the given size: pixel
// for pixel where the sizes are equal, stretched for the moment in which they are not. What the view
// has beyond is black. One blit per submit.
func (b *Blit) Draw(e *gpu.Encoder, onto *wgpu.TextureView, width, height uint32, t *Target) {
	encoder := e.Raw()
	if encoder == nil {
		return
	}
	if b.pipeline == nil || t == nil || t.color == nil || t.color.raw == nil || width == 0 || height == 0 {
		e.Fail(errors.New("blit: the target or the blit was released, or the window has no size"))
		return
	}
	if b.from != t.color {
		group, err := newGroup(b.device, "blit", b.layout, bufferBinding(0, b.uniform), wgpu.BindGroupEntry{Binding: 1, TextureView: t.color.view})
		if err != nil {
			e.Fail(err)
			return
		}
		if b.group != nil {
			b.group.Release()
		}
		b.group, b.from = group, t.color
	}
	u := blitUniform{Size: [4]float32{float32(t.width), float32(t.height), float32(width), float32(height)}, Encode: b.encode}
	if err := b.device.Write(b.uniform, 0, gpu.BytesOf(&u)); err != nil {
		e.Fail(err)
		return
	}
	draw := encoder.BeginRenderPass(&wgpu.RenderPassDescriptor{
		Label:            "render/blit",
		ColorAttachments: []wgpu.RenderPassColorAttachment{{View: onto, LoadOp: wgpu.LoadOpClear, StoreOp: wgpu.StoreOpStore}},
	})
	draw.SetPipeline(b.pipeline)
	draw.SetBindGroup(0, b.group, nil)
	draw.Draw(3, 1, 0, 0)
	if err := endPass(draw); err != nil {
		e.Fail(fmt.Errorf("blit: %w", err))
	}
}

// Release frees the blit. Releasing twice does nothing.
func (b *Blit) Release() {
	if b.group != nil {
		b.group.Release()
	}
	if b.pipeline != nil {
		b.pipeline.Release()
	}
	if b.layout != nil {
		b.layout.Release()
	}
	b.uniform.Release()
	*b = Blit{device: b.device}
}

package pass

import (
	"errors"
	"fmt"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// Reduce makes pictures smaller by a whole factor, in linear light: supersampling for stills and
// recordings.
type Reduce struct {
	device   *gpu.Device
	layout   *wgpu.BindGroupLayout
	pipeline *wgpu.RenderPipeline
	uniform  *gpu.Buffer
	factor   int
	from     *texture // that the group is made for
	group    *wgpu.BindGroup
}

// reduceUniform mirrors Reduce of shaders/render/reduce.wgsl.
type reduceUniform struct {
	Factor uint32
	Pad0   uint32
	Pad1   uint32
	Pad2   uint32
}

// NewReduce makes a pass for one factor.
func NewReduce(d *gpu.Device, factor int) (*Reduce, error) {
	if factor < 1 {
		return nil, fmt.Errorf("a picture cannot be made smaller by the factor %d", factor)
	}
	r := &Reduce{device: d, factor: factor}
	if err := r.build(); err != nil {
		r.Release()
		return nil, err
	}
	return r, nil
}

func (r *Reduce) build() (err error) {
	r.layout, err = newLayout(r.device, "reduce", uniformEntry(0, 16), textureEntry(1, inFragment, wgpu.TextureSampleTypeFloat))
	if err != nil {
		return err
	}
	if r.uniform, err = r.device.NewBuffer("reduce", 16, wgpu.BufferUsageUniform); err != nil {
		return err
	}
	if err = r.device.Write(r.uniform, 0, gpu.BytesOf(&reduceUniform{Factor: uint32(r.factor)})); err != nil {
		return err
	}
	r.pipeline, err = newPipeline(r.device, recipe{name: "render/reduce", groups: []*wgpu.BindGroupLayout{r.layout},
		topology: wgpu.PrimitiveTopologyTriangleList, cull: wgpu.CullModeNone, format: Format})
	return err
}

// Draw records the reduction of a large target into a small one, whose sides are the factor-th part
// of its sides.
func (r *Reduce) Draw(e *gpu.Encoder, into, large *Target) {
	encoder := e.Raw()
	if encoder == nil {
		return
	}
	if r.pipeline == nil || into == nil || into.color == nil || into.color.raw == nil || large == nil || large.color == nil || large.color.raw == nil {
		e.Fail(errors.New("reduce: a target or the pass was released"))
		return
	}
	if f := uint32(r.factor); large.width != f*into.width || large.height != f*into.height {
		e.Fail(fmt.Errorf("reduce: %dx%d pixels are not %d times %dx%d", large.width, large.height, f, into.width, into.height))
		return
	}
	if r.from != large.color {
		group, err := newGroup(r.device, "reduce", r.layout, bufferBinding(0, r.uniform), wgpu.BindGroupEntry{Binding: 1, TextureView: large.color.view})
		if err != nil {
			e.Fail(err)
			return
		}
		if r.group != nil {
			r.group.Release()
		}
		r.group, r.from = group, large.color
	}
	draw := encoder.BeginRenderPass(&wgpu.RenderPassDescriptor{
		Label:            "render/reduce",
		ColorAttachments: []wgpu.RenderPassColorAttachment{{View: into.color.view, LoadOp: wgpu.LoadOpClear, StoreOp: wgpu.StoreOpStore}},
	})
	draw.SetPipeline(r.pipeline)
	draw.SetBindGroup(0, r.group, nil)
	draw.Draw(3, 1, 0, 0)
	if err := endPass(draw); err != nil {
		e.Fail(fmt.Errorf("reduce: %w", err))
	}
}

// Release frees the pass. Releasing twice does nothing.
func (r *Reduce) Release() {
	if r.group != nil {
		r.group.Release()
	}
	if r.pipeline != nil {
		r.pipeline.Release()
	}
	if r.layout != nil {
		r.layout.Release()
	}
	r.uniform.Release()
	*r = Reduce{device: r.device}
}

package pass

import (
	"unsafe"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// Cursor is a hand in the fluid: a ring around a ball.
type Cursor struct {
	Centre   view.Vector // world coordinates [m]
	Radius   float64     // [m]
	Held     bool        // it does something
	Velocity view.Vector // of the hand, drawn as a line [m/s]
}

// cursor mirrors CursorData of shaders/render/cursor.wgsl, which explains the members.
type cursor struct {
	Place [4]float32
	Tip   [4]float32
}

// cursorReach is how far ahead in time the line points [s].
const cursorReach = 0.1

// cursorPass draws it over the finished picture.
type cursorPass struct {
	device  *gpu.Device
	balls   *wgpu.RenderPipeline // beside a depth buffer, on samples
	water   *wgpu.RenderPipeline // on the finished picture
	buffers [slots]*gpu.Buffer
	groups  [slots]*wgpu.BindGroup
}

func (r *Renderer) makeCursor() error {
	if r.frameLayout == nil {
		return nil // makeLayouts has told why
	}
	layout, err := newLayout(r.device, "cursor", uniformEntry(0, uint64(unsafe.Sizeof(cursor{}))))
	if err != nil {
		return err
	}
	r.later(layout.Release)
	c := &cursorPass{device: r.device}
	with := recipe{
		name: "render/cursor", groups: []*wgpu.BindGroupLayout{r.frameLayout, layout}, topology: wgpu.PrimitiveTopologyTriangleStrip,
		cull: wgpu.CullModeNone, format: Format, blend: over, samples: 1,
	}
	if c.water, err = newPipeline(r.device, with); err != nil {
		return err
	}
	r.later(c.water.Release)
	with.depth, with.compare, with.samples = true, wgpu.CompareFunctionAlways, r.samples
	if c.balls, err = newPipeline(r.device, with); err != nil {
		return err
	}
	r.later(c.balls.Release)
	for i := range slots {
		if c.buffers[i], err = r.device.NewBuffer("cursor", uint64(unsafe.Sizeof(cursor{})), wgpu.BufferUsageUniform); err != nil {
			return err
		}
		r.later(c.buffers[i].Release)
		if c.groups[i], err = newGroup(r.device, "cursor", layout, bufferBinding(0, c.buffers[i])); err != nil {
			return err
		}
		r.later(c.groups[i].Release)
	}
	r.cursor = c
	return nil
}

// fill puts the cursor where it is in a picture of a scene around this origin.
func (c *cursorPass) fill(slot int, at *Cursor, origin view.Vector) error {
	if at == nil {
		return nil
	}
	var data cursor
	for k := range 3 {
		data.Place[k] = float32(at.Centre[k] - origin[k])
		data.Tip[k] = data.Place[k] + float32(cursorReach*at.Velocity[k])
	}
	data.Place[3] = float32(at.Radius)
	if at.Held {
		data.Tip[3] = 1
	}
	return c.device.Write(c.buffers[slot], 0, gpu.BytesOf(&data))
}

// draw needs the frame's bind group in its place.
func (c *cursorPass) draw(pass *wgpu.RenderPassEncoder, slot int, at *Cursor, style Style) {
	if at == nil {
		return
	}
	pipeline := c.balls
	if style == Water {
		pipeline = c.water
	}
	pass.SetPipeline(pipeline)
	pass.SetBindGroup(1, c.groups[slot], nil)
	parts := uint32(1)
	if at.Velocity != (view.Vector{}) {
		parts = 2
	}
	pass.Draw(4, parts, 0, 0)
}

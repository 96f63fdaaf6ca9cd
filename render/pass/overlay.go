//go:build !js

package pass

import (
	"errors"
	"fmt"
	"slices"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// OverlayVertex is a corner of an overlay's triangle: where it is [pixels], where in its sheet, and
// its sRGB colour with alpha, red in the lowest byte.
type OverlayVertex struct {
	X, Y  float32
	U, V  float32
	Color uint32
}

// OverlayDraw is a run of triangles with one sheet, drawn only inside a rectangle.
type OverlayDraw struct {
	Clip         [4]int // left, top, right, bottom [pixels]
	Sheet        int
	First, Count int // indices
	Base         int // added to each index
}

// Overlay lays triangles over finished pictures: an interface. What is drawn is kept until it is
// replaced, and may be drawn onto several pictures, of any of the formats that it was made for.
// (A browser's binding has no scissors; there the page is the interface.)
type Overlay struct {
	device  *gpu.Device
	uniform *wgpu.BindGroupLayout
	sheet   *wgpu.BindGroupLayout
	sampler *wgpu.Sampler
	faces   []overlayFace
	sheets  map[int]*overlaySheet

	vertices, indices *gpu.Buffer
	draws             []OverlayDraw
	padded            []uint16 // the indices as they are written: an even number of them
}

// overlayFace is what a format of picture needs.
type overlayFace struct {
	format   wgpu.TextureFormat
	pipeline *wgpu.RenderPipeline
	buffer   *gpu.Buffer
	group    *wgpu.BindGroup
}

type overlaySheet struct {
	texture *texture
	width   int
	height  int
	group   *wgpu.BindGroup
}

// overlayUniform mirrors Overlay of shaders/render/overlay.wgsl.
type overlayUniform struct {
	Size   [4]float32
	Linear uint32
	Pad0   uint32
	Pad1   uint32
	Pad2   uint32
}

// NewOverlay makes an overlay for Targets and for textures of the other formats.
func NewOverlay(d *gpu.Device, others ...wgpu.TextureFormat) (*Overlay, error) {
	o := &Overlay{device: d, sheets: map[int]*overlaySheet{}}
	if err := o.build(append(others, Format)); err != nil {
		o.Release()
		return nil, err
	}
	return o, nil
}

func (o *Overlay) build(formats []wgpu.TextureFormat) (err error) {
	if o.uniform, err = newLayout(o.device, "overlay", uniformEntry(0, 32)); err != nil {
		return err
	}
	o.sheet, err = newLayout(o.device, "overlay sheet", textureEntry(0, inFragment, wgpu.TextureSampleTypeFloat),
		wgpu.BindGroupLayoutEntry{Binding: 1, Visibility: inFragment, Sampler: wgpu.SamplerBindingLayout{Type: wgpu.SamplerBindingTypeFiltering}})
	if err != nil {
		return err
	}
	o.sampler, err = o.device.Raw().CreateSampler(&wgpu.SamplerDescriptor{
		Label: "overlay", MagFilter: wgpu.FilterModeLinear, MinFilter: wgpu.FilterModeLinear, MipmapFilter: wgpu.MipmapFilterModeNearest,
		AddressModeU: wgpu.AddressModeClampToEdge, AddressModeV: wgpu.AddressModeClampToEdge, AddressModeW: wgpu.AddressModeClampToEdge,
		LodMaxClamp: 32, MaxAnisotropy: 1,
	})
	if err != nil {
		return fmt.Errorf("pass overlay: %w", err)
	}
	for i, format := range formats {
		if slices.Contains(formats[:i], format) {
			continue
		}
		if err := o.addFace(format); err != nil {
			return err
		}
	}
	return nil
}

func (o *Overlay) addFace(format wgpu.TextureFormat) (err error) {
	f := overlayFace{format: format}
	defer func() { o.faces = append(o.faces, f) }() // whole or not: Release frees what is there
	f.pipeline, err = newPipeline(o.device, recipe{
		name: "render/overlay", groups: []*wgpu.BindGroupLayout{o.uniform, o.sheet}, format: format, blend: over,
		topology: wgpu.PrimitiveTopologyTriangleList, cull: wgpu.CullModeNone,
		buffers: []wgpu.VertexBufferLayout{{
			ArrayStride: overlayStride, StepMode: wgpu.VertexStepModeVertex,
			Attributes: []wgpu.VertexAttribute{
				{Format: wgpu.VertexFormatFloat32x2, Offset: 0, ShaderLocation: 0},
				{Format: wgpu.VertexFormatFloat32x2, Offset: 8, ShaderLocation: 1},
				{Format: wgpu.VertexFormatUnorm8x4, Offset: 16, ShaderLocation: 2},
			},
		}},
	})
	if err != nil {
		return err
	}
	if f.buffer, err = o.device.NewBuffer("overlay", 32, wgpu.BufferUsageUniform); err != nil {
		return err
	}
	f.group, err = newGroup(o.device, "overlay", o.uniform, bufferBinding(0, f.buffer))
	return err
}

// overlayStride is the size of an OverlayVertex; a test compares.
const overlayStride = 20

// Sheet makes or replaces a texture that draws name by this number: sRGB with alpha, not premultiplied.
func (o *Overlay) Sheet(number, width, height int, pixels []byte) error {
	limit := int(o.device.Limits().MaxTexture)
	if width < 1 || height < 1 || width > limit || height > limit || len(pixels) != 4*width*height {
		return fmt.Errorf("overlay: a sheet of %dx%d pixels with %d bytes cannot be made: this graphics device takes sides of 1 to %d", width, height, len(pixels), limit)
	}
	t, err := newTexture(o.device, "overlay sheet", uint32(width), uint32(height), 1, wgpu.TextureFormatRGBA8Unorm,
		wgpu.TextureUsageTextureBinding|wgpu.TextureUsageCopyDst)
	if err != nil {
		return err
	}
	group, err := newGroup(o.device, "overlay sheet", o.sheet,
		wgpu.BindGroupEntry{Binding: 0, TextureView: t.view}, wgpu.BindGroupEntry{Binding: 1, Sampler: o.sampler})
	if err != nil {
		t.release()
		return err
	}
	o.DropSheet(number)
	o.sheets[number] = &overlaySheet{t, width, height, group}
	return o.Paint(number, 0, 0, width, height, pixels)
}

// Paint replaces a rectangle of a sheet.
func (o *Overlay) Paint(number, x, y, width, height int, pixels []byte) error {
	s := o.sheets[number]
	if s == nil || x < 0 || y < 0 || width < 1 || height < 1 || x+width > s.width || y+height > s.height || len(pixels) != 4*width*height {
		return fmt.Errorf("overlay: %dx%d pixels at %d,%d do not fit sheet %d", width, height, x, y, number)
	}
	return o.device.Queue().WriteTexture(
		&wgpu.ImageCopyTexture{Texture: s.texture.raw, Origin: wgpu.Origin3D{X: uint32(x), Y: uint32(y)}, Aspect: wgpu.TextureAspectAll},
		pixels, &wgpu.TextureDataLayout{BytesPerRow: uint32(4 * width), RowsPerImage: uint32(height)},
		&wgpu.Extent3D{Width: uint32(width), Height: uint32(height), DepthOrArrayLayers: 1})
}

// DropSheet frees a sheet. Dropping one that is not there does nothing.
func (o *Overlay) DropSheet(number int) {
	if s := o.sheets[number]; s != nil {
		s.group.Release()
		s.texture.release()
		delete(o.sheets, number)
	}
}

// Set replaces what is drawn. The slices may be used again afterwards.
func (o *Overlay) Set(vertices []OverlayVertex, indices []uint16, draws []OverlayDraw) error {
	for _, d := range draws {
		if d.First < 0 || d.Count < 0 || d.First+d.Count > len(indices) || d.Base < 0 || d.Base > len(vertices) {
			return fmt.Errorf("overlay: indices %d to %d from vertex %d are outside of %d and %d", d.First, d.First+d.Count, d.Base, len(indices), len(vertices))
		}
	}
	o.draws = append(o.draws[:0], draws...)
	if len(vertices) == 0 || len(indices) == 0 {
		o.draws = o.draws[:0]
		return nil
	}
	o.padded = append(o.padded[:0], indices...)
	if len(o.padded)%2 == 1 {
		o.padded = append(o.padded, 0)
	}
	err := o.fill(&o.vertices, "overlay vertices", wgpu.BufferUsageVertex, gpu.Bytes(vertices))
	if err == nil {
		err = o.fill(&o.indices, "overlay indices", wgpu.BufferUsageIndex, gpu.Bytes(o.padded))
	}
	if err != nil {
		o.draws = o.draws[:0]
	}
	return err
}

// fill writes into a buffer that grows by half when it is too small, so that it stays for most frames.
func (o *Overlay) fill(b **gpu.Buffer, label string, usage wgpu.BufferUsage, data []byte) error {
	if need := uint64(len(data)); *b == nil || (*b).Size < need {
		grown, err := o.device.NewBuffer(label, need+need/2, usage)
		if err != nil {
			return err
		}
		(*b).Release()
		*b = grown
	}
	return o.device.Write(*b, 0, data)
}

// DrawOn records the overlay onto a target.
func (o *Overlay) DrawOn(e *gpu.Encoder, t *Target) {
	if t == nil || t.color == nil || t.color.raw == nil {
		e.Fail(errors.New("overlay: the target was released"))
		return
	}
	o.Draw(e, t.color.view, Format, t.width, t.height)
}

// Draw records the overlay onto a view of this format and size, at most once a submit for each format.
func (o *Overlay) Draw(e *gpu.Encoder, onto *wgpu.TextureView, format wgpu.TextureFormat, width, height uint32) {
	encoder := e.Raw()
	if encoder == nil || len(o.draws) == 0 || width == 0 || height == 0 {
		return
	}
	i := slices.IndexFunc(o.faces, func(f overlayFace) bool { return f.format == format })
	if i < 0 {
		e.Fail(fmt.Errorf("overlay: it was not made for pictures of format %v", format))
		return
	}
	face := o.faces[i]
	u := overlayUniform{Size: [4]float32{float32(width), float32(height)}}
	if format == wgpu.TextureFormatBGRA8UnormSrgb || format == wgpu.TextureFormatRGBA8UnormSrgb {
		u.Linear = 1
	}
	if err := o.device.Write(face.buffer, 0, gpu.BytesOf(&u)); err != nil {
		e.Fail(err)
		return
	}
	draw := encoder.BeginRenderPass(&wgpu.RenderPassDescriptor{
		Label:            "render/overlay",
		ColorAttachments: []wgpu.RenderPassColorAttachment{{View: onto, LoadOp: wgpu.LoadOpLoad, StoreOp: wgpu.StoreOpStore}},
	})
	draw.SetPipeline(face.pipeline)
	draw.SetBindGroup(0, face.group, nil)
	draw.SetVertexBuffer(0, o.vertices.Raw, 0, o.vertices.Size)
	draw.SetIndexBuffer(o.indices.Raw, wgpu.IndexFormatUint16, 0, o.indices.Size)
	for _, d := range o.draws {
		left, top := max(d.Clip[0], 0), max(d.Clip[1], 0)
		right, bottom := min(d.Clip[2], int(width)), min(d.Clip[3], int(height))
		s := o.sheets[d.Sheet]
		if s == nil || d.Count == 0 || right <= left || bottom <= top {
			continue
		}
		draw.SetBindGroup(1, s.group, nil)
		draw.SetScissorRect(uint32(left), uint32(top), uint32(right-left), uint32(bottom-top))
		draw.DrawIndexed(uint32(d.Count), 1, uint32(d.First), int32(d.Base), 0)
	}
	if err := endPass(draw); err != nil {
		e.Fail(fmt.Errorf("overlay: %w", err))
	}
}

// Release frees the overlay. Releasing twice does nothing.
func (o *Overlay) Release() {
	for number := range o.sheets {
		o.DropSheet(number)
	}
	for _, f := range o.faces {
		if f.group != nil {
			f.group.Release()
		}
		f.buffer.Release()
		if f.pipeline != nil {
			f.pipeline.Release()
		}
	}
	if o.sampler != nil {
		o.sampler.Release()
	}
	for _, layout := range []*wgpu.BindGroupLayout{o.sheet, o.uniform} {
		if layout != nil {
			layout.Release()
		}
	}
	o.vertices.Release()
	o.indices.Release()
	*o = Overlay{device: o.device}
}

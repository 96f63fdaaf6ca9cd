package pass

import (
	"errors"
	"fmt"
	"slices"
	"unsafe"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// slots is how many pictures may be drawn into one submit, each with its own uniforms.
const slots = 4

// Options of New.
type Options struct {
	Samples uint32 // 1 or 4 samples a pixel; 0: 4 on a GPU, 1 on a CPU, where they cost too much
	// Timestamps takes the time of every pass, for Passes; the device must have been opened with them.
	Timestamps bool
}

// Renderer owns the pipelines and everything that does not change from picture to picture.
type Renderer struct {
	device  *gpu.Device
	samples uint32
	cleanup []func() // releases, in order of making

	frameLayout, particleLayout, solidLayout, shadowLayout *wgpu.BindGroupLayout

	particles, solids, floor, background, edges *wgpu.RenderPipeline
	particleShadow, solidShadow                 *wgpu.RenderPipeline

	frames      [slots]*gpu.Buffer
	frameGroups [slots]*wgpu.BindGroup
	slot        int

	around   surroundings
	pictured bool          // they are those of SetEnvironment
	round    *wgpu.Sampler // for their picture, whose sides meet

	shadow      *texture
	shadowSide  uint32 // texels
	shadowGroup *wgpu.BindGroup
	sun         [2]*texture // fluid that the sun shines through; the second is for filtering
	sunSide     uint32      // texels
	smooth      *wgpu.Sampler

	data dataView

	meshBuffer *gpu.Buffer
	spans      [4]span

	water  *waterStyle // the passes of the Water style
	timers [2]*timer   // by style; nil: none
	styled Style       // of the last picture

	scene       placed
	solidBuffer *gpu.Buffer
	solidGroup  *wgpu.BindGroup
	solidRuns   []run

	noShapes *gpu.Buffer // for particles that are balls

	groups []particleGroup // by buffer set, the newest last
	cursor *cursorPass
}

// run is a row of solids of one kind in the solid buffer.
type run struct {
	kind         Kind
	first, count uint32
}

// particleGroup is the bind group of one set of simulation buffers.
type particleGroup struct {
	position, velocity, density, pressure, control, vorticity, body, shapes *gpu.Buffer
	group                                                                   *wgpu.BindGroup
}

// gone tells whether one of the buffers was released.
func (g particleGroup) gone() bool {
	for _, b := range []*gpu.Buffer{g.position, g.velocity, g.density, g.pressure, g.control, g.vorticity, g.body, g.shapes} {
		if b == nil || b.Raw == nil {
			return true
		}
	}
	return false
}

// New compiles every pass; all that can fail to be set up fails here.
func New(d *gpu.Device, o Options) (*Renderer, error) {
	r := &Renderer{device: d, samples: o.Samples}
	if r.samples == 0 {
		r.samples = 4
		if d.Info().Software {
			r.samples = 1
		}
	}
	if r.samples != 1 && r.samples != 4 {
		return nil, fmt.Errorf("cannot draw with %d samples a pixel: 1 or 4", r.samples)
	}
	err := r.build()
	if err == nil && o.Timestamps {
		err = r.makeTimers()
	}
	if err != nil {
		r.Release()
		return nil, err
	}
	return r, nil
}

func (r *Renderer) build() error {
	return errors.Join(r.makeLayouts(), r.makePipelines(), r.makeFrames(), r.makeShadow(), r.makeMeshes(), r.makeWater(), r.makeData(), r.makeCursor(), r.SetScene(Scene{}))
}

func (r *Renderer) makeTimers() (err error) {
	for style, labels := range map[Style][]string{Balls: ballPasses, Water: waterPasses} {
		if r.timers[style], err = newTimer(r.device, labels); err != nil {
			return err
		}
		r.later(r.timers[style].release)
	}
	return nil
}

// Passes gives the mean time of each pass of the pictures since the last call, of the style drawn last. It waits for
// pictures that are under way; nil where nothing takes the time.
func (r *Renderer) Passes() []PassTime { return r.timers[r.styled].collect() }

// Recent gives the same of the pictures that have come back since the last call, without waiting.
func (r *Renderer) Recent() []PassTime { return r.timers[r.styled].means() }

// Timing lets the time of passes be taken, or not, where it can be: taking it costs a little.
func (r *Renderer) Timing(on bool) {
	for _, t := range r.timers {
		if t != nil {
			t.off = !on
		}
	}
}

func (r *Renderer) later(release func()) { r.cleanup = append(r.cleanup, release) }

func (r *Renderer) makeLayouts() (err error) {
	keep := func(label string, entries ...wgpu.BindGroupLayoutEntry) *wgpu.BindGroupLayout {
		if err != nil {
			return nil
		}
		var layout *wgpu.BindGroupLayout
		if layout, err = newLayout(r.device, label, entries...); err == nil {
			r.later(layout.Release)
		}
		return layout
	}
	r.frameLayout = keep("frame", uniformEntry(0, uint64(unsafe.Sizeof(frame{}))))
	r.particleLayout = keep("particles", storageEntry(0, 16), storageEntry(1, 16), storageEntry(2, 8), storageEntry(3, controlSize), storageEntry(4, 4),
		storageEntry(5, 16), storageEntry(6, 4), storageEntry(7, 16))
	if err == nil {
		if r.noShapes, err = r.device.NewBuffer("no shapes", 16, wgpu.BufferUsageStorage); err == nil {
			r.later(r.noShapes.Release)
		}
	}
	r.solidLayout = keep("solids", storageEntry(0, uint64(unsafe.Sizeof(solid{}))))
	r.shadowLayout = keep("shadow", textureEntry(0, inVertex|inFragment, wgpu.TextureSampleTypeDepth),
		textureEntry(1, inFragment, wgpu.TextureSampleTypeFloat), samplerEntry(2), textureEntry(3, inFragment, wgpu.TextureSampleTypeFloat), samplerEntry(4))
	return err
}

// meshBuffers is the layout of the meshes' vertices, with or without their normals.
func meshBuffers(normals bool) []wgpu.VertexBufferLayout {
	attributes := []wgpu.VertexAttribute{{Format: wgpu.VertexFormatFloat32x4, Offset: 0, ShaderLocation: 0}}
	if normals {
		attributes = append(attributes, wgpu.VertexAttribute{Format: wgpu.VertexFormatFloat32x4, Offset: 16, ShaderLocation: 1})
	}
	return []wgpu.VertexBufferLayout{{
		ArrayStride: uint64(unsafe.Sizeof(vertex{})), StepMode: wgpu.VertexStepModeVertex, Attributes: attributes,
	}}
}

func (r *Renderer) makePipelines() (err error) {
	if r.shadowLayout == nil {
		return nil // makeLayouts has told why
	}
	const strip, list = wgpu.PrimitiveTopologyTriangleStrip, wgpu.PrimitiveTopologyTriangleList
	const less, lessEqual = wgpu.CompareFunctionLess, wgpu.CompareFunctionLessEqual
	empty := r.solidLayout // an unused group between used ones still needs a layout
	for _, each := range []struct {
		into **wgpu.RenderPipeline
		recipe
	}{
		{&r.particles, recipe{name: "render/particles", groups: []*wgpu.BindGroupLayout{r.frameLayout, r.particleLayout, r.shadowLayout},
			topology: strip, cull: wgpu.CullModeNone, format: Format, depth: true, write: true, compare: less, samples: r.samples, coverage: r.samples > 1, opaque: true}},
		{&r.solids, recipe{name: "render/solids", groups: []*wgpu.BindGroupLayout{r.frameLayout, r.solidLayout, r.shadowLayout},
			buffers: meshBuffers(true), topology: list, cull: wgpu.CullModeBack, format: Format, depth: true, write: true, compare: less, samples: r.samples}},
		{&r.floor, recipe{name: "render/floor", groups: []*wgpu.BindGroupLayout{r.frameLayout, empty, r.shadowLayout},
			topology: strip, cull: wgpu.CullModeNone, format: Format, depth: true, write: true, compare: less, samples: r.samples}},
		{&r.background, recipe{name: "render/background", groups: []*wgpu.BindGroupLayout{r.frameLayout},
			topology: list, cull: wgpu.CullModeNone, format: Format, depth: true, compare: lessEqual, samples: r.samples}},
		{&r.edges, recipe{name: "render/edges", groups: []*wgpu.BindGroupLayout{r.frameLayout},
			topology: strip, cull: wgpu.CullModeNone, format: Format, depth: true, compare: lessEqual, blend: over, samples: r.samples}},
		{&r.particleShadow, recipe{name: "render/particle_shadow", groups: []*wgpu.BindGroupLayout{r.frameLayout, r.particleLayout},
			topology: strip, cull: wgpu.CullModeNone, depth: true, write: true, compare: less}},
		{&r.solidShadow, recipe{name: "render/solid_shadow", groups: []*wgpu.BindGroupLayout{r.frameLayout, r.solidLayout},
			buffers: meshBuffers(false), topology: list, cull: wgpu.CullModeNone, depth: true, write: true, compare: less, bias: 2}},
	} {
		pipeline, err := newPipeline(r.device, each.recipe)
		if err != nil {
			return err
		}
		*each.into = pipeline
		r.later(pipeline.Release)
	}
	return nil
}

func (r *Renderer) makeFrames() (err error) {
	if r.frameLayout == nil {
		return nil
	}
	for i := range slots {
		if r.frames[i], err = r.device.NewBuffer("frame", uint64(unsafe.Sizeof(frame{})), wgpu.BufferUsageUniform); err != nil {
			return err
		}
		r.later(r.frames[i].Release)
		if r.frameGroups[i], err = newGroup(r.device, "frame", r.frameLayout, bufferBinding(0, r.frames[i])); err != nil {
			return err
		}
		r.later(r.frameGroups[i].Release)
	}
	return nil
}

func (r *Renderer) makeShadow() (err error) {
	if r.shadowLayout == nil {
		return nil
	}
	r.shadowSide = 2048
	if r.device.Info().Software {
		r.shadowSide = 512 // softer, and a fraction of the cost
	}
	r.shadow, err = newTexture(r.device, "shadow", r.shadowSide, r.shadowSide, 1, depthFormat,
		wgpu.TextureUsageRenderAttachment|wgpu.TextureUsageTextureBinding)
	if err != nil {
		return err
	}
	r.later(r.shadow.release)
	r.sunSide = 1024
	if r.device.Info().Software {
		r.sunSide = 256
	}
	for i := range r.sun {
		r.sun[i], err = newTexture(r.device, "sun", r.sunSide, r.sunSide, 1, sunFormat,
			wgpu.TextureUsageRenderAttachment|wgpu.TextureUsageTextureBinding)
		if err != nil {
			return err
		}
		r.later(r.sun[i].release)
	}
	for _, each := range []struct {
		into **wgpu.Sampler
		mode wgpu.AddressMode
	}{{&r.smooth, wgpu.AddressModeClampToEdge}, {&r.round, wgpu.AddressModeRepeat}} {
		if *each.into, err = newSampler(r.device, each.mode); err != nil {
			return err
		}
		r.later((*each.into).Release)
	}
	r.later(r.dropEnvironment)
	return r.SetEnvironment(nil)
}

func (r *Renderer) makeMeshes() (err error) {
	all, spans := meshes()
	r.spans = spans
	data := gpu.Bytes(all)
	if r.meshBuffer, err = r.device.NewBuffer("meshes", uint64(len(data)), wgpu.BufferUsageVertex); err != nil {
		return err
	}
	r.later(r.meshBuffer.Release)
	return r.device.Write(r.meshBuffer, 0, data)
}

// SetScene replaces the domain and the obstacles.
func (r *Renderer) SetScene(s Scene) error {
	if r.solidLayout == nil {
		return nil
	}
	at := place(s.Domain)
	for side, there := range s.Walls {
		if there {
			at.walls |= 1 << side
		}
	}
	data, runs := solidData(at, s.Solids)
	buffer, err := r.device.NewBuffer("solids", max(1, uint64(len(data)))*uint64(unsafe.Sizeof(solid{})), wgpu.BufferUsageStorage)
	if err != nil {
		return err
	}
	if err := r.device.Write(buffer, 0, gpu.Bytes(data)); err != nil {
		buffer.Release()
		return err
	}
	group, err := newGroup(r.device, "solids", r.solidLayout, bufferBinding(0, buffer))
	if err != nil {
		buffer.Release()
		return err
	}
	r.dropScene()
	r.scene, r.solidBuffer, r.solidGroup, r.solidRuns = at, buffer, group, runs
	return nil
}

// MoveSolids puts the solids of the last SetScene, all of them in its order, where these are.
func (r *Renderer) MoveSolids(list []Solid) error {
	data, runs := solidData(r.scene, list)
	if !slices.Equal(runs, r.solidRuns) {
		return errors.New("move solids: these are not the solids of the scene")
	}
	if len(data) == 0 {
		return nil
	}
	return r.device.Write(r.solidBuffer, 0, gpu.Bytes(data))
}

// solidData are the solids as the device has them, those of a kind in a row.
func solidData(at placed, list []Solid) (data []solid, runs []run) {
	for kind := Box; kind <= Capsule; kind++ {
		first := uint32(len(data))
		for _, body := range list {
			if body.Kind == kind {
				data = append(data, placeSolid(at, body))
			}
		}
		if count := uint32(len(data)) - first; count > 0 {
			runs = append(runs, run{kind, first, count})
		}
	}
	return data, runs
}

func (r *Renderer) dropScene() {
	if r.solidGroup != nil {
		r.solidGroup.Release()
	}
	r.solidBuffer.Release()
	r.solidGroup, r.solidBuffer = nil, nil
}

// Release frees everything but the targets, which are their makers'.
func (r *Renderer) Release() {
	r.dropScene()
	for _, g := range r.groups {
		g.group.Release()
	}
	r.groups = nil
	for i := len(r.cleanup) - 1; i >= 0; i-- {
		r.cleanup[i]()
	}
	r.cleanup = nil
}

// Samples is the number of samples a pixel.
func (r *Renderer) Samples() uint32 { return r.samples }

// Draw records one picture. Errors stay with the encoder, as those of its other calls do. At most
// four pictures may go into one submit.
func (r *Renderer) Draw(e *gpu.Encoder, t *Target, camera view.Camera, p Particles, look Look) {
	encoder := e.Raw()
	if encoder == nil {
		return
	}
	if t == nil || t.color == nil || t.color.raw == nil || r.cleanup == nil || t.samples != r.samples {
		e.Fail(errors.New("draw: the target or the renderer was released, or they do not belong together"))
		return
	}
	particles, err := r.particleGroup(p)
	if err == nil {
		err = look.checkPlanes()
	}
	if err != nil {
		e.Fail(err)
		return
	}
	slot := r.slot
	r.slot = (r.slot + 1) % slots
	f := fillFrame(r.scene, t.width, t.height, r.shadowSide, camera, p, look)
	r.styled = look.Style
	timer := r.timers[look.Style]
	if look.Style == Water {
		r.drawWater(e, t, slot, f, particles, camera, p, look)
		return
	}
	f.Range[2] = 0.5 // a pixel is the ball's or it is not
	if r.samples > 1 {
		f.Range[2] = 0.02 // samples share it
	}
	if err := r.device.Write(r.frames[slot], 0, gpu.BytesOf(f)); err != nil {
		e.Fail(err)
		return
	}
	if err := r.cursor.fill(slot, look.Cursor, r.scene.origin); err != nil {
		e.Fail(err)
		return
	}
	timer.start(e)
	if !look.NoShadows {
		e.Fail(r.drawShadow(encoder, slot, particles, p.Count, look.Wires))
	}
	timer.mark("render/shadow")
	e.Fail(r.drawPicture(encoder, t, slot, particles, p.Count, camera, look))
	timer.mark("render/picture")
}

func (r *Renderer) drawShadow(encoder *wgpu.CommandEncoder, slot int, particles *wgpu.BindGroup, count uint32, wires bool) error {
	draw := encoder.BeginRenderPass(&wgpu.RenderPassDescriptor{
		Label: "render/shadow",
		DepthStencilAttachment: &wgpu.RenderPassDepthStencilAttachment{
			View: r.shadow.view, DepthLoadOp: wgpu.LoadOpClear, DepthStoreOp: wgpu.StoreOpStore, DepthClearValue: 1,
		},
	})
	draw.SetBindGroup(0, r.frameGroups[slot], nil)
	if particles != nil {
		draw.SetPipeline(r.particleShadow)
		draw.SetBindGroup(1, particles, nil)
		draw.Draw(6, count, 0, 0)
	}
	if !wires {
		r.drawSolids(draw, r.solidShadow)
	}
	return endPass(draw)
}

func (r *Renderer) drawSolids(draw *wgpu.RenderPassEncoder, pipeline *wgpu.RenderPipeline) {
	if len(r.solidRuns) == 0 {
		return
	}
	draw.SetPipeline(pipeline)
	draw.SetBindGroup(1, r.solidGroup, nil)
	draw.SetVertexBuffer(0, r.meshBuffer.Raw, 0, r.meshBuffer.Size)
	for _, each := range r.solidRuns {
		mesh := r.spans[each.kind]
		draw.Draw(mesh.count, each.count, mesh.first, each.first)
	}
}

func (r *Renderer) drawPicture(encoder *wgpu.CommandEncoder, t *Target, slot int, particles *wgpu.BindGroup, count uint32, camera view.Camera, look Look) error {
	draw := encoder.BeginRenderPass(&wgpu.RenderPassDescriptor{
		Label:            "render/picture",
		ColorAttachments: []wgpu.RenderPassColorAttachment{t.attachment()},
		DepthStencilAttachment: &wgpu.RenderPassDepthStencilAttachment{
			View: t.depth.view, DepthLoadOp: wgpu.LoadOpClear, DepthStoreOp: wgpu.StoreOpDiscard, DepthClearValue: 1,
		},
	})
	draw.SetBindGroup(0, r.frameGroups[slot], nil)
	draw.SetBindGroup(2, r.shadowGroup, nil)
	// What is opaque and small first: it saves the floor and the backdrop most of their pixels.
	if !look.Wires {
		r.drawSolids(draw, r.solids)
	}
	if particles != nil {
		draw.SetPipeline(r.particles)
		draw.SetBindGroup(1, particles, nil)
		draw.Draw(3, count, 0, 0)
	}
	sized := r.scene.size > 0
	floor := r.scene.origin[1] + r.scene.min[1]
	if sized && !look.NoFloor && camera.Position[1] > floor { // from below one looks through it
		draw.SetPipeline(r.floor)
		draw.SetBindGroup(1, r.solidGroup, nil)
		draw.Draw(4, 1, 0, 0)
	}
	draw.SetPipeline(r.background)
	draw.Draw(3, 1, 0, 0)
	r.drawWalls(draw, r.data.walls)
	if sized && !look.NoEdges {
		draw.SetPipeline(r.edges)
		draw.Draw(4, 12, 0, 0)
	}
	if look.Wires {
		r.drawWires(draw, r.data.wires)
	}
	r.drawArrows(draw, r.data.arrows, particles, count, look.Arrows)
	r.cursor.draw(draw, slot, look.Cursor, Balls)
	return endPass(draw)
}

// particleGroup finds or makes the bind group of a buffer set; nil when there is nothing to draw.
func (r *Renderer) particleGroup(p Particles) (*wgpu.BindGroup, error) {
	if p.Count == 0 {
		return nil, nil
	}
	if p.Vorticity == nil {
		p.Vorticity = p.Velocity // something of its form: no field that is shown reads it
	}
	if p.Body == nil {
		p.Body = p.Pressure
	}
	shapes := r.noShapes
	if p.Shapes != nil {
		shapes = p.Shapes.all
	}
	key := particleGroup{position: p.Position, velocity: p.Velocity, density: p.Density, pressure: p.Pressure, control: p.Control,
		vorticity: p.Vorticity, body: p.Body, shapes: shapes}
	kept := r.groups[:0]
	var found *wgpu.BindGroup
	for _, g := range r.groups {
		if g.gone() {
			g.group.Release() // a former scene's: it would hold their memory for ever
			continue
		}
		if key.group = g.group; g == key {
			found = g.group
		}
		kept = append(kept, g)
	}
	r.groups = kept
	if found != nil {
		return found, nil
	}
	for _, b := range []struct {
		name  string
		b     *gpu.Buffer
		bytes uint64
	}{{"position", p.Position, 16}, {"velocity", p.Velocity, 16}, {"density", p.Density, 8}, {"pressure", p.Pressure, 4},
		{"vorticity", p.Vorticity, 16}} {
		if b.b == nil || b.b.Raw == nil || b.b.Size < b.bytes*uint64(p.Count) {
			return nil, fmt.Errorf("draw: the %s buffer is missing or too small for %d particles", b.name, p.Count)
		}
	}
	if p.Body.Raw == nil || p.Body.Size < 4 {
		return nil, errors.New("draw: the buffer of bodies was released")
	}
	if shapes.Raw == nil {
		return nil, errors.New("draw: the shapes were released already")
	}
	if p.Control == nil || p.Control.Raw == nil || p.Control.Size < controlSize {
		return nil, errors.New("draw: the control buffer is missing or too small")
	}
	group, err := newGroup(r.device, "particles", r.particleLayout,
		bufferBinding(0, p.Position), bufferBinding(1, p.Velocity), bufferBinding(2, p.Density), bufferBinding(3, p.Control), bufferBinding(4, p.Pressure),
		bufferBinding(5, p.Vorticity), bufferBinding(6, p.Body), bufferBinding(7, shapes))
	if err != nil {
		return nil, err
	}
	key.group = group
	r.groups = append(r.groups, key)
	return group, nil
}

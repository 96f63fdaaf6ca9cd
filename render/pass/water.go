package pass

import (
	"math"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// WaterLook is how the Water style looks.
type WaterLook struct {
	Tint       Colour  // of white light after Clarity metres of fluid
	Clarity    float64 // [m]; 0: what suits the scene
	Cloudiness float64 // share of the light that comes back out of deep fluid, 0 to 1
	Studio     bool    // a grey room in the colour of Background instead of the open sky
}

var defaultTint = Colour{0x84 / 255.0, 0xc0 / 255.0, 0xd4 / 255.0}

const (
	surfaceFormat   = wgpu.TextureFormatRG32Float
	normalFormat    = wgpu.TextureFormatRGBA16Float
	thicknessFormat = wgpu.TextureFormatR16Float
	lightFormat     = wgpu.TextureFormatRGBA16Float
	sunFormat       = wgpu.TextureFormatRG16Float
	eyeFormat       = wgpu.TextureFormatR8Unorm
)

// Lengths of the surface, in particle spacings.
const (
	filterReach  = 3.0
	rangeKept    = 3.0
	mostTexels   = 40 // that the filter reaches; its taps spread out over them
	waterIndex   = 1.333
	moreMirror   = 0.02 // of the light, mirrored besides what Fresnel's equations say
	farHaze      = 6.0  // distance at which the floor is lost in haze, in domain sizes
	causticPower = 0.35
)

// waterStyle is what the Water style adds to a Renderer.
type waterStyle struct {
	eyeLayout, surfaceLayout, filterLayout, lightLayout, overLayout, joinLayout, foamLayout, sceneLayout *wgpu.BindGroupLayout

	eye, depth, walls, filter, surface, thickness, sun, spread, light, under, over, foam *wgpu.RenderPipeline
	sky, tiles, solids, edgesFar, edgesNear, join                                        *wgpu.RenderPipeline

	eyeMap    *texture
	eyeGroup  *wgpu.BindGroup
	along     [2 * len(shares)]*gpu.Buffer // directions of the filters
	sunGroups [2]*wgpu.BindGroup           // of the filter over the sun's map
}

// shares are how much of the whole reach each round of the filter has; a round goes across and down.
var shares = [...]float32{1, 0.45, 0.25}

// level is what a quality stands for.
type level struct {
	scale  uint32 // pixels a texel of the surface, on a side
	rounds int    // of the filter
}

var levels = [...]level{Low: {scale: 2, rounds: 2}, Medium: {scale: 1, rounds: 2}, High: {scale: 1, rounds: 3}}

func (r *Renderer) makeWater() (err error) {
	if r.shadowLayout == nil || r.shadowGroup == nil {
		return nil
	}
	w := &waterStyle{}
	r.water = w
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
	const raw, smooth, depth = wgpu.TextureSampleTypeUnfilterableFloat, wgpu.TextureSampleTypeFloat, wgpu.TextureSampleTypeDepth
	w.eyeLayout = keep("eye", textureEntry(0, inVertex|inFragment, raw))
	w.surfaceLayout = keep("surface", textureEntry(0, inFragment, raw))
	w.filterLayout = keep("filter", textureEntry(0, inFragment, raw), uniformEntry(1, 16))
	w.foamLayout = keep("foam", storageEntry(0, 16), storageEntry(1, 16))
	w.sceneLayout = keep("foam scene", textureEntry(0, inFragment, depth), textureEntry(1, inFragment, raw))
	w.overLayout = keep("water over", textureEntry(0, inFragment, smooth), textureEntry(1, inFragment, smooth))
	w.lightLayout = keep("water", textureEntry(0, inFragment, smooth), textureEntry(1, inFragment, depth), textureEntry(2, inFragment, raw),
		textureEntry(3, inFragment, raw), textureEntry(4, inFragment, smooth))
	if err != nil {
		return err
	}
	if err := r.makeWaterPipelines(); err != nil {
		return err
	}
	if w.eyeMap, err = newTexture(r.device, "eye", 1, 1, 1, eyeFormat, wgpu.TextureUsageRenderAttachment|wgpu.TextureUsageTextureBinding); err != nil {
		return err
	}
	r.later(w.eyeMap.release)
	if w.eyeGroup, err = newGroup(r.device, "eye", w.eyeLayout, wgpu.BindGroupEntry{Binding: 0, TextureView: w.eyeMap.view}); err != nil {
		return err
	}
	r.later(w.eyeGroup.Release)
	for i := range w.along {
		d := [4]float32{1, 0, shares[i/2], 0}
		if i%2 == 1 {
			d[0], d[1] = 0, 1
		}
		if w.along[i], err = r.device.NewBuffer("direction", 16, wgpu.BufferUsageUniform); err != nil {
			return err
		}
		r.later(w.along[i].Release)
		if err := r.device.Write(w.along[i], 0, gpu.Bytes(d[:])); err != nil {
			return err
		}
	}
	for i := range w.sunGroups {
		if w.sunGroups[i], err = newGroup(r.device, "spread", w.filterLayout,
			wgpu.BindGroupEntry{Binding: 0, TextureView: r.sun[i].view}, bufferBinding(1, w.along[i])); err != nil {
			return err
		}
		r.later(w.sunGroups[i].Release)
	}
	return nil
}

func (r *Renderer) makeWaterPipelines() error {
	w := r.water
	const strip, list, points = wgpu.PrimitiveTopologyTriangleStrip, wgpu.PrimitiveTopologyTriangleList, wgpu.PrimitiveTopologyPointList
	const less, lessEqual, greater = wgpu.CompareFunctionLess, wgpu.CompareFunctionLessEqual, wgpu.CompareFunctionGreater
	groups := func(all ...*wgpu.BindGroupLayout) []*wgpu.BindGroupLayout { return all }
	whole := func(name string, format wgpu.TextureFormat, all ...*wgpu.BindGroupLayout) recipe {
		return recipe{name: name, groups: all, topology: list, cull: wgpu.CullModeNone, format: format}
	}
	for _, each := range []struct {
		into **wgpu.RenderPipeline
		recipe
	}{
		{&w.eye, recipe{name: "render/water_eye", groups: groups(r.frameLayout, r.particleLayout), topology: points, cull: wgpu.CullModeNone, format: eyeFormat}},
		{&w.depth, recipe{name: "render/water_depth", groups: groups(r.frameLayout, r.particleLayout, w.eyeLayout), topology: strip, cull: wgpu.CullModeNone,
			format: surfaceFormat, depth: true, write: true, compare: greater}},
		{&w.walls, whole("render/water_walls", surfaceFormat, r.frameLayout, w.surfaceLayout)},
		{&w.filter, whole("render/water_filter", surfaceFormat, r.frameLayout, w.filterLayout)},
		{&w.surface, whole("render/water_surface", normalFormat, r.frameLayout, w.surfaceLayout)},
		{&w.thickness, recipe{name: "render/water_thickness", groups: groups(r.frameLayout, r.particleLayout), topology: strip, cull: wgpu.CullModeNone,
			format: thicknessFormat, blend: plus}},
		{&w.sun, recipe{name: "render/water_sun", groups: groups(r.frameLayout, r.particleLayout), topology: strip, cull: wgpu.CullModeNone,
			format: sunFormat, blend: plus}},
		{&w.spread, whole("render/water_spread", sunFormat, r.frameLayout, w.filterLayout)},
		{&w.light, whole("render/water", lightFormat, r.frameLayout, w.lightLayout, r.shadowLayout)},
		{&w.under, whole("render/water_under", lightFormat, r.frameLayout, w.lightLayout, r.shadowLayout)},
		{&w.foam, recipe{name: "render/foam", groups: groups(r.frameLayout, w.foamLayout, w.sceneLayout), topology: strip, cull: wgpu.CullModeNone,
			format: lightFormat, blend: onto}},
		{&w.over, whole("render/water_over", Format, r.frameLayout, w.overLayout, r.shadowLayout)},
		{&w.solids, recipe{name: "render/water_solids", groups: groups(r.frameLayout, r.solidLayout, r.shadowLayout),
			buffers: meshBuffers(true), topology: list, cull: wgpu.CullModeBack, format: lightFormat, depth: true, write: true, compare: less, samples: r.samples}},
		{&w.tiles, recipe{name: "render/tiles", groups: groups(r.frameLayout, r.solidLayout, r.shadowLayout),
			topology: strip, cull: wgpu.CullModeNone, format: lightFormat, depth: true, write: true, compare: less, samples: r.samples}},
		{&w.sky, recipe{name: "render/sky", groups: groups(r.frameLayout, r.solidLayout, r.shadowLayout),
			topology: list, cull: wgpu.CullModeNone, format: lightFormat, depth: true, compare: lessEqual, samples: r.samples}},
		{&w.edgesFar, recipe{name: "render/edges", groups: groups(r.frameLayout),
			topology: strip, cull: wgpu.CullModeNone, format: lightFormat, depth: true, compare: lessEqual, blend: over, samples: r.samples}},
		{&w.edgesNear, recipe{name: "render/edges", groups: groups(r.frameLayout),
			topology: strip, cull: wgpu.CullModeNone, format: Format, blend: over}},
	} {
		pipeline, err := newPipeline(r.device, each.recipe)
		if err != nil {
			return err
		}
		*each.into = pipeline
		r.later(pipeline.Release)
	}
	if r.samples == 1 {
		return nil
	}
	var err error
	many := textureEntry(0, inFragment, wgpu.TextureSampleTypeDepth)
	many.Texture.Multisampled = true
	if w.joinLayout, err = newLayout(r.device, "join", many); err != nil {
		return err
	}
	r.later(w.joinLayout.Release)
	w.join, err = newPipeline(r.device, recipe{name: "render/water_join", groups: groups(r.frameLayout, w.joinLayout),
		topology: list, cull: wgpu.CullModeNone, depth: true, write: true, compare: wgpu.CompareFunctionAlways, ordering: true})
	if err == nil {
		r.later(w.join.Release)
	}
	return err
}

// fillWater adds to a frame what the Water style needs.
func fillWater(f *frame, s placed, t *waterTarget, sunSide uint32, p Particles, look Look, around *surroundings) {
	spacing := float64(p.Spacing)
	if !(spacing > 0) {
		spacing = 2 * float64(p.Radius)
	}
	l := look.Water
	clarity := l.Clarity
	if !(clarity > 0) {
		clarity = math.Max(s.size, 1e-3) * 0.17
		if flat := s.max[2] - s.min[2]; flat < 1.5*spacing { // a slice of a deep tank
			clarity = 1.5 * spacing
		}
	}
	tint := l.Tint.or(defaultTint).linear()
	for i := range 3 {
		f.Absorption[i] = float32(-math.Log(math.Min(math.Max(float64(tint[i]), 1e-4), 0.9999)) / clarity)
		f.Glow[i] = tint[i] * float32(math.Min(math.Max(l.Cloudiness, 0), 1))
	}
	f.Absorption[3] = moreMirror
	f.Glow[3] = 1 / waterIndex
	f.Water = [4]float32{float32(spacing), float32(filterReach * spacing), float32(rangeKept * spacing), 0}
	f.Layer = [4]float32{1 / float32(t.level.scale), mostTexels / float32(t.level.scale), float32(sunSide), causticPower}
	fillLight(f, look)
	if around != nil {
		f.stand(around, s)
	}
	f.Floor[3] = float32(farHaze * s.size)
}

// fillLight sets the light of the Water style: a summer's day, or a studio in the colour of the background.
func fillLight(f *frame, look Look) {
	f.SunColor = [4]float32{2.6, 2.4, 2.1, 1}
	f.SkyColor = [4]float32{0.46, 0.58, 0.76, 1}
	f.GroundColor = [4]float32{0.22, 0.22, 0.23, 1}
	f.Zenith = [4]float32{0.07, 0.22, 0.60, 0}
	f.Horizon = [4]float32{0.46, 0.61, 0.79, 3.2}
	f.FloorColor = [4]float32{0.088, 0.084, 0.080, 1.8}
	f.EdgeColor = [4]float32{0.05, 0.08, 0.10, 1}
	if !look.Water.Studio {
		return
	}
	background := look.Background.or(defaultBackground).linear()
	f.SunColor = [4]float32{2.2, 2.1, 2.0, 1}
	f.SkyColor = [4]float32{0.40, 0.42, 0.45, 1}
	for i := range 3 {
		f.Zenith[i] = 0.6 * background[i]
		f.Horizon[i] = 1.6*background[i] + 0.01
		f.FloorColor[i] = 0.9*background[i] + 0.05
		f.EdgeColor[i] = 0.25
	}
	f.Zenith[3], f.Horizon[3] = 1, 4.5
	f.FloorColor[3] = 1.9
}

// stand puts the fluid into a picture of what is around it.
func (f *frame) stand(around *surroundings, s placed) {
	shadows := f.Sun[3]
	f.setSun(around.sun, s)
	f.Sun[3] = shadows
	for i := range 3 {
		f.SunColor[i], f.SkyColor[i] = float32(around.sunlight[i]), float32(around.above[i])
		f.GroundColor[i], f.Horizon[i] = float32(around.below[i]), float32(around.level[i])
	}
	f.Zenith[3] = 2
}

func (r *Renderer) drawWater(e *gpu.Encoder, t *Target, slot int, f *frame, particles *wgpu.BindGroup, camera view.Camera, p Particles, look Look) {
	encoder := e.Raw()
	target, err := r.waterTarget(t, levels[min(look.Quality, High)])
	if err != nil {
		e.Fail(err)
		return
	}
	near, _ := camera.Planes()
	var around *surroundings
	if r.pictured {
		around = &r.around
	}
	fillWater(f, r.scene, target, r.sunSide, p, look, around)
	f.Water[3] = float32(near)
	if len(r.solidRuns) > 0 && !look.Wires && look.Quality > Low {
		f.GlossView[3] = 1
	}
	if err := r.device.Write(r.frames[slot], 0, gpu.BytesOf(f)); err != nil {
		e.Fail(err)
		return
	}
	timer := r.timers[Water]
	d := &drawing{encoder: encoder, frame: r.frameGroups[slot], particles: particles, count: p.Count, timer: timer}
	timer.start(e)
	if p.Foam != nil {
		p.Foam.run(e, timer)
	}
	if p.Shapes != nil {
		p.Shapes.run(e, timer)
	}
	e.Raw() // ends their pass
	d.keep(r.drawShadow(encoder, slot, nil, 0, look.Wires))
	timer.mark("render/shadow")
	w := r.water
	d.balls("render/water_sun", r.sun[0].view, nil, w.sun, nil, 3)
	d.whole("render/water_spread", r.sun[1].view, w.spread, w.sunGroups[0])
	d.whole("render/water_spread", r.sun[0].view, w.spread, w.sunGroups[1])
	timer.mark("render/water_spread")
	d.balls("render/water_eye", w.eyeMap.view, nil, w.eye, nil, 0)
	d.balls("render/water_depth", target.surface[0].view, target.order.view, w.depth, w.eyeGroup, 3)
	d.balls("render/water_thickness", target.thickness.view, nil, w.thickness, nil, 3)
	d.whole("render/water_walls", target.surface[1].view, w.walls, target.wallsGroup)
	timer.mark("render/water_walls")
	for i := range 2 * target.level.rounds {
		d.whole("render/water_filter", target.surface[i%2].view, w.filter, target.filterGroups[i])
	}
	timer.mark("render/water_filter")
	d.whole("render/water_surface", target.normals.view, w.surface, target.surfaceGroup)
	timer.mark("render/water_surface")
	d.keep(r.drawBehind(encoder, t, target, slot, camera, look))
	timer.mark("render/behind")
	if w.join != nil {
		d.keep(r.joinDepth(encoder, target, slot))
	}
	timer.mark("render/water_join")
	d.third = r.shadowGroup
	d.whole("render/water", target.light.view, w.light, target.lightGroup, w.under)
	timer.mark("render/water")
	if p.Foam != nil {
		d.keep(r.drawFoam(encoder, target, slot, p.Foam))
	}
	timer.mark("render/foam")
	d.keep(r.drawWaterPicture(d, t, target, slot, look))
	timer.mark("render/water_over")
	e.Fail(d.err)
}

// drawing records the passes of one picture.
type drawing struct {
	encoder   *wgpu.CommandEncoder
	frame     *wgpu.BindGroup
	particles *wgpu.BindGroup
	count     uint32
	third     *wgpu.BindGroup // of whole
	timer     *timer
	err       error
}

func (d *drawing) keep(err error) {
	if d.err == nil {
		d.err = err
	}
}

// balls draws every particle onto a cleared texture: corners vertices each, or one point each with 0.
func (d *drawing) balls(label string, onto, depth *wgpu.TextureView, pipeline *wgpu.RenderPipeline, third *wgpu.BindGroup, corners uint32) {
	descriptor := &wgpu.RenderPassDescriptor{
		Label:            label,
		ColorAttachments: []wgpu.RenderPassColorAttachment{{View: onto, LoadOp: wgpu.LoadOpClear, StoreOp: wgpu.StoreOpStore}},
	}
	if depth != nil {
		descriptor.DepthStencilAttachment = &wgpu.RenderPassDepthStencilAttachment{
			View: depth, DepthLoadOp: wgpu.LoadOpClear, DepthStoreOp: wgpu.StoreOpDiscard, DepthClearValue: 0,
		}
	}
	draw := d.encoder.BeginRenderPass(descriptor)
	if d.particles != nil {
		draw.SetPipeline(pipeline)
		draw.SetBindGroup(0, d.frame, nil)
		draw.SetBindGroup(1, d.particles, nil)
		if third != nil {
			draw.SetBindGroup(2, third, nil)
		}
		if corners == 0 {
			draw.Draw(d.count, 1, 0, 0)
		} else {
			draw.Draw(corners, d.count, 0, 0)
		}
	}
	d.keep(endPass(draw))
	d.timer.mark(label)
}

// whole draws over a whole texture, cleared first, with one pipeline or several in turn.
func (d *drawing) whole(label string, onto *wgpu.TextureView, pipeline *wgpu.RenderPipeline, group *wgpu.BindGroup, more ...*wgpu.RenderPipeline) {
	draw := d.encoder.BeginRenderPass(&wgpu.RenderPassDescriptor{
		Label:            label,
		ColorAttachments: []wgpu.RenderPassColorAttachment{{View: onto, LoadOp: wgpu.LoadOpClear, StoreOp: wgpu.StoreOpStore}},
	})
	draw.SetPipeline(pipeline)
	draw.SetBindGroup(0, d.frame, nil)
	draw.SetBindGroup(1, group, nil)
	if d.third != nil {
		draw.SetBindGroup(2, d.third, nil)
	}
	draw.Draw(3, 1, 0, 0)
	for _, next := range more {
		draw.SetPipeline(next)
		draw.Draw(3, 1, 0, 0)
	}
	d.keep(endPass(draw))
}

// drawBehind draws all that is no fluid.
func (r *Renderer) drawBehind(encoder *wgpu.CommandEncoder, t *Target, w *waterTarget, slot int, camera view.Camera, look Look) error {
	draw := encoder.BeginRenderPass(&wgpu.RenderPassDescriptor{
		Label:            "render/behind",
		ColorAttachments: []wgpu.RenderPassColorAttachment{w.attachment()},
		DepthStencilAttachment: &wgpu.RenderPassDepthStencilAttachment{
			View: t.depth.view, DepthLoadOp: wgpu.LoadOpClear, DepthStoreOp: wgpu.StoreOpStore, DepthClearValue: 1,
		},
	})
	draw.SetBindGroup(0, r.frameGroups[slot], nil)
	draw.SetBindGroup(2, r.shadowGroup, nil)
	if !look.Wires {
		r.drawSolids(draw, r.water.solids)
	}
	sized := r.scene.size > 0
	draw.SetBindGroup(1, r.solidGroup, nil)
	if sized && !look.NoFloor && camera.Position[1] > r.scene.origin[1]+r.scene.min[1] { // from below one looks through it
		draw.SetPipeline(r.water.tiles)
		draw.Draw(4, 1, 0, 0)
	}
	draw.SetPipeline(r.water.sky)
	draw.Draw(3, 1, 0, 0)
	if sized && !look.NoEdges {
		draw.SetPipeline(r.water.edgesFar)
		draw.Draw(4, 12, 0, 12*edgesFar)
	}
	r.drawWalls(draw, r.data.behind.walls)
	if look.Wires {
		r.drawWires(draw, r.data.behind.wires)
	}
	return endPass(draw)
}

// The values of the EDGES_ constants in shaders/render/edges.wgsl.
const (
	edgesFar  = 1
	edgesNear = 2
)

// joinDepth makes one depth a pixel out of several.
func (r *Renderer) joinDepth(encoder *wgpu.CommandEncoder, w *waterTarget, slot int) error {
	draw := encoder.BeginRenderPass(&wgpu.RenderPassDescriptor{
		Label: "render/water_join",
		DepthStencilAttachment: &wgpu.RenderPassDepthStencilAttachment{
			View: w.joined.view, DepthLoadOp: wgpu.LoadOpClear, DepthStoreOp: wgpu.StoreOpStore, DepthClearValue: 1,
		},
	})
	draw.SetPipeline(r.water.join)
	draw.SetBindGroup(0, r.frameGroups[slot], nil)
	draw.SetBindGroup(1, w.joinGroup, nil)
	draw.Draw(3, 1, 0, 0)
	return endPass(draw)
}

// drawWaterPicture puts the fluid before what is behind it.
func (r *Renderer) drawWaterPicture(d *drawing, t *Target, w *waterTarget, slot int, look Look) error {
	draw := d.encoder.BeginRenderPass(&wgpu.RenderPassDescriptor{
		Label:            "render/water_over",
		ColorAttachments: []wgpu.RenderPassColorAttachment{{View: t.color.view, LoadOp: wgpu.LoadOpClear, StoreOp: wgpu.StoreOpStore, ClearValue: wgpu.Color{A: 1}}},
	})
	draw.SetPipeline(r.water.over)
	draw.SetBindGroup(0, r.frameGroups[slot], nil)
	draw.SetBindGroup(1, w.overGroup, nil)
	draw.SetBindGroup(2, r.shadowGroup, nil)
	draw.Draw(3, 1, 0, 0)
	if r.scene.size > 0 && !look.NoEdges {
		draw.SetPipeline(r.water.edgesNear)
		draw.Draw(4, 12, 0, 12*edgesNear)
	}
	r.drawArrows(draw, r.data.before, d.particles, d.count, look.Arrows)
	r.cursor.draw(draw, slot, look.Cursor, Water)
	return endPass(draw)
}

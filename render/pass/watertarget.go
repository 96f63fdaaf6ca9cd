package pass

import (
	"github.com/cogentcore/webgpu/wgpu"
)

// waterTarget is what a Target needs besides for pictures in the Water style. It is made with the first of them.
type waterTarget struct {
	level                            level
	behind, many                     *texture
	surface                          [2]*texture
	order                            *texture
	normals, thickness, light        *texture
	joined                           *texture // depth of what is behind, where it has several samples
	wallsGroup                       *wgpu.BindGroup
	filterGroups                     [2 * len(shares)]*wgpu.BindGroup
	surfaceGroup                     *wgpu.BindGroup
	lightGroup, overGroup, foamGroup *wgpu.BindGroup
	joinGroup                        *wgpu.BindGroup
}

// thicknessScale is how much coarser the thickness is than the surface: it is smooth.
const thicknessScale = 2

// waterTarget finds or makes what the Water style needs for pictures of this target.
func (r *Renderer) waterTarget(t *Target, level level) (*waterTarget, error) {
	if t.water != nil && t.water.level == level {
		return t.water, nil
	}
	w := &waterTarget{level: level}
	if err := w.build(r, t); err != nil {
		w.release()
		return nil, err
	}
	t.water.release()
	t.water = w
	return w, nil
}

func (w *waterTarget) build(r *Renderer, t *Target) (err error) {
	const draw = wgpu.TextureUsageRenderAttachment | wgpu.TextureUsageTextureBinding
	texel := func(coarse uint32) (uint32, uint32) {
		return (t.width + coarse - 1) / coarse, (t.height + coarse - 1) / coarse
	}
	width, height := texel(w.level.scale)
	low, lower := texel(w.level.scale * thicknessScale)
	for _, each := range []struct {
		into          **texture
		label         string
		width, height uint32
		samples       uint32
		format        wgpu.TextureFormat
		usage         wgpu.TextureUsage
		wanted        bool
	}{
		{&w.behind, "behind water", t.width, t.height, 1, lightFormat, draw, true},
		{&w.many, "behind water samples", t.width, t.height, t.samples, lightFormat, wgpu.TextureUsageRenderAttachment, t.samples > 1},
		{&w.joined, "depth behind water", t.width, t.height, 1, depthFormat, draw, t.samples > 1},
		{&w.surface[0], "water surface", width, height, 1, surfaceFormat, draw, true},
		{&w.surface[1], "water surface", width, height, 1, surfaceFormat, draw, true},
		{&w.order, "water order", width, height, 1, depthFormat, wgpu.TextureUsageRenderAttachment, true},
		{&w.normals, "water normals", width, height, 1, normalFormat, draw, true},
		{&w.light, "water light", width, height, 1, lightFormat, draw, true},
		{&w.thickness, "water thickness", low, lower, 1, thicknessFormat, draw, true},
	} {
		if each.wanted {
			if *each.into, err = newTexture(r.device, each.label, each.width, each.height, each.samples, each.format, each.usage); err != nil {
				return err
			}
		}
	}
	at := func(binding uint32, t *texture) wgpu.BindGroupEntry {
		return wgpu.BindGroupEntry{Binding: binding, TextureView: t.view}
	}
	if w.wallsGroup, err = newGroup(r.device, "water walls", r.water.surfaceLayout, at(0, w.surface[0])); err != nil {
		return err
	}
	for i := range w.filterGroups {
		if w.filterGroups[i], err = newGroup(r.device, "water filter", r.water.filterLayout, at(0, w.surface[(i+1)%2]), bufferBinding(1, r.water.along[i])); err != nil {
			return err
		}
	}
	// The walls have written the second surface, and the filters have gone to and fro.
	last := w.surface[1]
	if w.surfaceGroup, err = newGroup(r.device, "water surface", r.water.surfaceLayout, at(0, last)); err != nil {
		return err
	}
	depth := t.depth
	if w.joined != nil {
		depth = w.joined
		if w.joinGroup, err = newGroup(r.device, "water join", r.water.joinLayout, at(0, t.depth)); err != nil {
			return err
		}
	}
	if w.foamGroup, err = newGroup(r.device, "foam scene", r.water.sceneLayout, at(0, depth), at(1, last)); err != nil {
		return err
	}
	if w.overGroup, err = newGroup(r.device, "water over", r.water.overLayout, at(0, w.behind), at(1, w.light)); err != nil {
		return err
	}
	w.lightGroup, err = newGroup(r.device, "water", r.water.lightLayout, at(0, w.behind), at(1, depth), at(2, last), at(3, w.normals), at(4, w.thickness))
	return err
}

func (w *waterTarget) release() {
	if w == nil {
		return
	}
	for _, g := range append([]*wgpu.BindGroup{w.wallsGroup, w.surfaceGroup, w.lightGroup, w.overGroup, w.foamGroup, w.joinGroup}, w.filterGroups[:]...) {
		if g != nil {
			g.Release()
		}
	}
	for _, t := range []*texture{w.behind, w.many, w.surface[0], w.surface[1], w.order, w.normals, w.thickness, w.light, w.joined} {
		t.release()
	}
	*w = waterTarget{}
}

// attachment is where what is behind the fluid is drawn.
func (w *waterTarget) attachment() wgpu.RenderPassColorAttachment {
	a := wgpu.RenderPassColorAttachment{View: w.behind.view, LoadOp: wgpu.LoadOpClear, StoreOp: wgpu.StoreOpStore, ClearValue: wgpu.Color{A: 1}}
	if w.many != nil {
		a.View, a.ResolveTarget, a.StoreOp = w.many.view, w.behind.view, wgpu.StoreOpDiscard
	}
	return a
}

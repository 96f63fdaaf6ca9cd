package pass

import (
	"errors"
	"math"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// Plane is where Normal, which points to its outer side, times a point is At, in the world.
type Plane struct {
	Normal [3]float64
	At     float64 // [m]
}

// in is the plane in coordinates around an origin.
func (p Plane) in(origin [3]float64) [4]float32 { return vec(p.Normal, p.At-inner(p.Normal, origin)) }

// Arrows are velocities in a slice. The zero value draws none.
type Arrows struct {
	Slice  Plane
	Half   float64 // of the slice's thickness [m]
	Length float64 // of the arrow of a metre a second [m]; 0: no arrows
}

// dataView draws what a picture tells beyond the fluid: container walls, obstacles as wires, arrows.
type dataView struct {
	walls, wires, arrows *wgpu.RenderPipeline
	behind               struct{ walls, wires *wgpu.RenderPipeline } // in the picture behind water
	before               *wgpu.RenderPipeline                        // arrows in the picture of water
	mesh                 *gpu.Buffer
	spans                [4]span
}

func (r *Renderer) makeData() (err error) {
	if r.shadowLayout == nil {
		return nil // makeLayouts has told why
	}
	d := &r.data
	line := []wgpu.VertexBufferLayout{{
		ArrayStride: 32, StepMode: wgpu.VertexStepModeVertex, Attributes: []wgpu.VertexAttribute{
			{Format: wgpu.VertexFormatFloat32x4, Offset: 0, ShaderLocation: 0},
			{Format: wgpu.VertexFormatFloat32x4, Offset: 16, ShaderLocation: 1},
		},
	}}
	glass := recipe{depth: true, compare: wgpu.CompareFunctionLessEqual, blend: over, cull: wgpu.CullModeNone, samples: r.samples}
	for _, each := range []struct {
		into     **wgpu.RenderPipeline
		name     string
		second   *wgpu.BindGroupLayout
		topology wgpu.PrimitiveTopology
		buffers  []wgpu.VertexBufferLayout
		format   wgpu.TextureFormat
	}{
		{&d.walls, "render/walls", nil, wgpu.PrimitiveTopologyTriangleStrip, nil, Format},
		{&d.wires, "render/wires", r.solidLayout, wgpu.PrimitiveTopologyTriangleList, line, Format},
		{&d.behind.walls, "render/walls", nil, wgpu.PrimitiveTopologyTriangleStrip, nil, lightFormat},
		{&d.behind.wires, "render/wires", r.solidLayout, wgpu.PrimitiveTopologyTriangleList, line, lightFormat},
		{&d.arrows, "render/arrows", r.particleLayout, wgpu.PrimitiveTopologyTriangleList, nil, Format},
		{&d.before, "render/arrows", r.particleLayout, wgpu.PrimitiveTopologyTriangleList, nil, Format},
	} {
		c := glass
		if each.into == &d.before { // what is drawn over the finished picture has no depth
			c = recipe{blend: over, cull: wgpu.CullModeNone}
		}
		c.format = each.format
		c.name, c.topology, c.buffers = each.name, each.topology, each.buffers
		c.groups = []*wgpu.BindGroupLayout{r.frameLayout}
		if each.second != nil {
			c.groups = append(c.groups, each.second)
		}
		pipeline, err := newPipeline(r.device, c)
		if err != nil {
			return err
		}
		*each.into = pipeline
		r.later(pipeline.Release)
	}
	all, spans := wireMeshes()
	d.spans = spans
	data := gpu.Bytes(all)
	if d.mesh, err = r.device.NewBuffer("wires", uint64(len(data)), wgpu.BufferUsageVertex); err != nil {
		return err
	}
	r.later(d.mesh.Release)
	return r.device.Write(d.mesh, 0, data)
}

// wireMeshes are the lines of the unit meshes: of each line six corners, a vertex with one end as
// its place and the other in the room of the normal.
func wireMeshes() (all []vertex, spans [4]span) {
	line := func(a, b [4]float32) {
		for range 6 {
			all = append(all, vertex{Place: a, Normal: b})
		}
	}
	circle := func(at func(angle float64) [4]float32) {
		const steps = 48
		for i := range steps {
			line(at(2*math.Pi*float64(i)/steps), at(2*math.Pi*float64(i+1)/steps))
		}
	}
	level := func(y, radius, split float32) func(float64) [4]float32 {
		return func(a float64) [4]float32 {
			return [4]float32{radius * float32(math.Sin(a)), y, radius * float32(math.Cos(a)), split}
		}
	}
	for kind := range spans {
		first := len(all)
		switch Kind(kind) {
		case Box:
			for i := range 8 {
				for axis := range 3 {
					if i>>axis&1 == 0 {
						line(boxCorner(i), boxCorner(i|1<<axis))
					}
				}
			}
		case Cylinder:
			for _, y := range []float32{-1, 1} {
				circle(level(y, 1, 0))
			}
			for i := range 8 {
				a := float64(i) * math.Pi / 4
				line(level(-1, 1, 0)(a), level(1, 1, 0)(a))
			}
		default:
			cap := float32(0)
			if Kind(kind) == Capsule {
				cap = 1
			}
			for _, side := range []float32{-1, 1} {
				for lat := range 3 {
					s, c := math.Sincos(float64(lat) * math.Pi / 6)
					circle(level(side*float32(s), float32(c), side*cap))
				}
			}
			for i := range 4 { // half circles through the poles
				longitude := float64(i) * math.Pi / 4
				circle(func(a float64) [4]float32 {
					y := float32(math.Sin(a))
					split := cap
					if y < 0 {
						split = -cap
					}
					r := float32(math.Cos(a))
					return [4]float32{r * float32(math.Sin(longitude)), y, r * float32(math.Cos(longitude)), split}
				})
			}
		}
		spans[kind] = span{uint32(first), uint32(len(all) - first)}
	}
	return all, spans
}

func boxCorner(i int) (c [4]float32) {
	for axis := range 3 {
		c[axis] = float32(i>>axis&1)*2 - 1
	}
	return c
}

// drawWires draws the obstacles as wires.
func (r *Renderer) drawWires(draw *wgpu.RenderPassEncoder, pipeline *wgpu.RenderPipeline) {
	if len(r.solidRuns) == 0 {
		return
	}
	draw.SetPipeline(pipeline)
	draw.SetBindGroup(1, r.solidGroup, nil)
	draw.SetVertexBuffer(0, r.data.mesh.Raw, 0, r.data.mesh.Size)
	for _, each := range r.solidRuns {
		mesh := r.data.spans[each.kind]
		draw.Draw(mesh.count, each.count, mesh.first, each.first)
	}
}

// drawWalls draws the container's walls that stand behind the fluid.
func (r *Renderer) drawWalls(draw *wgpu.RenderPassEncoder, pipeline *wgpu.RenderPipeline) {
	if r.scene.size > 0 && r.scene.walls != 0 {
		draw.SetPipeline(pipeline)
		draw.Draw(4, 6, 0, 0)
	}
}

// drawArrows draws the velocities in the slice.
func (r *Renderer) drawArrows(draw *wgpu.RenderPassEncoder, pipeline *wgpu.RenderPipeline, particles *wgpu.BindGroup, count uint32, a Arrows) {
	if particles == nil || !(a.Length > 0) {
		return
	}
	draw.SetPipeline(pipeline)
	draw.SetBindGroup(1, particles, nil)
	draw.Draw(18, count, 0, 0)
}

// checkPlanes refuses planes that cut nothing in particular.
func (l Look) checkPlanes() error {
	for _, p := range []Plane{l.Cut, l.Arrows.Slice} {
		if square := inner(p.Normal, p.Normal); square != 0 && math.Abs(square-1) > 1e-6 || math.IsNaN(p.At) {
			return errors.New("draw: a plane has no normal of length 1")
		}
	}
	return nil
}

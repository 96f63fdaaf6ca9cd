package pass

import (
	"fmt"
	"path"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/shaders"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// recipe is what differs between pipelines.
type recipe struct {
	name     string // of the shader
	groups   []*wgpu.BindGroupLayout
	buffers  []wgpu.VertexBufferLayout
	topology wgpu.PrimitiveTopology
	cull     wgpu.CullMode
	format   wgpu.TextureFormat // undefined: depth only
	depth    bool               // has a depth buffer
	write    bool               // writes it
	compare  wgpu.CompareFunction
	bias     int32
	blend    *wgpu.BlendState
	samples  uint32
	coverage bool // alpha chooses samples
	ordering bool // fragments compute the depth, and nothing else
	opaque   bool // alpha is not written: the picture stays opaque
}

// over lays a colour over the picture by its alpha; the picture itself stays opaque.
var over = &wgpu.BlendState{
	Color: wgpu.BlendComponent{Operation: wgpu.BlendOperationAdd, SrcFactor: wgpu.BlendFactorSrcAlpha, DstFactor: wgpu.BlendFactorOneMinusSrcAlpha},
	Alpha: wgpu.BlendComponent{Operation: wgpu.BlendOperationAdd, SrcFactor: wgpu.BlendFactorZero, DstFactor: wgpu.BlendFactorOne},
}

// onto lays a colour that is multiplied by its alpha already over what is there, and joins their alphas.
var onto = &wgpu.BlendState{
	Color: wgpu.BlendComponent{Operation: wgpu.BlendOperationAdd, SrcFactor: wgpu.BlendFactorOne, DstFactor: wgpu.BlendFactorOneMinusSrcAlpha},
	Alpha: wgpu.BlendComponent{Operation: wgpu.BlendOperationAdd, SrcFactor: wgpu.BlendFactorOne, DstFactor: wgpu.BlendFactorOneMinusSrcAlpha},
}

// plus adds to what is there.
var plus = &wgpu.BlendState{
	Color: wgpu.BlendComponent{Operation: wgpu.BlendOperationAdd, SrcFactor: wgpu.BlendFactorOne, DstFactor: wgpu.BlendFactorOne},
	Alpha: wgpu.BlendComponent{Operation: wgpu.BlendOperationAdd, SrcFactor: wgpu.BlendFactorOne, DstFactor: wgpu.BlendFactorOne},
}

func newPipeline(d *gpu.Device, c recipe) (*wgpu.RenderPipeline, error) {
	text, err := shaders.Compose(c.name)
	if err != nil {
		return nil, err
	}
	module, err := d.NewShader(text)
	if err != nil {
		return nil, err
	}
	defer module.Release()
	layout, err := d.Raw().CreatePipelineLayout(&wgpu.PipelineLayoutDescriptor{Label: c.name, BindGroupLayouts: c.groups})
	if err != nil {
		return nil, fmt.Errorf("pass %s: %w", c.name, err)
	}
	defer layout.Release()
	entry := path.Base(c.name)
	descriptor := &wgpu.RenderPipelineDescriptor{
		Label:       c.name,
		Layout:      layout,
		Vertex:      wgpu.VertexState{Module: module, EntryPoint: entry + "_vertex", Buffers: c.buffers},
		Primitive:   wgpu.PrimitiveState{Topology: c.topology, FrontFace: wgpu.FrontFaceCCW, CullMode: c.cull},
		Multisample: wgpu.MultisampleState{Count: max(c.samples, 1), Mask: 0xffffffff, AlphaToCoverageEnabled: c.coverage},
	}
	if c.depth {
		keep := wgpu.StencilFaceState{
			Compare: wgpu.CompareFunctionAlways, FailOp: wgpu.StencilOperationKeep,
			DepthFailOp: wgpu.StencilOperationKeep, PassOp: wgpu.StencilOperationKeep,
		}
		descriptor.DepthStencil = &wgpu.DepthStencilState{
			Format: depthFormat, DepthWriteEnabled: c.write, DepthCompare: c.compare,
			StencilFront: keep, StencilBack: keep, DepthBias: c.bias,
		}
		if c.bias != 0 {
			descriptor.DepthStencil.DepthBiasSlopeScale = 2
		}
	}
	if c.ordering {
		descriptor.Fragment = &wgpu.FragmentState{Module: module, EntryPoint: entry + "_fragment"}
	}
	if c.format != wgpu.TextureFormatUndefined {
		mask := wgpu.ColorWriteMaskAll
		if c.opaque { // alpha is a means here
			mask = wgpu.ColorWriteMaskRed | wgpu.ColorWriteMaskGreen | wgpu.ColorWriteMaskBlue
		}
		descriptor.Fragment = &wgpu.FragmentState{
			Module: module, EntryPoint: entry + "_fragment",
			Targets: []wgpu.ColorTargetState{{Format: c.format, Blend: c.blend, WriteMask: mask}},
		}
	}
	pipeline, err := d.Raw().CreateRenderPipeline(descriptor)
	if err != nil {
		return nil, fmt.Errorf("pass %s: %w", c.name, err)
	}
	return pipeline, nil
}

const (
	inVertex   = wgpu.ShaderStageVertex
	inFragment = wgpu.ShaderStageFragment
)

func uniformEntry(index uint32, size uint64) wgpu.BindGroupLayoutEntry {
	return wgpu.BindGroupLayoutEntry{Binding: index, Visibility: inVertex | inFragment,
		Buffer: wgpu.BufferBindingLayout{Type: wgpu.BufferBindingTypeUniform, MinBindingSize: size}}
}

func storageEntry(index uint32, size uint64) wgpu.BindGroupLayoutEntry {
	return wgpu.BindGroupLayoutEntry{Binding: index, Visibility: inVertex,
		Buffer: wgpu.BufferBindingLayout{Type: wgpu.BufferBindingTypeReadOnlyStorage, MinBindingSize: size}}
}

func textureEntry(index uint32, visible wgpu.ShaderStage, sample wgpu.TextureSampleType) wgpu.BindGroupLayoutEntry {
	return wgpu.BindGroupLayoutEntry{Binding: index, Visibility: visible,
		Texture: wgpu.TextureBindingLayout{SampleType: sample, ViewDimension: wgpu.TextureViewDimension2D}}
}

func samplerEntry(index uint32) wgpu.BindGroupLayoutEntry {
	return wgpu.BindGroupLayoutEntry{Binding: index, Visibility: inFragment,
		Sampler: wgpu.SamplerBindingLayout{Type: wgpu.SamplerBindingTypeFiltering}}
}

// newSampler makes a sampler that is linear between texels and keeps the last ones beyond the edge.
func newSampler(d *gpu.Device, across wgpu.AddressMode) (*wgpu.Sampler, error) {
	sampler, err := d.Raw().CreateSampler(&wgpu.SamplerDescriptor{
		Label: "smooth", AddressModeU: across, AddressModeV: wgpu.AddressModeClampToEdge,
		AddressModeW: wgpu.AddressModeClampToEdge, MagFilter: wgpu.FilterModeLinear, MinFilter: wgpu.FilterModeLinear,
		MipmapFilter: wgpu.MipmapFilterModeNearest, LodMaxClamp: 32, MaxAnisotropy: 1,
	})
	if err != nil {
		return nil, fmt.Errorf("sampler: %w", err)
	}
	return sampler, nil
}

func bufferBinding(index uint32, b *gpu.Buffer) wgpu.BindGroupEntry {
	return wgpu.BindGroupEntry{Binding: index, Buffer: b.Raw, Size: b.Size}
}

func newGroup(d *gpu.Device, label string, layout *wgpu.BindGroupLayout, entries ...wgpu.BindGroupEntry) (*wgpu.BindGroup, error) {
	group, err := d.NewGroup(label, layout, entries)
	if err != nil {
		return nil, fmt.Errorf("pass bindings %s: %w", label, err)
	}
	return group, nil
}

func newLayout(d *gpu.Device, label string, entries ...wgpu.BindGroupLayoutEntry) (*wgpu.BindGroupLayout, error) {
	layout, err := d.Raw().CreateBindGroupLayout(&wgpu.BindGroupLayoutDescriptor{Label: label, Entries: entries})
	if err != nil {
		return nil, fmt.Errorf("pass layout %s: %w", label, err)
	}
	return layout, nil
}

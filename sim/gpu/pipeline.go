//go:build !js

package gpu

import "github.com/cogentcore/webgpu/wgpu"

func newComputePipeline(d *wgpu.Device, label string, layout *wgpu.PipelineLayout, module *wgpu.ShaderModule,
	entry string) (*wgpu.ComputePipeline, error) {
	return d.CreateComputePipeline(&wgpu.ComputePipelineDescriptor{
		Label: label, Layout: layout, Compute: wgpu.ProgrammableStageDescriptor{Module: module, EntryPoint: entry},
	})
}

func beginComputePass(e *wgpu.CommandEncoder, label string) *wgpu.ComputePassEncoder {
	return e.BeginComputePass(&wgpu.ComputePassDescriptor{Label: label})
}

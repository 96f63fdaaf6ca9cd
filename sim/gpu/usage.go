package gpu

import "github.com/cogentcore/webgpu/wgpu"

// Usage says what a buffer is for. The names are repeated here so that those who
// only ask for buffers need not know the graphics library.
type Usage = wgpu.BufferUsage

const (
	UsageStorage  = wgpu.BufferUsageStorage
	UsageUniform  = wgpu.BufferUsageUniform
	UsageIndirect = wgpu.BufferUsageIndirect
	UsageCopySrc  = wgpu.BufferUsageCopySrc
	UsageCopyDst  = wgpu.BufferUsageCopyDst
)

package pass

import "github.com/cogentcore/webgpu/wgpu"

// endPass closes a pass; a browser reports what was wrong in its own console.
func endPass(p *wgpu.RenderPassEncoder) error {
	p.End()
	return nil
}

//go:build !js

package pass

import "github.com/cogentcore/webgpu/wgpu"

// endPass closes a pass. Whatever was wrong inside it is said here, and must not be ignored.
func endPass(p *wgpu.RenderPassEncoder) error {
	err := p.End()
	p.Release()
	return err
}

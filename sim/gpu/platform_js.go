package gpu

import "github.com/cogentcore/webgpu/wgpu"

// The browser's binding has no indirect dispatch, no query sets and no errors from End, and its MapAsync blocks.

type threadID int

func thisThread() threadID { return 0 }

func quiet() {}

func hasTimestamps(*wgpu.Adapter) bool { return false }

func (d *Device) poll() {}

func endPass(p *wgpu.ComputePassEncoder) error {
	p.End()
	return nil
}

// dispatchIndirect covers all that the arguments might ask for; the kernels check their bounds themselves.
func (e *Encoder) dispatchIndirect(_ *Buffer, _, invocations uint64, k *Kernel) {
	e.dispatch(k, invocations)
}

type mapping struct{ state *mapState }

type mapState struct {
	done   bool
	status wgpu.BufferMapAsyncStatus
}

func newMapping() mapping { return mapping{&mapState{}} }

func (m mapping) Start(b *wgpu.Buffer, size uint64) error {
	m.state.done = false
	return b.MapAsync(wgpu.MapModeRead, 0, size, func(s wgpu.BufferMapAsyncStatus) {
		m.state.status, m.state.done = s, true
	})
}

func (m mapping) Done() (bool, error) {
	if m.state.done && m.state.status != wgpu.BufferMapAsyncStatusSuccess {
		return true, &mapError{m.state.status}
	}
	return m.state.done, nil
}

func (m mapping) Free() {}

type mapError struct{ status wgpu.BufferMapAsyncStatus }

func (e *mapError) Error() string { return "map failed: " + e.status.String() }

// SurfaceTexture is the texture to draw the next frame into.
func SurfaceTexture(s *wgpu.Surface) (*wgpu.Texture, wgpu.SurfaceGetCurrentTextureStatus, error) {
	t, err := s.GetCurrentTexture()
	return t, wgpu.SurfaceGetCurrentTextureStatusSuccess, err
}

// ReleaseSurfaceTexture has nothing to do in a browser.
func ReleaseSurfaceTexture(*wgpu.Texture) {}

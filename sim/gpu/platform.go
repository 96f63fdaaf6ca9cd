//go:build !js

package gpu

import (
	"os"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/sim/gpu/internal/shim"
)

type threadID uintptr

func thisThread() threadID { return threadID(shim.Thread()) }

// quiet keeps the library's and its drivers' own messages off the user's terminal.
func quiet() {
	wgpu.SetLogLevel(wgpu.LogLevelOff)
	// The library probes EGL even though we never use it, and EGL complains when this is missing.
	if os.Getenv("XDG_RUNTIME_DIR") == "" {
		os.Setenv("XDG_RUNTIME_DIR", os.TempDir())
	}
}

func hasTimestamps(a *wgpu.Adapter) bool { return a.HasFeature(wgpu.FeatureNameTimestampQuery) }

// poll lets the library call back for work that is done. It never waits: waiting gives up after five seconds and
// then claims that all is done.
func (d *Device) poll() { d.device.Poll(false, nil) }

func endPass(p *wgpu.ComputePassEncoder) error { return p.End() }

func (e *Encoder) dispatchIndirect(args *Buffer, offset, _ uint64, _ *Kernel) {
	e.pass.DispatchWorkgroupsIndirect(args.Raw, offset)
}

// mapping is the state of one staging buffer's map.
type mapping struct{ *shim.Map }

func newMapping() mapping { return mapping{shim.NewMap()} }

// SurfaceTexture is the texture to draw the next frame into. Unless the status is success the texture is nil: skip
// the frame, configure the surface anew, try again. Present must follow before the next call, and
// ReleaseSurfaceTexture after it (never Texture.Release, which takes a device reference away).
func SurfaceTexture(s *wgpu.Surface) (*wgpu.Texture, wgpu.SurfaceGetCurrentTextureStatus, error) {
	return shim.SurfaceTexture(s)
}

// ReleaseSurfaceTexture drops a texture of SurfaceTexture. The texture must not be used again.
func ReleaseSurfaceTexture(t *wgpu.Texture) { shim.ReleaseTexture(t) }

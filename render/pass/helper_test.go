package pass

import (
	"image"
	"testing"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
)

// studio is a renderer with a small target.
type studio struct {
	t        testing.TB
	device   *gpu.Device
	renderer *Renderer
	target   *Target
}

const testWidth, testHeight = 160, 120

func newStudio(t testing.TB, samples uint32) *studio {
	t.Helper()
	s := &studio{t: t, device: gputest.Open(t)}
	var err error
	if s.renderer, err = New(s.device, Options{Samples: samples}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.renderer.Release)
	if s.target, err = s.renderer.NewTarget(testWidth, testHeight); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.target.Release)
	return s
}

// scene replaces domain and obstacles.
func (s *studio) scene(scene Scene) {
	s.t.Helper()
	if err := s.renderer.SetScene(scene); err != nil {
		s.t.Fatal(err)
	}
}

// try draws and returns what the encoder says.
func (s *studio) try(camera view.Camera, p Particles, look Look) error {
	s.t.Helper()
	e, err := s.device.NewEncoder("test")
	if err != nil {
		s.t.Fatal(err)
	}
	s.renderer.Draw(e, s.target, camera, p, look)
	return e.Submit()
}

// draw returns the finished picture.
func (s *studio) draw(camera view.Camera, p Particles, look Look) *image.NRGBA {
	s.t.Helper()
	if err := s.try(camera, p, look); err != nil {
		s.t.Fatal(err)
	}
	return s.read()
}

func (s *studio) read() *image.NRGBA {
	s.t.Helper()
	width, height := s.target.Size()
	row := (4*width + 255) / 256 * 256
	b, err := s.device.NewBuffer("picture", uint64(row*height), wgpu.BufferUsageCopyDst)
	if err != nil {
		s.t.Fatal(err)
	}
	defer b.Release()
	e, err := s.device.NewEncoder("read")
	if err != nil {
		s.t.Fatal(err)
	}
	e.Fail(e.Raw().CopyTextureToBuffer(
		&wgpu.ImageCopyTexture{Texture: s.target.Texture(), Aspect: wgpu.TextureAspectAll},
		&wgpu.ImageCopyBuffer{Buffer: b.Raw, Layout: wgpu.TextureDataLayout{BytesPerRow: uint32(row), RowsPerImage: uint32(height)}},
		&wgpu.Extent3D{Width: uint32(width), Height: uint32(height), DepthOrArrayLayers: 1}))
	if err := e.Submit(); err != nil {
		s.t.Fatal(err)
	}
	data, err := s.device.Read(b, 0, uint64(row*height))
	if err != nil {
		s.t.Fatal(err)
	}
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		copy(img.Pix[y*img.Stride:][:4*width], data[y*row:])
	}
	return img
}

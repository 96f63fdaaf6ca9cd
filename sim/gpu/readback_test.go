//go:build !js

package gpu

import (
	"testing"

	"github.com/cogentcore/webgpu/wgpu"
)

func newReadback(t *testing.T, d *Device, size uint64, depth int) *Readback {
	t.Helper()
	r, err := d.NewReadback("r", size, depth)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Release)
	return r
}

// step adds one to every value and asks for a copy of what came out.
func (a *adder) step(t *testing.T, r *Readback) (copied bool) {
	t.Helper()
	e := encoder(t, a.Device)
	e.Dispatch(a.kernel, a.binding, 4)
	copied = r.Copy(e, a.values, 0)
	submit(t, e)
	r.Submitted() // a second time: harmless
	return copied
}

// Results come back whole, in order, none twice; a full ring says so and loses nothing that is under way.
func TestReadbackOrder(t *testing.T) {
	d := open(t, Options{})
	a := newAdder(t, d, 4)
	r := newReadback(t, d, 16, 3)
	if data, ok := r.Collect(); ok || data != nil {
		t.Error("an unused ring has data")
	}
	for i := range 5 {
		if copied := a.step(t, r); copied != (i < 3) {
			t.Errorf("step %d: copied %t", i, copied)
		}
	}
	if r.Free() != 0 {
		t.Errorf("%d slots are free", r.Free())
	}
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	var got []uint32
	r.CollectAll(func(b []byte) { got = append(got, FromBytes[uint32](b)[3]) })
	if len(got) != 3 || got[0] != 1 || got[1] != 2 || got[2] != 3 {
		t.Errorf("results %v, want 1 2 3", got)
	}
	a.step(t, r)
	a.step(t, r)
	last, err := r.Wait()
	if err != nil || FromBytes[uint32](last)[0] != 7 {
		t.Errorf("newest %v, %v", last, err)
	}
	a.step(t, r)
	a.step(t, r)
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
	if data, ok := r.Collect(); !ok || FromBytes[uint32](data)[0] != 9 {
		t.Errorf("newest %v, %t", data, ok)
	}
	if data, err := r.Wait(); data != nil || err != nil || r.Free() != 3 {
		t.Errorf("nothing is under way, but %v, %v, %d free", data, err, r.Free())
	}
}

// Collect must not wait for the GPU, or the frame loop would stall.
func TestCollectDoesNotWait(t *testing.T) {
	d := open(t, Options{})
	h := newHeavy(t, d)
	rounds := h.roundsFor(t, 0.5)
	r := newReadback(t, d, 16, 1)
	e := encoder(t, d)
	h.record(e, rounds)
	r.Copy(e, h.out, 0)
	submit(t, e)
	early := 0
	for r.Free() == 0 {
		if _, ok := r.Collect(); !ok {
			early++
		}
	}
	if early < 100 {
		t.Errorf("Collect came back %d times before the result: it waits", early)
	}
}

// A copy that was recorded but never sent must not be waited for, nor be taken for a result.
func TestReadbackAbandoned(t *testing.T) {
	d := open(t, Options{})
	a := newAdder(t, d, 4)
	r := newReadback(t, d, 16, 2)
	a.step(t, r)
	bad := encoder(t, d)
	r.Copy(bad, a.values, 0)
	bad.Copy(a.values, 0, a.by, 0, 1<<20)
	if err := bad.Submit(); err == nil {
		t.Fatal("no error")
	}
	if data, err := r.Wait(); err != nil || FromBytes[uint32](data)[0] != 1 || r.Free() != 2 {
		t.Errorf("%v, %v, %d free", data, err, r.Free())
	}
	// An open encoder's slot is not waited for either.
	e := encoder(t, d)
	r.Copy(e, a.values, 0)
	r.Submitted()
	if data, err := r.Wait(); data != nil || err != nil || r.Free() != 1 {
		t.Errorf("%v, %v, %d free", data, err, r.Free())
	}
	submit(t, e)
	if data, err := r.Wait(); err != nil || FromBytes[uint32](data)[0] != 1 {
		t.Errorf("%v, %v", data, err)
	}
	// Released while a map is under way.
	a.step(t, r)
	r.Release()
	if r.Copy(encoder(t, d), a.values, 0) {
		t.Error("a released ring takes copies")
	}
	if err := d.Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestReadbackArguments(t *testing.T) {
	d := open(t, Options{})
	for _, c := range []struct {
		size  uint64
		depth int
	}{{0, 1}, {6, 1}, {16, 0}} {
		_, err := d.NewReadback("r", c.size, c.depth)
		wantError(t, err, "multiple of 4")
	}
	_, err := d.NewReadback("r", 1<<50, 1)
	wantError(t, err, "at most")
	r := newReadback(t, d, 64, 1)
	e := encoder(t, d)
	r.Copy(e, buffer(t, d, "short", 16, 0), 0)
	wantError(t, e.Submit(), "outside")
}

// Textures go through Target, with their rows padded to 256 bytes.
func TestReadbackTexture(t *testing.T) {
	d := open(t, Options{})
	texture, err := d.Raw().CreateTexture(&wgpu.TextureDescriptor{
		Usage: wgpu.TextureUsageCopySrc | wgpu.TextureUsageCopyDst, Dimension: wgpu.TextureDimension2D,
		Size:   wgpu.Extent3D{Width: 2, Height: 2, DepthOrArrayLayers: 1},
		Format: wgpu.TextureFormatRGBA8Unorm, MipLevelCount: 1, SampleCount: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer texture.Release()
	size := &wgpu.Extent3D{Width: 2, Height: 2, DepthOrArrayLayers: 1}
	pixels := []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
	if err := d.Queue().WriteTexture(texture.AsImageCopy(), pixels,
		&wgpu.TextureDataLayout{BytesPerRow: 8, RowsPerImage: 2}, size); err != nil {
		t.Fatal(err)
	}
	r := newReadback(t, d, 512, 1)
	e := encoder(t, d)
	target, ok := r.Target(e)
	if !ok {
		t.Fatal("no slot")
	}
	e.Fail(e.Raw().CopyTextureToBuffer(texture.AsImageCopy(), &wgpu.ImageCopyBuffer{
		Layout: wgpu.TextureDataLayout{BytesPerRow: 256, RowsPerImage: 2}, Buffer: target,
	}, size))
	if _, again := r.Target(e); again {
		t.Error("a full ring gives a target")
	}
	submit(t, e)
	data, err := r.Wait()
	if err != nil || data[0] != 1 || data[7] != 8 || data[256] != 9 || data[263] != 16 {
		t.Errorf("%v, %v", data, err)
	}
}

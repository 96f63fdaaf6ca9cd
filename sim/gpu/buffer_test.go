//go:build !js

package gpu

import (
	"bytes"
	"errors"
	"math"
	"testing"

	"github.com/cogentcore/webgpu/wgpu"
)

func TestBytes(t *testing.T) {
	words := []uint32{1, 0x01020304}
	if got := Bytes(words); !bytes.Equal(got, []byte{1, 0, 0, 0, 4, 3, 2, 1}) {
		t.Errorf("bytes %v", got)
	}
	if Bytes([]uint32{}) != nil || len(FromBytes[uint32](nil)) != 0 {
		t.Error("an empty slice has bytes")
	}
	v := struct{ A, B float32 }{1, 2}
	back := FromBytes[float32](append(BytesOf(&v), 9, 9))
	if len(back) != 2 || back[0] != 1 || back[1] != 2 {
		t.Errorf("back %v", back)
	}
	back[0] = 7
	if v.A != 1 {
		t.Error("FromBytes shares memory with its argument")
	}
}

func TestMemoryErrors(t *testing.T) {
	d := open(t, Options{})
	before := d.Allocated()
	for _, c := range []struct {
		size, limit uint64
		usage       wgpu.BufferUsage
	}{
		{math.MaxUint64, d.limits.MaxBuffer, wgpu.BufferUsageVertex},
		{d.limits.MaxBuffer + 1, d.limits.MaxBuffer, wgpu.BufferUsageVertex},
		{1 << 60, d.limits.MaxBinding, wgpu.BufferUsageStorage},
		{d.limits.MaxBinding + 1, d.limits.MaxBinding, wgpu.BufferUsageStorage},
		{d.limits.MaxUniform + 1, d.limits.MaxUniform, wgpu.BufferUsageUniform},
	} {
		b, err := d.NewBuffer("absurd", c.size, c.usage)
		var memory *MemoryError
		if b != nil || !errors.As(err, &memory) || memory.Need != c.size || memory.Limit != c.limit || memory.Label != "absurd" {
			t.Errorf("%d bytes: %v, %v", c.size, b, err)
		}
	}
	if d.Allocated() != before {
		t.Errorf("refused buffers are counted: %d", d.Allocated()-before)
	}
	_, err := d.NewBuffer("mapped", 16, wgpu.BufferUsageMapRead)
	wantError(t, err, "Readback")
	wantError(t, &MemoryError{"x", 1 << 30, 0}, "no memory left", "1 GiB")
	wantError(t, &MemoryError{"x", 1 << 30, 1 << 20}, "needs 1 GiB", "at most 1 MiB")
}

func TestBufferCounting(t *testing.T) {
	d := open(t, Options{})
	before := d.Allocated()
	b := buffer(t, d, "b", 30, wgpu.BufferUsageStorage)
	if b.Size != 32 || d.Allocated() != before+32 {
		t.Errorf("size %d, allocated %d", b.Size, d.Allocated()-before)
	}
	empty := buffer(t, d, "empty", 0, wgpu.BufferUsageStorage)
	if empty.Size != 16 {
		t.Errorf("an empty buffer has %d bytes", empty.Size)
	}
	b.Release()
	b.Release()
	empty.Release()
	(*Buffer)(nil).Release()
	if d.Allocated() != before {
		t.Errorf("%d bytes are still counted", d.Allocated()-before)
	}
}

func TestWriteRead(t *testing.T) {
	d := open(t, Options{})
	b := buffer(t, d, "b", 64, 0)
	if raw, err := d.Read(b, 0, 64); err != nil || !bytes.Equal(raw, make([]byte, 64)) {
		t.Errorf("a new buffer reads %v, %v", raw, err)
	}
	if err := d.Write(b, 8, Bytes([]uint32{1, 2, 3})); err != nil {
		t.Fatal(err)
	}
	if err := d.Write(b, 64, nil); err != nil {
		t.Errorf("writing nothing: %v", err)
	}
	raw, err := d.Read(b, 4, 16)
	if got := FromBytes[uint32](raw); err != nil || len(got) != 4 || got[0] != 0 || got[1] != 1 || got[3] != 3 {
		t.Errorf("read %v, %v", got, err)
	}
	if raw, err := d.Read(b, 0, 0); err != nil || len(raw) != 0 {
		t.Errorf("reading nothing: %v, %v", raw, err)
	}
	wantError(t, d.Write(b, 60, make([]byte, 8)), "outside")
	wantError(t, d.Write(b, 2, make([]byte, 4)), "multiples of 4")
	wantError(t, d.Write(b, 0, make([]byte, 3)), "multiples of 4")
	wantError(t, d.Write(nil, 0, make([]byte, 4)), "missing")
	_, err = d.Read(b, 0, 128)
	wantError(t, err, "outside")
	_, err = d.Read(b, math.MaxUint64-3, 8)
	wantError(t, err, "outside")
	b.Release()
	_, err = d.Read(b, 0, 4)
	wantError(t, err, "released")
	wantError(t, d.Write(b, 0, make([]byte, 4)), "released")
}

// Every call after Release would abort the process without its check.
func TestAfterRelease(t *testing.T) {
	d := open(t, Options{})
	a := newAdder(t, d, 4)
	r, err := d.NewReadback("r", 16, 1)
	if err != nil {
		t.Fatal(err)
	}
	e := encoder(t, d)
	e.Dispatch(a.kernel, a.binding, 4)
	d.Release()
	d.Release()
	wantError(t, e.Submit(), "released")
	_, err = d.NewBuffer("b", 16, 0)
	wantError(t, err, "released")
	_, err = d.NewEncoder("e")
	wantError(t, err, "released")
	_, err = d.NewKernel("sim/density")
	wantError(t, err, "released")
	_, err = d.NewReadback("r", 16, 1)
	wantError(t, err, "released")
	_, err = d.Read(a.values, 0, 4)
	wantError(t, err, "released")
	_, err = a.kernel.Bind(nil)
	wantError(t, err, "released")
	_, err = d.NewTimer(2)
	wantError(t, err, "released")
	wantError(t, d.Wait(), "released")
	wantError(t, d.Write(a.values, 0, make([]byte, 4)), "released")
	r.Release()
}

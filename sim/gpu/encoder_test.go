//go:build !js

package gpu

import (
	"errors"
	"testing"

	"github.com/cogentcore/webgpu/wgpu"
)

func TestGroups(t *testing.T) {
	for _, c := range []struct {
		invocations, workgroup uint64
		x, y                   uint32
	}{
		{0, 64, 0, 0}, {1, 64, 1, 1}, {64, 64, 1, 1}, {65, 64, 2, 1}, {65535 * 64, 64, 65535, 1},
		{65535*64 + 1, 64, 65535, 2}, {1 << 24, 1, 65535, 257}, {65535 * 65535, 1, 65535, 65535},
	} {
		if x, y := groups(c.invocations, c.workgroup, 65535); x != c.x || y != c.y {
			t.Errorf("%d by %d: %d x %d groups, want %d x %d", c.invocations, c.workgroup, x, y, c.x, c.y)
		}
	}
}

// More than 65,535 groups in one dimension are refused by the device, so the second dimension must take over.
func TestDispatchBeyondOneDimension(t *testing.T) {
	d := open(t, Options{})
	n := 65535*64 + 100
	a := newAdder(t, d, n)
	a.add(t, uint64(n))
	for i, v := range a.read(t) {
		if v != 1 {
			t.Fatalf("value %d was touched %d times", i, v)
		}
	}
}

func TestDispatchNothing(t *testing.T) {
	a := newAdder(t, open(t, Options{}), 0)
	a.add(t, 0)
	if got := a.read(t); got[0] != 0 {
		t.Errorf("no invocation wrote %v", got)
	}
	submit(t, encoder(t, a.Device)) // nothing recorded at all
}

// One pass is kept open over dispatches; a copy between them sees the first and not the second.
func TestOrder(t *testing.T) {
	d := open(t, Options{})
	a := newAdder(t, d, 4)
	between := buffer(t, d, "between", 16, 0)
	e := encoder(t, d)
	e.Dispatch(a.kernel, a.binding, 4)
	e.Dispatch(a.kernel, a.binding, 4)
	e.Copy(a.values, 0, between, 0, 16)
	e.Dispatch(a.kernel, a.binding, 4)
	e.Copy(a.values, 0, between, 8, 0)
	submit(t, e)
	raw, err := d.Read(between, 0, 16)
	if got := FromBytes[uint32](raw); err != nil || got[0] != 2 || got[3] != 2 {
		t.Errorf("between: %v, %v", got, err)
	}
	if got := a.read(t); got[0] != 3 {
		t.Errorf("after: %v", got)
	}
}

func TestDispatchIndirect(t *testing.T) {
	d := open(t, Options{})
	a := newAdder(t, d, 256)
	args := buffer(t, d, "args", 32, wgpu.BufferUsageIndirect)
	if err := d.Write(args, 0, Bytes([]uint32{0, 1, 1, 0, 2, 1, 1, 0})); err != nil {
		t.Fatal(err)
	}
	e := encoder(t, d)
	e.DispatchIndirect(a.kernel, a.binding, args, 0, 256) // no groups
	e.DispatchIndirect(a.kernel, a.binding, args, 16, 256)
	submit(t, e)
	if got := a.read(t); got[0] != 1 || got[127] != 1 || got[128] != 0 {
		t.Errorf("two groups of 64 wrote %v", got)
	}
	for _, c := range []struct {
		args   *Buffer
		offset uint64
		word   string
	}{{args, 24, "outside"}, {args, 2, "multiples"}, {nil, 0, "missing"}, {a.by, 0, "indirect use"}} {
		e := encoder(t, d)
		e.DispatchIndirect(a.kernel, a.binding, c.args, c.offset, 256)
		wantError(t, e.Submit(), c.word)
	}
}

// The first error stops the encoder, is reported by Submit, and nothing is sent.
func TestEncoderErrors(t *testing.T) {
	d := open(t, Options{})
	a := newAdder(t, d, 4)
	b := newAdder(t, d, 4)
	other := newAdder(t, open(t, Options{}), 4)
	gone := newAdder(t, d, 4)
	gone.binding.Release()
	goneKernel := newAdder(t, d, 4)
	goneKernel.kernel.Release()
	released := buffer(t, d, "released", 16, 0)
	released.Release()
	for word, record := range map[string]func(e *Encoder){
		"outside":        func(e *Encoder) { e.Copy(a.values, 8, a.by, 0, 16) },
		"multiples of 4": func(e *Encoder) { e.Copy(a.values, 0, a.by, 0, 2) },
		"missing":        func(e *Encoder) { e.Copy(nil, 0, a.by, 0, 4) },
		"released":       func(e *Encoder) { e.Copy(released, 0, a.by, 0, 4) },
		"copy of":        func(e *Encoder) { e.Copy(a.values, 0, a.values, 0, 4) },
		"kernel is miss": func(e *Encoder) { e.Dispatch(nil, a.binding, 1) },
		"its binding is": func(e *Encoder) { e.Dispatch(a.kernel, nil, 1) },
		"of another ker": func(e *Encoder) { e.Dispatch(a.kernel, b.binding, 1) },
		"missing, relea": func(e *Encoder) { e.Dispatch(gone.kernel, gone.binding, 1) },
		"was released a": func(e *Encoder) { e.Dispatch(goneKernel.kernel, goneKernel.binding, 1) },
		"another device": func(e *Encoder) { e.Dispatch(other.kernel, other.binding, 1) },
		"more than a":    func(e *Encoder) { e.Dispatch(a.kernel, a.binding, 1<<63) },
		"mine":           func(e *Encoder) { e.Fail(errors.New("mine")) },
		// Errors inside a pass come out at its end.
		"compute pass": func(e *Encoder) {
			e.bind(a.kernel, a.binding)
			e.pass.DispatchWorkgroups(d.limits.MaxGroups+1, 1, 1)
		},
	} {
		e := encoder(t, d)
		e.Dispatch(a.kernel, a.binding, 4)
		record(e)
		e.Dispatch(a.kernel, a.binding, 4)
		if err := e.Submit(); err == nil {
			t.Errorf("%q: no error", word)
		} else {
			wantError(t, err, word)
		}
		if e.Raw() != nil {
			t.Errorf("%q: the raw encoder is still given out", word)
		}
	}
	if got := a.read(t); got[0] != 0 {
		t.Errorf("a failed encoder was sent: %v", got)
	}
	// An error that somebody threw away comes out again at Finish.
	e := encoder(t, d)
	e.Dispatch(a.kernel, a.binding, 4)
	p := e.Raw().BeginComputePass(nil)
	p.DispatchWorkgroups(1, 1, 1) // without a pipeline
	p.End()
	p.Release()
	wantError(t, e.Submit(), "encoder \"TestEncoderErrors\"", "Finish")
	if got := a.read(t); got[0] != 0 {
		t.Errorf("a failed encoder was sent: %v", got)
	}

	e = encoder(t, d)
	submit(t, e)
	wantError(t, e.Submit(), "submitted already")
	e.Dispatch(a.kernel, a.binding, 4)
	e.Copy(a.values, 0, a.by, 0, 4)
}

// The library looks up what a pass names when it ends: releasing earlier aborted the process.
func TestReleaseWhileRecording(t *testing.T) {
	d := open(t, Options{})
	a := newAdder(t, d, 4)
	args := buffer(t, d, "args", 16, wgpu.BufferUsageIndirect)
	if err := d.Write(args, 0, Bytes([]uint32{1, 1, 1, 0})); err != nil {
		t.Fatal(err)
	}
	values := a.values
	copied := buffer(t, d, "copied", 16, 0)
	e := encoder(t, d)
	e.DispatchIndirect(a.kernel, a.binding, args, 0, 4)
	a.binding.Release()
	a.kernel.Release()
	a.by.Release()
	args.Release()
	e.Copy(values, 0, copied, 0, 16)
	values.Release()
	submit(t, e)
	raw, err := d.Read(copied, 0, 16)
	if got := FromBytes[uint32](raw); err != nil || got[0] != 1 {
		t.Errorf("read %v, %v", got, err)
	}
}

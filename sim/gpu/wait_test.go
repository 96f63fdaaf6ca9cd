//go:build !js

package gpu

import (
	"runtime"
	"testing"
	"time"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/shaders"
	"github.com/fluidsim/fluidsim/sim/gpu/internal/shim"
)

// heavy is a kernel that only costs time. It loops less than 65,535 times in one invocation, above which the
// software driver silently stops.
type heavy struct {
	*Device
	kernel  *Kernel
	out     *Buffer
	binding *Binding
	done    int // rounds submitted so far
	value   uint32
	at      int
}

// expected is what each value must be after more rounds.
func (h *heavy) expected(more int) uint32 {
	for ; h.at < h.done+more; h.at++ {
		for range 20000 {
			h.value = h.value*1664525 + 1013904223
		}
		h.value |= 1
	}
	return h.value
}

const heavyInvocations = 1 << 14

func newHeavy(t *testing.T, d *Device) *heavy {
	t.Helper()
	h := &heavy{Device: d}
	var err error
	if h.kernel, err = d.NewKernelFrom(&shaders.Module{Name: "heavy", Source: `
@group(0) @binding(0) var<storage, read_write> out: array<u32>;
@compute @workgroup_size(64)
fn heavy(@builtin(global_invocation_id) id: vec3<u32>) {
    var x = out[id.x];
    for (var k = 0u; k < 20000u; k++) {
        x = x * 1664525u + 1013904223u;
    }
    out[id.x] = x | 1u;
}`}); err != nil {
		t.Fatal(err)
	}
	h.out = buffer(t, d, "out", 4*heavyInvocations, wgpu.BufferUsageStorage)
	if h.binding, err = h.kernel.Bind(map[string]*Buffer{"out": h.out}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		h.binding.Release()
		h.kernel.Release()
	})
	return h
}

func (h *heavy) record(e *Encoder, rounds int) {
	for range rounds {
		e.Dispatch(h.kernel, h.binding, heavyInvocations)
	}
}

// roundsFor tells how many dispatches keep this device busy for at least that many seconds.
func (h *heavy) roundsFor(t *testing.T, seconds float64) int {
	t.Helper()
	for rounds := 4; ; rounds *= 4 {
		e := encoder(t, h.Device)
		h.record(e, rounds)
		start := time.Now()
		submit(t, e)
		if err := h.Wait(); err != nil {
			t.Fatal(err)
		}
		h.done += rounds
		if took := time.Since(start).Seconds(); took > 0.1 {
			return int(float64(rounds)*seconds/took) + 1
		}
	}
}

// The library's own wait gives up after five seconds and then claims that all is done, with stale data.
func TestReadWaitsForLongWork(t *testing.T) {
	d := open(t, Options{})
	h := newHeavy(t, d)
	rounds := h.roundsFor(t, 6)
	r := newReadback(t, d, 16, 1)
	// The machine may have become faster since it was measured: below five seconds nothing is shown.
	for took := 0.0; took < 5.2; rounds *= 2 {
		e := encoder(t, d)
		h.record(e, rounds)
		r.Copy(e, h.out, 0)
		start := time.Now()
		submit(t, e)
		// The ring first: its copy is in the submit that takes long, and some drivers hold back the next submit until
		// the last is done.
		last, err := r.Wait()
		if err != nil {
			t.Fatal(err)
		}
		took = time.Since(start).Seconds()
		raw, err := d.Read(h.out, 0, 4)
		if got := FromBytes[uint32](raw)[0]; err != nil || got != h.expected(rounds) || got != FromBytes[uint32](last)[0] {
			t.Fatalf("after %d rounds read %x, the ring has %x, want %x, %v", rounds, raw, last, h.expected(rounds), err)
		}
		h.done += rounds
	}
}

// A garbage collection between a map's request and its answer made the binding panic ("misuse of an invalid
// Handle"): what C had been given was collected, and its place used again. Here that happens every round.
func TestMapUnderCollector(t *testing.T) {
	d := open(t, Options{})
	a := newAdder(t, d, 4)
	r := newReadback(t, d, 16, 2)
	for i := range 1000 {
		e := encoder(t, d)
		e.Dispatch(a.kernel, a.binding, 4)
		r.Copy(e, a.values, 0)
		submit(t, e)
		runtime.GC()
		for range 4000 {
			filler = new(uintptr)
			*filler = 1 << 40
		}
		data, err := r.Wait()
		if err != nil {
			t.Fatal(err)
		}
		if got := FromBytes[uint32](data)[0]; got != uint32(i+1) {
			t.Fatalf("round %d reads %d", i, got)
		}
	}
}

var filler *uintptr

// A map that the library refuses is an error, and the next one works.
func TestMapRefused(t *testing.T) {
	d := open(t, Options{})
	s, err := d.newStaging("s", 16)
	if err != nil {
		t.Fatal(err)
	}
	defer s.release()
	if err := s.start(); err != nil {
		t.Fatal(err)
	}
	if err := s.start(); err == nil {
		t.Error("mapping twice is accepted")
	}
	other, err := d.newStaging("other", 16)
	if err != nil {
		t.Fatal(err)
	}
	defer other.release()
	if err := d.fetch(other, d.tick, 0, 4); err != nil {
		t.Error(err)
	}
	wantError(t, (&staging{Buffer: &Buffer{Raw: &wgpu.Buffer{}}, mapping: newMapping()}).start(), "without a handle")
}

// The handles come from unexported fields of the binding: a binding that renames them must fail here.
func TestShimFindsHandles(t *testing.T) {
	d := open(t, Options{})
	if !shim.Valid(d.tick.Raw) || !shim.Valid(d.device) || shim.Valid(&wgpu.Texture{}) || shim.Valid((*wgpu.Buffer)(nil)) {
		t.Error("handles are not found")
	}
	// A surface that was never configured would abort.
	texture, _, err := SurfaceTexture(&wgpu.Surface{})
	if texture != nil {
		t.Error("a texture of nothing")
	}
	wantError(t, err, "not configured")
	ReleaseSurfaceTexture(nil)
	ReleaseSurfaceTexture(&wgpu.Texture{})
}

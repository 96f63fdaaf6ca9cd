package gpu

import (
	"fmt"
	"os"
	"runtime/debug"
	"testing"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/shaders"
)

// resident is the process's memory in bytes.
func resident(t *testing.T) int64 {
	t.Helper()
	debug.FreeOSMemory() // Go's own garbage is not meant
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	var total, pages int64
	if _, err := fmt.Sscan(string(text), &total, &pages); err != nil {
		t.Fatal(err)
	}
	return pages * int64(os.Getpagesize())
}

// flat runs rounds until memory has settled, then as many again as it takes to see a leak beside the noise.
func flat(t *testing.T, warmUp, rounds int, allowed int64, round func()) {
	t.Helper()
	for range warmUp {
		round()
	}
	before := resident(t)
	for range rounds {
		round()
	}
	grown := resident(t) - before
	t.Logf("%d rounds: memory grew by %d bytes, %.1f a round", rounds, grown, float64(grown)/float64(rounds))
	if grown > allowed {
		t.Errorf("memory grew by %d bytes in %d rounds, allowed are %d", grown, rounds, allowed)
	}
}

// A frame's calls: none of the objects they make may stay (a compute pass is 427 bytes, an encoder 116).
func TestFramesKeepNothing(t *testing.T) {
	d := open(t, Options{Timestamps: true})
	a := newAdder(t, d, 64)
	r, err := d.NewReadback("r", 256, 3)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Release()
	timer, err := d.NewTimer(2)
	if err != nil {
		t.Fatal(err)
	}
	defer timer.Release()
	flat(t, 3000, 4000, 3<<19, func() {
		e := encoder(t, d)
		e.Timestamp(timer, 0)
		e.Dispatch(a.kernel, a.binding, 64)
		e.Timestamp(timer, 1)
		e.ResolveTimer(timer)
		r.Copy(e, a.values, 0)
		e.Dispatch(a.kernel, a.binding, 64)
		submit(t, e)
		timer.Collect()
		if _, err := r.Wait(); err != nil {
			t.Fatal(err)
		}
	})
}

// An encoder alone costs so little that many more fit into the test: 116 bytes each would show.
func TestEncodersKeepNothing(t *testing.T) {
	d := open(t, Options{})
	n := 0
	flat(t, 5000, 30000, 3<<19, func() {
		submit(t, encoder(t, d))
		if n++; n%64 == 0 {
			if err := d.Wait(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A scene's life: everything is released, so reloading a scene again and again is free.
func TestReloadsKeepNothing(t *testing.T) {
	d := open(t, Options{Timestamps: true})
	bytes := d.Allocated()
	flat(t, 200, 300, 3<<20, func() {
		k, err := d.NewKernelFrom(&shaders.Module{Name: "add", Source: addSource})
		if err != nil {
			t.Fatal(err)
		}
		by, _ := d.NewBuffer("by", 16, wgpu.BufferUsageUniform)
		values, err := d.NewBuffer("values", 1<<20, wgpu.BufferUsageStorage)
		if err != nil {
			t.Fatal(err)
		}
		b, err := k.Bind(map[string]*Buffer{"by": by, "values": values})
		if err != nil {
			t.Fatal(err)
		}
		r, err := d.NewReadback("r", 1<<20, 2)
		if err != nil {
			t.Fatal(err)
		}
		timer, err := d.NewTimer(3)
		if err != nil {
			t.Fatal(err)
		}
		e := encoder(t, d)
		e.Dispatch(k, b, 16)
		r.Copy(e, values, 0)
		submit(t, e)
		if _, err := d.Read(values, 0, 64); err != nil {
			t.Fatal(err)
		}
		for _, x := range []interface{ Release() }{timer, r, b, values, by, k} {
			x.Release()
		}
	})
	if d.Allocated() != bytes {
		t.Errorf("%d bytes are still counted", d.Allocated()-bytes)
	}
}

//go:build !js

package gpu

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/shaders"
)

// open gives a test its own device and thread.
func open(t *testing.T, o Options) *Device {
	t.Helper()
	runtime.LockOSThread()
	t.Cleanup(runtime.UnlockOSThread)
	d, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Release)
	return d
}

// addSource adds "by" to each value; its groups 1 and 2 are empty.
const addSource = `
const WIDTH = 64u;
@group(0) @binding(0) var<uniform> by: vec4<u32>;
@group(3) @binding(1) var<storage, read_write> values: array<u32>;
@compute @workgroup_size(WIDTH)
fn add(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = id.x + id.y * groups.x * WIDTH;
    if (i < arrayLength(&values)) {
        values[i] += by.x;
    }
}
`

// adder is that kernel with n values, all zero, adding 1.
type adder struct {
	*Device
	kernel     *Kernel
	by, values *Buffer
	binding    *Binding
}

func newAdder(t *testing.T, d *Device, n int) *adder {
	t.Helper()
	a := &adder{Device: d}
	var err error
	if a.kernel, err = d.NewKernelFrom(&shaders.Module{Name: "add", Source: addSource}); err != nil {
		t.Fatal(err)
	}
	a.by = buffer(t, d, "by", 16, wgpu.BufferUsageUniform)
	a.values = buffer(t, d, "values", uint64(4*n), wgpu.BufferUsageStorage)
	if err := d.Write(a.by, 0, Bytes([]uint32{1, 0, 0, 0})); err != nil {
		t.Fatal(err)
	}
	if a.binding, err = a.kernel.Bind(map[string]*Buffer{"by": a.by, "values": a.values}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		a.binding.Release()
		a.kernel.Release()
	})
	return a
}

func buffer(t *testing.T, d *Device, label string, size uint64, usage wgpu.BufferUsage) *Buffer {
	t.Helper()
	b, err := d.NewBuffer(label, size, usage)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Release)
	return b
}

func encoder(t *testing.T, d *Device) *Encoder {
	t.Helper()
	e, err := d.NewEncoder(t.Name())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func submit(t *testing.T, e *Encoder) {
	t.Helper()
	if err := e.Submit(); err != nil {
		t.Fatal(err)
	}
}

// add runs the kernel once over n invocations.
func (a *adder) add(t *testing.T, n uint64) {
	t.Helper()
	e := encoder(t, a.Device)
	e.Dispatch(a.kernel, a.binding, n)
	submit(t, e)
}

func (a *adder) read(t *testing.T) []uint32 {
	t.Helper()
	raw, err := a.Read(a.values, 0, a.values.Size)
	if err != nil {
		t.Fatal(err)
	}
	return FromBytes[uint32](raw)
}

// wantError fails unless err mentions every word.
func wantError(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("no error; want one with %q", words)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("error %q lacks %q", err, w)
		}
	}
}

// child runs one of this file's tests alone in another process, with more environment, and returns what it wrote to
// both outputs. Tests that change what the process may do use it: the child sees FLUIDSIM_CHILD=1.
func child(t *testing.T, test string, unset string, env ...string) (stdout, stderr string, err error) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$", "-test.count=1")
	for _, e := range os.Environ() {
		if unset == "" || !strings.HasPrefix(e, unset+"=") {
			cmd.Env = append(cmd.Env, e)
		}
	}
	cmd.Env = append(append(cmd.Env, "FLUIDSIM_CHILD=1"), env...)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	return out.String(), errs.String(), err
}

func isChild() bool { return os.Getenv("FLUIDSIM_CHILD") == "1" }

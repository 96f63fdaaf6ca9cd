package gpu

import (
	"runtime"
	"testing"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/shaders"
)

func TestSmoke(t *testing.T) {
	runtime.LockOSThread()
	d, err := Open(Options{Timestamps: true})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Release()
	t.Log(d.Describe())
	for _, n := range shaders.Names("sim") {
		k, err := d.NewKernel(n)
		if err != nil {
			t.Error(err)
			continue
		}
		k.Release()
	}
	m := &shaders.Module{Name: "double", Source: `
@group(0) @binding(0) var<storage, read> a: array<u32>;
@group(3) @binding(0) var<storage, read_write> b: array<u32>;
@compute @workgroup_size(64)
fn double(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) g: vec3<u32>) {
  let i = id.x + id.y*g.x*64u;
  if (i < arrayLength(&a)) { b[i] = 2u*a[i]; }
}`}
	k, err := d.NewKernelFrom(m)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := d.NewBuffer("a", 400, wgpu.BufferUsageStorage)
	b, _ := d.NewBuffer("b", 400, wgpu.BufferUsageStorage)
	in := make([]uint32, 100)
	for i := range in {
		in[i] = uint32(i)
	}
	if err := d.Write(a, 0, Bytes(in)); err != nil {
		t.Fatal(err)
	}
	bound, err := k.Bind(map[string]*Buffer{"a": a, "b": b})
	if err != nil {
		t.Fatal(err)
	}
	e, _ := d.NewEncoder("x")
	e.Dispatch(k, bound, 100)
	if err := e.Submit(); err != nil {
		t.Fatal(err)
	}
	out, err := d.Read(b, 0, 400)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range FromBytes[uint32](out) {
		if v != 2*uint32(i) {
			t.Fatal(i, v)
		}
	}
	m2, _ := m.Replace("2u*", "2.0*")
	_, err = d.NewKernelFrom(m2)
	t.Log(err)
	m2, _ = m.Replace("b[i] =", "b[i] :=")
	_, err = d.NewKernelFrom(m2)
	t.Log(err)
	_, err = d.NewBuffer("huge", 1<<60, wgpu.BufferUsageStorage)
	t.Log(err)
}

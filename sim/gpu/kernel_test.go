//go:build !js

package gpu

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/shaders"
)

// Every shader of the simulation must pass the device's own compiler: no other evidence counts.
func TestShippedKernels(t *testing.T) {
	d := open(t, Options{})
	for _, name := range shaders.Names("sim") {
		k, err := d.NewKernel(name)
		if err != nil {
			t.Error(err)
			continue
		}
		if want := k.Reflection.Entries[0].Workgroup; k.Name != name || k.Workgroup != want[0]*want[1]*want[2] {
			t.Errorf("%s: name %q, workgroup %d", name, k.Name, k.Workgroup)
		}
		k.Release()
		k.Release()
	}
}

func TestKernelErrors(t *testing.T) {
	d := open(t, Options{})
	kernel := func(name, source string) error {
		k, err := d.NewKernelFrom(&shaders.Module{Name: name, Source: source})
		if err == nil {
			k.Release()
		}
		return err
	}
	// An empty entry-point name, a missing one, or an empty text would abort.
	wantError(t, kernel("", addSource), "no compute entry point")
	wantError(t, kernel("sim/other", addSource), `no compute entry point "other"`)
	wantError(t, kernel("empty", ""), "no compute entry point")
	wantError(t, kernel("add", "@vertex fn add() -> @builtin(position) vec4<f32> { return vec4<f32>(0.0); }"), "no compute entry")
	wantError(t, kernel("add", strings.Replace(addSource, "WIDTH = 64u", "WIDTH = 65536u", 1)), "65536 invocations")
	wantError(t, kernel("add", strings.Replace(addSource, "@group(3)", "@group(9)", 1)), "group 9")
	wantError(t, kernel("add", "@group(0) @binding(0) var s: sampler;\n@compute @workgroup_size(1) fn add() {}"), "sampler")
	many := "@compute @workgroup_size(1) fn add() {}\n"
	for i := range d.limits.MaxStorageBuffers + 1 {
		many += fmt.Sprintf("@group(0) @binding(%d) var<storage> b%d: u32;\n", i, i)
	}
	wantError(t, kernel("add", many), "storage buffers, the device allows")
	_, err := d.NewKernel("sim/none")
	wantError(t, err, "there is no shader")
	_, err = d.NewShader(&shaders.Module{Name: "blank", Source: " \n"})
	wantError(t, err, "blank is empty")
}

// A compile error names the file and line that a person edits, not those of the joined text.
func TestCompileErrorPlace(t *testing.T) {
	d := open(t, Options{})
	m, err := shaders.Compose("sim/density")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(m.Source, "\n")
	for i, line := range lines {
		file, orig := m.Origin(i + 1)
		if !strings.Contains(line, "return s2 * s2") {
			continue
		}
		broken, err := m.Replace("return s2 * s2", "return s2 ** s2")
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.NewKernelFrom(broken)
		wantError(t, err, "sim/density does not compile", fmt.Sprintf("%s:%d:", file, orig), fmt.Sprintf("%d │", orig))
		if file != "common/kernel.wgsl" || orig == i+1 {
			t.Errorf("line %d comes from %s:%d; the test shows nothing", i+1, file, orig)
		}
		wrongType, err := m.Replace("return s2 * s2", "return 1u * s2")
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.NewKernelFrom(wrongType)
		wantError(t, err, file+":", fmt.Sprintf("%d │", orig))
		return
	}
	t.Fatal("the line to break was not found")
}

func TestBindErrors(t *testing.T) {
	d := open(t, Options{})
	a := newAdder(t, d, 64)
	bind := func(buffers map[string]*Buffer) error {
		b, err := a.kernel.Bind(buffers)
		b.Release()
		return err
	}
	wantError(t, bind(nil), "no buffer for by, values")
	wantError(t, bind(map[string]*Buffer{"by": a.by, "values": nil}), "no buffer for values")
	wantError(t, bind(map[string]*Buffer{"by": a.by, "values": a.values, "more": a.by}), "no variable more")
	wantError(t, bind(map[string]*Buffer{"by": a.values, "values": a.values}), "not made for uniform use")
	wantError(t, bind(map[string]*Buffer{"by": a.by, "values": a.by}), "not made for storage use")
	gone := buffer(t, d, "gone", 64, wgpu.BufferUsageStorage)
	gone.Release()
	wantError(t, bind(map[string]*Buffer{"by": a.by, "values": gone}), `"gone" was released`)

	other := newAdder(t, open(t, Options{}), 4)
	wantError(t, bind(map[string]*Buffer{"by": a.by, "values": other.values}), "another device")

	big, err := d.NewKernelFrom(&shaders.Module{Name: "add", Source: `
@group(0) @binding(0) var<storage, read> from_here: array<vec4<f32>, 8>;
@group(0) @binding(1) var<storage, read_write> to_here: array<vec4<f32>, 8>;
@compute @workgroup_size(1) fn add() { to_here[0] = from_here[0]; }`})
	if err != nil {
		t.Fatal(err)
	}
	defer big.Release()
	small := buffer(t, d, "small", 16, wgpu.BufferUsageStorage)
	_, err = big.Bind(map[string]*Buffer{"from_here": small, "to_here": a.values})
	wantError(t, err, "16 bytes, at least 128")
	_, err = big.Bind(map[string]*Buffer{"from_here": a.values, "to_here": a.values})
	wantError(t, err, "from_here", "to_here", "writes")
	big.Release()
	_, err = big.Bind(map[string]*Buffer{"from_here": a.values, "to_here": small})
	wantError(t, err, "released")
}

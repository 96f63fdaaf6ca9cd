package gputest

import (
	"testing"

	"github.com/fluidsim/fluidsim/shaders"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

var scale = &shaders.Module{Name: "scale", Source: `
struct Factor { by: f32, add: f32 }
@group(0) @binding(0) var<uniform> factor: Factor;
@group(1) @binding(0) var<storage, read> values: array<f32>;
@group(3) @binding(2) var<storage, read_write> out: array<f32>;
@compute @workgroup_size(64)
fn scale(@builtin(global_invocation_id) id: vec3<u32>) {
    if (id.x < arrayLength(&values)) {
        out[id.x] = values[id.x] * factor.by + factor.add;
    }
}`}

func scaled(t *testing.T, d *gpu.Device, m *shaders.Module) []float32 {
	h := NewFrom(t, d, m)
	h.Set("factor", &struct{ By, Add float32 }{3, 1})
	h.Set("values", []float32{0, 1, 2, 3, 4})
	h.Set("out", make([]float32, 5))
	h.Run(5)
	return Get[float32](h, "out")
}

func TestHarness(t *testing.T) {
	Run(t, func(d *gpu.Device) {
		for i, v := range scaled(t, d, scale) {
			if v != float32(3*i+1) {
				t.Errorf("out[%d] = %g", i, v)
			}
		}
		// A subtest may take the device again, and so may whoever comes next.
		t.Run("fault", func(t *testing.T) {
			m, err := scale.Replace("+ factor.add", "- factor.add")
			if err != nil {
				t.Fatal(err)
			}
			if got := scaled(t, Open(t), m); got[0] != -1 {
				t.Errorf("the planted fault does not show: %v", got)
			}
		})
	})
}

func TestEmptySlice(t *testing.T) {
	d := Open(t)
	h := NewFrom(t, d, scale)
	h.Set("factor", &struct{ By, Add float32 }{1, 1})
	h.Set("values", []float32{})
	h.Set("out", []float32{})
	h.Run(0)
	h.Run(1)
	if got := GetOne[float32](h, "out"); got != 1 {
		t.Errorf("one element of zeros was expected to become 1, not %g", got)
	}
}

func TestPlant(t *testing.T) {
	name := shaders.Names("sim")[0]
	m, err := shaders.Compose(name)
	if err != nil {
		t.Fatal(err)
	}
	entry := "fn " + m.Entry() + "("
	if got := Plant(t, name, entry, entry+" "); got.Source == m.Source {
		t.Error("nothing was planted")
	}
}

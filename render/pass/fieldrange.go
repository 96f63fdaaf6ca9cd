package pass

import (
	"fmt"
	"math"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// FieldRange finds the range of a quantity's values on the device. The answer comes some pictures
// late: nothing waits for it but who asks for that.
type FieldRange struct {
	device  *gpu.Device
	kernel  *gpu.Kernel
	uniform *gpu.Buffer

	of       Particles // that the rest is made for
	parts    *gpu.Buffer
	binding  *gpu.Binding
	back     *gpu.Readback
	measured []measured // under way, the oldest first

	low, high float64
	field     Field
	known     bool
}

type measured struct {
	field  Field
	centre float64
}

// rangeUniform mirrors FieldRange of shaders/render/field_range.wgsl.
type rangeUniform struct {
	Field   uint32
	InvRest float32
	Centre  float32
	Pad0    uint32
}

const (
	rangeGroup = 64 // WORKGROUP of the shader; a test compares
	rangeDepth = 3  // answers that may be under way
	// reach is how many standard deviations on either side of the mean a range has: beyond are
	// single particles, at surfaces and in spray, that would take all the colours.
	reach = 2.5
)

// NewFieldRange compiles the pass.
func NewFieldRange(d *gpu.Device) (*FieldRange, error) {
	f := &FieldRange{device: d}
	var err error
	if f.kernel, err = d.NewKernel("render/field_range"); err == nil {
		f.uniform, err = d.NewBuffer("field range", 16, wgpu.BufferUsageUniform)
	}
	if err != nil {
		f.Release()
		return nil, err
	}
	return f, nil
}

// Ranged tells whether a field's values have a range that is worth finding.
func Ranged(field Field) bool { return field <= Neighbours }

// Measure records the measurement of a state; at most one a submit.
func (f *FieldRange) Measure(e *gpu.Encoder, p Particles, field Field) {
	if p.Count == 0 || !Ranged(field) {
		return
	}
	if p.Vorticity == nil {
		p.Vorticity = p.Velocity
	}
	if err := f.prepare(p); err != nil {
		e.Fail(err)
		return
	}
	if f.back.Free() == 0 {
		return // a later picture will tell
	}
	centre := 0.0
	if field == f.field && f.known {
		centre = (f.low + f.high) / 2
	} else if field == Density {
		centre = float64(p.rest())
	}
	u := rangeUniform{Field: uint32(field), InvRest: 1 / p.rest(), Centre: float32(centre)}
	if err := f.device.Write(f.uniform, 0, gpu.BytesOf(&u)); err != nil {
		e.Fail(err)
		return
	}
	e.Dispatch(f.kernel, f.binding, uint64(p.Count))
	if f.back.Copy(e, f.parts, 0) {
		f.measured = append(f.measured, measured{field, float64(u.Centre)})
	}
}

// prepare makes what depends on the buffers.
func (f *FieldRange) prepare(p Particles) error {
	if f.binding != nil && f.of.Velocity == p.Velocity && f.of.Density == p.Density && f.of.Pressure == p.Pressure &&
		f.of.Vorticity == p.Vorticity && f.of.Control == p.Control && f.of.Count == p.Count {
		return nil
	}
	f.drop()
	parts := uint64(p.Count+rangeGroup-1) / rangeGroup
	var err error
	if f.parts, err = f.device.NewBuffer("field range parts", 16*parts, gpu.UsageStorage|gpu.UsageCopySrc); err != nil {
		return err
	}
	if f.back, err = f.device.NewReadback("field range", 16*parts, rangeDepth); err != nil {
		return err
	}
	f.binding, err = f.kernel.Bind(map[string]*gpu.Buffer{
		"measure": f.uniform, "control": p.Control, "velocity": p.Velocity, "density": p.Density, "pressure": p.Pressure,
		"vorticity": p.Vorticity, "partials": f.parts,
	})
	if err != nil {
		return fmt.Errorf("field range: %w", err)
	}
	f.of = p
	return nil
}

// Latest is the range of the newest answer that has come back, without waiting; false before the
// first of this field.
func (f *FieldRange) Latest(field Field) (low, high float64, ok bool) {
	if f.back != nil {
		f.back.CollectAll(f.take)
	}
	return f.low, f.high, f.known && f.field == field
}

// Wait does so after everything under way has come back: for recordings, which must not depend on
// how fast that is.
func (f *FieldRange) Wait(field Field) (low, high float64, ok bool) {
	if f.back != nil {
		f.back.WaitAll(f.take)
	}
	return f.Latest(field)
}

// take adds an answer up.
func (f *FieldRange) take(data []byte) {
	if len(f.measured) == 0 {
		return
	}
	of := f.measured[0]
	f.measured = f.measured[1:]
	least, most := math.Inf(1), math.Inf(-1)
	var sum, squares float64
	full := 0
	for _, part := range gpu.FromBytes[[4]float32](data) {
		if part[0] > part[1] {
			continue // nobody is in this group
		}
		full++
		least, most = math.Min(least, float64(part[0])), math.Max(most, float64(part[1]))
		sum, squares = sum+float64(part[2]), squares+float64(part[3])
	}
	if f.of.Count == 0 || least > most || math.IsNaN(sum+squares) {
		return
	}
	// The last group may not be full: those that are not there count with the value of the centre.
	n := math.Min(float64(full*rangeGroup), float64(f.of.Count))
	mean := sum / n
	spread := math.Sqrt(math.Max(squares/n-mean*mean, 0))
	mean += of.centre
	f.low, f.high = math.Max(least, mean-reach*spread), math.Min(most, mean+reach*spread)
	f.field, f.known = of.field, true
}

func (f *FieldRange) drop() {
	if f.binding != nil {
		f.binding.Release()
		f.binding = nil
	}
	f.back.Release()
	f.parts.Release()
	f.back, f.parts, f.measured, f.known, f.of = nil, nil, nil, false, Particles{}
}

// Release frees the pass. Releasing twice does nothing.
func (f *FieldRange) Release() {
	if f == nil {
		return
	}
	f.drop()
	f.uniform.Release()
	if f.kernel != nil {
		f.kernel.Release()
		f.kernel = nil
	}
	f.uniform = nil
}

package gputest

import (
	"encoding/binary"
	"reflect"
	"testing"
	"unsafe"

	"github.com/cogentcore/webgpu/wgpu"
	"github.com/fluidsim/fluidsim/shaders"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// Harness runs one kernel on buffers made from Go values. It releases everything when the test ends.
type Harness struct {
	t       testing.TB
	Device  *gpu.Device
	Kernel  *gpu.Kernel
	buffers map[string]*gpu.Buffer
	binding *gpu.Binding
}

// New compiles the embedded kernel of that name ("sim/density").
func New(t testing.TB, d *gpu.Device, kernel string) *Harness {
	t.Helper()
	m, err := shaders.Compose(kernel)
	if err != nil {
		t.Fatal(err)
	}
	return NewFrom(t, d, m)
}

// NewFrom compiles any module, one of Plant or one written inline.
func NewFrom(t testing.TB, d *gpu.Device, m *shaders.Module) *Harness {
	t.Helper()
	k, err := d.NewKernelFrom(m)
	if err != nil {
		t.Fatal(err)
	}
	h := &Harness{t: t, Device: d, Kernel: k, buffers: map[string]*gpu.Buffer{}}
	t.Cleanup(func() {
		h.binding.Release()
		k.Release()
	})
	return h
}

// Plant composes a kernel and replaces the text old, which must occur exactly once in it, by new.
func Plant(t testing.TB, kernel, old, new string) *shaders.Module {
	t.Helper()
	m, err := shaders.Compose(kernel)
	if err == nil {
		m, err = m.Replace(old, new)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Set makes the buffer of a WGSL variable from a slice of fixed-size values, or from a pointer to one such value.
// The buffer is never smaller than the variable wants, so an empty slice gives one element of zeros. A second call
// for the same variable writes into the same buffer if the size agrees.
func (h *Harness) Set(variable string, value any) {
	h.t.Helper()
	data := raw(h.t, variable, value)
	least, found := uint64(0), false
	for _, b := range h.Kernel.Reflection.Bindings {
		if b.Name == variable {
			least, found = b.MinSize, true
		}
	}
	if !found {
		h.t.Fatalf("kernel %s has no variable %s", h.Kernel.Name, variable)
	}
	b := h.buffers[variable]
	size := max(uint64(len(data)), least)
	if b == nil || b.Size != max(16, (size+3)&^3) {
		b = h.buffer(variable, size)
	}
	if err := h.Device.Write(b, 0, data); err != nil {
		h.t.Fatal(err)
	}
}

func (h *Harness) buffer(variable string, size uint64) *gpu.Buffer {
	h.t.Helper()
	usage := wgpu.BufferUsageStorage | wgpu.BufferUsageIndirect
	for _, b := range h.Kernel.Reflection.Bindings {
		if b.Name == variable && b.Space == "uniform" {
			usage = wgpu.BufferUsageUniform
		}
	}
	b, err := h.Device.NewBuffer(variable, size, usage)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(b.Release)
	h.Use(variable, b)
	return b
}

// Use binds a buffer that somebody else made and releases.
func (h *Harness) Use(variable string, b *gpu.Buffer) {
	h.buffers[variable] = b
	h.binding.Release()
	h.binding = nil
}

// Buffer is the buffer of a variable, to be read by another kernel of the same test.
func (h *Harness) Buffer(variable string) *gpu.Buffer {
	h.t.Helper()
	b := h.buffers[variable]
	if b == nil {
		h.t.Fatalf("variable %s of kernel %s was never set", variable, h.Kernel.Name)
	}
	return b
}

// Run dispatches the kernel over n invocations, once, and submits.
func (h *Harness) Run(n uint64) {
	h.t.Helper()
	var err error
	if h.binding == nil {
		if h.binding, err = h.Kernel.Bind(h.buffers); err != nil {
			h.t.Fatal(err)
		}
	}
	e, err := h.Device.NewEncoder(h.Kernel.Name)
	if err != nil {
		h.t.Fatal(err)
	}
	e.Dispatch(h.Kernel, h.binding, n)
	if err := e.Submit(); err != nil {
		h.t.Fatal(err)
	}
}

// Get waits for the GPU and returns a variable's buffer as values, all of it: it may be longer than what was set.
func Get[T any](h *Harness, variable string) []T {
	h.t.Helper()
	b := h.Buffer(variable)
	data, err := h.Device.Read(b, 0, b.Size)
	if err != nil {
		h.t.Fatal(err)
	}
	return gpu.FromBytes[T](data)
}

// GetOne is Get for a variable that holds one value.
func GetOne[T any](h *Harness, variable string) T {
	h.t.Helper()
	all := Get[T](h, variable)
	if len(all) == 0 {
		h.t.Fatalf("variable %s of kernel %s is smaller than %T", variable, h.Kernel.Name, *new(T))
	}
	return all[0]
}

// raw views a slice, or what a pointer points to, as bytes.
func raw(t testing.TB, variable string, value any) []byte {
	t.Helper()
	v := reflect.ValueOf(value)
	if (v.Kind() != reflect.Slice && v.Kind() != reflect.Pointer) || v.Kind() == reflect.Pointer && v.IsNil() {
		t.Fatalf("variable %s: %T is neither a slice nor a pointer", variable, value)
	}
	element := v.Type().Elem()
	if n := binary.Size(reflect.Zero(element).Interface()); n < 0 || uintptr(n) != element.Size() {
		t.Fatalf("variable %s: %v has no fixed size or has gaps", variable, element)
	}
	n := 1
	if v.Kind() == reflect.Slice {
		n = v.Len()
	}
	if n == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(v.UnsafePointer()), uintptr(n)*element.Size())
}

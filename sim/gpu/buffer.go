package gpu

import (
	"fmt"
	"strings"
	"unsafe"

	"github.com/cogentcore/webgpu/wgpu"
)

// Buffer is memory on the device. Size is what was really allocated: at least 16 bytes, a multiple of 4.
type Buffer struct {
	Raw    *wgpu.Buffer
	Size   uint64
	Label  string
	usage  wgpu.BufferUsage
	device *Device
	pin    pin
}

// MemoryError says that a buffer is larger than the device allows, or than it has memory for.
type MemoryError struct {
	Label       string
	Need, Limit uint64 // bytes; Limit is 0 when the device simply ran out of memory
}

func (e *MemoryError) Error() string {
	if e.Limit == 0 {
		return fmt.Sprintf("the graphics device has no memory left for buffer %q of %s", e.Label, Size(e.Need))
	}
	return fmt.Sprintf("buffer %q needs %s, but the graphics device allows at most %s", e.Label, Size(e.Need), Size(e.Limit))
}

// NewBuffer allocates zeroed memory that can also be copied from and to. A size of zero is legal. A storage or
// uniform buffer must be small enough to be bound whole. The error is a *MemoryError when there is too little room.
func (d *Device) NewBuffer(label string, size uint64, usage wgpu.BufferUsage) (*Buffer, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	if usage&(wgpu.BufferUsageMapRead|wgpu.BufferUsageMapWrite) != 0 {
		return nil, fmt.Errorf("buffer %q: mapped buffers are made by Readback only", label)
	}
	limit := d.limits.MaxBuffer
	if usage&wgpu.BufferUsageStorage != 0 {
		limit = min(limit, d.limits.MaxBinding)
	}
	if usage&wgpu.BufferUsageUniform != 0 {
		limit = min(limit, d.limits.MaxUniform)
	}
	if size > limit {
		return nil, &MemoryError{label, size, limit}
	}
	usage |= wgpu.BufferUsageCopySrc | wgpu.BufferUsageCopyDst
	return d.allocate(label, size, usage)
}

func (d *Device) allocate(label string, size uint64, usage wgpu.BufferUsage) (*Buffer, error) {
	rounded := max(16, (size+3)&^3)
	if size > d.limits.MaxBuffer || rounded > d.limits.MaxBuffer {
		return nil, &MemoryError{label, size, d.limits.MaxBuffer}
	}
	raw, err := d.device.CreateBuffer(&wgpu.BufferDescriptor{Label: label, Size: rounded, Usage: usage})
	if err != nil {
		if strings.Contains(err.Error(), "memory") {
			return nil, &MemoryError{label, rounded, 0}
		}
		return nil, fmt.Errorf("buffer %q: %w", label, err)
	}
	d.allocated += rounded
	return &Buffer{Raw: raw, Size: rounded, Label: label, usage: usage, device: d}, nil
}

// Release frees the buffer as soon as the GPU is done with it. Releasing twice, or nil, does nothing.
func (b *Buffer) Release() {
	if b == nil || b.Raw == nil {
		return
	}
	b.device.allocated -= b.Size
	b.pin.release(b.Raw.Release)
	b.Raw = nil
}

// check refuses a range that is not wholly inside the buffer, or not aligned to words.
func (b *Buffer) check(offset, size uint64) error {
	switch {
	case b == nil:
		return fmt.Errorf("a buffer is missing")
	case b.Raw == nil:
		return fmt.Errorf("buffer %q was released already", b.Label)
	case offset%4 != 0 || size%4 != 0:
		return fmt.Errorf("buffer %q: offset %d and size %d must be multiples of 4", b.Label, offset, size)
	case offset > b.Size || size > b.Size-offset:
		return fmt.Errorf("buffer %q: bytes %d to %d are outside its %d", b.Label, offset, offset+size, b.Size)
	}
	return nil
}

// Write puts data into the buffer before whatever is submitted next.
func (d *Device) Write(b *Buffer, offset uint64, data []byte) error {
	if err := d.check(); err != nil {
		return err
	}
	if err := b.check(offset, uint64(len(data))); err != nil {
		return err
	}
	if len(data) == 0 {
		return nil
	}
	return d.queue.WriteBuffer(b.Raw, offset, data)
}

// Read waits until all submitted work is done, however long it takes, and returns a copy of the bytes.
func (d *Device) Read(b *Buffer, offset, size uint64) ([]byte, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	if err := b.check(offset, size); err != nil {
		return nil, err
	}
	if size == 0 {
		return nil, nil
	}
	s, err := d.newStaging("read "+b.Label, size)
	if err != nil {
		return nil, err
	}
	defer s.release()
	if err := d.fetch(s, b, offset, size); err != nil {
		return nil, err
	}
	data := s.take(size)
	return data, nil
}

// Wait returns when all submitted work is done.
func (d *Device) Wait() error {
	if err := d.check(); err != nil {
		return err
	}
	if err := d.fetch(d.waiter, d.tick, 0, 4); err != nil {
		return err
	}
	d.waiter.unmap()
	return nil
}

// fetch copies to the staging buffer and waits until that is mapped.
func (d *Device) fetch(s *staging, b *Buffer, offset, size uint64) error {
	e, err := d.NewEncoder("read " + b.Label)
	if err != nil {
		return err
	}
	e.Copy(b, offset, s.Buffer, 0, size)
	if err := e.Submit(); err != nil {
		return err
	}
	if err := s.start(); err != nil {
		return err
	}
	return s.wait()
}

// Bytes views a slice of fixed-size values as bytes, without copying.
func Bytes[T any](s []T) []byte {
	if len(s) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&s[0])), uintptr(len(s))*unsafe.Sizeof(s[0]))
}

// BytesOf views one fixed-size value as bytes, without copying.
func BytesOf[T any](v *T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(v)), unsafe.Sizeof(*v))
}

// FromBytes copies bytes into a new slice of fixed-size values; bytes left over are dropped.
func FromBytes[T any](b []byte) []T {
	var zero T
	size := unsafe.Sizeof(zero)
	if size == 0 {
		return nil
	}
	s := make([]T, uintptr(len(b))/size)
	copy(Bytes(s), b)
	return s
}

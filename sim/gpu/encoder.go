package gpu

import (
	"errors"
	"fmt"

	"github.com/cogentcore/webgpu/wgpu"
)

// Encoder records commands and submits them. Its calls do not return errors: the first one is kept, what follows
// is skipped, and Submit reports it and sends nothing.
type Encoder struct {
	device    *Device
	label     string
	raw       *wgpu.CommandEncoder
	pass      *wgpu.ComputePassEncoder
	kernel    *Kernel
	binding   *Binding
	pins      []*pin // what the open pass names
	readbacks []*Readback
	err       error
}

// NewEncoder begins a list of commands. It must end with Submit, also when it is no longer wanted.
func (d *Device) NewEncoder(label string) (*Encoder, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	raw, err := d.device.CreateCommandEncoder(&wgpu.CommandEncoderDescriptor{Label: label})
	if err != nil {
		return nil, fmt.Errorf("encoder %q: %w", label, err)
	}
	e := &Encoder{device: d, label: label, raw: raw}
	d.recording[e] = true
	return e, nil
}

var errSubmitted = errors.New("it was submitted already")

// Fail keeps err, if it is the first, and with it stops the encoder: for callers that record through Raw.
func (e *Encoder) Fail(err error) {
	if e.err == nil && err != nil {
		e.err = err
	}
}

func (e *Encoder) fail(format string, args ...any) { e.Fail(fmt.Errorf(format, args...)) }

// ok tells whether recording may go on.
func (e *Encoder) ok() bool {
	if e.raw == nil {
		e.Fail(errSubmitted)
	}
	return e.err == nil
}

// Dispatch runs the kernel over at least that many invocations, in two dimensions so that their number is not
// capped at 65,535 groups: kernels flatten the index and compare it with their own count. None at all is legal.
func (e *Encoder) Dispatch(k *Kernel, b *Binding, invocations uint64) {
	if !e.ok() || !e.checkKernel(k, b) || invocations == 0 {
		return
	}
	if groups := (invocations-1)/uint64(k.Workgroup) + 1; groups > uint64(e.maxGroups())*uint64(e.maxGroups()) {
		e.fail("kernel %s: %d invocations are more than a dispatch can hold", k.Name, invocations)
		return
	}
	e.bind(k, b)
	e.dispatch(k, invocations)
}

func (e *Encoder) maxGroups() uint32 { return min(65535, e.device.limits.MaxGroups) }

func (e *Encoder) dispatch(k *Kernel, invocations uint64) {
	x, y := groups(invocations, uint64(k.Workgroup), uint64(e.maxGroups()))
	if x > 0 {
		e.pass.DispatchWorkgroups(x, y, 1)
	}
}

// groups spreads invocations over two dimensions.
func groups(invocations, workgroup, most uint64) (x, y uint32) {
	if invocations == 0 {
		return 0, 0
	}
	n := (invocations-1)/workgroup + 1
	width := min(n, most)
	return uint32(width), uint32((n + width - 1) / width)
}

// DispatchIndirect takes the numbers of groups from three words of args at offset, written by an earlier kernel.
// Where that is not possible (in a browser) it runs over invocations, which must be the most that args may ask for.
func (e *Encoder) DispatchIndirect(k *Kernel, b *Binding, args *Buffer, offset uint64, invocations uint64) {
	if !e.ok() || !e.checkKernel(k, b) {
		return
	}
	if err := args.check(offset, 12); err != nil {
		e.fail("kernel %s: arguments: %w", k.Name, err)
		return
	}
	if args.usage&wgpu.BufferUsageIndirect == 0 {
		e.fail("kernel %s: buffer %q was not made for indirect use", k.Name, args.Label)
		return
	}
	e.bind(k, b)
	e.hold(&args.pin)
	e.dispatchIndirect(args, offset, invocations, k)
}

func (e *Encoder) checkKernel(k *Kernel, b *Binding) bool {
	switch {
	case k == nil || k.pipeline == nil:
		e.fail("a kernel is missing or was released already")
	case b == nil || b.kernel != k || b.groups == nil:
		e.fail("kernel %s: its binding is missing, released, or of another kernel", k.Name)
	case k.device != e.device:
		e.fail("kernel %s belongs to another device", k.Name)
	default:
		return true
	}
	return false
}

// bind opens the compute pass if none is open, and sets what differs from the last dispatch.
func (e *Encoder) bind(k *Kernel, b *Binding) {
	if e.pass == nil {
		e.pass = beginComputePass(e.raw, e.label)
	}
	if e.kernel != k {
		e.pass.SetPipeline(k.pipeline)
		e.hold(&k.pin)
	}
	if e.binding != b {
		for group, g := range b.groups {
			e.pass.SetBindGroup(uint32(group), g, nil)
		}
		e.hold(&b.pin)
	}
	e.kernel, e.binding = k, b
}

func (e *Encoder) hold(p *pin) {
	p.hold()
	e.pins = append(e.pins, p)
}

// endPass closes the open compute pass. Whatever was wrong inside it is said here, and must not be ignored.
func (e *Encoder) endPass() {
	if e.pass == nil {
		return
	}
	last := e.kernel.Name
	if err := endPass(e.pass); err != nil {
		e.fail("compute pass %q (last kernel %s): %w", e.label, last, err)
	}
	e.pass.Release()
	for _, p := range e.pins {
		p.drop()
	}
	e.pass, e.kernel, e.binding, e.pins = nil, nil, nil, e.pins[:0]
}

// Copy copies bytes from one buffer to another.
func (e *Encoder) Copy(src *Buffer, srcOff uint64, dst *Buffer, dstOff, size uint64) {
	if !e.ok() {
		return
	}
	if err := errors.Join(src.check(srcOff, size), dst.check(dstOff, size)); err != nil {
		e.fail("copy: %w", err)
		return
	}
	if size == 0 {
		return
	}
	e.endPass()
	if err := e.raw.CopyBufferToBuffer(src.Raw, srcOff, dst.Raw, dstOff, size); err != nil {
		e.fail("copy of %q to %q: %w", src.Label, dst.Label, err)
	}
}

// Raw ends the open compute pass and gives the encoder to callers that draw or copy textures; nil after an error.
// They report errors with Fail, and release what they open.
func (e *Encoder) Raw() *wgpu.CommandEncoder {
	if !e.ok() {
		return nil
	}
	e.endPass()
	return e.raw
}

// Submit sends everything and releases the encoder. Nothing is sent if any call since NewEncoder failed.
func (e *Encoder) Submit() error {
	if e.raw == nil {
		e.Fail(fmt.Errorf("encoder %q: %w", e.label, errSubmitted))
		return e.err
	}
	e.endPass()
	e.Fail(e.device.check())
	if e.err == nil {
		if commands, err := e.raw.Finish(&wgpu.CommandBufferDescriptor{Label: e.label}); err != nil {
			e.fail("encoder %q: %w", e.label, err)
		} else {
			e.device.queue.Submit(commands)
			commands.Release()
		}
	}
	e.close()
	return e.err
}

// close gives everything back that the encoder holds.
func (e *Encoder) close() {
	e.raw.Release()
	e.raw = nil
	delete(e.device.recording, e)
	for _, r := range e.readbacks {
		if e.err != nil {
			r.abandon(e)
		} else {
			r.Submitted()
		}
	}
	e.readbacks = nil
}

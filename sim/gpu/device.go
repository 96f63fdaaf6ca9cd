package gpu

import (
	"errors"
	"fmt"

	"github.com/cogentcore/webgpu/wgpu"
)

// Options of Open.
type Options struct {
	// Adapter is an index of Adapters, a part of a name, or empty for the strongest.
	Adapter string
	// Surface makes the window's surface, nil when there is no window. The adapter is then chosen to suit it.
	Surface func(*wgpu.Instance) (*wgpu.Surface, error)
	// Timestamps asks for GPU timing; without it, or where the adapter has none, NewTimer returns nil.
	Timestamps bool
}

// Device owns instance, adapter, device and queue.
type Device struct {
	info     AdapterInfo
	limits   Limits
	instance *wgpu.Instance
	surface  *wgpu.Surface
	adapter  *wgpu.Adapter
	device   *wgpu.Device
	queue    *wgpu.Queue

	timestamps bool
	period     float64 // nanoseconds a tick, 0 before it was measured

	owner     threadID
	shared    bool
	released  bool
	allocated uint64
	groups    uint64 // made so far

	recording map[*Encoder]bool // begun and not submitted

	// For kernels that leave a group out: the library wants every group up to the last one set.
	emptyLayout *wgpu.BindGroupLayout
	emptyGroup  *wgpu.BindGroup

	tick   *Buffer  // four bytes to copy from, for Wait
	waiter *staging // and to
}

var errReleased = errors.New("the graphics device was released already")

// Open chooses an adapter and makes a device with the largest limits that it offers. When there is no usable
// adapter the error is a *NoAdapterError.
func Open(o Options) (*Device, error) {
	instance, err := newInstance()
	if err != nil {
		return nil, err
	}
	d := &Device{instance: instance, owner: thisThread(), recording: map[*Encoder]bool{}}
	if err := d.open(o); err != nil {
		d.Release()
		return nil, err
	}
	return d, nil
}

func (d *Device) open(o Options) error {
	if o.Surface != nil {
		surface, err := o.Surface(d.instance)
		if err != nil {
			return err
		}
		d.surface = surface
	}
	raw, list := enumerate(d.instance)
	pick, err := choose(list, o.Adapter, func(i int) bool {
		return d.surface == nil || len(d.surface.GetCapabilities(raw[i]).Formats) > 0
	})
	for i, a := range raw {
		if i != pick {
			a.Release()
		}
	}
	if err != nil {
		return err
	}
	d.adapter, d.info = raw[pick], list[pick]

	descriptor := &wgpu.DeviceDescriptor{Label: "fluidsim"}
	if o.Timestamps && hasTimestamps(d.adapter) {
		descriptor.RequiredFeatures = []wgpu.FeatureName{wgpu.FeatureNameTimestampQuery}
		d.timestamps = true
	}
	wanted := wantedLimits(d.adapter.GetLimits().Limits)
	descriptor.RequiredLimits = &wgpu.RequiredLimits{Limits: wanted}
	if d.device, err = d.adapter.RequestDevice(descriptor); err != nil {
		// An adapter that promises more than it keeps still has the limits that everyone must have.
		descriptor.RequiredLimits.Limits = wgpu.DefaultLimits()
		if d.device, err = d.adapter.RequestDevice(descriptor); err != nil {
			return &NoAdapterError{Reason: fmt.Sprintf("the adapter %s refused to make a device", d.info.Name)}
		}
	}
	d.queue = d.device.GetQueue()
	d.limits = limitsOf(d.device.GetLimits().Limits)

	if d.emptyLayout, err = d.device.CreateBindGroupLayout(&wgpu.BindGroupLayoutDescriptor{Label: "empty"}); err != nil {
		return err
	}
	d.emptyGroup, err = d.NewGroup("empty", d.emptyLayout, nil)
	if err != nil {
		return err
	}
	if d.tick, err = d.NewBuffer("wait", 16, 0); err != nil {
		return err
	}
	d.waiter, err = d.newStaging("wait", 16)
	return err
}

// Release gives everything back and drops what was not submitted. Objects made from the device may be released after
// it; other calls fail.
func (d *Device) Release() {
	if d.released {
		return
	}
	d.released = true
	for e := range d.recording {
		e.endPass()
		e.Fail(errReleased)
		e.close()
	}
	if d.waiter != nil {
		d.waiter.release()
	}
	if d.tick != nil {
		d.tick.Release()
	}
	if d.emptyGroup != nil {
		d.emptyGroup.Release()
	}
	if d.emptyLayout != nil {
		d.emptyLayout.Release()
	}
	if d.surface != nil {
		d.surface.Release()
	}
	if d.queue != nil {
		d.queue.Release()
	}
	if d.device != nil {
		d.device.Release()
	}
	if d.adapter != nil {
		d.adapter.Release()
	}
	d.instance.Release()
}

// check refuses calls that would abort or take another thread's errors.
func (d *Device) check() error {
	switch {
	case d == nil || d.released:
		return errReleased
	case !d.shared && thisThread() != d.owner:
		return errors.New("a graphics call from another thread than the one that opened the device" +
			" (is the goroutine locked to its thread?)")
	}
	return nil
}

// Shared turns off the check of the calling thread, for callers that take turns in another way, as tests do.
func (d *Device) Shared() { d.shared = true }

// Info describes the chosen adapter.
func (d *Device) Info() AdapterInfo { return d.info }

// Limits tells what the device can hold.
func (d *Device) Limits() Limits { return d.limits }

// Timestamps tells whether NewTimer gives a timer.
func (d *Device) Timestamps() bool { return d.timestamps }

// Allocated is the number of bytes in buffers of this package that are alive.
func (d *Device) Allocated() uint64 { return d.allocated }

// NewGroup makes a bind group, which the caller releases, and counts it: a frame is to make none.
func (d *Device) NewGroup(label string, layout *wgpu.BindGroupLayout, entries []wgpu.BindGroupEntry) (*wgpu.BindGroup, error) {
	d.groups++
	return d.device.CreateBindGroup(&wgpu.BindGroupDescriptor{Label: label, Layout: layout, Entries: entries})
}

// Groups is the number of bind groups that were made so far.
func (d *Device) Groups() uint64 { return d.groups }

// Raw and the following four are for packages that draw. They must check what they pass on as this package does.
func (d *Device) Raw() *wgpu.Device { return d.device }

// Queue is the device's one queue.
func (d *Device) Queue() *wgpu.Queue { return d.queue }

// Instance is the library's root object.
func (d *Device) Instance() *wgpu.Instance { return d.instance }

// RawAdapter is the chosen adapter, for asking what a surface supports.
func (d *Device) RawAdapter() *wgpu.Adapter { return d.adapter }

// Surface is what Options.Surface made, or nil. The device releases it.
func (d *Device) Surface() *wgpu.Surface { return d.surface }

// Describe gives a few lines about adapter and limits, for error texts and lists.
func (d *Device) Describe() string {
	timing := "no"
	if d.timestamps {
		timing = "yes"
	}
	return fmt.Sprintf("adapter %s\nlargest buffer %s, largest binding %s, storage buffers a kernel %d, texture side %d, timestamps %s",
		d.info, Size(d.limits.MaxBuffer), Size(d.limits.MaxBinding), d.limits.MaxStorageBuffers, d.limits.MaxTexture, timing)
}

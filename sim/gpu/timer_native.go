//go:build !js

package gpu

import (
	"fmt"
	"math"
	"time"

	"github.com/cogentcore/webgpu/wgpu"
)

// Timer measures GPU time between marks that an encoder sets. All of it does nothing on a nil Timer, which is what
// NewTimer gives where the adapter cannot measure.
type Timer struct {
	device   *Device
	marks    int
	set      *wgpu.QuerySet
	resolved *Buffer
	back     *Readback
}

// timerDepth results may be under way at once; marks of further frames are not read back.
const timerDepth = 4

// NewTimer makes a timer with n marks, or nil without an error when the device does not measure.
func (d *Device) NewTimer(n int) (*Timer, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	if !d.timestamps {
		return nil, nil
	}
	if n < 2 || n > wgpu.QuerySetMaxQueries {
		return nil, fmt.Errorf("a timer has 2 to %d marks, not %d", wgpu.QuerySetMaxQueries, n)
	}
	if err := d.calibrate(); err != nil {
		return nil, err
	}
	return d.newTimer(n)
}

func (d *Device) newTimer(n int) (*Timer, error) {
	t := &Timer{device: d, marks: n}
	var err error
	if t.set, err = d.device.CreateQuerySet(&wgpu.QuerySetDescriptor{
		Label: "timer", Type: wgpu.QueryTypeTimestamp, Count: uint32(n),
	}); err != nil {
		return nil, fmt.Errorf("timer: %w", err)
	}
	if t.resolved, err = d.allocate("timer", uint64(n)*8, wgpu.BufferUsageQueryResolve|wgpu.BufferUsageCopySrc); err == nil {
		t.back, err = d.NewReadback("timer", uint64(n)*8, timerDepth)
	}
	if err != nil {
		t.Release()
		return nil, err
	}
	return t, nil
}

// calibrate measures the length of a tick, which the binding does not tell, against wall time: once a device.
//
// A mark is set some time between its submit and the end of the wait for it, so each attempt bounds the period from
// both sides, however busy the machine is; attempts go on until the bounds are close.
func (d *Device) calibrate() error {
	if d.period != 0 {
		return nil
	}
	t, err := d.newTimer(2)
	if err != nil {
		return err
	}
	defer t.Release()
	low, high := 0.0, math.Inf(1)
	pause := 10 * time.Millisecond
	for range 12 {
		least, most, ticks, err := d.span(t, pause)
		if err != nil {
			return err
		}
		if ticks > 0 {
			low, high = max(low, least/ticks), min(high, most/ticks)
		}
		if high < 1.02*low {
			break
		}
		pause = pause * 3 / 2
	}
	if d.period = 1; low > 0 && high < math.Inf(1) {
		d.period = between(low, high)
	}
	return nil
}

// span sets two marks a pause apart and returns the nanoseconds that lie between them at least and at most, and the
// ticks that the device counted.
func (d *Device) span(t *Timer, pause time.Duration) (least, most, ticks float64, err error) {
	var begun, ended [2]time.Time
	for i := range 2 {
		e, err := d.NewEncoder("calibrate")
		if err != nil {
			return 0, 0, 0, err
		}
		e.Timestamp(t, i)
		if i == 1 {
			e.ResolveTimer(t)
		}
		begun[i] = time.Now()
		if err := e.Submit(); err != nil {
			return 0, 0, 0, err
		}
		if err := d.Wait(); err != nil {
			return 0, 0, 0, err
		}
		ended[i] = time.Now()
		if i == 0 {
			time.Sleep(pause)
		}
	}
	raw, err := t.back.Wait()
	if err != nil {
		return 0, 0, 0, err
	}
	least, most = float64(begun[1].Sub(ended[0])), float64(ended[1].Sub(begun[0]))
	if ms := deltas(raw, 1); len(ms) == 1 { // with a period of 1, milliseconds are millions of ticks
		ticks = ms[0] * 1e6
	}
	return least, most, ticks, nil
}

// Timestamp sets mark i of the timer behind everything recorded so far.
func (e *Encoder) Timestamp(t *Timer, i int) {
	if t == nil || !e.ok() {
		return
	}
	if i < 0 || i >= t.marks || t.set == nil {
		e.fail("timer mark %d of %d", i, t.marks)
		return
	}
	e.endPass()
	if err := e.raw.WriteTimestamp(t.set, uint32(i)); err != nil {
		e.fail("timestamp: %w", err)
	}
}

// ResolveTimer asks for the marks that this encoder set. Set all of them. When too many results are under way
// already it does nothing, and the marks are lost.
func (e *Encoder) ResolveTimer(t *Timer) {
	if t == nil || !e.ok() || t.set == nil || t.back.Free() == 0 {
		return
	}
	e.endPass()
	if err := e.raw.ResolveQuerySet(t.set, 0, uint32(t.marks), t.resolved.Raw, 0); err != nil {
		e.fail("timer: %w", err)
		return
	}
	t.back.Copy(e, t.resolved, 0)
}

// Collect gives the newest result that has come back since, without waiting: the milliseconds from each mark to
// the next, or nil.
func (t *Timer) Collect() []float64 {
	if t == nil || t.back == nil {
		return nil
	}
	raw, ok := t.back.Collect()
	if !ok {
		return nil
	}
	return deltas(raw, t.device.period)
}

// CollectAll calls fn with every result that has come back since, oldest first, without waiting.
func (t *Timer) CollectAll(fn func(ms []float64)) {
	if t != nil && t.back != nil {
		t.back.CollectAll(func(raw []byte) { fn(deltas(raw, t.device.period)) })
	}
}

// WaitAll waits for all results under way and calls fn with each, oldest first.
func (t *Timer) WaitAll(fn func(ms []float64)) {
	if t != nil && t.back != nil {
		t.back.WaitAll(func(raw []byte) { fn(deltas(raw, t.device.period)) })
	}
}

// Release frees the timer.
func (t *Timer) Release() {
	if t == nil {
		return
	}
	if t.set != nil {
		t.set.Release()
		t.set = nil
	}
	t.resolved.Release()
	t.back.Release()
	t.back = nil
}

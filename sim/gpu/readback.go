package gpu

import (
	"fmt"

	"github.com/cogentcore/webgpu/wgpu"
)

// Readback is a ring of staging buffers for reading results some frames late, without ever making the GPU or the
// CPU wait. Slots are filled, and come back, in order.
type Readback struct {
	device *Device
	label  string
	size   uint64
	slots  []*slot
	first  int // oldest slot in use
	used   int
	err    error
}

type slot struct {
	*staging
	state slotState
	by    *Encoder // that recorded the copy, until it is submitted
}

type slotState int

const (
	free slotState = iota
	recorded
	inFlight
	dropped // its encoder failed, or its map did: no data
)

// NewReadback makes depth slots of size bytes each.
func (d *Device) NewReadback(label string, size uint64, depth int) (*Readback, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	if size == 0 || size%4 != 0 || depth < 1 {
		return nil, fmt.Errorf("readback %q: size %d must be a multiple of 4 and depth %d at least 1", label, size, depth)
	}
	r := &Readback{device: d, label: label, size: size}
	for range depth {
		s, err := d.newStaging("readback "+label, size)
		if err != nil {
			r.Release()
			return nil, err
		}
		r.slots = append(r.slots, &slot{staging: s})
	}
	return r, nil
}

// Copy records the copy of the next slot's bytes from src. It is false when every slot is in flight; nothing is
// copied then.
func (r *Readback) Copy(e *Encoder, src *Buffer, offset uint64) bool {
	s := r.next(e)
	if s != nil {
		e.Copy(src, offset, s.Buffer, 0, r.size)
	}
	return s != nil
}

// Target gives the next slot's buffer to callers that record their own copy into it, from a texture say, before e
// is submitted. It is false when every slot is in flight.
func (r *Readback) Target(e *Encoder) (*wgpu.Buffer, bool) {
	s := r.next(e)
	if s == nil {
		return nil, false
	}
	return s.Raw, true
}

func (r *Readback) next(e *Encoder) *slot {
	if !e.ok() || r.slots == nil || r.used == len(r.slots) {
		return nil
	}
	s := r.slots[(r.first+r.used)%len(r.slots)]
	r.used++
	s.state, s.by = recorded, e
	e.readbacks = append(e.readbacks, r)
	return s
}

// Free is the number of slots that can be filled now.
func (r *Readback) Free() int { return len(r.slots) - r.used }

// Submitted asks for the slots that were just submitted. Encoder.Submit calls it; calling it again is harmless.
func (r *Readback) Submitted() {
	for i := range r.used {
		s := r.slots[(r.first+i)%len(r.slots)]
		if s.state != recorded || s.by.raw != nil {
			continue
		}
		s.by = nil
		if err := s.start(); err != nil {
			s.state, r.err = dropped, err
			continue
		}
		s.state = inFlight
	}
}

// abandon drops the slots of an encoder that was never sent.
func (r *Readback) abandon(e *Encoder) {
	for i := range r.used {
		if s := r.slots[(r.first+i)%len(r.slots)]; s.state == recorded && s.by == e {
			s.state, s.by = dropped, nil
		}
	}
}

// CollectAll calls fn with every result that has come back since, oldest first, without waiting. fn owns the bytes.
func (r *Readback) CollectAll(fn func([]byte)) {
	for r.used > 0 {
		s := r.slots[r.first]
		switch s.state {
		case recorded:
			return
		case inFlight:
			done, err := s.done()
			if err != nil {
				r.err = err
				break
			}
			if !done {
				return
			}
			fn(s.take(r.size))
		}
		s.state = free
		r.first = (r.first + 1) % len(r.slots)
		r.used--
	}
}

// Collect returns the newest result that has come back since, without waiting, and drops older ones.
func (r *Readback) Collect() (latest []byte, ok bool) {
	r.CollectAll(func(b []byte) { latest, ok = b, true })
	return latest, ok
}

// Wait waits for everything in flight and returns the newest result, nil if there was none.
func (r *Readback) Wait() (latest []byte, err error) {
	r.WaitAll(func(b []byte) { latest = b })
	return latest, r.Err()
}

// WaitAll waits for everything in flight and calls fn with every result, oldest first.
func (r *Readback) WaitAll(fn func([]byte)) {
	for r.used > 0 {
		s := r.slots[r.first]
		if s.state == recorded {
			return
		}
		if s.state == inFlight {
			s.wait() // an error is seen again, and kept, by CollectAll
		}
		r.CollectAll(fn)
	}
}

// Err is the last failure to read back: such results are missing. It is cleared by the call.
func (r *Readback) Err() error {
	err := r.err
	r.err = nil
	return err
}

// Release frees the slots. Results in flight are lost.
func (r *Readback) Release() {
	if r == nil {
		return
	}
	for _, s := range r.slots {
		s.release()
	}
	r.slots, r.used = nil, 0
}

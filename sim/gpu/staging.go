package gpu

import (
	"fmt"
	"time"

	"github.com/cogentcore/webgpu/wgpu"
)

// staging is a buffer that the CPU can read once it is mapped.
type staging struct {
	*Buffer
	mapping mapping
	mapped  bool
}

func (d *Device) newStaging(label string, size uint64) (*staging, error) {
	b, err := d.allocate(label, size, wgpu.BufferUsageMapRead|wgpu.BufferUsageCopyDst)
	if err != nil {
		return nil, err
	}
	return &staging{Buffer: b, mapping: newMapping()}, nil
}

// start asks for the mapping; what was submitted before will be finished when it is done. Until it is unmapped the
// buffer must not be part of a submit: that would abort.
func (s *staging) start() error {
	if err := s.mapping.Start(s.Raw, s.Size); err != nil {
		return fmt.Errorf("buffer %q: %w", s.Label, err)
	}
	return nil
}

// done polls without waiting.
func (s *staging) done() (bool, error) {
	s.device.poll()
	done, err := s.mapping.Done()
	if err != nil {
		return done, fmt.Errorf("buffer %q: %w", s.Label, err)
	}
	s.mapped = done
	return done, nil
}

// wait polls, with short sleeps that grow to a millisecond, until the mapping is done.
func (s *staging) wait() error {
	for pause := 10 * time.Microsecond; ; pause = min(2*pause, time.Millisecond) {
		if done, err := s.done(); done || err != nil {
			return err
		}
		time.Sleep(pause)
	}
}

// take copies the first size bytes and unmaps.
func (s *staging) take(size uint64) []byte {
	data := make([]byte, size)
	copy(data, s.Raw.GetMappedRange(0, uint(size)))
	s.unmap()
	return data
}

func (s *staging) unmap() {
	if s.mapped {
		s.Raw.Unmap()
		s.mapped = false
	}
}

func (s *staging) release() {
	if s.Raw == nil {
		return
	}
	s.unmap()
	s.Buffer.Release()
	s.mapping.Free()
}

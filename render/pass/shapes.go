package pass

import (
	"fmt"

	"github.com/fluidsim/fluidsim/sim/gpu"
)

// Shapes are the ellipsoids that particles are in the Water style: flat at the surface and long in jets. Without them they
// are balls.
type Shapes struct {
	rounds
	all *gpu.Buffer
}

// shapeBytes is the size of what water_shape writes for a particle.
const shapeBytes = 32

// ShapesFit tells whether the device can hold those of so many particles: more of them are balls.
func ShapesFit(d *gpu.Device, count int) bool {
	return shapeBytes*uint64(max(count, 1)) <= d.Limits().MaxBinding
}

// NewShapes makes room for them; every picture that is given them computes them anew.
func NewShapes(d *gpu.Device, s Source) (*Shapes, error) {
	h := &Shapes{rounds: rounds{device: d}}
	n := uint64(max(s.Count, 1))
	if !ShapesFit(d, s.Count) {
		return nil, fmt.Errorf("shapes: those of %d particles are more than the %d bytes of a binding here", n, d.Limits().MaxBinding)
	}
	if h.all = h.made("water shapes", n*shapeBytes, gpu.UsageStorage|gpu.UsageCopyDst|gpu.UsageCopySrc); h.all == nil {
		return nil, fmt.Errorf("shapes: no memory for those of %d particles", n)
	}
	buffers := s.buffers()
	buffers["shapes"] = h.all
	if err := h.add("render/water_shape", s.Periodic, buffers, n); err != nil {
		h.Release()
		return nil, fmt.Errorf("shapes: %w", err)
	}
	return h, nil
}

// Release frees the shapes. Releasing twice does nothing.
func (h *Shapes) Release() {
	if h != nil {
		h.rounds.release()
	}
}

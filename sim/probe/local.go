package probe

import (
	"fmt"
	"math"
	"strconv"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// velocity of the fluid at x; NaN outside of it.
func (s *Set) velocity(f *Frame, x [3]float64) (v [3]float64) {
	if s.grid.filled(x) < wet {
		return [3]float64{math.NaN(), math.NaN(), math.NaN()}
	}
	w := s.grid.at(x, s.grid.support)
	for k := range v {
		v[k] = w.of(func(j int) float64 { return f.Velocity[j][k] })
	}
	return v
}

// pressure of the fluid around x, within a radius of at least the kernel's. A
// gauge in the air shows the pressure of the air: zero.
func (s *Set) pressure(f *Frame, x [3]float64, radius float64) float64 {
	if s.grid.filled(x) < wet {
		return 0
	}
	lowest := 0.0
	p := s.grid.at(x, radius).of(func(j int) float64 {
		lowest = math.Min(lowest, f.Pressure[j])
		return f.Pressure[j]
	})
	return math.Max(p, lowest) // no fluid pulls because its pressure falls off towards here
}

// profile is the surface at places along a horizontal line, named by how far
// from its beginning they are.
func (s *Set) profile(p *scene.Probe) ([]Column, gauge) {
	dx, dz := p.End[0]-p.Position[0], p.End[2]-p.Position[2]
	if s.scene.Dimensions == 2 {
		dz = 0
	}
	n := max(p.Samples, 2)
	length := math.Hypot(dx, dz)
	columns := make([]Column, n)
	for i := range columns {
		along := length * float64(i) / float64(n-1)
		columns[i] = Column{Name: "@" + shortest(along, length/float64(n-1)), Unit: "m", Along: along}
	}
	x, z := p.Position[0], p.Position[2]
	if s.scene.Dimensions == 2 {
		z = 0
	}
	return columns, func(_ *Frame, out []float64) []float64 {
		for i := range n {
			part := float64(i) / float64(n-1)
			out = append(out, s.grid.surface(x+part*dx, z+part*dz))
		}
		return out
	}
}

// shortest writes a distance with as few digits as tell it from its neighbours,
// a step away.
func shortest(v, step float64) string {
	digits := max(int(math.Ceil(2-math.Log10(step))), 0)
	text := strconv.FormatFloat(v, 'f', digits, 64)
	short, _ := strconv.ParseFloat(text, 64)
	return strconv.FormatFloat(short, 'f', -1, 64)
}

// frontAlong is the front along the axis of a probe.
func (s *Set) frontAlong(p *scene.Probe) ([]Column, gauge, error) {
	if len(p.Axis) != 2 || (p.Axis[0] != '+' && p.Axis[0] != '-') || p.Axis[1] < 'x' || p.Axis[1] > 'z' {
		return nil, nil, fmt.Errorf("a front moves along -x, +x, -y, +y, -z or +z (got %q)", p.Axis)
	}
	sign, axis := 1.0, int(p.Axis[1]-'x')
	if p.Axis[0] == '-' {
		sign = -1
	}
	thickness := p.Thickness
	if thickness == 0 {
		thickness = s.scene.Fluid.Spacing
	}
	floor := s.scene.Domain.Min[1]
	return single("m"), func(_ *Frame, out []float64) []float64 {
		return append(out, s.grid.front(axis, sign, floor, thickness))
	}, nil
}

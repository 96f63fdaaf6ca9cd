package seed

import (
	"slices"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// domain is the scene's box with its open and periodic sides looked up once.
type domain struct {
	min, max          scene.Vec3
	openLow, openHigh [3]bool
	// periodic axes end like walls, half a spacing before which the fluid ends
	// on both sides: so it meets itself a spacing apart.
	periodic [3]bool
	axes     int // 2 or 3
}

func newDomain(s *scene.Scene) *domain {
	d := &domain{min: s.Domain.Min, max: s.Domain.Max, axes: dimensions(s)}
	for a, name := range []string{"x", "y", "z"} {
		d.openLow[a] = slices.Contains(s.Domain.Open, "-"+name)
		d.openHigh[a] = slices.Contains(s.Domain.Open, "+"+name)
		d.periodic[a] = s.Domain.IsPeriodic(a)
	}
	return d
}

func dimensions(s *scene.Scene) int {
	if s.Plane() {
		return 2
	}
	return 3
}

// holds is whether p is inside, and at least gap away from every wall. An open
// side is no wall: up to it, fluid may start anywhere.
func (d *domain) holds(p scene.Vec3, gap float64) bool {
	for a := range d.axes {
		lo, hi := p[a]-d.min[a], d.max[a]-p[a]
		if lo < gap && (lo < 0 || !d.openLow[a]) || hi < gap && (hi < 0 || !d.openHigh[a]) {
			return false
		}
	}
	return true
}

// foldBack reflects at an open side what jitter has carried past it, where no gap keeps it away: such a particle would be
// lost before the first step.
func (d *domain) foldBack(p scene.Vec3) scene.Vec3 {
	for a := range d.axes {
		if p[a] < d.min[a] {
			p[a] = 2*d.min[a] - p[a]
		} else if p[a] > d.max[a] {
			p[a] = 2*d.max[a] - p[a]
		}
	}
	return p
}

// box is a region along the world's axes.
type box struct{ min, max scene.Vec3 }

func (b box) grown(by float64) box {
	for a := range b.min {
		b.min[a] -= by
		b.max[a] += by
	}
	return b
}

func (b box) holds(p scene.Vec3) bool {
	return p[0] >= b.min[0] && p[0] <= b.max[0] &&
		p[1] >= b.min[1] && p[1] <= b.max[1] &&
		p[2] >= b.min[2] && p[2] <= b.max[2]
}

func (b box) meets(c box) bool {
	for a := range b.min {
		if b.min[a] > c.max[a] || b.max[a] < c.min[a] {
			return false
		}
	}
	return true
}

// body is an obstacle, ready for many questions.
type body struct {
	distance func(scene.Vec3) float64
	bounds   box
}

func newBody(o scene.Obstacle) body {
	lo, hi := o.Bounds()
	return body{distance: o.Distance(), bounds: box{lo, hi}}
}

// near are the bodies that can matter inside a region, with their bounds grown
// by a margin.
func near(bodies []body, region box, margin float64) []body {
	var found []body
	for _, b := range bodies {
		b.bounds = b.bounds.grown(margin)
		if b.bounds.meets(region) {
			found = append(found, b)
		}
	}
	return found
}

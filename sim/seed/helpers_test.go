package seed

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// tank is an empty unit tank; tests add to it.
func tank(d float64) *scene.Scene {
	s := &scene.Scene{Name: "test", Format: scene.FormatVersion}
	s.Domain.Max = scene.Vec3{1, 1, 1}
	s.Gravity = scene.Vec3{0, -9.81, 0}
	s.Fluid = scene.Fluid{RestDensity: 1000, Spacing: d, Jitter: 0.02}
	return s
}

func water(kind string, at, size scene.Vec3, radius, height float64) scene.FluidShape {
	return scene.FluidShape{Type: kind, Position: at, Size: size, Radius: radius, Height: height}
}

func fromTo(lo, hi scene.Vec3) scene.FluidShape {
	var at, size scene.Vec3
	for a := range lo {
		at[a], size[a] = (lo[a]+hi[a])/2, hi[a]-lo[a]
	}
	return water("box", at, size, 0, 0)
}

func build(t testing.TB, s *scene.Scene) *Set {
	t.Helper()
	set, err := Build(s)
	if err != nil {
		t.Fatal(err)
	}
	if set.Report.Fluid != len(set.Position) || len(set.Velocity) != len(set.Position) || len(set.Shape) != len(set.Position) {
		t.Fatalf("report says %d particles, arrays hold %d, %d, %d", set.Report.Fluid, len(set.Position), len(set.Velocity), len(set.Shape))
	}
	if set.Report.BoundarySamples != len(set.Boundary) {
		t.Fatalf("report says %d samples, there are %d", set.Report.BoundarySamples, len(set.Boundary))
	}
	n, err := Count(s)
	if err != nil || n != len(set.Position) {
		t.Fatalf("Count = %d, %v; Build made %d", n, err, len(set.Position))
	}
	return set
}

func (s *Set) world(p [3]float32) scene.Vec3 {
	return scene.Vec3{float64(p[0]) + s.Origin[0], float64(p[1]) + s.Origin[1], float64(p[2]) + s.Origin[2]}
}

func (s *Set) fluid() []scene.Vec3 {
	all := make([]scene.Vec3, len(s.Position))
	for i, p := range s.Position {
		all[i] = s.world(p)
	}
	return all
}

func (s *Set) solid() []scene.Vec3 {
	all := make([]scene.Vec3, len(s.Boundary))
	for i, b := range s.Boundary {
		all[i] = s.world(b.Position)
	}
	return all
}

// closest is the smallest distance between two of the points, infinite above limit.
func closest(points []scene.Vec3, limit float64) float64 {
	g := newGrid(points, limit)
	best := math.Inf(1)
	var around []int32
	for n, c := range g.cells {
		around = g.around(c, around[:0])
		for _, i := range g.order[g.start[n]:g.start[n+1]] {
			for _, k := range around {
				if k > i {
					best = math.Min(best, math.Sqrt(squared(points[i], points[k])))
				}
			}
		}
	}
	return best
}

// density is the solver's density at every particle, over the rest density, by
// brute force over a grid.
func density(s *Set, d float64) []float64 {
	h := supportOverD * d
	fluid, solid := s.fluid(), s.solid()
	gf, gs := newGrid(fluid, h), newGrid(solid, h)
	mass := d * d * d / ref.LatticeDensity(supportOverD)
	rho := make([]float64, len(fluid))
	for i, p := range fluid {
		for _, k := range gf.around(gf.cell(p), nil) {
			rho[i] += mass * ref.W(math.Sqrt(squared(p, fluid[k])), h)
		}
		for _, k := range gs.around(gs.cell(p), nil) {
			rho[i] += float64(s.Boundary[k].Volume) * ref.W(math.Sqrt(squared(p, solid[k])), h)
		}
	}
	return rho
}

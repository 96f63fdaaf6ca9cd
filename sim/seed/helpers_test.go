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

// around appends the points of the 27 cells around and including c.
func (g *grid) around(c [3]int32, to []int32) []int32 {
	for z := c[2] - 1; z <= c[2]+1; z++ {
		for y := c[1] - 1; y <= c[1]+1; y++ {
			for x := c[0] - 1; x <= c[0]+1; x++ {
				to = append(to, g.in([3]int32{x, y, z})...)
			}
		}
	}
	return to
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

// supportOverD is the solver's support radius in spacings.
const supportOverD = 2

// density is that of every particle over the rest density, with fluid mirrored in
// every closed side, edge and corner of the domain: where the lattice ends half a
// spacing before a wall, its mirror image carries it on. Obstacles add nothing.
func density(sc *scene.Scene, s *Set) []float64 {
	d := sc.Fluid.Spacing
	h := supportOverD * d
	dom := newDomain(sc)
	fluid := s.fluid()
	all := append([]scene.Vec3(nil), fluid...)
	for a := range dom.axes {
		var images []scene.Vec3
		for _, p := range all {
			low, high := p, p
			low[a], high[a] = 2*dom.min[a]-p[a], 2*dom.max[a]-p[a]
			if !dom.openLow[a] && p[a]-dom.min[a] < h {
				images = append(images, low)
			}
			if !dom.openHigh[a] && dom.max[a]-p[a] < h {
				images = append(images, high)
			}
		}
		all = append(all, images...)
	}
	volume, w := d*d*d/ref.LatticeDensity(supportOverD), ref.W
	if sc.Plane() {
		volume, w = d*d/ref.LatticeDensity2(supportOverD), ref.W2
	}
	g := newGrid(all, h)
	rho := make([]float64, len(fluid))
	for i, p := range fluid {
		for _, k := range g.around(g.cell(p), nil) {
			rho[i] += volume * w(math.Sqrt(squared(p, all[k])), h)
		}
	}
	return rho
}

package probe

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/fluidsim/fluidsim/sim/scene"
)

func gridOf(t *testing.T, sc *scene.Scene, f *Frame) *grid {
	t.Helper()
	g := &grid{space: newSpace(sc, 2*spacing, spacing)}
	g.fillIn(f)
	return g
}

// Behind a plane through the centre is half of a neighbourhood, and behind one at
// its edge nothing; in three dimensions the integral has a closed form.
func TestBehindAPlane(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		s := newSpace(tank(dimensions, [3]float64{1, 1, 1}), 2*spacing, spacing)
		// Midpoints of 200 rings: (1/200)^2 / 24 of the curvature, which is below 100.
		if v := s.behind(0); math.Abs(v-0.5) > 1e-4 {
			t.Errorf("%d-D: %.6f lies behind a plane through the centre", dimensions, v)
		}
		if v := s.behind(s.support); v != 0 {
			t.Errorf("%d-D: %g lies behind a plane at the edge", dimensions, v)
		}
		for q := -0.9; q < 1; q += 0.1 {
			if a, b := s.behind(q*s.support), s.behind(-q*s.support); math.Abs(a+b-1) > 2e-4 {
				t.Errorf("%d-D: both sides of a plane at %.1f make %g", dimensions, q, a+b)
			}
		}
	}
	// Shells instead of slices: of the sphere at r, 2 pi r (r - q) lies behind it.
	s := newSpace(tank(3, [3]float64{1, 1, 1}), 2*spacing, spacing)
	for _, q := range []float64{0.1, 0.33, 0.5, 0.8} {
		want, n := 0.0, 20000
		for i := range n {
			r := q + (1-q)*(float64(i)+0.5)/float64(n)
			want += 2 * math.Pi * r * (r - q) * s.kernel(r, 1) * (1 - q) / float64(n)
		}
		// A table with 64 entries, read linearly: (1/64)^2 / 8 of the curvature.
		if got := s.behind(q * s.support); math.Abs(got-want) > 2e-4 {
			t.Errorf("%.5f lies behind a plane at %g, want %.5f", got, q, want)
		}
	}
}

// In a full tank the filled share is 1 everywhere: in the middle, on walls, in
// edges and corners, beside an obstacle.
func TestFilledShare(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		sc := tank(dimensions, [3]float64{0.3, 0.3, 0.3})
		sc.Obstacles = []scene.Obstacle{{Type: "box", Position: scene.Vec3{0.15, 0.05, 0.15}, Size: scene.Vec3{0.1, 0.1, 0.9}}}
		f := lattice(sc, func(x [3]float64) bool { return sc.Obstacles[0].SDF(x) > 0 })
		g := gridOf(t, sc, f)
		random := rand.New(rand.NewPCG(1, 2))
		check := func(x [3]float64) {
			if dimensions == 2 {
				x[2] = 0
			}
			// Sums over a lattice are 1.03 off integrals, less between the points,
			// and a wall's share knows no lattice: 0.18 was seen on a point of the
			// lattice in a corner. Beside the convex edge of the box half of the
			// neighbourhood counts as solid, and a quarter is.
			low, high := 0.88, 1.2
			if math.Abs(x[0]-0.15) > 0.05-0.04 && math.Abs(x[0]-0.15) < 0.09 && x[1] > 0.06 && x[1] < 0.14 {
				high = 1.6
			}
			if c := g.filled(x); c < low || c > high {
				t.Errorf("%d-D: the filled share at %.3f is %.3f", dimensions, x, c)
			}
		}
		for range 300 {
			x := [3]float64{0.3 * random.Float64(), 0.3 * random.Float64(), 0.3 * random.Float64()}
			if sc.Obstacles[0].SDF(x) >= 0 {
				check(x)
			}
		}
		for corner := range 8 {
			check([3]float64{0.3 * float64(corner&1), 0.3 * float64(corner>>1&1), 0.3 * float64(corner>>2&1)})
		}
		check([3]float64{0.1, 0.05, 0.15})
		if c := g.filled([3]float64{0.15, 0.05, 0.15}); c != 0 && dimensions == 3 || c > 0.05 {
			t.Errorf("%d-D: the obstacle is filled: %g", dimensions, c)
		}
	}
}

// The table finds what a look at every particle finds, whatever the box.
func TestGridFindsAll(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	sc := tank(3, [3]float64{0.3, 0.2, 0.25})
	sc.Domain.Min = scene.Vec3{-0.3, -0.2, -0.25}
	sc.Domain.Periodic = []string{"x", "z"}
	f := &Frame{}
	for range 2000 {
		f.Position = append(f.Position, [3]float64{0.6*random.Float64() - 0.3, 0.4*random.Float64() - 0.2, 0.5*random.Float64() - 0.25})
		f.Neighbours = append(f.Neighbours, random.IntN(12))
	}
	g := gridOf(t, sc, f)
	for n := range 200 {
		x := [3]float64{0.6*random.Float64() - 0.3, 0.4*random.Float64() - 0.2, 0.5*random.Float64() - 0.25}
		r := 0.01 + 0.2*random.Float64()
		if n == 0 {
			x = [3]float64{-0.3, -0.2, 0.25}
		}
		want, got := map[int]bool{}, map[int]bool{}
		for j, at := range f.Position {
			d := [3]float64{at[0] - x[0], at[1] - x[1], at[2] - x[2]}
			d[0] -= 0.6 * math.Round(d[0]/0.6)
			d[2] -= 0.5 * math.Round(d[2]/0.5)
			if f.Neighbours[j] >= 6 && math.Sqrt(d[0]*d[0]+d[1]*d[1]+d[2]*d[2]) < r {
				want[j] = true
			}
		}
		g.near(x, r, func(j int, d [3]float64, distance float64) {
			if got[j] {
				t.Errorf("particle %d is seen twice from %v within %g", j, x, r)
			}
			got[j] = true
			for k, period := range []float64{0.6, math.Inf(1), 0.5} {
				away := f.Position[j][k] - x[k] - d[k]
				if k != 1 {
					away -= period * math.Round(away/period)
				}
				if math.Abs(away) > 1e-12 {
					t.Errorf("particle %d is said to be %v away from %v", j, d, x)
				}
			}
			if !want[j] {
				t.Errorf("particle %d at %v is no neighbour of %v within %g", j, f.Position[j], x, r)
			}
		})
		if len(got) != len(want) {
			t.Errorf("%d particles are found around %v within %g, want %d", len(got), x, r, len(want))
		}
	}
}

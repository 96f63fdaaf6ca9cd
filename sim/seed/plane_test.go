package seed

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// sheet is an empty tank of two dimensions, a metre each way.
func sheet(d float64) *scene.Scene {
	s := tank(d)
	s.Dimensions = 2
	s.Domain.Min[2], s.Domain.Max[2] = -d/2, d/2
	return s
}

func flatBox(d, x0, y0, x1, y1 float64) scene.FluidShape {
	f := fromTo(scene.Vec3{x0, y0, -d / 2}, scene.Vec3{x1, y1, d / 2})
	f.Flat = true
	return f
}

func disc(d, x, y, r float64) scene.FluidShape {
	f := water("sphere", scene.Vec3{x, y, 0}, scene.Vec3{0, 0, d}, r, 0)
	f.Flat = true
	return f
}

// inPlane fails unless all particles are in the plane.
func inPlane(t *testing.T, set *Set) {
	t.Helper()
	for i, p := range set.Position {
		if p[2] != 0 || set.Velocity[i][2] != 0 {
			t.Fatalf("particle %d at %v with velocity %v is not in the plane", i, p, set.Velocity[i])
		}
	}
	if set.Origin[2] != 0 {
		t.Fatalf("origin %v", set.Origin)
	}
}

func TestPlaneBoxes(t *testing.T) {
	const d = 0.05
	for _, c := range []struct {
		x0, y0, x1, y1 float64
		want           int
	}{
		{0.3, 0.3, 0.5, 0.6, 4 * 6},
		{0, 0, 0.5, 0.6, 10 * 12},
		{0, 0, 1, 1, 20 * 20},
		{0, 0.5, 1, 0.54, 20},
	} {
		s := sheet(d)
		s.Fluid.Shapes = []scene.FluidShape{flatBox(d, c.x0, c.y0, c.x1, c.y1)}
		set := build(t, s)
		inPlane(t, set)
		if len(set.Position) != c.want {
			t.Errorf("%+v: %d particles", c, len(set.Position))
		}
	}
}

func TestPlaneAreas(t *testing.T) {
	const d = 0.01
	for _, size := range []float64{5.3, 6, 7.77, 10, 15.2, 20, 40} {
		turned := flatBox(d, 0.4, 0.3, 0.6, 0.6)
		turned.Rotation[2] = 30
		for _, shape := range []scene.FluidShape{disc(d, 0.5, 0.5, size*d), turned} {
			s := sheet(d)
			s.Fluid.Shapes = []scene.FluidShape{shape}
			set := build(t, s)
			inPlane(t, set)
			if got := float64(len(set.Position)) * d * d / shape.Volume(); math.Abs(got-1) > 0.03 {
				t.Errorf("%s of radius %g d: area off by %.1f %%", shape.Type, size, 100*(got-1))
			}
		}
	}
}

// crowd is the density of every particle over the rest density, by all pairs and
// with periodic images, from the fluid alone.
func crowd(s *scene.Scene, set *Set) []float64 {
	d := s.Fluid.Spacing
	h := supportOverD * d
	mass, w := d*d*d/ref.LatticeDensity(supportOverD), ref.W
	if s.Plane() {
		mass, w = d*d/ref.LatticeDensity2(supportOverD), ref.W2
	}
	rho := make([]float64, len(set.Position))
	for i, p := range set.fluid() {
		for _, q := range set.fluid() {
			rho[i] += mass * w(apart(s, p, q), h)
		}
	}
	return rho
}

// apart is the distance between two points, or the nearest of their images.
func apart(s *scene.Scene, p, q scene.Vec3) float64 {
	sum := 0.0
	for a := range p {
		gap := p[a] - q[a]
		if long := s.Domain.Max[a] - s.Domain.Min[a]; s.Domain.IsPeriodic(a) {
			gap -= long * math.Round(gap/long)
		}
		sum += gap * gap
	}
	return math.Sqrt(sum)
}

// TestPeriodicIsSeamless: fluid that fills all periodic axes has the rest density
// everywhere when the lengths are whole numbers of spacings.
func TestPeriodicIsSeamless(t *testing.T) {
	flat := sheet(0.05)
	flat.Domain.Periodic = []string{"x", "y"}
	flat.Fluid.Shapes = []scene.FluidShape{flatBox(0.05, 0, 0, 1, 1)}
	deep := tank(0.1)
	deep.Domain.Periodic = []string{"x", "y", "z"}
	deep.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{0, 0, 0}, scene.Vec3{1, 1, 1})}
	over := tank(0.1) // what reaches out is cut off, and changes nothing inside
	over.Domain.Periodic = []string{"x", "y", "z"}
	over.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{-0.35, -1, 0}, scene.Vec3{1.2, 1, 1.01})}
	for name, s := range map[string]*scene.Scene{"plane": flat, "space": deep, "over": over} {
		s.Fluid.Jitter = 0
		for i, rho := range crowd(s, build(t, s)) {
			if math.Abs(rho-1) > 1e-5 { // positions are single precision
				t.Fatalf("%s: particle %d has density %.7f", name, i, rho)
			}
		}
	}
}

// TestPeriodicOddLengths: a layer that spans a periodic axis has no seam at any
// spacing. In the middle of its height it has nearly the rest density, because the
// other axis makes up for the pitch.
func TestPeriodicOddLengths(t *testing.T) {
	for _, d := range []float64{0.05, 0.047, 0.0371, 0.0823, 0.09, 0.1111, 0.139, 0.1538, 0.16} {
		s := sheet(d)
		s.Fluid.Jitter = 0
		s.Domain.Max[1] = 3
		s.Domain.Periodic = []string{"x"}
		s.Fluid.Shapes = []scene.FluidShape{flatBox(d, 0, 0, 1, 2.5)}
		set := build(t, s)
		inPlane(t, set)
		points := set.fluid()
		row := 0
		for _, p := range points {
			if math.Abs(p[1]-points[0][1]) < d/4 {
				row++
			}
		}
		for i, rho := range crowd(s, set) {
			if y := points[i][1]; y < 3*d || y > 2.5-3*d {
				continue
			}
			// At six layers the pitch is up to a twelfth off, which costs 1.6 %.
			if math.Abs(rho-1) > 0.017 {
				t.Errorf("d=%g: particle %d at %.4f has density %.5f", d, i, points[i], rho)
				break
			}
		}
		pitch := 1 / float64(row)
		if math.Abs(pitch/d-1) > 1.0/12+1e-9 {
			t.Errorf("d=%g: %d particles in a row", d, row)
		}
		lo, hi := extremes(points)
		if seam := lo[0] + 1 - hi[0]; math.Abs(seam-pitch) > 1e-6 {
			t.Errorf("d=%g: the seam is %.7f wide, the pitch %.7f", d, seam, pitch)
		}
	}
}

// TestPeriodicEnds: fluid of any form keeps away from itself beyond the seam.
func TestPeriodicEnds(t *testing.T) {
	const d = 0.03
	s := sheet(d)
	s.Domain.Periodic = []string{"x"}
	s.Fluid.Shapes = []scene.FluidShape{disc(d, 0.95, 0.5, 0.2), flatBox(d, 0, 0.2, 0.3, 0.6), flatBox(d, -0.2, 0.6, 0.3, 0.75)}
	set := build(t, s)
	inPlane(t, set)
	points := set.fluid()
	for i, p := range points {
		if p[0] < 0 || p[0] > 1 {
			t.Fatalf("particle %d at %v is outside", i, p)
		}
		for k, q := range points[:i] {
			if r := apart(s, p, q); r < 0.75*d {
				t.Fatalf("particles %d at %.4f and %d at %.4f are %.3f spacings apart", i, p, k, q, r/d)
			}
		}
	}
}

func TestPlaneObstacles(t *testing.T) {
	const d = 0.02
	s := sheet(d)
	s.Fluid.Shapes = []scene.FluidShape{flatBox(d, 0, 0, 1, 0.8)}
	s.Obstacles = []scene.Obstacle{
		{Type: "sphere", Position: scene.Vec3{0.3, 0.4}, Size: scene.Vec3{0, 0, d}, Radius: 0.1, Flat: true},
		{Type: "box", Position: scene.Vec3{0.7, 0.3}, Size: scene.Vec3{0.3, 0.1, d}, Rotation: scene.Vec3{0, 0, 25}, Flat: true},
		{Type: "capsule", Position: scene.Vec3{0.6, 0.6}, Size: scene.Vec3{0, 0, d}, Radius: 0.05, Height: 0.2, Rotation: scene.Vec3{0, 0, 80}, Flat: true},
	}
	set := build(t, s)
	inPlane(t, set)
	area := 0.8
	for _, o := range s.Obstacles {
		area -= o.Volume()
		nearest := math.Inf(1)
		for _, p := range set.fluid() {
			nearest = math.Min(nearest, o.SDF(p))
		}
		if nearest < 0.4*d || nearest > 0.7*d {
			t.Errorf("the fluid begins %.3f spacings from the %s", nearest/d, o.Type)
		}
	}
	if got := float64(len(set.Position)) * d * d / area; math.Abs(got-1) > 0.04 {
		t.Errorf("area off by %.1f %%", 100*(got-1))
	}
}

// TestPlaneRests: fluid lies on an obstacle without a gap, in two dimensions too.
func TestPlaneRests(t *testing.T) {
	for _, d := range []float64{0.02, 0.0213, 0.0237, 0.031} {
		s := sheet(d)
		s.Fluid.Jitter = 0
		ledge := scene.Obstacle{Type: "box", Position: scene.Vec3{0.3, 0.2}, Size: scene.Vec3{0.8, 0.4, d}, Flat: true}
		s.Obstacles = []scene.Obstacle{ledge}
		s.Fluid.Shapes = []scene.FluidShape{flatBox(d, 0.1, 0.4, 0.6, 0.7)}
		set := build(t, s)
		lo, _ := extremes(set.fluid())
		if gap := (lo[1] - 0.4) / d; math.Abs(gap-0.5) > 0.03 || set.Report.RemovedInObstacles > 0 {
			t.Errorf("d=%g: the fluid begins %.3f spacings above the ledge, %d removed", d, gap, set.Report.RemovedInObstacles)
		}
	}
}

const sheetText = `
format = 1
dimensions = 2
[domain]
min = [0, 0]
max = [2, 1]
periodic = ["x"]
[fluid]
spacing = 0.02
[[fluid.shape]]
type = "box"
min = [0, 0]
max = [2, 0.5]
[[fluid.shape]]
type = "sphere"
position = [1, 0.75]
radius = 0.1
`

func TestPlaneFitSpacing(t *testing.T) {
	s, err := scene.Parse("sheet.toml", []byte(sheetText))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1000, 5000, 100_000} {
		fit, err := FitSpacing(s, n)
		if err != nil {
			t.Fatal(err)
		}
		set := build(t, fit)
		inPlane(t, set)
		if off := float64(len(set.Position))/float64(n) - 1; math.Abs(off) > 0.03 {
			t.Errorf("asked for %d, got %d", n, len(set.Position))
		}
		if fit.Domain.Max[2] != fit.Fluid.Spacing/2 {
			t.Errorf("the domain is %g m deep at a spacing of %g", 2*fit.Domain.Max[2], fit.Fluid.Spacing)
		}
	}
}

func TestPlaneMass(t *testing.T) {
	s := sheet(0.02)
	if got := Mass(s); math.Abs(got-0.4) > 1e-15 {
		t.Errorf("a particle weighs %g kg/m, want 0.4", got)
	}
}

package seed

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/sim/scene"
)

func TestBoxCounts(t *testing.T) {
	for _, c := range []struct {
		name   string
		lo, hi scene.Vec3
		want   int
	}{
		{"free", scene.Vec3{0.3, 0.3, 0.3}, scene.Vec3{0.5, 0.6, 0.7}, 4 * 6 * 8},
		{"corner", scene.Vec3{0, 0, 0}, scene.Vec3{0.5, 0.6, 0.7}, 10 * 12 * 14},
		{"far corner", scene.Vec3{0.5, 0.4, 0.3}, scene.Vec3{1, 1, 1}, 10 * 12 * 14},
		{"across", scene.Vec3{0, 0, 0}, scene.Vec3{1, 0.2, 1}, 20 * 4 * 20},
		{"all", scene.Vec3{0, 0, 0}, scene.Vec3{1, 1, 1}, 20 * 20 * 20},
		{"one layer", scene.Vec3{0, 0.5, 0}, scene.Vec3{1, 0.54, 1}, 20 * 20},
	} {
		s := tank(0.05)
		s.Fluid.Shapes = []scene.FluidShape{fromTo(c.lo, c.hi)}
		set := build(t, s)
		if len(set.Position) != c.want || set.Report.RemovedOutside+set.Report.RemovedInObstacles+set.Report.RemovedOverlapping != 0 {
			t.Errorf("%s: %d particles, want %d; %+v", c.name, len(set.Position), c.want, set.Report)
		}
	}
}

func TestFirstLayersTouchWalls(t *testing.T) {
	// Neither length is a whole number of spacings.
	for _, d := range []float64{0.05, 0.0473, 0.0337, 0.071} {
		s := tank(d)
		s.Fluid.Jitter = 0
		s.Domain.Max = scene.Vec3{1, 1, 0.61}
		for _, shape := range []scene.FluidShape{
			fromTo(scene.Vec3{0, 0, 0}, scene.Vec3{0.5, 0.4, 0.61}),
			fromTo(scene.Vec3{0.5, 0, 0}, scene.Vec3{1, 0.4, 0.61}),
		} {
			s.Fluid.Shapes = []scene.FluidShape{shape}
			set := build(t, s)
			lo, hi := extremes(set.fluid())
			half := 0.5 * d * 1.06
			if lo[1] > half || lo[2] > half || hi[2] < 0.61-half || math.Min(lo[0], 1-hi[0]) > half {
				t.Errorf("d=%g: fluid reaches from %.4f to %.4f, not half a spacing from the walls it fills", d, lo, hi)
			}
			volume := float64(len(set.Position)) * d * d * d / (0.5 * 0.4 * 0.61)
			if math.Abs(volume-1) > 0.12 {
				t.Errorf("d=%g: volume off by %.3f", d, volume-1)
			}
			for i, rho := range density(s, set) {
				if rho > 1.012 {
					t.Fatalf("d=%g: particle %d at %.4f starts compressed, density %.4f", d, i, set.fluid()[i], rho)
				}
			}
		}
	}
}

// A full tank on the lattice, mirrored in its walls, has the rest density.
func TestFullTank(t *testing.T) {
	for _, s := range []*scene.Scene{tank(0.05), sheet(0.05)} {
		s.Fluid.Jitter = 0
		s.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{0, 0, 0}, scene.Vec3{1, 1, 1})}
		if s.Plane() {
			s.Fluid.Shapes = []scene.FluidShape{flatBox(0.05, 0, 0, 1, 1)}
		}
		for i, rho := range density(s, build(t, s)) {
			if math.Abs(rho-1) > 1e-5 { // positions are single precision
				t.Fatalf("%d dimensions: particle %d has density %.7f", dimensions(s), i, rho)
			}
		}
	}
}

func extremes(points []scene.Vec3) (lo, hi scene.Vec3) {
	lo, hi = points[0], points[0]
	for _, p := range points {
		for a := range p {
			lo[a], hi[a] = math.Min(lo[a], p[a]), math.Max(hi[a], p[a])
		}
	}
	return lo, hi
}

func TestVolumes(t *testing.T) {
	for _, rotation := range []scene.Vec3{{}, {90, 0, 0}, {10, 20, 30}} {
		for _, size := range []float64{5.3, 6, 7.77, 10, 15.2, 20} {
			const d = 0.01
			r := size * d
			for _, shape := range []scene.FluidShape{
				water("sphere", scene.Vec3{0.5, 0.5, 0.5}, scene.Vec3{}, r, 0),
				water("cylinder", scene.Vec3{0.5, 0.5, 0.5}, scene.Vec3{}, r, math.Round(1.7*size)*d),
				water("box", scene.Vec3{0.5, 0.5, 0.5}, scene.Vec3{0.1, 0.2, 0.3}, 0, 0),
			} {
				shape.Rotation = rotation
				s := tank(d)
				s.Fluid.Shapes = []scene.FluidShape{shape}
				n, err := Count(s)
				if err != nil {
					t.Fatal(err)
				}
				if got := float64(n) * d * d * d / shape.Volume(); math.Abs(got-1) > 0.03 {
					t.Errorf("%s of radius %g d: volume off by %.1f %%", shape.Type, size, 100*(got-1))
				}
			}
		}
	}
}

// busy has everything at once.
func busy(d float64) *scene.Scene {
	s := tank(d)
	s.Domain.Min, s.Domain.Max = scene.Vec3{-1, 2, 5}, scene.Vec3{1, 3, 6}
	tilted := water("box", scene.Vec3{0, 2.6, 5.5}, scene.Vec3{0.5, 0.3, 0.3}, 0, 0)
	tilted.Rotation = scene.Vec3{20, 30, 40}
	tilted.Velocity = scene.Vec3{1, 2, 3}
	s.Fluid.Shapes = []scene.FluidShape{
		fromTo(scene.Vec3{-1, 2, 5}, scene.Vec3{0.2, 2.3, 6}),
		tilted,
		water("sphere", scene.Vec3{0.1, 2.5, 5.4}, scene.Vec3{}, 0.2, 0),
		water("cylinder", scene.Vec3{0.7, 2.4, 5.5}, scene.Vec3{}, 0.2, 0.9),
		fromTo(scene.Vec3{-1, 2, 5}, scene.Vec3{0.2, 2.3, 6}), // all of it there already
	}
	s.Obstacles = []scene.Obstacle{
		{Type: "box", Position: scene.Vec3{-0.5, 2.2, 5.5}, Size: scene.Vec3{0.2, 0.4, 0.2}, Rotation: scene.Vec3{0, 30, 0}},
		{Type: "sphere", Position: scene.Vec3{0.7, 2.4, 5.5}, Radius: 0.15},
		{Type: "cylinder", Position: scene.Vec3{0, 2, 5.2}, Radius: 0.1, Height: 0.5},
		{Type: "capsule", Position: scene.Vec3{-0.2, 2.4, 5.7}, Radius: 0.08, Height: 0.3, Rotation: scene.Vec3{45, 0, 10}},
		{Type: "box", Position: scene.Vec3{0.1, 2.5, 5.4}, Size: scene.Vec3{0.5, 0.3 * d, 0.5}},
	}
	return s
}

func TestNothingTooClose(t *testing.T) {
	for _, d := range []float64{0.031, 0.02} {
		s := busy(d)
		set := build(t, s)
		points := set.fluid()
		if got := closest(points, d) / d; got < 0.75 {
			t.Errorf("d=%g: two particles only %.3f spacings apart", d, got)
		}
		move := s.Fluid.Jitter * d * 1.8
		for i, p := range points {
			for a := range p {
				if gap := math.Min(p[a]-s.Domain.Min[a], s.Domain.Max[a]-p[a]); gap < (0.5-slack)*d-move {
					t.Fatalf("d=%g: particle %d at %.4f is %.3f spacings from a wall", d, i, p, gap/d)
				}
			}
			for k, o := range s.Obstacles {
				if gap := o.SDF(p); gap < (0.5-slack)*d-move {
					t.Fatalf("d=%g: particle %d at %.4f is %.3f spacings from obstacle %d", d, i, p, gap/d, k)
				}
			}
		}
		r := set.Report
		if r.RemovedOutside != 0 && r.RemovedInObstacles == 0 || r.RemovedOverlapping == 0 {
			t.Errorf("d=%g: unexpected report %+v", d, r)
		}
		for i, shape := range set.Shape {
			want := s.Fluid.Shapes[shape].Velocity
			if got := set.Velocity[i]; float64(got[0]) != want[0] || float64(got[2]) != want[2] {
				t.Fatalf("particle %d of shape %d has velocity %v, want %v", i, shape, got, want)
			}
			if shape == 4 {
				t.Fatalf("particle %d of a shape that lies wholly in another", i)
			}
		}
		for i, rho := range density(s, set) {
			if rho > 1.04 {
				t.Errorf("d=%g: particle %d at %.4f (shape %d) starts at density %.3f", d, i, points[i], set.Shape[i], rho)
			}
		}
	}
}

func TestRemovedOutside(t *testing.T) {
	s := tank(0.05)
	s.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{-0.2, 0, 0}, scene.Vec3{0.5, 0.5, 1.1})}
	set := build(t, s)
	if set.Report.Fluid != 10*10*20 || set.Report.RemovedOutside != 14*10*22-10*10*20 {
		t.Errorf("closed: %+v", set.Report)
	}
	lo, _ := extremes(set.fluid())
	if lo[0] > 0.0261 {
		t.Errorf("the first layer is %.4f from the wall", lo[0])
	}
	s.Domain.Open = []string{"-x"}
	s.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{-0.2, 0, 0}, scene.Vec3{0.5, 0.5, 1})}
	set = build(t, s)
	if set.Report.Fluid != 10*10*20 || set.Report.RemovedOutside != 4*10*20 {
		t.Errorf("open: %+v", set.Report)
	}
}

func TestDeterministic(t *testing.T) {
	a, b := build(t, busy(0.03)), build(t, busy(0.03))
	if !reflect.DeepEqual(a, b) {
		t.Error("two builds of one scene differ")
	}
	// A shape's particles do not depend on shapes that came before or after.
	s := busy(0.03)
	s.Obstacles = nil
	s.Fluid.Shapes = s.Fluid.Shapes[:1]
	first := build(t, s)
	s.Fluid.Shapes = append(s.Fluid.Shapes, fromTo(scene.Vec3{0.5, 2, 5}, scene.Vec3{1, 2.5, 6}))
	both := build(t, s)
	if !reflect.DeepEqual(first.Position, both.Position[:len(first.Position)]) {
		t.Error("the first shape's particles moved when a second was added")
	}
}

func TestJitter(t *testing.T) {
	s := tank(0.05)
	s.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{0, 0, 0}, scene.Vec3{1, 0.5, 1})}
	moved := build(t, s).fluid()
	s.Fluid.Jitter = 0
	still := build(t, s).fluid()
	var sum, square scene.Vec3
	for i := range moved {
		for a := range sum {
			off := (moved[i][a] - still[i][a]) / 0.05
			if math.Abs(off) > 0.02+1e-5 {
				t.Fatalf("particle %d moved by %.4f spacings along axis %d", i, off, a)
			}
			sum[a] += off
			square[a] += off * off
		}
	}
	for a := range sum {
		n := float64(len(moved))
		if mean := sum[a] / n; math.Abs(mean) > 4*0.0116/math.Sqrt(n) {
			t.Errorf("axis %d: mean offset %.5f spacings", a, mean)
		}
		if rms := math.Sqrt(square[a] / n); math.Abs(rms-0.02/math.Sqrt(3)) > 0.0004 {
			t.Errorf("axis %d: rms offset %.5f spacings, a flat distribution has %.5f", a, rms, 0.02/math.Sqrt(3))
		}
	}
}

// At an open side fluid may start without a gap, but jitter must not carry it out.
func TestJitterAtOpenSides(t *testing.T) {
	s := tank(0.05)
	s.Domain.Open = []string{"-x", "+x", "-y", "+y", "-z", "+z"}
	s.Fluid.Jitter = 0.2
	s.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{-0.025, -0.025, -0.025}, scene.Vec3{1.025, 1.025, 1.025})}
	set := build(t, s)
	if len(set.Position) != 21*21*21 {
		t.Errorf("%d particles, not those of the faces too: %d", len(set.Position), 21*21*21)
	}
	for i, p := range set.Position {
		for a := range p {
			if p[a] < -0.5 || p[a] > 0.5 {
				t.Fatalf("particle %d starts outside: %v from the middle", i, p)
			}
		}
	}
}

func TestEmpty(t *testing.T) {
	s := tank(0.05)
	if set := build(t, s); len(set.Position) != 0 {
		t.Errorf("an empty tank has %d particles", len(set.Position))
	}
	s.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{2, 2, 2}, scene.Vec3{3, 3, 3})}
	wantError(t, s, "outside the domain")
	s.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{0.3, 0.3, 0.3}, scene.Vec3{0.6, 0.6, 0.6})}
	s.Obstacles = []scene.Obstacle{{Type: "box", Position: scene.Vec3{0.5, 0.5, 0.5}, Size: scene.Vec3{0.6, 0.6, 0.6}}}
	wantError(t, s, "obstacles cover all of it")
}

func TestTooMany(t *testing.T) {
	s := tank(1e-9)
	s.Fluid.Shapes = []scene.FluidShape{fromTo(scene.Vec3{0, 0, 0}, scene.Vec3{1, 1, 1})}
	wantError(t, s, "larger spacing")
	s = tank(0.01)
	s.Fluid.Shapes = []scene.FluidShape{water("sphere", scene.Vec3{}, scene.Vec3{}, 1e300, 0)}
	wantError(t, s, "larger spacing")
}

func wantError(t *testing.T, s *scene.Scene, part string) {
	t.Helper()
	if _, err := Build(s); err == nil || !strings.Contains(err.Error(), part) {
		t.Errorf("Build: error %v, want one with %q", err, part)
	}
	if _, err := Count(s); err == nil || !strings.Contains(err.Error(), part) {
		t.Errorf("Count: error %v, want one with %q", err, part)
	}
}

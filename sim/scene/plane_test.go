package scene

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

const plane = `format = 1
dimensions = 2
gravity = [0.5, -9.81]
[domain]
min = [0, 0]
max = [2, 1]
open = ["+y"]
periodic = ["x"]
[fluid]
spacing = 0.02
[[fluid.shape]]
type = "box"
min = [0, 0]
max = [0.5, 0.25]
velocity = [1, 2]
[[fluid.shape]]
type = "sphere"
position = [1.5, 0.5]
radius = 0.25
[[obstacle]]
type = "box"
position = [1, 0.25]
size = [0.25, 0.5]
rotation = 30
[[obstacle]]
type = "capsule"
position = [0.5, 0.7]
radius = 0.0625
height = 0.25
rotation = -90
[camera]
position = [1, 0.5, 4]
target = [1, 0.5, 0]
[[probe]]
name = "p"
type = "pressure"
position = [1, 0.5]
[[probe]]
name = "level"
type = "profile"
position = [0, 0]
end = [2, 0]
`

func TestPlane(t *testing.T) {
	s := parse1(t, plane)
	checkRoundTrip(t, s)
	if !s.Plane() || s.Gravity != (Vec3{0.5, -9.81, 0}) || s.Domain.Min != (Vec3{0, 0, -0.01}) || s.Domain.Max != (Vec3{2, 1, 0.01}) {
		t.Errorf("gravity %v, domain %v", s.Gravity, s.Domain)
	}
	shapes := []FluidShape{
		{Type: "box", Position: Vec3{0.25, 0.125}, Size: Vec3{0.5, 0.25, 0.02}, Velocity: Vec3{1, 2}, Flat: true},
		{Type: "sphere", Position: Vec3{1.5, 0.5}, Radius: 0.25, Size: Vec3{0, 0, 0.02}, Flat: true},
	}
	if !reflect.DeepEqual(s.Fluid.Shapes, shapes) {
		t.Errorf("got %+v, want %+v", s.Fluid.Shapes, shapes)
	}
	solids := []Obstacle{
		{Type: "box", Position: Vec3{1, 0.25}, Size: Vec3{0.25, 0.5, 0.02}, Rotation: Vec3{0, 0, 30}, Visible: true, Motion: Motion{Axis: Vec3{0, 0, 1}}, Flat: true},
		{Type: "capsule", Position: Vec3{0.5, 0.7}, Radius: 0.0625, Height: 0.25, Size: Vec3{0, 0, 0.02}, Rotation: Vec3{0, 0, -90}, Visible: true, Motion: Motion{Axis: Vec3{0, 0, 1}}, Flat: true},
	}
	if !reflect.DeepEqual(s.Obstacles, solids) {
		t.Errorf("got %+v, want %+v", s.Obstacles, solids)
	}
	if s.Camera.Position != (Vec3{1, 0.5, 4}) || s.Probes[0].Position != (Vec3{1, 0.5, 0}) {
		t.Errorf("camera at %v, probe at %v", s.Camera.Position, s.Probes[0].Position)
	}
	if w := s.Warnings(); len(w) > 0 {
		t.Error(w)
	}
	if got, want := s.SoundSpeed(), 10*math.Sqrt(2*length(s.Gravity)*s.fallHeight()+5); math.Abs(got-want) > 1e-9 {
		t.Errorf("speed of sound %g, want %g", got, want)
	}
}

// TestPlaneDepth: the depth goes with the spacing, however it is changed.
func TestPlaneDepth(t *testing.T) {
	s, err := parse1(t, plane).WithSpacing(0.01)
	if err != nil {
		t.Fatal(err)
	}
	if s.Domain.Min[2] != -0.005 || s.Domain.Max[2] != 0.005 || s.Fluid.Shapes[1].Size[2] != 0.01 || s.Obstacles[0].Size[2] != 0.01 {
		t.Errorf("domain %v, shape %v, obstacle %v", s.Domain, s.Fluid.Shapes[1], s.Obstacles[0])
	}
	checkRoundTrip(t, s)
}

func TestPlaneSet(t *testing.T) {
	s := parse1(t, plane)
	for assignment, check := range map[string]func(*Scene) bool{
		"gravity=0,-1":                 func(s *Scene) bool { return s.Gravity == Vec3{0, -1, 0} },
		"obstacle.0.rotation=45":       func(s *Scene) bool { return s.Obstacles[0].Rotation == Vec3{0, 0, 45} },
		"fluid.shape.0.max=0.75, 0.25": func(s *Scene) bool { return s.Fluid.Shapes[0].Size == Vec3{0.75, 0.25, 0.02} },
		"domain.periodic=[]":           func(s *Scene) bool { return s.Domain.Periodic == nil },
		"domain.periodic=x":            func(s *Scene) bool { return s.Domain.IsPeriodic(0) && !s.Domain.IsPeriodic(1) },
		"dimensions=2":                 func(s *Scene) bool { return s.Plane() },
		"camera.target=[1, 0, 0]":      func(s *Scene) bool { return s.Camera.Target == Vec3{1, 0, 0} },
	} {
		changed, err := s.Set(assignment)
		if err != nil {
			t.Errorf("%s: %v", assignment, err)
		} else if !check(changed) {
			t.Errorf("%s: not done:\n%s", assignment, changed.TOML())
		}
	}
	for assignment, want := range map[string]string{
		"gravity=0,-1,0":             "gravity must be two numbers (got 3)",
		"domain.periodic=z":          `domain.periodic has no axis "z" in two dimensions`,
		"fluid.shape.1.type=capsule": `type cannot be "capsule"`,
		"dimensions=3":               "the number of dimensions cannot be changed",
	} {
		if _, err := s.Set(assignment); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", assignment, err)
		}
	}
}

// TestFlatSolids: in the plane a flat body is the cut through one that is as deep
// as one likes.
func TestFlatSolids(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	for _, o := range []Obstacle{
		{Type: "box", Position: Vec3{0.3, -0.2}, Size: Vec3{0.8, 0.4, 9}, Rotation: Vec3{0, 0, 35}},
		{Type: "sphere", Position: Vec3{-0.1, 0.4}, Radius: 0.5},
		{Type: "capsule", Position: Vec3{0.2, 0}, Radius: 0.25, Height: 0.9, Rotation: Vec3{0, 0, -70}},
	} {
		flat := o
		flat.Flat, flat.Size[2] = true, 0.01
		inside := 0
		const darts = 200_000
		for i := range darts {
			p := Vec3{4*r.Float64() - 2, 4*r.Float64() - 2, 0}
			d := flat.SDF(p)
			if d < 0 {
				inside++
			}
			if i > 2000 {
				continue
			}
			if math.Abs(d-o.SDF(p)) > 1e-12 {
				t.Fatalf("%s: distance %g at %v, of the deep body %g", o.Type, d, p, o.SDF(p))
			}
			p[2] = 7
			if again := flat.SDF(p); again != d {
				t.Fatalf("%s: distance %g off the plane, %g in it", o.Type, again, d)
			}
		}
		if got := float64(inside) * 16 / darts; math.Abs(got/flat.Volume()-1) > 0.03 {
			t.Errorf("%s: area %g, by darts %g", o.Type, flat.Volume(), got)
		}
		low, high := flat.Bounds()
		deepLow, deepHigh := o.Bounds()
		if low[2] != -0.005 || high[2] != 0.005 || low[0] != deepLow[0] || high[1] != deepHigh[1] {
			t.Errorf("%s: bounds %v %v", o.Type, low, high)
		}
	}
}

func TestIterations(t *testing.T) {
	for _, c := range []struct {
		solver Solver
		want   int
	}{
		{Solver{Type: "dfsph"}, 50}, {Solver{Type: "pbf"}, 5}, {Solver{Type: "pbf", MaxIterations: 1}, 1}, {Solver{Type: "dfsph", MaxIterations: 7}, 7},
	} {
		if got := c.solver.Iterations(); got != c.want {
			t.Errorf("%+v: %d rounds, want %d", c.solver, got, c.want)
		}
	}
}

func TestImplicitViscosity(t *testing.T) {
	s := parse1(t, changeable) // d = 5 cm, steps of at most 5 ms: explicit up to 62 Pa s
	for assignments, want := range map[string]bool{
		"":                                       false,
		"fluid.viscosity=60":                     false,
		"fluid.viscosity=65":                     true,
		"fluid.viscosity=65 time.max_step=0.001": false,
		"fluid.viscosity=65 solver.viscosity=explicit": false,
		"solver.viscosity=implicit":                    true,
		"fluid.viscosity=65 fluid.rest_density=2000":   false,
		"fluid.viscosity=65 time.cfl=0.1":              false, // flow allows 1.6 ms only
		"fluid.viscosity=65 fluid.spacing=0.025":       true,
		"fluid.viscosity=0 time.max_step=1":            false,
		"fluid.viscosity=65 solver.type=pbf":           true,
		"fluid.viscosity=300 solver.type=wcsph":        false, // sound allows steps of 0.56 ms only
		"fluid.viscosity=3000 solver.type=wcsph":       true,
	} {
		changed, err := s.Set(strings.Fields(assignments)...)
		if err != nil {
			t.Errorf("%s: %v", assignments, err)
		} else if got := changed.ImplicitViscosity(); got != want {
			t.Errorf("%s: implicit %v, want %v", assignments, got, want)
		}
	}
}

package scene

import (
	"math"
	"reflect"
	"testing"
)

func TestSet(t *testing.T) {
	s := parse1(t, changeable)
	for assignment, check := range map[string]func(*Scene) bool{
		"fluid.spacing=0.1":             func(s *Scene) bool { return s.Fluid.Spacing == 0.1 },
		" fluid.spacing = 0.1 ":         func(s *Scene) bool { return s.Fluid.Spacing == 0.1 },
		"fluid.spacing=1e-1":            func(s *Scene) bool { return s.Fluid.Spacing == 0.1 },
		"record.width=640":              func(s *Scene) bool { return s.Record.Width == 640 },
		"record.width=640.0":            func(s *Scene) bool { return s.Record.Width == 640 },
		"gravity=[0, -1, 0]":            func(s *Scene) bool { return s.Gravity == Vec3{0, -1, 0} },
		"gravity=0,-1,0":                func(s *Scene) bool { return s.Gravity == Vec3{0, -1, 0} },
		"colors.by=pressure":            func(s *Scene) bool { return s.Colors.By == "pressure" },
		`colors.by="pressure"`:          func(s *Scene) bool { return s.Colors.By == "pressure" },
		"colors.fluid=#ff0000":          func(s *Scene) bool { return s.Colors.Fluid == rgb(255, 0, 0) },
		"title=My = scene":              func(s *Scene) bool { return s.Title == "My = scene" },
		"title=":                        func(s *Scene) bool { return s.Title == "" },
		`domain.open=["+x", "-y"]`:      func(s *Scene) bool { return len(s.Domain.Open) == 2 },
		"domain.open=+x,-y":             func(s *Scene) bool { return len(s.Domain.Open) == 2 },
		"domain.open=[]":                func(s *Scene) bool { return s.Domain.Open == nil },
		"obstacle.1.visible=false":      func(s *Scene) bool { return !s.Obstacles[1].Visible && s.Obstacles[0].Visible },
		"obstacle.0.color=#00ff00":      func(s *Scene) bool { return *s.Obstacles[0].Color == rgb(0, 255, 0) },
		"obstacle.0.position=[1, 2, 3]": func(s *Scene) bool { return s.Obstacles[0].Position == Vec3{1, 2, 3} },
		"fluid.shape.0.velocity=1,0,0":  func(s *Scene) bool { return s.Fluid.Shapes[0].Velocity == Vec3{1, 0, 0} },
		"fluid.shape.0.max=[0.7, 0.5, 0.5]": func(s *Scene) bool {
			return s.Fluid.Shapes[0].Size == Vec3{0.4, 0.5, 0.5} && s.Fluid.Shapes[0].Position == Vec3{0.5, 0.25, 0.25}
		},
		"solver.type=wcsph": func(s *Scene) bool { return s.Solver.Type == "wcsph" },
	} {
		changed, err := s.Set(assignment)
		if err != nil {
			t.Errorf("%s: %v", assignment, err)
		} else if !check(changed) || changed.Name != s.Name {
			t.Errorf("%s: not done:\n%s", assignment, changed.TOML())
		}
	}
}

func TestSetSeveral(t *testing.T) {
	s := parse1(t, changeable)
	// Each alone is refused: a cylinder has a height, a sphere has none.
	got, err := s.Set("obstacle.0.type=cylinder", "obstacle.0.height=0.3", "obstacle.1.type=sphere", "obstacle.1.radius=0.1")
	if err != nil {
		t.Fatal(err)
	}
	if got.Obstacles[0].Height != 0.3 || got.Obstacles[0].Radius != 0.1 || got.Obstacles[1].Size != (Vec3{}) {
		t.Errorf("%+v", got.Obstacles)
	}
	// The last one of the same key counts, as everywhere on a command line.
	got, err = s.Set("fluid.spacing=0.1", "fluid.spacing=0.02")
	if err != nil || got.Fluid.Spacing != 0.02 {
		t.Errorf("%v, %v", got, err)
	}
	_, err = s.Set("fluid.spacing=-1", "record.fps=0")
	if want := "--set fluid.spacing=-1: fluid.spacing must be positive (got -1)\n  hint: fluid.spacing is 0.00001 to 1000, in m\n" +
		"--set record.fps=0: record.fps must be positive (got 0)\n  hint: record.fps is 1 to 1000, in 1/s; default 60"; err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	same, err := s.Set()
	if err != nil || !reflect.DeepEqual(same, s) {
		t.Errorf("no assignment changes the scene: %v", err)
	}
}

// TestSetCopies: the new scene shares nothing with the old one.
func TestSetCopies(t *testing.T) {
	s := parse1(t, changeable)
	c, err := s.Set("fluid.spacing=0.02")
	if err != nil {
		t.Fatal(err)
	}
	c.Obstacles[1].Color[0], c.Fluid.Shapes[0].Radius, c.Obstacles[0].Radius = 0.5, 7, 7
	if !reflect.DeepEqual(s, parse1(t, changeable)) {
		t.Error("a change of the copy changed the scene")
	}
}

func TestWithSpacing(t *testing.T) {
	s := parse1(t, changeable)
	for _, d := range []float64{0.1, 0.0123456789012345, 1.0 / 3 / 10} {
		c, err := s.WithSpacing(d)
		if err != nil || c.Fluid.Spacing != d {
			t.Errorf("%v: %v, %v", d, c, err)
		}
	}
	_, err := s.WithSpacing(math.NaN())
	if want := "fluid.spacing=nan: fluid.spacing must be a finite number (got nan)\n  hint: fluid.spacing is 0.00001 to 1000, in m"; err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	if _, err := s.WithSpacing(1); err == nil {
		t.Error("a spacing as long as the domain is accepted")
	}
}

package scene

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const smallest = `format = 1
domain = { min = [0, 0, 0], max = [1, 2, 1] }
fluid = { spacing = 0.1, shape = [ { type = "box", min = [0.1, 0.1, 0.1], max = [0.4, 0.7, 0.4] } ] }
`

func TestDefaults(t *testing.T) {
	got := parse1(t, smallest)
	want := &Scene{
		Name: "test", Format: 1, Dimensions: 3, ProbeRate: 100,
		Domain:  Domain{Max: Vec3{1, 2, 1}},
		Gravity: Vec3{0, -9.81, 0},
		Fluid: Fluid{RestDensity: 1000, Spacing: 0.1, Viscosity: 0.001, ContactAngle: 90, Jitter: 0.002,
			Shapes: []FluidShape{{Type: "box", Position: Vec3{0.25, 0.4, 0.25}, Size: Vec3{0.3, 0.6, 0.3}}}},
		Solver: Solver{Type: "dfsph", Viscosity: "auto", DensityTolerance: 0.0001, DivergenceTolerance: 0.001, MaxIterations: 0, ArtificialViscosity: 0.05, WallViscosity: 0},
		Time:   Time{CFL: 0.4, MaxStep: 0.005, MaxSteps: 100, Speed: 1},
		Camera: Camera{FOV: 40, Auto: true},
		View:   View{Style: "water", Quality: "auto", Environment: "sky", Tint: rgb(0x84, 0xc0, 0xd4), Cloudiness: 0.03},
		Foam:   Foam{Mode: "auto", Amount: 1, Lifetime: 1.2, Particles: 1000000},
		Colors: Colors{By: "speed", Map: "water", Range: "scene", Fluid: rgb(0x2f, 0x8f, 0xd8), Background: rgb(0x12, 0x18, 0x1f), Obstacle: rgb(0xa7, 0xad, 0xb5)},
		Data:   Data{Walls: true, Cut: "none", CutAt: 0.5},
		Record: Record{FPS: 60, Seconds: 4, Width: 1280, Height: 720},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	checkRoundTrip(t, got)
}

func rgb(r, g, b float64) [3]float64 { return [3]float64{r / 255, g / 255, b / 255} }

// everything is a scene in which no value is the default.
const everything = `format = 1
title = "A \"title\" with \\ and ümlaut"
description = "What there is to see"
dimensions = 3
gravity = [1, -5, 0.25]
probe_rate = 12.5
[domain]
min = [-1, -2, -3]
max = [4, 5, 6]
open = ["+z", "-x"]
periodic = ["y"]
[fluid]
rest_density = 900
spacing = 0.125
viscosity = 1e-8
surface_tension = 0.072
contact_angle = 30
vorticity = 0.25
air_drag = 0.47
sound_speed = 77.5
jitter = 0.01
[[fluid.shape]]
type = "box"
position = [1, 1, 1]
size = [1, 2, 0.5]
rotation = [10, 20, 30]
velocity = [1, 2, 3]
[[fluid.shape]]
type = "sphere"
position = [0, 0, 0]
radius = 0.5
[[fluid.shape]]
type = "cylinder"
position = [2, 2, 2]
radius = 0.25
height = 1.5
[[obstacle]]
type = "box"
position = [3, 0, 0]
size = [1, 1, 1]
rotation = [0, -45, 0]
color = "#102030"
visible = false
velocity = [0.5, 0.25, 0]
stroke = [0.5, 0, 0.25]
rock = 15
period = 2.5
phase = 45
rpm = 6
axis = [0, 1, 1]
pivot = [0, -0.5, 0]
surface_velocity = [0, 0, 1.5]
start = 0.5
stop = 1.5
[[obstacle]]
type = "sphere"
position = [3, 3, 3]
radius = 0.5
[[obstacle]]
type = "cylinder"
position = [0, 4, 0]
radius = 0.5
height = 1
[[obstacle]]
type = "capsule"
position = [0, 0, 4]
radius = 0.5
height = 2
[solver]
type = "wcsph"
viscosity = "explicit"
density_tolerance = 0.01
divergence_tolerance = 0.02
max_iterations = 9
artificial_viscosity = 0.125
wall_viscosity = 0.5
[time]
cfl = 0.25
max_step = 0.001
max_steps = 7
speed = 0.5
[camera]
position = [1, 2, 30]
target = [1, 1, 1]
fov = 50
[[camera.key]]
time = 0.5
position = [1, 2, 31]
target = [1, 1, 2]
fov = 60
[[camera.key]]
time = 2
position = [1, 3, 31]
target = [1, 1, 2]
fov = 5
[view]
style = "particles"
quality = "high"
environment = "studio"
image = "sky.hdr"
tint = "#102030"
clarity = 0.75
cloudiness = 0.5
[foam]
mode = "on"
amount = 0.25
lifetime = 3.5
particles = 54321
[colors]
by = "pressure"
map = "turbo"
fluid = "#010203"
background = "#ffffff"
obstacle = "#ABCDEF"
range = "frame"
min = -1
max = 2000
[data]
legend = true
clock = true
marks = true
walls = false
wireframe = true
cut = "-y"
cut_at = 0.75
arrows = true
[record]
fps = 25
seconds = 1.5
width = 640
height = 360
[[probe]]
name = "level at the wall"
type = "height"
position = [-1, 0, 0]
reference = "level.csv"
[[probe]]
name = "surface"
type = "profile"
position = [-1, 0, 0]
end = [4, 0, 0]
samples = 7
[[probe]]
name = "p"
type = "pressure"
position = [-1, -2, 0]
radius = 0.25
[[probe]]
name = "v"
type = "velocity"
position = [0, 0, 0]
[[probe]]
name = "front"
type = "front"
axis = "-x"
thickness = 0.5
[[probe]]
name = "ball"
type = "force"
obstacle = 2
[[probe]]
name = "Ek"
type = "kinetic_energy"
[[probe]]
name = "Ep"
type = "potential_energy"
[[probe]]
name = "centre"
type = "centre_of_mass"
[[probe]]
name = "fastest"
type = "max_speed"
[[probe]]
name = "error"
type = "density_error"
[[probe]]
name = "n"
type = "particles"
`

// TestEveryKey: every key of the description is read, written and not dropped.
func TestEveryKey(t *testing.T) {
	s := parse1(t, everything)
	checkRoundTrip(t, s)
	if !slices.Equal(s.Domain.Open, []string{"-x", "+z"}) {
		t.Errorf("open sides %q: not in their order", s.Domain.Open)
	}
	if s.Title != `A "title" with \ and ümlaut` || s.Obstacles[0].Visible || !s.Obstacles[1].Visible || *s.Obstacles[0].Color != rgb(16, 32, 48) || s.Obstacles[1].Color != nil {
		t.Errorf("%+v", s)
	}
	if len(s.Probes) != len(probings) || s.Probes[1].Samples != 7 || s.Probes[0].Samples != 0 || s.Probes[5].Obstacle != 2 {
		t.Errorf("%+v", s.Probes)
	}
	if want := (CameraKey{2, Vec3{1, 3, 31}, Vec3{1, 1, 2}, 5}); len(s.CameraKeys) != 2 || s.CameraKeys[1] != want {
		t.Errorf("%+v", s.CameraKeys)
	}
	// What is the default here and elsewhere not; dimensions, see TestPlane.
	usual := []string{"format", "dimensions", "type", "visible", "rotation", "velocity"}
	defaults := string(parse1(t, smallest).TOML())
	for line := range strings.Lines(string(s.TOML())) {
		if key, _, ok := strings.Cut(line, " = "); ok && strings.Contains(defaults, "\n"+line) && !slices.Contains(usual, key) {
			t.Errorf("the default of %s is not tested: %s", key, line)
		}
	}
	for _, k := range Keys() {
		if !strings.Contains(everything, "\n"+k.Name()+" = ") && k.Name() != "format" && k.Name() != "type" {
			t.Errorf("%s is not tested", k.Path)
		}
	}
}

func TestHash(t *testing.T) {
	a := parse1(t, changeable)
	b, err := Parse("other.toml", []byte("# a comment\n"+changeable+"\n[colors]\nby = \"speed\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if a.Hash() != b.Hash() {
		t.Error("a comment, a default and a file name change the hash")
	}
	c, err := a.Set("fluid.jitter=0.021")
	if err != nil {
		t.Fatal(err)
	}
	if a.Hash() == c.Hash() {
		t.Error("a value does not change the hash")
	}
	// Written down here so that a change of the text form is noticed: it makes
	// every stored hash stale.
	const want = "17acb417a1b0b8acc5a2a807d6d0f1a831fd28de9182ac1a1b495ac382600c9f"
	if got := a.Hash(); got != want {
		t.Errorf("hash %s, was %s; the text is\n%s", got, want, a.TOML())
	}
}

// TestDescription: the one table is sound, whatever is added to it.
func TestDescription(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range Keys() {
		if seen[k.Path] {
			t.Errorf("%s is there twice", k.Path)
		}
		seen[k.Path] = true
		if k.Help == "" || !strings.HasSuffix(k.Help, ".") || strings.Contains(k.Help, "|") {
			t.Errorf("%s: help %q", k.Path, k.Help)
		}
		if !k.Required && k.Default == nil && k.Absent == "" {
			t.Errorf("%s has neither a default nor a word for its absence", k.Path)
		}
		if (k.Type == Number || k.Type == Integer || k.Type == Vector) && !(k.Min.Set && k.Max.Set) {
			t.Errorf("%s has no range", k.Path)
		}
		if k.Required && k.Type != Text && k.Example == "" {
			t.Errorf("%s is required and has no example", k.Path)
		}
		if k.Default != nil {
			for _, dimensions := range []int{2, 3} {
				r := &report{}
				to := &target{Scene: &Scene{Dimensions: dimensions}, body: &body{}, probe: &Probe{}, key: &CameraKey{}}
				k.store(r, k.Path, k.plain(to), to)
				if r.failed() {
					t.Errorf("%s: its default is refused in %d dimensions: %v", k.Path, dimensions, r.problems)
				}
			}
		}
	}
	root.walk(func(g *group) {
		if headings[g.path] == "" {
			t.Errorf("no heading for %s", g.header())
		}
	})
	if !json.Valid(Schema()) {
		t.Error("the schema is not JSON")
	}
}

func TestWarnings(t *testing.T) {
	for text, want := range map[string]string{
		"": "",
		"fluid.shape.0.position=[0.05,0.25,0.25]":                          "fluid.shape.0 (box) reaches out of the domain: only the part inside is filled",
		"fluid.shape.0.size=[0.3,0.02,0.3]":                                "fluid.shape.0 (box) is thinner than one spacing: it may hold no particle",
		"obstacle.0.position=[5,5,5]":                                      "obstacle.0 (sphere) lies outside the domain: nothing touches it",
		"obstacle.1.size=[0.1,0.01,0.3]":                                   "obstacle.1 (box) is thinner than one spacing: fast fluid may pass through it",
		"solver.type=pbf fluid.sound_speed=10":                             "sound_speed 10 m/s is less than ten times the speed that the fluid may reach (3.13 m/s), too little for pbf: it takes 31.3 m/s",
		"solver.type=wcsph fluid.sound_speed=10":                           "sound_speed 10 m/s is less than five times the speed that the fluid may reach (3.13 m/s): it will be compressed visibly",
		"gravity=0,0,0":                                                    "there is no gravity, no surface tension, no velocity and no obstacle that moves: nothing will move",
		"gravity=0,0,0 obstacle.0.rpm=3":                                   "",
		"obstacle.0.period=2":                                              "obstacle.0 (sphere) has a period but neither a stroke nor a rock: nothing of it swings",
		"obstacle.0.stop=2":                                                "obstacle.0 (sphere) starts or stops, but has no motion: give it a velocity, stroke, rock, rpm or surface_velocity",
		"fluid.viscosity=0 obstacle.0.surface_velocity=1,0,0":              "obstacle.0 (sphere) has a surface_velocity that nothing feels: fluid.viscosity and solver.wall_viscosity are 0",
		"gravity=0,0,0 fluid.surface_tension=0.07":                         "",
		"solver.type=wcsph time.max_step=0.01":                             "max_step 0.01 s has no effect: cfl 0.4 never allows a step above 0.00064 s",
		"solver.type=dfsph fluid.sound_speed=10":                           "",
		"solver.type=dfsph time.max_step=0.01":                             "",
		"fluid.contact_angle=30":                                           "contact_angle 30 degrees has no effect without surface_tension",
		"fluid.contact_angle=30 fluid.surface_tension=0.07":                "",
		"fluid.viscosity=200 time.max_step=0.01":                           "",
		"solver.viscosity=explicit fluid.viscosity=200 time.max_step=0.01": "max_step 0.01 s has no effect: viscosity never allows a step above 0.0015 s",
		"time.cfl=1e-6":                                                    "the time step will be at most about 2e-08 s: more than a million steps for each second",
		"record.seconds=3000":                                              "a recording of 3000 s at 60 frames a second has 180000 frames",
		"record.width=641":                                                 "a size of 641 x 720 pixels is odd: most video players want even numbers",
		"camera={position=[0.5,9,0.5],target=[0.5,0,0.5]}":                 "the camera looks straight up or down: which way is up in the picture is arbitrary",
	} {
		source := changeable
		if strings.HasPrefix(text, "camera") {
			source, text = strings.Replace(source, "format = 1\n", "format = 1\n"+text+"\n", 1), ""
		}
		s := parse1(t, source)
		if text != "" {
			changed, err := s.Set(strings.Fields(text)...)
			if err != nil {
				t.Errorf("%s: %v", text, err)
				continue
			}
			s = changed
		}
		if got := strings.Join(s.Warnings(), "\n"); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func TestEveryShippedSceneRoundTrips(t *testing.T) {
	paths, _ := filepath.Glob("../../scenes/*.toml")
	if len(paths) < 9 {
		t.Fatalf("only %d scenes", len(paths))
	}
	for _, path := range paths {
		s, err := Load(path)
		if err != nil {
			t.Error(err)
			continue
		}
		checkRoundTrip(t, s)
	}
}

package probe

import (
	"math"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// Two particles by hand: every global number, in the scene's dimensions.
func TestGlobals(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		var probes []scene.Probe
		for _, kind := range Globals {
			probes = append(probes, scene.Probe{Name: kind, Type: kind})
		}
		sc := tank(dimensions, [3]float64{1, 1, 1}, probes...)
		sc.Gravity = scene.Vec3{2, -9, 0}
		f := &Frame{
			Position: [][3]float64{{0.1, 0.2, 0}, {0.3, 0.6, 0}}, Velocity: [][3]float64{{3, 4, 0}, {0, 1, 0}},
			Density: []float64{1010, 980}, Pressure: []float64{0, 0}, Neighbours: []int{0, 0},
		}
		got := readings(t, sc, f)
		m, energy := massOf(dimensions), map[int]string{2: " [J/m]", 3: " [J]"}[dimensions]
		// The mass is a number in single precision: 6e-8 of it.
		expect(t, got, "kinetic_energy"+energy, m/2*(25+1), 1e-7*m*13)
		expect(t, got, "potential_energy"+energy, m*(9*(0.2+0.6)-2*(0.1+0.3)), 1e-7*m*8)
		expect(t, got, "max_speed [m/s]", 5, 1e-12)
		expect(t, got, "density_error.mean [%]", 0.5, 1e-9)
		expect(t, got, "density_error.max [%]", 1, 1e-9)
		expect(t, got, "centre_of_mass.x [m]", 0.2, 1e-12)
		expect(t, got, "centre_of_mass.y [m]", 0.4, 1e-12)
		expect(t, got, "particles", 2, 0)
		if _, there := got["centre_of_mass.z [m]"]; there != (dimensions == 3) {
			t.Errorf("%d-D: a centre of mass has a z: %v", dimensions, there)
		}
	}
}

// Columns stand in the order of the scene and say which probe they belong to.
func TestColumns(t *testing.T) {
	sc := tank(3, [3]float64{1, 1, 1},
		scene.Probe{Name: "n", Type: "particles"},
		scene.Probe{Name: "v", Type: "velocity"},
		scene.Probe{Name: "row", Type: "profile", Position: scene.Vec3{0.1, 0, 0.1}, End: scene.Vec3{0.1, 0, 0.4}, Samples: 4},
		scene.Probe{Name: "p", Type: "pressure"})
	set, err := New(sc, runOf(sc))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range set.Columns() {
		names = append(names, c.Heading())
		if !strings.HasPrefix(c.Name, sc.Probes[c.Probe].Name) {
			t.Errorf("%s is said to belong to %s", c.Name, sc.Probes[c.Probe].Name)
		}
		if isPlace := strings.HasPrefix(c.Name, "row@"); isPlace == math.IsNaN(c.Along) {
			t.Errorf("%s is %g along", c.Name, c.Along)
		}
	}
	if got, want := strings.Join(names, ","), "n,v.x [m/s],v.y [m/s],v.z [m/s],row@0 [m],row@0.1 [m],row@0.2 [m],row@0.3 [m],p [Pa]"; got != want {
		t.Errorf("columns %s, want %s", got, want)
	}
}

func TestMistakes(t *testing.T) {
	if _, err := New(tank(3, [3]float64{1, 1, 1}), Run{}); err == nil {
		t.Error("no mass is no mistake")
	}
	for _, p := range []scene.Probe{{Name: "a", Type: "colour"}, {Name: "a", Type: "front", Axis: "x"}, {Name: "a", Type: "front", Axis: "+w"}} {
		if _, err := New(tank(3, [3]float64{1, 1, 1}, p), runOf(tank(3, [3]float64{1, 1, 1}))); err == nil || !strings.Contains(err.Error(), `"a"`) {
			t.Errorf("%+v: %v", p, err)
		}
	}
}

// Places of a profile keep names that differ, in as few digits as that takes.
func TestPlaceNames(t *testing.T) {
	for _, c := range []struct {
		v, step float64
		want    string
	}{{0.1 + 0.2, 0.1, "0.3"}, {1.0 / 3, 1.0 / 3, "0.333"}, {1e-5, 1e-6, "0.00001"}, {1234, 100, "1234"}, {0, 0.5, "0"}} {
		if got := shortest(c.v, c.step); got != c.want {
			t.Errorf("shortest(%g, %g) = %q, want %q", c.v, c.step, got, c.want)
		}
	}
}

// 100,000 particles, read by the gauges of a dam break.
func BenchmarkSample(b *testing.B) {
	sc := tank(3, [3]float64{2, 1, 1},
		scene.Probe{Name: "h", Type: "height", Position: scene.Vec3{0.5, 0, 0.5}},
		scene.Probe{Name: "f", Type: "front", Axis: "+x"},
		scene.Probe{Name: "p", Type: "pressure", Position: scene.Vec3{0.5, 0, 0.5}},
		scene.Probe{Name: "v", Type: "velocity", Position: scene.Vec3{0.5, 0.3, 0.5}},
		scene.Probe{Name: "k", Type: "kinetic_energy"})
	f := &Frame{}
	for i := range 100_000 {
		f.Position = append(f.Position, [3]float64{(float64(i%50) + 0.5) * spacing, (float64(i/50%40) + 0.5) * spacing, (float64(i/2000) + 0.5) * spacing})
		f.Neighbours = append(f.Neighbours, 30)
	}
	f.Velocity, f.Density, f.Pressure = make([][3]float64, len(f.Position)), make([]float64, len(f.Position)), make([]float64, len(f.Position))
	set, err := New(sc, runOf(sc))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		set.Sample(f)
	}
}

func BenchmarkProfile(b *testing.B) {
	sc := tank(3, [3]float64{2, 1, 1},
		scene.Probe{Name: "row", Type: "profile", Position: scene.Vec3{0, 0, 0.05}, End: scene.Vec3{1, 0, 0.05}, Samples: 101})
	f := lattice(tank(3, [3]float64{1, 0.4, 0.4}), func(x [3]float64) bool { return x[2] < 0.1 })
	set, err := New(sc, runOf(sc))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		set.Sample(f)
	}
}

package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/sim/probe"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// table reads a .csv file as numbers by heading; empty fields are NaN.
func table(t *testing.T, path string) map[string][]float64 {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]float64{}
	for _, row := range rows[1:] {
		for i, text := range row {
			v, err := strconv.ParseFloat(text, 64)
			if text == "" {
				v, err = math.NaN(), nil
			}
			if err != nil {
				t.Fatal(err)
			}
			out[rows[0][i]] = append(out[rows[0][i]], v)
		}
	}
	return out
}

// The sums that the gauges make of the particles are those that the GPU makes,
// and the table tells the time of the state that they are of.
func TestGaugesAgreeWithStatistics(t *testing.T) {
	for _, text := range []string{smallScene, strings.NewReplacer("[0, 0, 0]", "[0.25, -0.5]", "[1, 1, 0.5]", "[1, 1]", "[0.5, 0.5, 0.5]", "[0.7, 0.5]", "format = 1", "format = 1\ndimensions = 2").Replace(smallScene)} {
		folder := t.TempDir()
		path := filepath.Join(folder, "small.toml")
		// As often as --stats, and so at the same states.
		if err := os.WriteFile(path, []byte(strings.Replace(text, "format = 1", "format = 1\nprobe_rate = 60", 1)), 0o644); err != nil {
			t.Fatal(err)
		}
		stats, probes := filepath.Join(folder, "stats.csv"), filepath.Join(folder, "probes.csv")
		if said, err := exec.Command("fluidsim", "run", path, "--seconds", "0.3", "--stats", stats, "--probes", probes).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		want, got := table(t, stats), table(t, probes)
		j := "J"
		if strings.Contains(text, "dimensions") {
			j = "J/m"
		}
		compared := 0
		for i, at := range got["time [s]"] {
			for k, other := range want["time [s]"] {
				if math.Abs(at-other) > 1e-8 { // the statistics show nine digits
					continue
				}
				compared++
				for _, c := range []struct {
					mine, theirs string
					factor       float64
				}{
					{"kinetic_energy [" + j + "]", "kinetic_energy [J]", 1}, {"potential_energy [" + j + "]", "potential_energy [J]", 1},
					{"max_speed [m/s]", "max_speed [m/s]", 1}, {"particles", "particles", 1},
					{"density_error.mean [%]", "density_error_mean", 100}, {"density_error.max [%]", "density_error_max", 100},
				} {
					a, b := got[c.mine][i], c.factor*want[c.theirs][k]
					// Sums in single precision over some 1,000 particles, and of the
					// potential energy the difference of two sums; errors of the
					// density are differences from one.
					within := 1e-4*math.Abs(b) + 1e-4
					if math.IsNaN(a) || math.Abs(a-b) > within {
						t.Errorf("at %g s, %s is %g and in the statistics %g", at, c.mine, a, b)
					}
				}
			}
		}
		if compared < 10 {
			t.Errorf("only %d rows have a partner", compared)
		}
	}
}

// jet is a block of water in the air that meets a sphere; nothing else acts.
const jet = `format = 1
gravity = [0, 0, 0]
probe_rate = 100000 # every step
[domain]
min = [0, 0, 0]
max = [1, 0.6, 0.6]
open = ["-x", "+x", "-y", "+y", "-z", "+z"]
[fluid]
spacing = 0.025
[solver]
type = "wcsph"
[[fluid.shape]]
type = "box"
position = [0.34, 0.33, 0.3]
size = [0.3, 0.16, 0.16]
velocity = [2, 0, 0]
[[obstacle]]
type = "sphere"
position = [0.6, 0.3, 0.3]
radius = 0.1
[[probe]]
name = "f"
type = "force"
obstacle = 1
`

// What an obstacle feels is the momentum that the fluid loses.
func TestForceIsTheMomentumLost(t *testing.T) {
	folder := t.TempDir()
	path, stats, probes := filepath.Join(folder, "jet.toml"), filepath.Join(folder, "stats.csv"), filepath.Join(folder, "probes.csv")
	if err := os.WriteFile(path, []byte(jet), 0o644); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command("fluidsim", "run", path, "--seconds", "0.066", "--stats", stats, "--probes", probes).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	s, p := table(t, stats), table(t, probes)
	last := len(s["time [s]"]) - 1
	if s["lost"][last] > 0 {
		t.Fatalf("%g particles have left, and taken momentum with them", s["lost"][last])
	}
	whole := s["momentum_x [kg m/s]"][0]
	stopped := whole - s["momentum_x [kg m/s]"][last]
	if stopped < 0.1*whole {
		t.Errorf("the sphere is hardly met: %g of %g kg m/s are lost", stopped, whole)
	}
	for _, axis := range []string{"x", "y", "z"} {
		impulse := 0.0
		for i, at := range p["time [s]"][1:] {
			// A state has the force of the step that led to it.
			impulse += (at - p["time [s]"][i]) * p["f."+axis+" [N]"][i+1]
		}
		lost := s["momentum_"+axis+" [kg m/s]"][0] - s["momentum_"+axis+" [kg m/s]"][last]
		// The force is worked out where the particles are after the step, and in the
		// step it was where they had been: 2 % were seen.
		if math.Abs(impulse-lost) > 0.04*stopped {
			t.Errorf("along %s the fluid loses %.4f kg m/s of %.4f, and the sphere feels %.4f", axis, lost, whole, impulse)
		}
	}
}

// A reading is due at its moment, to a ten-thousandth of the interval, and never
// twice.
func TestDue(t *testing.T) {
	g := &gauges{scene: &scene.Scene{ProbeRate: 100}}
	if g.due() != 0 {
		t.Errorf("the first reading is due at %g", g.due())
	}
	for _, c := range []struct {
		at   float64 // of the state that is read
		next int
	}{{0, 1}, {0.00999999, 2}, {0.0299, 3}, {0.03, 4}, {0.2, 21}, {0.29, 30}} {
		if g.next = g.after(c.at); g.next != c.next {
			t.Errorf("after %g s the next reading is number %d, want %d", c.at, g.next, c.next)
		}
	}
	if (*gauges)(nil).due() != math.Inf(1) {
		t.Error("without gauges a reading is due")
	}
}

// A plot has a panel for each unit and one for a profile; data stands beside the
// readings that it belongs to.
func TestFigure(t *testing.T) {
	sc := &scene.Scene{Probes: []scene.Probe{
		{Name: "a", Type: "height"}, {Name: "v", Type: "velocity"}, {Name: "b", Type: "front"}, {Name: "row", Type: "profile"}, {Name: "n", Type: "particles"},
	}}
	nan := math.NaN()
	g := &gauges{
		scene: sc, title: "T", times: []float64{0, 1, 2},
		columns: []probe.Column{
			{Name: "a", Unit: "m", Probe: 0, Along: nan}, {Name: "v.x", Unit: "m/s", Probe: 1, Along: nan}, {Name: "v.y", Unit: "m/s", Probe: 1, Along: nan},
			{Name: "b", Unit: "m", Probe: 2, Along: nan}, {Name: "row@0", Unit: "m", Probe: 3, Along: 0}, {Name: "row@1", Unit: "m", Probe: 3, Along: 1},
			{Name: "n", Probe: 4, Along: nan},
		},
		readings:   [][]float64{{1, 2, 3, 4, 5, 6, 7}, {10, 20, 30, 40, 50, 60, 70}, {11, 21, 31, 41, 51, 61, 71}},
		references: make([]*reference, 5),
	}
	g.references[2] = &reference{name: "paper", x: []float64{0, 1.5, 3}, columns: []int{3}, y: [][]float64{{4, 5, 6}}}
	f := g.figure()
	var got []string
	for _, p := range f.Panels {
		line := p.X + "|" + p.Y + ":"
		for _, l := range p.Lines {
			line += fmt.Sprintf(" %s%v like %d", l.Name, l.Y, l.Like)
		}
		got = append(got, line)
	}
	want := []string{
		"time [s]|[m]: a[1 10 11] like 0 b[4 40 41] like 0 paper[4 5] like 2",
		"time [s]|v [m/s]: v.x[2 20 21] like 0 v.y[3 30 31] like 0",
		"time [s]|n: n[7 70 71] like 0",
		"along row [m]|surface [m]: at 0 s[5 6] like 0 at 1 s[50 60] like 0 at 2 s[51 61] like 0",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the panels are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

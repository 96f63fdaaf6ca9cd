package solver_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// damColumn is the experiment's: a column twice as high as wide, in a tank as thin as six particles.
const damColumn = `
format = 1
[domain]
min = [0, 0, 0]
max = [5, 3, %[1]g]
[fluid]
spacing = %[2]g
[[fluid.shape]]
type = "box"
min = [0, 0, 0]
max = [1, 2, %[1]g]
[solver]
type = "%[3]s"
`

// curve is a quantity over scaled time, straight between its points.
type curve struct{ t, z []float64 }

func (c curve) at(t float64) (float64, bool) {
	for k := 1; k < len(c.t); k++ {
		if c.t[k-1] <= t && t <= c.t[k] {
			return c.z[k-1] + (t-c.t[k-1])/(c.t[k]-c.t[k-1])*(c.z[k]-c.z[k-1]), true
		}
	}
	return 0, false
}

// when is the time of a value; for a quantity that grows.
func (c curve) when(z float64) float64 {
	t, _ := curve{c.z, c.t}.at(z)
	return t
}

// The front of a dam break runs as in the experiment of Martin & Moyce (1952), table 2 (column height twice its width
// a; T = t sqrt(2 g / a), Z = front / a). When exactly the gate opened is not known: the curves are pinned at Z = 1.44.
// The front is that of the lowest layer, without spray.
func TestDamBreakFront(t *testing.T) {
	file, err := os.Open("testdata/martin_moyce_1952_front_n2_2.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var measured curve
	for _, row := range rows[1:] {
		T, err1 := strconv.ParseFloat(row[0], 64)
		Z, err2 := strconv.ParseFloat(row[1], 64)
		if err1 != nil || err2 != nil {
			t.Fatalf("row %v", row)
		}
		measured.t, measured.z = append(measured.t, T), append(measured.z, Z)
	}
	gputest.Run(t, func(d *gpu.Device) {
		for _, c := range []struct {
			solver string
			layers int
		}{{"dfsph", 10}, {"dfsph", 16}, {"wcsph", 10}} {
			front, stats := damFront(t, d, c.solver, c.layers)
			shift := measured.when(1.44) - front.when(1.44)
			sum, n := 0.0, 0.0
			for k, T := range measured.t {
				if Z, ok := front.at(T - shift); ok && measured.z[k] > 1.2 {
					sum += (Z/measured.z[k] - 1) * (Z/measured.z[k] - 1)
					n++
				}
			}
			rms := math.Sqrt(sum / n)
			t.Logf("%s, %d particles across the column: front off by %.1f %% rms over %.0f points, time shift %.2f in T, "+
				"density error %.3f %% mean, %d steps for %.2f s", c.solver, c.layers, 100*rms, n, shift,
				100*stats.DensityErrorMean, stats.Step, stats.Time)
			if rms > 0.05 || math.Abs(shift) > 0.3 || n < 8 {
				t.Errorf("%s, %d particles across: the front must be within 5 %% and the shift within 0.3", c.solver, c.layers)
			}
		}
	})
}

// damFront is the front of the lowest layer until it has run three and a half column widths.
func damFront(t *testing.T, d *gpu.Device, name string, layers int) (front curve, stats solver.Stats) {
	spacing := 1 / float64(layers)
	s := build(t, d, parse(t, fmt.Sprintf(damColumn, 6*spacing, spacing, name)))
	for time := 0.0; ; time += 0.01 {
		var err error
		if stats, err = s.AdvanceTo(time); err != nil {
			t.Fatal(err)
		}
		state, err := s.State()
		if err != nil {
			t.Fatal(err)
		}
		z := 0.0
		for i, x := range state.Position {
			if x[1] < spacing && state.Neighbours[i] >= 6 {
				z = math.Max(z, x[0]+spacing/2)
			}
		}
		front.t, front.z = append(front.t, stats.Time*math.Sqrt(2*9.81)), append(front.z, z)
		if z > 3.6 || time > 1 {
			return front, stats
		}
	}
}

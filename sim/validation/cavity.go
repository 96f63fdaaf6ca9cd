package validation

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/solver"
)

// tooStrong is what the vortex in a full box is.
const tooStrong = "the vortex is too strong, most near the right wall, less with half the spacing: the velocity that shifted particles take over " +
	"is suspected, since at walls its gradient is seen from one side only"

func cavity() *Case {
	return &Case{
		Name: "cavity-100", Title: "The cavity under a sliding lid at Re 100, against Ghia, Ghia & Shin (1982)", Length: 1,
		About: "A square of fluid, 1 m wide, whose lid moves at 1 m/s, until the flow is steady: the velocities along its centre lines, a straight line fitted " +
			"to the particles around each point of the reference at 30 moments of the last fifth, the worst point as a fraction of the lid's speed. " +
			"Artificial viscosity is off, since the reference has the fluid's own and no other.",
		Variants: []Variant{{Solver: "dfsph", Across: 32}, {Solver: "dfsph", Across: 64}},
		Known:    []Known{{Figure: alongU, Reason: tooStrong}, {Figure: alongV, Reason: tooStrong}},
		measure:  measureCavity,
	}
}

const (
	alongU = "u along the vertical centre line, worst point"
	alongV = "v along the horizontal centre line, worst point"
)

func measureCavity(e *experiment) error {
	// On the walls themselves the reference says what they do, and no particle is there.
	inside := func(x, _ float64) bool { return x > 0 && x < 1 }
	all := func(int) bool { return true }
	u := loadTable("ghia_1982_cavity_u_vertical_centreline").curve("y", "u_Re100", all).within(inside)
	v := loadTable("ghia_1982_cavity_v_horizontal_centreline").curve("x", "v_Re100", all).within(inside)
	along, across := newLineFits(u.x), newLineFits(v.x)
	d := e.scene.Fluid.Spacing
	err := e.sample(e.seconds/150, func(t float64, _ solver.Stats, st *solver.State) bool {
		if t < 0.8*e.seconds {
			return true
		}
		for i, x := range st.Position {
			w := st.Velocity[i]
			if math.Abs(x[0]-0.5) < d {
				along.add(x[1], w[0], 1.5*d)
			}
			if math.Abs(x[1]-0.5) < d {
				across.add(x[0], w[1], 1.5*d)
			}
		}
		return true
	})
	if err != nil {
		return err
	}
	e.centreLine(alongU, along, u)
	e.centreLine(alongV, across, v)
	e.chart("position [m]", "velocity [m/s]",
		u.points("u, Ghia et al.").reference(), along.curve().line("u").like("u, Ghia et al."),
		v.points("v, Ghia et al.").reference(), across.curve().line("v").like("v, Ghia et al."))
	return nil
}

func (e *experiment) centreLine(name string, fits *lineFits, want curve) {
	got := fits.curve()
	var off []float64
	for k := range want.x {
		off = append(off, got.y[k]-want.y[k])
	}
	e.percent(name, worst(off), 5)
}

// lineFits are straight lines fitted to what was seen around each of some places.
type lineFits struct {
	x    []float64
	sums [][5]float64 // of w, w dx, w dx², w y, w dx y
}

func newLineFits(x []float64) *lineFits { return &lineFits{x, make([][5]float64, len(x))} }

// add lets a value count where it is near.
func (f *lineFits) add(x, y, reach float64) {
	for k, at := range f.x {
		dx := x - at
		w := 1 - dx*dx/(reach*reach)
		if w <= 0 {
			continue
		}
		for n, term := range [5]float64{1, dx, dx * dx, y, dx * y} {
			f.sums[k][n] += w * term
		}
	}
}

// curve is what the lines are at their places.
func (f *lineFits) curve() (c curve) {
	for k, s := range f.sums {
		c.add(f.x[k], (s[2]*s[3]-s[1]*s[4])/(s[0]*s[2]-s[1]*s[1]))
	}
	return c
}

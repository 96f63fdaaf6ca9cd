package validation

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/solver"
)

func ellipticalDrop() *Case {
	const strain = 100 // [1/s]
	return &Case{
		Name: "elliptical-drop", Title: "A disc of water that becomes an ellipse, against the exact solution (Monaghan 1994)", Length: 1,
		About: "A disc of radius 1 m with the velocity (-100 x, 100 y), set particle by particle, without gravity: it stays an ellipse. Its semi-axes " +
			"are twice the rms distances of the particles from its axes, which is exact for an even ellipse and does not hang on single particles. " +
			"The speed of sound is Monaghan's, 1400 m/s: scenes know nothing of the speed that is set. Everything else is at its default.",
		Variants: two(20, 40, "dfsph"),
		Known:    []Known{{Figure: "semi-axes, worst moment", Reason: swelling}},
		velocity: func(x [3]float64) [3]float64 { return [3]float64{-strain * x[0], strain * x[1], 0} },
		measure:  measureEllipse,
	}
}

func measureEllipse(e *experiment) error {
	ref := loadTable("elliptical_drop_monaghan1994")
	exactA, exactB := ref.curve("t_s", "a_m", nil), ref.curve("t_s", "b_m", nil)
	var a, b curve
	var off []float64
	err := e.sample(0.0002, func(t float64, _ solver.Stats, st *solver.State) bool {
		xx, yy := spread(st)
		a.add(1000*t, 2*math.Sqrt(xx))
		b.add(1000*t, 2*math.Sqrt(yy))
		off = append(off, 2*math.Sqrt(xx)/exactA.at(t)-1, 2*math.Sqrt(yy)/exactB.at(t)-1)
		return true
	})
	if err != nil {
		return err
	}
	e.percent("semi-axes, worst moment", worst(off), 2)
	inTime := func(t, _ float64) bool { return t <= 1000*e.seconds }
	e.chart("time [ms]", "semi-axis [m]",
		exactA.scaled(1000, 1).within(inTime).line("a, exact").reference(), exactB.scaled(1000, 1).within(inTime).line("b, exact").reference(), a.points("a").like("a, exact"), b.points("b").like("b, exact"))
	return nil
}

// spread is the mean square distance from the centre of mass along x and along y [m^2].
func spread(st *solver.State) (xx, yy float64) {
	var centre [2]float64
	n := float64(len(st.Position))
	for _, x := range st.Position {
		centre[0] += x[0] / n
		centre[1] += x[1] / n
	}
	for _, x := range st.Position {
		xx += (x[0] - centre[0]) * (x[0] - centre[0]) / n
		yy += (x[1] - centre[1]) * (x[1] - centre[1]) / n
	}
	return xx, yy
}

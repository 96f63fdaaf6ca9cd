package validation

import (
	"fmt"
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

// The drop of water whose capillary oscillation is followed.
const (
	dropRadius = 0.005 // [m]
	dropSwing  = 0.1   // amplitude of the oscillation over the radius
)

const capillaryAbout = "A drop of water, 1 cm across, without gravity; round at first, with the velocity of its lowest oscillation (set particle by " +
	"particle) that deforms it by a tenth. The difference of its mean square widths is followed, and the period is that of the damped oscillation " +
	"that fits best. Everything is at its default."

func capillaryDrop() *Case {
	period := dropPeriod("T2D_s")
	rate := dropSwing * 2 * math.Pi / period
	return &Case{
		Name: "capillary-drop", Title: "Oscillation of a drop under surface tension, two dimensions, against Rayleigh and Lamb", Length: dropRadius,
		About:    capillaryAbout,
		Variants: two(10, 20, "dfsph"),
		velocity: func(x [3]float64) [3]float64 { return [3]float64{rate * x[0], -rate * x[1], 0} },
		measure:  func(e *experiment) error { return measureDrop(e, period) },
	}
}

func capillaryDrop3D() *Case {
	period := dropPeriod("T3D_s")
	rate := dropSwing * 2 * math.Pi / period
	return &Case{
		Name: "capillary-drop-3d", Title: "The same in three dimensions", Length: dropRadius,
		About:    capillaryAbout,
		Variants: []Variant{{Solver: "dfsph", Across: 6}, {Solver: "dfsph", Across: 10}},
		velocity: func(x [3]float64) [3]float64 { return [3]float64{rate * x[0], -rate / 2 * x[1], -rate / 2 * x[2]} },
		measure:  func(e *experiment) error { return measureDrop(e, period) },
	}
}

func dropPeriod(column string) float64 {
	ref := loadTable("drop_oscillation_rayleigh_lamb")
	return ref.numbers(column, func(k int) bool { return ref.columns["case"][k] == "water_R5mm" && ref.columns["n"][k] == "2" })[0]
}

func measureDrop(e *experiment, period float64) error {
	var swing curve
	err := e.sample(period/30, func(t float64, _ solver.Stats, st *solver.State) bool {
		xx, yy := spread(st)
		swing.add(t, (xx-yy)/(xx+yy))
		return true
	})
	if err != nil {
		return err
	}
	fit, err := fitOscillation(swing, period)
	if err != nil {
		fit = oscillation{period: math.NaN()}
	}
	e.percent("period", fit.period/period-1, 10)
	e.note(fmt.Sprintf("period %.4f s, theory %.4f s; the oscillation fades as exp(-%.2g t); %.2g %% of it fits no damped oscillation",
		fit.period, period, fit.decay, 100*fit.residual))
	// Widths R (1 + s) and R (1 - s) make (1+s)^2 - (1-s)^2 over their sum: 2 s.
	var theory curve
	for t := 0.0; t <= e.seconds; t += period / 30 {
		theory.add(t, 2*dropSwing*math.Sin(2*math.Pi*t/period))
	}
	e.chart("time [s]", "(<x²> - <y²>) / (<x²> + <y²>)",
		theory.line("theory, no friction").reference(), swing.line(""))
	return nil
}

package validation

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/solver"
)

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
		Variants: append(two(10, 20, "dfsph"), Variant{Solver: "pbf", Across: 10}, Variant{Solver: "wcsph", Across: 10}),
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

// laplace is a drop at rest: the pressure inside is sigma over its radius.
func laplace() *Case {
	return &Case{
		Name: "laplace", Title: "The pressure inside a drop at rest, two dimensions, against Laplace", Length: dropRadius,
		About: "A drop of water, 1 cm across, without gravity, that starts round and settles by itself. Its pressure is the mean over the particles in the " +
			"inner two fifths of its radius, at 300 moments of the second half of the run; theory says sigma / R. Everything is at its default.",
		Variants: []Variant{{Solver: "dfsph", Across: 10}, {Solver: "dfsph", Across: 20}},
		Known:    []Known{{Figure: "pressure inside", Reason: "the pressure of a few dozen particles hangs on how their rows came to lie"}},
		measure:  measureLaplace,
	}
}

func measureLaplace(e *experiment) error {
	var inside curve
	sum, count := 0.0, 0.0
	theory := e.scene.Fluid.SurfaceTension / dropRadius
	err := e.sample(e.seconds/600, func(t float64, _ solver.Stats, st *solver.State) bool {
		mean, n := 0.0, 0.0
		for i, x := range st.Position {
			if math.Hypot(x[0], x[1]) < 0.4*dropRadius {
				mean += st.Pressure[i]
				n++
			}
		}
		mean /= n
		inside.add(t, mean)
		if t > e.seconds/2 {
			sum, count = sum+mean, count+1
		}
		return true
	})
	if err != nil {
		return err
	}
	e.percent("pressure inside", sum/count/theory-1, 10)
	var line curve
	line.add(0, theory)
	line.add(e.seconds, theory)
	e.chart("time [s]", "pressure [Pa]", line.line("sigma / R").reference(), inside.line(""))
	return nil
}

package validation

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/solver"
)

// The tank of the standing wave, and how high the wave is: steep waves are slower, by (k a)^2/8, here 0.1 %.
const (
	tankLength, tankDepth = 1.0, 0.5 // [m]
	waveHeight            = 0.025    // [m]
)

func standingWave1() *Case {
	reference := loadTable("linear_sloshing_frequencies")
	row := func(k int) bool {
		return reference.columns["case"][k] == "unit_tank" && reference.columns["mode"][k] == "1"
	}
	period := reference.numbers("T_s", row)[0]
	speed := waveHeight * 2 * math.Pi / period
	return &Case{
		Name: "standing-wave", Title: "Sloshing: the period of the first mode", Length: tankLength,
		About: "The surface is flat at first and the water has the velocity of the first mode of linear theory (set particle by particle), " +
			"for a wave of 2.5 cm in a tank 1 m long and 0.5 m deep. The mode is followed by the centre of mass, which it moves to and fro; " +
			"the period is that of the damped oscillation that fits best. Everything is at its default.",
		Variants: two(40, 80, "dfsph"),
		Known: []Known{{Figure: "period", Reason: "a lattice of particles under pressure resists shear a little, which makes waves faster; the support radius is " +
			"chosen so that little of it is left"}},
		velocity: func(x [3]float64) (out [3]float64) {
			out[0], out[1] = standingWave(x[0], x[1], tankLength, tankDepth, speed)
			return out
		},
		measure: func(e *experiment) error { return measureWave(e, period) },
	}
}

func measureWave(e *experiment, period float64) error {
	var sway curve
	err := e.sample(period/40, func(t float64, _ solver.Stats, st *solver.State) bool {
		sum := 0.0
		for _, x := range st.Position {
			sum += x[0] - tankLength/2
		}
		sway.add(t, 1000*sum/float64(len(st.Position)))
		return true
	})
	if err != nil {
		return err
	}
	fit, err := fitOscillation(sway, period)
	if err != nil {
		fit = oscillation{period: math.NaN()}
	}
	e.percent("period", fit.period/period-1, 2)
	e.note(fmt.Sprintf("period %.4f s, theory %.4f s; the wave fades as exp(-%.2g t); %.2g %% of it fits no damped wave",
		fit.period, period, fit.decay, 100*fit.residual))
	// x_cm - L/2 = -2 L a sin(w t)/(pi^2 h) for the elevation a sin(w t) cos(pi x/L).
	var theory curve
	most := 1000 * 2 * tankLength * waveHeight / (math.Pi * math.Pi * tankDepth)
	for t := 0.0; t <= e.seconds; t += period / 40 {
		theory.add(t, -most*math.Sin(2*math.Pi*t/period))
	}
	e.chart("time [s]", "sway of the centre of mass [mm]",
		theory.line("linear theory, no friction").reference(), sway.line(""))
	return nil
}

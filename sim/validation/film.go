package validation

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/solver"
)

func film() *Case {
	return &Case{
		Name: "film", Title: "Honey that flows down a slope, against Nusselt's film", Length: 0.05,
		About: "A layer 5 cm deep of 50 Pa s on a slope of 30 degrees that holds it, when its start is over: layers of particles against " +
			"u = g sin 30 (h y - y²/2) / nu, the worst layer as a fraction of the speed of the surface, and what flows past. Everything is at its " +
			"default: viscosity is implicit, since explicit steps would be 0.09 ms long with 10 particles across and a quarter of that with 20.",
		Variants: append(two(10, 20, "dfsph"), Variant{Solver: "pbf", Across: 10}, Variant{Solver: "pbf", Across: 20}, Variant{Solver: "wcsph", Across: 10}),
		measure:  measureFilm,
	}
}

func measureFilm(e *experiment) error {
	const depth = 0.05
	g, nu := e.scene.Gravity[0], e.scene.Fluid.Viscosity/e.scene.Fluid.RestDensity
	exact := func(y float64) float64 { return g * y * (depth - y/2) / nu }
	flow, rounds, looks := 0.0, 0.0, 0.0
	sums := map[int]*[3]float64{} // of each layer: speed, height, how often
	err := e.sample(0.05, func(t float64, stats solver.Stats, st *solver.State) bool {
		// Four times the time in which the slowest part of the start falls to 1/e, 4 h² / (pi² nu), are over.
		if t < 0.12 {
			return true
		}
		layers := layersOf(st, e.scene.Fluid.Spacing)
		for k := range layers.x {
			if sums[k] == nil {
				sums[k] = &[3]float64{}
			}
			sums[k][0] += layers.y[k]
			sums[k][1] += layers.x[k]
			sums[k][2]++
		}
		for _, v := range st.Velocity {
			flow += v[0] / float64(len(st.Velocity))
		}
		rounds += float64(stats.ViscosityIterations)
		looks++
		return true
	})
	if err != nil {
		return err
	}
	most := []float64{}
	if looks == 0 {
		most = append(most, math.NaN())
	}
	var profile, theory curve
	for k := range len(sums) {
		s := sums[k]
		u, y := s[0]/s[2], s[1]/s[2]
		most = append(most, (u-exact(y))/exact(depth))
		profile.add(u, y*100)
	}
	for k := range 51 {
		y := depth * float64(k) / 50
		theory.add(exact(y), y*100)
	}
	e.percent("profile, worst layer", worst(most), 2)
	e.percent("flow", flow/looks/(exact(depth)*2/3)-1, 2)
	e.note(fmt.Sprintf("steps of %.2g ms on average, %.3g rounds of the implicit viscosity in each", 1000*e.result.Seconds/float64(e.result.Steps), rounds/looks))
	e.chart("speed [m/s]", "height [cm]", theory.line("exact").reference(), profile.points(""))
	return nil
}

package validation

import (
	"fmt"
	"math"
	"sort"

	"github.com/fluidsim/fluidsim/sim/solver"
)

// Why exact viscous cases leave one default: all of them in the same way.
const viscousAbout = "Artificial viscosity is off, as in every case whose exact solution has a viscosity of its own: the two would add up. " +
	"Physical viscosity is evaluated explicitly."

// The channel of Morris et al. (1997).
const (
	channelWidth = 1e-3    // [m]
	channelNu    = 1e-6    // [m^2/s]
	channelForce = 1e-4    // [m/s^2]
	channelLid   = 1.25e-5 // [m/s], of Couette flow
)

func poiseuille() *Case {
	return &Case{
		Name: "poiseuille", Title: "Flow between two plates, from rest to steady, against Morris et al. (1997)", Length: channelWidth,
		About: "Layers of particles, at the moments that the paper shows, against the series solution: the worst layer, as a fraction of the largest " +
			"velocity of that moment. " + viscousAbout,
		Variants: []Variant{{Solver: "dfsph", Across: 20, Quick: true, Seconds: 0.23}, {Solver: "dfsph", Across: 20}, {Solver: "dfsph", Across: 40}},
		measure:  func(e *experiment) error { return measureChannel(e, pushed) },
	}
}

func poiseuilleImplicit() *Case {
	c := poiseuille()
	c.Name, c.Title = "poiseuille-implicit", "The same with implicit viscosity and longer steps"
	c.About = "As poiseuille, with viscosity evaluated implicitly, which is what scenes get whose explicit steps would be short. " +
		"Artificial viscosity is off for the same reason."
	return c
}

func couette() *Case {
	return &Case{
		Name: "couette", Title: "Flow between a plate at rest and one that starts to move, against Morris et al. (1997)", Length: channelWidth,
		About: "As poiseuille-implicit, with a plate that moves along itself (the surface velocity of an obstacle) in the place of the push. The series of the " +
			"paper is evaluated here; the worst layer is a fraction of the plate's speed.",
		Variants: []Variant{{Solver: "dfsph", Across: 20, Quick: true, Seconds: 0.23}, {Solver: "dfsph", Across: 20}, {Solver: "dfsph", Across: 40}, {Solver: "pbf", Across: 20}},
		measure:  func(e *experiment) error { return measureChannel(e, dragged) },
		Known: []Known{{Solver: "pbf", Figure: "profile, worst layer", Reason: "the plate starts all at once, and steps of pbf are as long at the start as later: " +
			"with steps of 1 ms the worst layer is 1.5 % off"}},
	}
}

// flow is the exact velocity at y and t.
type flow func(y, t float64) float64

func pushed(y, t float64) float64 {
	return poiseuilleStartUp(y, t, channelWidth, channelNu, channelForce)
}
func dragged(y, t float64) float64 { return couetteStartUp(y, t, channelWidth, channelNu, channelLid) }

// largest is a flow's largest speed at a moment.
func (f flow) largest(t float64) (most float64) {
	for k := range 51 {
		most = math.Max(most, f(channelWidth*float64(k)/50, t))
	}
	return most
}

func measureChannel(e *experiment, exactly flow) error {
	ref := loadTable("poiseuille_couette_startup_morris1997")
	var moments []float64
	for _, text := range []string{"0.0225", "0.045", "0.1125", "0.225", "1"} {
		if t := ref.numbers("t_s", ref.having("t_s", text))[0]; t <= e.seconds {
			moments = append(moments, t)
		}
	}
	most, lines := []float64{}, []Line{}
	next := 0
	// The smallest distance between moments is the sampling time: all are multiples of it.
	err := e.sample(0.0225, func(t float64, _ solver.Stats, st *solver.State) bool {
		if next == len(moments) || t < moments[next]-1e-6 {
			return next < len(moments)
		}
		top := exactly.largest(t)
		layers := layersOf(st, e.scene.Fluid.Spacing)
		var profile, theory curve
		for k, y := range layers.x {
			exact := exactly(y, t)
			most = append(most, (layers.y[k]-exact)/top)
			profile.add(layers.y[k]*1e6, y*1e3)
		}
		for k := range 51 {
			y := channelWidth * float64(k) / 50
			theory.add(1e6*exactly(y, t), y*1e3)
		}
		exact := fmt.Sprintf("exact, %g s", moments[next])
		lines = append(lines, theory.line(exact).reference(), profile.points(fmt.Sprintf("%g s", moments[next])).like(exact))
		next++
		return next < len(moments)
	})
	if err != nil {
		return err
	}
	if next < len(moments) {
		most = append(most, math.NaN())
	}
	e.percent("profile, worst layer", worst(most), 2)
	e.chart("velocity [µm/s]", "height [mm]", lines...)
	return nil
}

// layersOf is the mean velocity along x over the mean height of each layer of particles, one spacing thick.
func layersOf(st *solver.State, d float64) curve {
	type layer struct{ y, u, n float64 }
	sums := map[int]*layer{}
	for i, x := range st.Position {
		k := int(math.Floor(x[1] / d))
		if sums[k] == nil {
			sums[k] = &layer{}
		}
		sums[k].y += x[1]
		sums[k].u += st.Velocity[i][0]
		sums[k].n++
	}
	var out curve
	var keys []int
	for k := range sums {
		keys = append(keys, k)
	}
	sort.Ints(keys)
	for _, k := range keys {
		out.add(sums[k].y/sums[k].n, sums[k].u/sums[k].n)
	}
	return out
}

func taylorGreen100() *Case {
	return &Case{
		Name: "taylor-green", Title: "Decay of the Taylor-Green vortices at Re 100", Length: 1,
		About: "Four vortices in a periodic square, U = 1, set particle by particle. The kinetic energy falls as exp(2 b t) with b = -8 pi^2/Re; " +
			"the rate is that of the exponential that fits best from 0.1 s, when particles have left the order of the start, to the end. " + viscousAbout,
		Variants: two(32, 64, "dfsph"),
		Known: []Known{{Figure: "decay rate", Reason: "particles still are uneven by a third of a per cent, and the lattice of the start gives way with a jolt; " +
			"less is missing with half the spacing"}},
		velocity: func(x [3]float64) (out [3]float64) {
			out[0], out[1] = taylorGreen(x[0], x[1])
			return out
		},
		measure: measureTaylorGreen,
	}
}

func measureTaylorGreen(e *experiment) error {
	var energy curve
	start := 0.0
	err := e.sample(0.02, func(t float64, _ solver.Stats, st *solver.State) bool {
		squared := squaredSpeed(st)
		if start == 0 {
			start = squared
		}
		energy.add(t, squared/start)
		return true
	})
	if err != nil {
		return err
	}
	ref := loadTable("taylor_green_decay")
	exact := ref.curve("t", "Ek_over_Ek0", ref.having("Re", "100")).within(func(t, _ float64) bool { return t <= e.seconds+1e-9 })
	fitted := energy.within(func(t, _ float64) bool { return t >= 0.1 })
	rate, want := decayRate(fitted)/2, decayRate(exact)/2
	e.percent("decay rate", rate/want-1, 5)
	e.note(fmt.Sprintf("b = %.4f 1/s, exact %.4f 1/s", rate, want))
	e.chart("time [s]", "kinetic energy / at the start",
		exact.line("exact").reference(), energy.line(""))
	return nil
}

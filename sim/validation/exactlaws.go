package validation

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/solver"
)

// rounding is how far laws that hold exactly may be off, in percent: single precision has 6e-8 for each operation, and a run makes some
// thousand steps whose errors add up like a random walk at most.
const rounding = 0.001

func freeFall() *Case {
	return &Case{
		Name: "free-fall", Title: "A falling drop: the law of falling bodies, exactly", Length: 0.2,
		About: "Every particle must fall with the velocity g t, and the centre of mass along the parabola as the time steps make it: " +
			"y = -g (t² + sum of dt²)/2. Everything is at its default.",
		Variants: []Variant{{Solver: "dfsph", Across: 4, Quick: true}, {Solver: "dfsph", Across: 8}, {Solver: "pbf", Across: 4, Quick: true}, {Solver: "wcsph", Across: 4, Quick: true}},
		measure:  measureFall,
	}
}

func measureFall(e *experiment) error {
	g := math.Abs(e.scene.Gravity[1])
	var start, squares, last, speedOff, pathOff float64
	var path curve
	err := e.steps(func(t float64, _ solver.Stats, st *solver.State) bool {
		squares += (t - last) * (t - last)
		last = t
		y, v := 0.0, 0.0
		for i, x := range st.Position {
			y += x[1] / float64(len(st.Position))
			v += st.Velocity[i][1] / float64(len(st.Position))
		}
		if t == 0 {
			start = y
			return true
		}
		path.add(t, y-start)
		speedOff = v/(-g*t) - 1
		pathOff = (y-start)/(-g*(t*t+squares)/2) - 1
		return true
	})
	if err != nil {
		return err
	}
	e.percent("velocity at the end", speedOff, rounding)
	e.percent("path at the end", pathOff, rounding)
	var parabola curve
	for k := range 51 {
		t := e.seconds * float64(k) / 50
		parabola.add(t, -g*t*t/2)
	}
	e.chart("time [s]", "height of the centre of mass [m]",
		parabola.line("-g t²/2").reference(), path.line(""))
	return nil
}

func momentum() *Case {
	return &Case{
		Name: "momentum", Title: "Two drops that collide off centre: momentum and angular momentum stay", Length: 0.2,
		About: "Two discs fly at each other in the air, without gravity and far from walls. The change of momentum at the worst moment is a fraction of the sum of all " +
			"amounts at the start, particle by particle; so is that of angular momentum about the origin. Everything is at its default.",
		Variants: []Variant{
			{Solver: "dfsph", Across: 8, Quick: true}, {Solver: "dfsph", Across: 16},
			{Solver: "pbf", Across: 8, Quick: true}, {Solver: "wcsph", Across: 8, Quick: true},
		},
		Known:   []Known{{Solver: "pbf", Figure: "angular momentum", Reason: "each round pushes along lines between particles where that round finds them, not where they end"}},
		measure: measureMomentum,
	}
}

func measureMomentum(e *experiment) error {
	var begin, amount motion
	var linear, angular []float64
	var energy curve
	err := e.sample(e.seconds/100, func(t float64, _ solver.Stats, st *solver.State) bool {
		now, sum := motionOf(st)
		if t == 0 {
			begin, amount = now, sum
		}
		linear = append(linear, math.Hypot(now.x-begin.x, now.y-begin.y)/math.Hypot(amount.x, amount.y))
		angular = append(angular, (now.turn-begin.turn)/amount.turn)
		energy.add(t, squaredSpeed(st))
		return true
	})
	if err != nil {
		return err
	}
	e.percent("momentum", worst(linear), rounding)
	e.percent("angular momentum", worst(angular), rounding)
	e.chart("time [s]", "kinetic energy / at the start",
		energy.scaled(1, 1/energy.y[0]).line(""))
	return nil
}

// motion is momentum and angular momentum about the origin, in the plane, for particles of mass 1.
type motion struct{ x, y, turn float64 }

// motionOf adds up all particles, and the amounts of all particles.
func motionOf(st *solver.State) (total, amount motion) {
	for i, x := range st.Position {
		v := st.Velocity[i]
		turn := x[0]*v[1] - x[1]*v[0]
		total.x, total.y, total.turn = total.x+v[0], total.y+v[1], total.turn+turn
		amount.x, amount.y, amount.turn = amount.x+math.Abs(v[0]), amount.y+math.Abs(v[1]), amount.turn+math.Abs(turn)
	}
	return total, amount
}

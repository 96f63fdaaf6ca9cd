package solver_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// wholeStep is a small dam that has room to fall, an obstacle in its way and an open side behind that.
const wholeStep = `
format = 1
[domain]
min = [0, 0, 0]
max = [0.5, 0.4, 0.2]
open = ["+x"]
[fluid]
spacing = 0.02
viscosity = 0.05
[[fluid.shape]]
type = "box"
min = [0, 0, 0]
max = [0.16, 0.24, 0.2]
velocity = [0.5, 0, 0]
[[obstacle]]
type = "box"
position = [0.22, 0.05, 0.1]
size = [0.06, 0.1, 0.08]
rotation = [0, 30, 10]
`

// stateOf reads a run from the device into the oracle's form.
func stateOf(t *testing.T, d *gpu.Device, s *solver.Solver) *ref.State {
	t.Helper()
	params, buffers := s.Inside()
	read := func(name string, into any) {
		data, err := d.Read(buffers[name], 0, uint64(len(encode(into))))
		if err != nil {
			t.Fatal(err)
		}
		decode(data, into)
	}
	st := &ref.State{Params: params}
	read("control", &st.Control)
	read("tally", &st.Tally)
	position, velocity := make([][4]float32, st.Control.Live), make([][4]float32, st.Control.Live)
	obstacles := make([]layout.Obstacle, max(params.ObstacleCount, 1))
	read("position", &position)
	read("velocity", &velocity)
	read("obstacles", &obstacles)
	st.Particles = ref.Particles(position, velocity, len(position))
	acceleration := make([][4]float32, st.Control.Live)
	read("acceleration", &acceleration)
	for i, a := range acceleration {
		// PBF's next step begins with it.
		st.Particles[i].Acceleration = ref.Vec{float64(a[0]), float64(a[1]), float64(a[2])}
	}
	if buffers["spins"] != nil {
		spins := make([][4]float32, st.Control.Live)
		read("spins", &spins)
		for i, w := range spins {
			st.Particles[i].Spin = ref.Vec{float64(w[0]), float64(w[1]), float64(w[2])}
		}
	}
	if buffers["viscous_change"] != nil {
		change := make([][4]float32, st.Control.Live)
		read("viscous_change", &change)
		for i, y := range change {
			st.Particles[i].Viscous.Change = ref.Vec{float64(y[0]), float64(y[1]), float64(y[2])}
		}
	}
	slices.SortFunc(st.Particles, func(a, b ref.Particle) int { return a.ID - b.ID })
	st.Obstacles = obstacles[:params.ObstacleCount]
	st.Control.StepLimit, st.Control.GoalS = math.MaxUint32, math.MaxUint32
	return st
}

func copyState(s *ref.State) *ref.State {
	c := *s
	c.Particles = slices.Clone(s.Particles)
	return &c
}

// deviation is the largest difference of two states in position and in velocity.
func deviation(t *testing.T, a, b *ref.State) (x, v float64) {
	t.Helper()
	if len(a.Particles) != len(b.Particles) {
		t.Fatalf("%d particles against %d", len(a.Particles), len(b.Particles))
	}
	for i, p := range a.Particles {
		q := b.Particles[i]
		if p.ID != q.ID || p.Gone != q.Gone {
			t.Fatalf("particle %d (gone: %t) against %d (gone: %t)", p.ID, p.Gone, q.ID, q.Gone)
		}
		for axis := range 3 {
			x = max(x, math.Abs(p.X[axis]-q.X[axis]))
			v = max(v, math.Abs(p.V[axis]-q.V[axis]))
		}
	}
	return x, v
}

// backwardUnits: one step in float32 is taken to be an exact step from a state that is off by this many units of 2^-24,
// of h in position and of the largest speed in velocity. Distances in the kernels carry 13.5 (see densityUnits), a
// velocity difference 1, its product with a distance 5 more.
const backwardUnits = 16

// disturbed is a state off by the backward error of one step, in random directions.
func disturbed(s *ref.State, seed uint64) *ref.State {
	off := copyState(s)
	random := rand.New(rand.NewPCG(seed, 19))
	speed := 0.0
	for _, own := range s.Particles {
		speed = max(speed, math.Abs(own.V[0]), math.Abs(own.V[1]), math.Abs(own.V[2]))
	}
	for i := range off.Particles {
		for axis := range 3 {
			off.Particles[i].X[axis] += backwardUnits * unit * float64(s.Params.SupportRadius) * (2*random.Float64() - 1)
			off.Particles[i].V[axis] += backwardUnits * unit * speed * (2*random.Float64() - 1)
		}
	}
	return off
}

// The device's whole step against the oracle's, from a state that is under way. The oracle itself says how far errors
// may carry: it runs again from a disturbed state. After k steps k such errors have been made, and the directions were
// random where they may be worse: k + 1 times what the one disturbance has grown to is allowed.
func TestWholeStep(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		s := build(t, d, parse(t, wholeStep, "solver.type=wcsph"))
		for _, after := range []int{0, 300} {
			run(t, s, after)
			compareSteps(t, d, s, ref.Step, 17, 1, 10)
		}
	})
}

// The same for constant density. How many iterations a solve takes hangs on a threshold, so here it takes the same number
// always: no residual is small enough.
func TestWholeStepDFSPH(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		s := build(t, d, parse(t, wholeStep, "solver.type=dfsph", "solver.max_iterations=4", "fluid.spacing=0.025"))
		never(t, s)
		for _, after := range []int{0, 50} {
			run(t, s, after)
			compareSteps(t, d, s, ref.StepDFSPH, 33, 1, 5)
		}
	})
}

// never lets every solve take all its iterations.
func never(t *testing.T, s *solver.Solver) {
	t.Helper()
	if err := s.Override(func(p *layout.SimParams) { p.DensityTolerance, p.DivergenceTolerance = -1, -1 }); err != nil {
		t.Fatal(err)
	}
}

// And for position-based fluids.
func TestWholeStepPBF(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		s := build(t, d, parse(t, wholeStep, "solver.type=pbf", "fluid.spacing=0.025"))
		never(t, s)
		for _, after := range []int{0, 50} {
			run(t, s, after)
			compareSteps(t, d, s, ref.StepPBF, 2, 1, 5)
		}
	})
}

// Steps that are nearly right are told apart.
func TestWholeStepDFSPHNotices(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		s := build(t, d, parse(t, wholeStep, "solver.type=dfsph", "solver.max_iterations=4", "fluid.spacing=0.025"))
		never(t, s)
		run(t, s, 60)
		start := stateOf(t, d, s)
		off := disturbed(start, 60)
		run(t, s, 1)
		got := stateOf(t, d, s)
		want := copyState(start)
		ref.StepDFSPH(want)
		ref.StepDFSPH(off)
		_, bound := deviation(t, want, off)
		for name, spoil := range map[string]func(s *ref.State){
			"pressures that did not move with their particles": func(s *ref.State) {
				last := s.Particles[len(s.Particles)-1].PressureTerm
				for i := range s.Particles {
					last, s.Particles[i].PressureTerm = s.Particles[i].PressureTerm, last
				}
			},
			"no pressure to start from": func(s *ref.State) {
				for i := range s.Particles {
					s.Particles[i].PressureTerm = 0
				}
			},
			"an iteration more":       func(s *ref.State) { s.Params.MaxIterations++ },
			"an iteration less":       func(s *ref.State) { s.Params.MaxIterations-- },
			"a heavier particle":      func(s *ref.State) { s.Params.Mass *= 1.001 },
			"a larger particle":       func(s *ref.State) { s.Params.Volume *= 1.001 },
			"another last step":       func(s *ref.State) { s.Control.Dt *= 1.01 },
			"weaker walls":            func(s *ref.State) { s.Params.WallLog *= 0.99 },
			"walls that hold less":    func(s *ref.State) { s.Params.InvWallSlope *= 0.9 },
			"an open floor":           func(s *ref.State) { s.Params.ClosedSides &^= 4 },
			"no viscosity":            func(s *ref.State) { s.Params.Viscosity = 0 },
			"weaker gravity":          func(s *ref.State) { s.Params.Gravity[1] *= 0.99 },
			"an undisturbed obstacle": func(s *ref.State) { s.Obstacles = nil },
		} {
			c := copyState(start)
			spoil(c)
			ref.StepDFSPH(c)
			if _, v := deviation(t, got, c); v <= 2*bound {
				t.Errorf("%s: off by %g m/s, and nobody noticed (bound %g)", name, v, 2*bound)
			}
		}
	})
}

// And with its thresholds, for one step. compareSteps makes sure that the number of iterations is clear.
func TestWholeStepDFSPHConverges(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		s := build(t, d, parse(t, wholeStep, "solver.type=dfsph", "fluid.spacing=0.025"))
		for _, after := range []int{0, 60} {
			run(t, s, after)
			compareSteps(t, d, s, ref.StepDFSPH, 33, 1)
		}
	})
}

// compareSteps goes on by so many steps in all, on the device and in the oracle. The time step is known to so many units.
func compareSteps(t *testing.T, d *gpu.Device, s *solver.Solver, step func(*ref.State), dtUnits float64, counts ...int) {
	t.Helper()
	want := stateOf(t, d, s)
	off := disturbed(want, uint64(want.Control.Step))
	clamps := want.Tally.WallClamps
	done := 0
	for _, steps := range counts {
		for range steps - done {
			step(want)
			step(off)
		}
		run(t, s, steps-done)
		done = steps
		got := stateOf(t, d, s)
		x, v := deviation(t, want, got)
		boundX, boundV := deviation(t, want, off)
		boundX, boundV = boundX*float64(steps+1), boundV*float64(steps+1)
		now, then := got.Control, want.Control
		t.Logf("from step %d, after %d: off by %.2g m, %.2g m/s; bounds %.2g, %.2g; %d contacts; %d and %d iterations, residual %.3g",
			int(now.Step)-steps, steps, x, v, boundX, boundV, want.Tally.WallClamps-clamps,
			then.DivergenceIterations, then.DensityIterations, then.Residual)
		if boundV > 1e-3*float64(then.MaxSpeed) {
			t.Errorf("badly chosen: a decision hangs on rounding")
		}
		if x > boundX || v > boundV {
			t.Errorf("after %d steps: off by %g m (bound %g), %g m/s (bound %g)", steps, x, boundX, v, boundV)
		}
		if now.Step != then.Step || now.Live != then.Live || now.Lost != then.Lost || now.Fault != 0 || then.Fault != 0 {
			t.Errorf("device: %+v, oracle: %+v", now, then)
		}
		if got.Tally.WallClamps != want.Tally.WallClamps {
			t.Errorf("%d contacts on the device, %d in the oracle", got.Tally.WallClamps, want.Tally.WallClamps)
		}
		if c := off.Control; c.DivergenceIterations != then.DivergenceIterations || c.DensityIterations != then.DensityIterations {
			t.Errorf("badly chosen: the number of iterations hangs on rounding")
		}
		if now.DivergenceIterations != then.DivergenceIterations || now.DensityIterations != then.DensityIterations {
			t.Errorf("%d and %d iterations on the device, %d and %d in the oracle",
				now.DivergenceIterations, now.DensityIterations, then.DivergenceIterations, then.DensityIterations)
		}
		// dt: its own rounding, what the speed may be off, and a tick of 2^-32 s, a step.
		now64, then64 := float64(now.TimeS)+float64(now.TimeFrac)*0x1p-32, float64(then.TimeS)+float64(then.TimeFrac)*0x1p-32
		if bound := float64(steps) * ((dtUnits*unit+boundV/float64(then.MaxSpeed))*float64(then.Dt) + 0x1p-32); math.Abs(now64-then64) > bound {
			t.Errorf("time %v s, want %v s +- %g", now64, then64, bound)
		}
	}
}

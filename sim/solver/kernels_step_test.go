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
	boundary, obstacles := make([][4]float32, params.BoundaryCount), make([]layout.Obstacle, params.ObstacleCount)
	read("position", &position)
	read("velocity", &velocity)
	read("boundary", &boundary)
	read("obstacles", &obstacles)
	st.Particles = ref.Particles(position, velocity, len(position))
	slices.SortFunc(st.Particles, func(a, b ref.Particle) int { return a.ID - b.ID })
	st.Walls, st.Obstacles = ref.Samples(boundary), obstacles
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

// oneStepBounds carries the kernels' bounds through one step of a state without contacts: density, pressure term,
// acceleration, step size, motion.
func oneStepBounds(s *ref.State) (x, v float64) {
	p := &s.Params
	n := len(s.Particles)
	h, m, rho0 := float64(p.SupportRadius), float64(p.Mass), float64(p.RestDensity)
	dense := copyState(s)
	var tally layout.Tally
	ref.Density(p, dense.Particles, dense.Walls, &tally)
	terms := make([]float64, n) // bounds of p/rho^2
	units := make([]float64, n)
	for i, own := range dense.Particles {
		rho, contributors := ref.DensityAt(p, own.X, dense.Particles, dense.Walls)
		units[i] = float64(contributors + wallsNear(p, own.X, dense.Walls))
		terms[i] = termBound(p, rho.Value, (units[i]+densityUnits)*unit*rho.Size)
	}
	slope := func(a, b ref.Vec) float64 { // |grad W|
		r := math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
		return r * math.Abs(ref.GradFactor(r, h))
	}
	var acceleration, bound, speed float64
	for i, own := range dense.Particles {
		from := 0.0
		for j, other := range dense.Particles {
			from += m * (terms[i] + terms[j]) * slope(own.X, other.X)
		}
		for _, b := range dense.Walls {
			// The mirrored part: rho^2 / rho0^2 is about one, and its own error is an eighth of that of p at most.
			from += rho0 * b.Volume * 3 * terms[i] * slope(own.X, b.X)
		}
		for axis, sum := range ref.AccelerationOf(p, i, dense.Particles, dense.Walls) {
			bound = max(bound, from+(units[i]+forceUnits)*unit*sum.Size)
			acceleration = max(acceleration, math.Abs(sum.Value))
			speed = max(speed, math.Abs(own.V[axis]))
		}
	}
	dt := ref.StepSize(p, speed, acceleration)
	dtBound := dt*(17*unit+bound/max(acceleration, 1)) + 0x1p-32
	v = dt*bound + dtBound*acceleration + 2*unit*(speed+dt*acceleration)
	x = dt*v + dtBound*speed + 2*unit
	return x, v
}

// The device's whole step against the oracle's, from a state that is under way: after one step within the bounds of the
// kernels, after ten within what ten such errors grow to. How errors grow the oracle says itself: it is run again from
// a state that is off by one step's bounds, in random directions.
func TestWholeStep(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		s := build(t, d, parse(t, wholeStep))
		for _, after := range []int{0, 60, 250} {
			if _, err := s.Run(after); err != nil {
				t.Fatal(err)
			}
			want := stateOf(t, d, s)
			boundX, boundV := oneStepBounds(want)
			off := copyState(want)
			random := rand.New(rand.NewPCG(uint64(after), 19))
			for i := range off.Particles {
				for axis := range 3 {
					off.Particles[i].X[axis] += boundX * (2*random.Float64() - 1)
					off.Particles[i].V[axis] += boundV * (2*random.Float64() - 1)
				}
			}
			clamps := want.Tally.WallClamps

			ref.Step(want)
			ref.Step(off)
			if _, err := s.Run(1); err != nil {
				t.Fatal(err)
			}
			got := stateOf(t, d, s)
			x, v := deviation(t, want, got)
			t.Logf("from step %d, %d particles: after 1 step off by %.2g m, %.2g m/s; bounds %.2g, %.2g", got.Control.Step-1, len(want.Particles), x, v, boundX, boundV)
			if x > boundX || v > boundV {
				t.Errorf("after one step: off by %g m (bound %g), %g m/s (bound %g)", x, boundX, v, boundV)
			}

			for range 9 {
				ref.Step(want)
				ref.Step(off)
			}
			if _, err := s.Run(9); err != nil {
				t.Fatal(err)
			}
			got = stateOf(t, d, s)
			x, v = deviation(t, want, got)
			grownX, grownV := deviation(t, want, off)
			t.Logf("after 10 steps off by %.2g m, %.2g m/s; bounds %.2g, %.2g; %d contacts", x, v, 10*grownX, 10*grownV, want.Tally.WallClamps-clamps)
			if x > 10*grownX || v > 10*grownV {
				t.Errorf("after ten steps: off by %g m (bound %g), %g m/s (bound %g)", x, 10*grownX, v, 10*grownV)
			}
			now, then := got.Control, want.Control
			if now.Step != then.Step || now.Live != then.Live || now.Lost != then.Lost || now.Fault != 0 || then.Fault != 0 {
				t.Errorf("device: %+v, oracle: %+v", now, then)
			}
			if a, b := float64(now.TimeFrac)*0x1p-32, float64(then.TimeFrac)*0x1p-32; math.Abs(a-b) > 10*1e-5*float64(then.Dt) {
				t.Errorf("time %v s, want %v s", a, b)
			}
		}
	})
}

package solver_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// smallDam is a dam break of about 3,000 particles.
const smallDam = `
format = 1
[domain]
min = [0, 0, 0]
max = [0.8, 0.5, 0.3]
[fluid]
spacing = 0.02
[[fluid.shape]]
type = "box"
min = [0, 0, 0]
max = [0.3, 0.26, 0.3]
`

func parse(t *testing.T, text string, set ...string) *scene.Scene {
	t.Helper()
	sc, err := scene.Parse("test.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if sc, err = sc.Set(set...); err != nil {
		t.Fatal(err)
	}
	return sc
}

// each runs a test on a scene with every solver.
func each(t *testing.T, text string, test func(t *testing.T, d *gpu.Device, sc *scene.Scene), set ...string) {
	t.Helper()
	gputest.Run(t, func(d *gpu.Device) {
		for _, solver := range []string{"dfsph", "pbf", "wcsph"} {
			sc := parse(t, text, append([]string{"solver.type=" + solver}, set...)...)
			t.Log(solver)
			test(t, d, sc)
		}
	})
}

func build(t *testing.T, d *gpu.Device, sc *scene.Scene, edit ...func(*seed.Set)) *solver.Solver {
	t.Helper()
	set, err := seed.Build(sc)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range edit {
		f(set)
	}
	s, err := solver.New(d, sc, set, solver.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Release)
	return s
}

func hash(t *testing.T, s *solver.Solver) string {
	t.Helper()
	h, err := s.Hash()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func run(t *testing.T, s *solver.Solver, steps int) solver.Stats {
	t.Helper()
	stats, err := s.Run(steps)
	if err != nil {
		t.Fatal(err)
	}
	return stats
}

// The same scene gives the same bits: on another run, after a reset, and however the steps were cut up.
func TestSameBits(t *testing.T) {
	each(t, smallDam, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		steps := 120
		if sc.Solver.Type != "wcsph" {
			steps = 25 // each is longer, and costs as much as ten
		}
		a := build(t, d, sc)
		run(t, a, steps)
		want := hash(t, a)

		b := build(t, d, sc)
		for _, n := range []int{1, 0, 7, steps/2 - 8, steps - steps/2} {
			run(t, b, n)
		}
		if got := hash(t, b); got != want {
			t.Errorf("%d steps in pieces: state %s, in one go %s", steps, got, want)
		}
		if err := a.Reset(); err != nil {
			t.Fatal(err)
		}
		stats := run(t, a, steps)
		if got := hash(t, a); got != want {
			t.Errorf("after a reset: state %s, before %s", got, want)
		}

		// The way through simulated time must meet the same states.
		c := build(t, d, sc)
		for k := 1; k <= 10; k++ {
			if _, err := c.AdvanceTo(stats.Time * float64(k) / 10); err != nil {
				t.Fatal(err)
			}
		}
		if got := c.Poll(); got.Step != stats.Step || hash(t, c) != want {
			t.Errorf("by time: step %d at %v s, by steps: step %d at %v s", got.Step, got.Time, stats.Step, stats.Time)
		}
		if err := b.Reset(); err != nil {
			t.Fatal(err)
		}
		run(t, b, steps+1)
		if hash(t, b) == want {
			t.Error("one step more gives the same hash: the hash cannot tell states apart")
		}
	})
}

// A goal stops the run at the first state at or past it, however many sub-steps were encoded.
func TestGoalStopsOnTime(t *testing.T) {
	each(t, smallDam, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		s := build(t, d, sc)
		for _, goal := range []float64{0, 1e-9, 0.004, 0.01} {
			stats, err := s.AdvanceTo(goal)
			if err != nil {
				t.Fatal(err)
			}
			if stats.Time < goal || (goal > 0 && stats.Time-stats.Dt >= goal) {
				t.Errorf("goal %v s: stopped at %v s, the last step began at %v s", goal, stats.Time, stats.Time-stats.Dt)
			}
		}
	})
}

// A block far from every wall falls exactly as Galileo says: pair forces cancel, so its centre of mass knows only
// gravity. Symplectic Euler is exact up to half a step: y = y0 - g (t^2 + sum dt^2) / 2.
func TestFreeFall(t *testing.T) {
	const text = `
format = 1
[domain]
min = [-1, -1, -1]
max = [1, 1, 1]
[fluid]
spacing = 0.05
jitter = 0
[[fluid.shape]]
type = "sphere"
position = [0, 0.5, 0]
radius = 0.2
`
	each(t, text, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		s := build(t, d, sc)
		height := func() float64 {
			st, err := s.State()
			if err != nil {
				t.Fatal(err)
			}
			var sum float64
			for _, x := range st.Position {
				sum += x[1]
			}
			return sum / float64(len(st.Position))
		}
		y0 := height()
		squares, last := 0.0, 0.0
		var stats solver.Stats
		steps := 0.0
		for ; last < 0.13; steps++ {
			stats = run(t, s, 1)
			step := stats.Time - last
			squares += step * step
			last = stats.Time
		}
		want := y0 - 9.81*(last*last+squares)/2
		got := height()
		// A rounding a step of positions below 1 m: each at most 2^-25 m.
		if tolerance := steps * math.Ldexp(1, -25); math.Abs(got-want) > tolerance {
			t.Errorf("after %v s: centre at %.8f m, exact %.8f m, more than %.1e apart", last, got, want, tolerance)
		}
		mass := stats.KineticEnergy * 2 / (9.81 * last * 9.81 * last)
		t.Logf("fell %.6f m in %.4f s (exact %.6f m), mass from energy %.4f kg", y0-got, last, y0-want, mass)
	})
}

// Without gravity and walls the fluid keeps its momentum.
func TestMomentumIsKept(t *testing.T) {
	const text = `
format = 1
gravity = [0, 0, 0]
[domain]
min = [-1, -1, -1]
max = [1, 1, 1]
[fluid]
spacing = 0.05
viscosity = 1
[[fluid.shape]]
type = "box"
position = [-0.25, 0, 0]
size = [0.4, 0.4, 0.4]
velocity = [1, 0.2, 0]
[[fluid.shape]]
type = "box"
position = [0.25, 0.1, 0]
size = [0.4, 0.4, 0.4]
velocity = [-1, 0, 0.1]
`
	each(t, text, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		s := build(t, d, sc)
		first := s.Poll()
		last, err := s.AdvanceTo(0.15)
		if err != nil {
			t.Fatal(err)
		}
		if last.KineticEnergy > 0.95*first.KineticEnergy {
			t.Fatalf("the blocks never met: energy %v J of %v J left", last.KineticEnergy, first.KineticEnergy)
		}
		mass := 2 * first.KineticEnergy / (first.MaxSpeed * first.MaxSpeed)
		// Every particle's velocity is rounded at most three times a step, by 2^-24 of about 1 m/s each.
		tolerance := mass * 3 * float64(last.Step) * math.Ldexp(1, -24)
		for k := range 3 {
			if drift := math.Abs(last.Momentum[k] - first.Momentum[k]); drift > tolerance {
				t.Errorf("momentum %d: %v -> %v kg m/s, more than %.1e apart", k, first.Momentum[k], last.Momentum[k], tolerance)
			}
		}
		t.Logf("momentum %v -> %v kg m/s, kinetic energy %.2f -> %.2f J", first.Momentum, last.Momentum, first.KineticEnergy, last.KineticEnergy)
	})
}

// Particles leave through open sides, and only there, and each is counted.
func TestOpenSidesCount(t *testing.T) {
	each(t, smallDam, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		s := build(t, d, sc)
		before := s.Poll().Particles
		stats, err := s.AdvanceTo(0.6)
		if err != nil {
			t.Fatal(err)
		}
		if stats.Lost == 0 || stats.Particles+stats.Lost != before {
			t.Errorf("%d particles left of %d, %d counted as lost", stats.Particles, before, stats.Lost)
		}
		st, err := s.State()
		if err != nil {
			t.Fatal(err)
		}
		if len(st.ID) != stats.Particles {
			t.Errorf("state has %d particles, statistics %d", len(st.ID), stats.Particles)
		}
		for i := 1; i < len(st.ID); i++ {
			if st.ID[i] <= st.ID[i-1] {
				t.Fatalf("particle %d appears twice or out of order", st.ID[i])
			}
		}
		t.Logf("%d of %d particles left the tank", stats.Lost, before)
	}, `domain.open=["+x"]`)
}

// Every awkward number of particles runs: none, one, a workgroup and its neighbours.
func TestAwkwardCounts(t *testing.T) {
	each(t, smallDam, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		for _, n := range []int{0, 1, 63, 64, 65} {
			s := build(t, d, sc, func(set *seed.Set) {
				set.Position, set.Velocity = set.Position[:n], set.Velocity[:n]
			})
			if stats := run(t, s, 5); stats.Particles != n || stats.Step != 5 || stats.Fault != nil {
				t.Errorf("%d particles: %+v", n, stats)
			}
			hash(t, s)
		}
	})
}

// A run that goes wrong stops by itself, says where, and leaves the last good state.
func TestFaultsStopTheRun(t *testing.T) {
	nan := float32(math.NaN())
	cases := []struct {
		name, kernel, kind string
		particle           int
		edit               func(*seed.Set)
	}{
		{"NaN velocity", "force", "non-finite", 17, func(s *seed.Set) {
			// Far from the others, which would catch it at once.
			s.Position[17] = [3]float32{0.3, 0.2, 0}
			s.Velocity[17][1] = nan
		}},
		{"NaN position", "count", "out of domain", 5, func(s *seed.Set) { s.Position[5][0] = nan }},
		{"outside", "count", "out of domain", 9, func(s *seed.Set) { s.Position[9][2] = 7 }},
		{"too fast", "integrate", "too fast", 3, func(s *seed.Set) { s.Velocity[3][0] = 1e9 }},
		{"all in one place", "count", "overflow", -1, func(s *seed.Set) {
			for i := range s.Position {
				s.Position[i] = s.Position[0]
			}
		}},
	}
	each(t, smallDam, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		for _, c := range cases {
			if name, ok := strings.CutPrefix(c.kernel, "force"); ok && sc.Solver.Type != "wcsph" {
				c.kernel = "non_pressure" + name
			}
			if c.kind == "too fast" && sc.Solver.Type == "pbf" {
				// Viscosity has made its neighbours too fast before anything moved.
				c.kernel, c.particle = "predict", 2
			}
			s := build(t, d, sc, c.edit)
			_, err := s.Run(10)
			var fault *solver.Fault
			if !errors.As(err, &fault) {
				t.Errorf("%s: error %v, want a fault", c.name, err)
				continue
			}
			if fault.Kernel != c.kernel || fault.Kind != c.kind || fault.Particle != c.particle {
				t.Errorf("%s: %v, want %s in %s, particle %d", c.name, fault, c.kind, c.kernel, c.particle)
			}
			t.Logf("%s: %v", c.name, fault)
			before := hash(t, s)
			if _, err := s.Run(5); err == nil || hash(t, s) != before {
				t.Errorf("%s: the run went on after its fault (error %v)", c.name, err)
			}
		}
	})
}

// Neighbour lists in eight buffers hold what one buffer holds.
func TestSplitListsGiveTheSameBits(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		sc := parse(t, smallDam)
		set, err := seed.Build(sc)
		if err != nil {
			t.Fatal(err)
		}
		var hashes [2]string
		for k := range hashes {
			s, err := solver.New(d, sc, set, solver.Options{SplitLists: k == 1})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Release()
			run(t, s, 10)
			hashes[k] = hash(t, s)
		}
		if hashes[0] != hashes[1] {
			t.Errorf("state %s with one buffer, %s with several", hashes[0], hashes[1])
		}
	})
}

// Water at rest keeps its pressure: a warm start that keeps too much of it makes a column breathe for ever, its pressure
// swinging between nothing and three times its weight.
func TestRestDoesNotBreathe(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		sc := parse(t, smallDam, "domain.min=[0,0,0]", "domain.max=[0.1,0.6,0.1]", "fluid.shape.0.max=[0.1,0.4,0.1]", "solver.type=dfsph")
		s := build(t, d, sc)
		run(t, s, 120)
		low, high := math.Inf(1), 0.0
		for range 12 {
			run(t, s, 1)
			state, err := s.State()
			if err != nil {
				t.Fatal(err)
			}
			sum := 0.0
			for _, p := range state.Pressure {
				sum += p
			}
			low, high = min(low, sum), max(high, sum)
		}
		if high > 1.3*low {
			t.Errorf("the pressure of water at rest swings by a factor of %.3g", high/low)
		}
	})
}

// What is compressed at the start, by the jitter, is pushed apart gently, however short the steps.
func TestShortStepsDoNotExplode(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		sc := parse(t, smallDam, "solver.type=dfsph", "time.max_step=1e-6")
		if stats := run(t, build(t, d, sc), 20); stats.MaxSpeed > 1 {
			t.Errorf("after %v s water that stood still moves at %.3g m/s", stats.Time, stats.MaxSpeed)
		}
	})
}

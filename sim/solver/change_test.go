package solver_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// changed is the scene with these values, taken over by a run.
func changed(t *testing.T, s *solver.Solver, sc *scene.Scene, set ...string) *scene.Scene {
	t.Helper()
	out, err := sc.Set(set...)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Change(out); err != nil {
		t.Fatalf("%v: %v", set, err)
	}
	return out
}

// few makes a scene cheap, and without obstacles or thick fluid.
var few = []string{"fluid.spacing=0.04"}

// With a change before the first step, or before a reset, a run is that of the new scene to the last bit: all numbers follow. A
// change at the same step gives the same bits.
func TestChangeIsAsFromTheStart(t *testing.T) {
	all := []string{
		"gravity=[3, -5, 1]", "fluid.rest_density=800", "fluid.viscosity=0.01", "fluid.sound_speed=25", "solver.artificial_viscosity=0.1",
		"solver.wall_viscosity=0.02", "solver.density_tolerance=0.001", "solver.divergence_tolerance=0.01", "time.cfl=0.3", "time.max_step=0.002",
	}
	each(t, smallDam, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		const steps = 8
		for _, set := range [][]string{all[:1], all} {
			other, err := sc.Set(set...)
			if err != nil {
				t.Fatal(err)
			}
			fresh := build(t, d, other)
			run(t, fresh, steps)
			want := hash(t, fresh)

			s := build(t, d, sc)
			changed(t, s, sc, set...)
			run(t, s, steps)
			if got := hash(t, s); got != want || s.Params() != fresh.Params() {
				t.Errorf("%v: changed at the start it is %s, started so %s; %+v and %+v", set, got, want, s.Params(), fresh.Params())
			}

			var midway [2]string
			for i := range midway {
				s = build(t, d, sc)
				run(t, s, steps)
				changed(t, s, sc, set...)
				run(t, s, 2)
				midway[i] = hash(t, s)
			}
			if midway[0] != midway[1] {
				t.Errorf("%v: changed at the same step it is %s and %s", set, midway[0], midway[1])
			}
			if err := s.Reset(); err != nil {
				t.Fatal(err)
			}
			run(t, s, steps)
			if got := hash(t, s); got != want {
				t.Errorf("%v: changed and reset it is %s, started so %s", set, got, want)
			}
		}
	}, few...)
}

// Water falls up when gravity is turned round while it moves, and down again: no energy comes from nowhere, and no particle gets
// out of step.
func TestGravityTurnsRound(t *testing.T) {
	each(t, smallDam, func(t *testing.T, d *gpu.Device, sc *scene.Scene) {
		s := build(t, d, sc)
		stats, err := s.AdvanceTo(0.1)
		for turn, g := range []string{"gravity=[0, 9.81, 0]", "gravity=[0, -9.81, 0]"} {
			changed(t, s, sc, g)
			// After a step the potential energy is that of the new gravity.
			first := run(t, s, 1)
			before, height := first.KineticEnergy+first.PotentialEnergy, level(t, s)
			mass := s.Params().Mass * float32(first.Particles)
			for k := 1; err == nil && k <= 3; k++ {
				stats, err = s.AdvanceTo(first.Time + 0.1*float64(k))
				// WCSPH gives back what it had compressed, some hundredths of the energy of its depth.
				if gain := (stats.KineticEnergy + stats.PotentialEnergy - before) / (float64(mass) * 9.81 * 0.5); gain > 0.02 {
					t.Errorf("%s, %.2f s: the energy has grown by %.3f of m g H", g, stats.Time, gain)
				}
			}
			if err != nil {
				t.Fatalf("%s: %v", g, err)
			}
			// In 0.3 s it falls 0.44 m, almost through the whole domain.
			if moved := level(t, s) - height; moved*[2]float64{1, -1}[turn] < 0.08 {
				t.Errorf("%s: the water has moved %.3f m up", g, moved)
			}
		}
	}, few...)
}

// level is the mean height of the particles.
func level(t *testing.T, s *solver.Solver) float64 {
	t.Helper()
	state, err := s.State()
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, x := range state.Position {
		sum += x[1]
	}
	return sum / float64(len(state.Position))
}

// A jump does not throw water that comes to rest: the first guess of its pressure fits what it is now. Motion knows no density,
// so another one changes nothing; and without weight, water goes on as it was.
func TestJumpsDoNotThrowTheWater(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		sc := parse(t, smallDam, append([]string{"domain.max=[0.3, 0.5, 0.3]", "fluid.viscosity=0", "fluid.shape.0.max=[0.3, 0.4, 0.3]"}, few...)...)
		fastest := func(set ...string) (before, after float64) {
			s := build(t, d, sc)
			before = run(t, s, 40).MaxSpeed
			changed(t, s, sc, set...)
			for range 6 {
				after = math.Max(after, run(t, s, 1).MaxSpeed)
			}
			t.Logf("%v: %.3g m/s before, %.3g m/s after", set, before, after)
			return before, after
		}
		_, unchanged := fastest()
		for _, set := range []string{"fluid.rest_density=20000", "fluid.rest_density=50"} {
			if _, after := fastest(set); math.Abs(after/unchanged-1) > 0.05 {
				t.Errorf("%s: water moves at %.3g m/s, with the density it had at %.3g m/s", set, after, unchanged)
			}
		}
		for _, set := range []string{"gravity=[0, 0, 0]", "gravity=[0, -0.981, 0]", "gravity=[0, 0.0981, 0]"} {
			if before, after := fastest(set); after > 1.1*before {
				t.Errorf("%s: water at %.3g m/s moves at %.3g m/s", set, before, after)
			}
		}
	})
}

// What needs other particles, passes or buffers is refused by name, and nothing has changed then.
func TestChangeThatNeedsARestart(t *testing.T) {
	const scenery = smallDam + `
[[obstacle]]
type = "sphere"
position = [0.6, 0.1, 0.15]
radius = 0.08
`
	refused := map[string][]string{
		"fluid.spacing": {"fluid.spacing=0.05"}, "fluid.jitter": {"fluid.jitter=0.01"},
		"fluid.shape.0.velocity": {"fluid.shape.0.velocity=[1, 0, 0]"}, "fluid.shape.0.position": {"fluid.shape.0.position=[0.2, 0.2, 0.2]"},
		"obstacle.0.position": {"obstacle.0.position=[0.5, 0.1, 0.15]"}, "obstacle.0.radius": {"obstacle.0.radius=0.05"},
		"domain.max": {"domain.max=[0.8, 0.6, 0.3]"}, "domain.open": {`domain.open=["+y"]`}, "domain.periodic": {`domain.periodic=["z"]`},
		"solver.type":           {"solver.type=wcsph"},
		"fluid.viscosity":       {"fluid.viscosity=100"}, // implicit, which has passes of its own
		"solver.max_iterations": {"solver.max_iterations=20"},
		"solver.viscosity":      {"solver.viscosity=implicit"},
	}
	gputest.Run(t, func(d *gpu.Device) {
		sc := parse(t, scenery, few...)
		s := build(t, d, sc)
		run(t, s, 3)
		before, params, plan := hash(t, s), s.Params(), s.Plan().String()
		for what, set := range refused {
			other, err := sc.Set(append([]string{"gravity=[1, 2, 3]"}, set...)...)
			if err != nil {
				t.Fatal(err)
			}
			var restart *solver.RestartError
			if err := s.Change(other); !errors.As(err, &restart) {
				t.Errorf("%v: error %v", set, err)
			} else if restart.What != what && restart.What != "gravity, "+what {
				t.Errorf("%v: %q needs the restart, want %q", set, restart.What, what)
			}
		}
		if hash(t, s) != before || s.Params() != params || s.Plan().String() != plan {
			t.Error("what was refused has changed something")
		}
		// What is drawn and measured is no business of the run's, and takes nothing from it.
		changed(t, s, sc, "camera.fov=30", "view.style=particles", "foam.amount=2", "colors.by=density", "data.cut=+z", "record.fps=30", "time.speed=0.5", "obstacle.0.visible=false", "title=other")
		if hash(t, s) != before || s.Params() != params || s.Plan().String() != plan {
			t.Error("what is only shown has changed the run")
		}
	})
}

// Gravity that makes another way of computing viscosity the faster one does not need it.
func TestGravityNeedsNoRestart(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		set := append(slices.Clone(few), "time.max_step=1", "fluid.viscosity=12")
		sc := parse(t, smallDam, set...)
		other, err := sc.Set("gravity=[0, -0.5, 0]")
		if err != nil {
			t.Fatal(err)
		}
		if sc.ImplicitViscosity() == other.ImplicitViscosity() {
			t.Fatal("choose a viscosity for which gravity matters")
		}
		s := build(t, d, sc)
		run(t, s, 3)
		changed(t, s, sc, "gravity=[0, -0.5, 0]")
		run(t, s, 3)
	})
}

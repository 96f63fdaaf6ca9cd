package solver_test

import (
	"flag"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
	"github.com/fluidsim/fluidsim/sim/solver"
)

var (
	randomScenes = flag.Int("scenes", 32, "how many random scenes TestRandomScenes runs")
	randomFirst  = flag.Uint64("first", 1, "number of the first of them")
)

// The fewest and most particles of a random scene.
const fewest, most = 50, 400

// Whatever the combination of valid keys, a scene runs: no fault, no NaN, nothing gets out, time passes, nothing is
// miscounted, and where nothing holds the fluid its momentum is that of its start plus its weight times time.
// More of them: go test ./sim/solver -run TestRandomScenes -scenes 10000; one of them again: -scenes 1 -first NUMBER.
func TestRandomScenes(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		began := time.Now()
		refused, judged := 0, 0
		number := *randomFirst
		for ran := 0; ran < *randomScenes; number++ {
			text, kind := drawScene(number)
			sc, err := scene.Parse("random.toml", []byte(text))
			if err != nil {
				refused++
				continue
			}
			set, err := seed.Build(sc)
			if err != nil || len(set.Position) < fewest || len(set.Position) > most {
				continue
			}
			ran++
			r := &randomRun{sc: sc, set: set, kind: kind}
			if err := r.run(d); err != nil {
				t.Errorf("scene %d (%d particles): %v\n%s", number, len(set.Position), err, text)
			}
			if r.judged {
				judged++
			}
			if ran%100 == 0 {
				t.Logf("%d scenes, %v", ran, time.Since(began).Round(time.Second))
			}
		}
		drawn := int(number - *randomFirst)
		t.Logf("%d scenes of %d drawn, %d refused, momentum judged in %d, %v", *randomScenes, drawn, refused, judged, time.Since(began).Round(time.Second))
	})
}

// Scenes that once stopped: crowds thrown into a corner, which 16 and 37 rounds of PBF made burst.
func TestHardScenes(t *testing.T) {
	gputest.Run(t, func(d *gpu.Device) {
		for _, number := range []uint64{12715, 28877} {
			text, kind := drawScene(number)
			sc, err := scene.Parse("random.toml", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			set, err := seed.Build(sc)
			if err != nil {
				t.Fatal(err)
			}
			if err := (&randomRun{sc: sc, set: set, kind: kind}).run(d); err != nil {
				t.Errorf("scene %d: %v", number, err)
			}
		}
	})
}

// randomRun is one scene on the device.
type randomRun struct {
	sc     *scene.Scene
	set    *seed.Set
	kind   int
	judged bool // its momentum was compared
	// Largest speed and pressure seen, and time step.
	speed, pressure, dt float64
	momentum            [3]float64 // at the start
}

const (
	randomSteps = 50
	randomLook  = 10 // steps between looks at the state
)

func (r *randomRun) run(d *gpu.Device) error {
	s, err := solver.New(d, r.sc, r.set, solver.Options{})
	if err != nil {
		return err
	}
	defer s.Release()
	mass := seed.Mass(r.sc)
	for _, v := range r.set.Velocity {
		for k := range 3 {
			r.momentum[k] += mass * float64(v[k])
		}
	}
	// Still air holds what flies through it.
	free := r.kind != tank && r.sc.Fluid.AirDrag == 0
	for step := 0; step <= randomSteps; step += randomLook {
		stats, err := s.Run(min(step, randomLook))
		if err != nil {
			return err
		}
		state, err := s.State()
		if err != nil {
			return err
		}
		if stats.Step != uint64(step) {
			return fmt.Errorf("%d steps made, not %d", stats.Step, step)
		}
		if err := firstOf(r.counted(stats, state), r.finite(stats, state), r.inside(state)); err != nil {
			return fmt.Errorf("after %d steps, at %g s: %w", step, stats.Time, err)
		}
		free = free && (r.kind == endless || r.far(state))
		if free {
			r.judged = true
			if err := r.closed(stats); err != nil {
				return fmt.Errorf("after %d steps, at %g s: %w", step, stats.Time, err)
			}
		}
	}
	return nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// counted tells whether every particle is there or counted as lost, and time has passed.
func (r *randomRun) counted(stats solver.Stats, state *solver.State) error {
	n := len(r.set.Position)
	switch {
	case stats.Particles+stats.Lost != n || len(state.ID) != stats.Particles:
		return fmt.Errorf("%d particles, %d in the state and %d lost of %d", stats.Particles, len(state.ID), stats.Lost, n)
	case stats.Lost > 0 && len(r.sc.Domain.Open) == 0:
		return fmt.Errorf("%d particles are lost without an open side", stats.Lost)
	case stats.Step > 0 && (stats.Time <= 0 || stats.Dt <= 0 || stats.Dt > r.sc.Time.MaxStep*(1+1e-6)+1e-9):
		return fmt.Errorf("time %g s, last step %g s, the longest is %g s", stats.Time, stats.Dt, r.sc.Time.MaxStep)
	}
	return nil
}

func (r *randomRun) finite(stats solver.Stats, state *solver.State) error {
	for _, v := range []float64{stats.Time, stats.Dt, stats.MaxSpeed, stats.DensityErrorMean, stats.DensityErrorMax, stats.NeighboursMean,
		stats.KineticEnergy, stats.PotentialEnergy, stats.Momentum[0], stats.Momentum[1], stats.Momentum[2], stats.Residual} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Errorf("statistics are no numbers: %+v", stats)
		}
	}
	for i, id := range state.ID {
		x, v := state.Position[i], state.Velocity[i]
		sum := x[0] + x[1] + x[2] + v[0] + v[1] + v[2] + state.Density[i] + state.Pressure[i]
		if math.IsNaN(sum) || math.IsInf(sum, 0) || state.Density[i] <= 0 || state.Pressure[i] < 0 {
			return fmt.Errorf("particle %d: x %v v %v density %v pressure %v", id, x, v, state.Density[i], state.Pressure[i])
		}
		r.pressure = math.Max(r.pressure, state.Pressure[i])
	}
	r.speed = math.Max(r.speed, stats.MaxSpeed)
	r.dt = math.Max(r.dt, stats.Dt)
	return nil
}

// inside tells whether every particle is in the domain, and outside of every obstacle that nothing presses it into.
func (r *randomRun) inside(state *solver.State) error {
	d := r.sc.Fluid.Spacing
	for i, id := range state.ID {
		x := scene.Vec3(state.Position[i])
		near := math.Inf(1) // distance to the nearest closed side
		for k := range r.sc.Dimensions {
			low, high := r.sc.Domain.Min[k], r.sc.Domain.Max[k]
			// Positions are single precision, relative to the middle.
			slack := 1e-6 * (high - low)
			if x[k] < low-slack || x[k] > high+slack {
				return fmt.Errorf("particle %d is outside the domain, at %v", id, x)
			}
			if !r.sc.Domain.IsPeriodic(k) {
				near = math.Min(near, math.Min(x[k]-low, high-x[k]))
			}
		}
		if r.sc.Plane() && x[2] != 0 {
			return fmt.Errorf("particle %d left the plane: z %g", id, x[2])
		}
		within, others := -1, near
		for k, o := range r.sc.Obstacles {
			if depth := o.SDF(x); depth < -1e-3*d && within < 0 {
				within = k
			} else {
				others = math.Min(others, depth)
			}
		}
		// A particle that another solid pushed in lies at that one's surface.
		if within >= 0 && others > 0.2*d {
			return fmt.Errorf("particle %d at %v is %g spacings inside obstacle.%d", id, x, -r.sc.Obstacles[within].SDF(x)/d, within)
		}
	}
	return nil
}

// far tells whether the walls were and will be out of reach for a while: a step crosses at most one spacing.
func (r *randomRun) far(state *solver.State) bool {
	reach := (randomLook + 3) * r.sc.Fluid.Spacing
	for _, x := range state.Position {
		for k := range r.sc.Dimensions {
			if x[k]-r.sc.Domain.Min[k] < reach || r.sc.Domain.Max[k]-x[k] < reach {
				return false
			}
		}
	}
	return true
}

// closed compares the momentum with that of the start and the weight.
func (r *randomRun) closed(stats solver.Stats) error {
	mass := seed.Mass(r.sc)
	n := float64(len(r.set.Position))
	// In every step each velocity is rounded after each of five kicks, and so are the terms of each kick, which may be as
	// large as the pressure of one neighbour: p/(rho d) times the step; or, with viscosity, as the speed times nu dt/d^2.
	// Roundings of 2^-24 each, added up without luck.
	d, rho := r.sc.Fluid.Spacing, r.sc.Fluid.RestDensity
	push := r.dt * r.pressure / (rho * d)
	drag := r.dt * r.sc.Fluid.Viscosity / (rho * d * d)
	// Surface tension sums pairs within four spacings, whose terms add up to some fifty times what it does: sigma/(rho d^2).
	push += 2 * r.dt * r.sc.Fluid.SurfaceTension / (rho * d * d)
	// Spins act with the curl, speed over d, as a viscosity would.
	drag += r.dt * r.sc.Fluid.Vorticity * r.sc.SoundSpeed() / d
	allowed := mass * n * float64(stats.Step+1) * 5 * math.Pow(2, -24) * (r.speed*(1+drag) + 30*push)
	for k := range 3 {
		want := r.momentum[k] + mass*n*r.sc.Gravity[k]*stats.Time
		if off := math.Abs(stats.Momentum[k] - want); off > allowed+1e-5*math.Abs(want) {
			return fmt.Errorf("momentum %v along axis %d, want %v: %.2g off, %.2g allowed", stats.Momentum[k], k, want, off, allowed)
		}
	}
	return nil
}

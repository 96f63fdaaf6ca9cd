package validation

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// Options are what a run may be told.
type Options struct {
	Set      []string               // assignments to the scene, as scene.Set takes them
	Progress func(fraction float64) // called now and then; may be nil
}

// experiment is a run that is being measured.
type experiment struct {
	ctx      context.Context
	scene    *scene.Scene
	solver   *solver.Solver
	seconds  float64
	progress func(float64)
	reason   func(figure string) string
	result   *Result
}

// Run computes a variant of a case on a device. A run that cannot begin, or stops itself, is a Result with a Failure; the
// only error is ctx's.
func Run(ctx context.Context, d *gpu.Device, c *Case, v Variant, o Options) (*Result, error) {
	r := &Result{Case: c.Name, Solver: v.Solver, Across: v.Across, Spacing: c.Length / float64(v.Across)}
	err := r.run(ctx, d, c, v, o)
	if stopped := ctx.Err(); stopped != nil {
		return nil, stopped
	}
	if err != nil {
		r.Failure = err.Error()
	}
	return r, nil
}

func (r *Result) run(ctx context.Context, d *gpu.Device, c *Case, v Variant, o Options) error {
	sc, err := c.Scene(v, o.Set...)
	if err != nil {
		return err
	}
	r.Solver, r.Spacing, r.Across = sc.Solver.Type, sc.Fluid.Spacing, int(math.Round(c.Length/sc.Fluid.Spacing))
	set, err := seed.Build(sc)
	if err != nil {
		return err
	}
	r.Particles = len(set.Position)
	if c.velocity != nil {
		setVelocities(set, c.velocity)
	}
	s, err := solver.New(d, sc, set, solver.Options{})
	if err != nil {
		return err
	}
	defer s.Release()
	e := &experiment{
		ctx: ctx, scene: sc, solver: s, seconds: v.Seconds, progress: o.Progress, result: r,
		reason: func(figure string) string { return c.reason(r.Solver, figure) },
	}
	if len(o.Set) > 0 {
		e.reason = func(string) string { return "" } // what is known is known of the case as it is
	}
	if e.seconds == 0 {
		e.seconds = sc.Record.Seconds
	}
	return c.measure(e)
}

// setVelocities gives every particle the velocity of its place.
func setVelocities(set *seed.Set, velocity func(x [3]float64) [3]float64) {
	for i, p := range set.Position {
		var x [3]float64
		for k := range x {
			x[k] = float64(p[k]) + set.Origin[k]
		}
		for k, v := range velocity(x) {
			set.Velocity[i][k] = float32(v)
		}
	}
}

// look sees a moment of a run and tells whether it wants to see more.
type look func(t float64, stats solver.Stats, st *solver.State) (more bool)

// sample looks at the start and then every so many seconds, until the run is over or enough was seen.
func (e *experiment) sample(every float64, see look) error {
	return e.watch(see, func(k int) (solver.Stats, error) { return e.solver.AdvanceTo(min(float64(k)*every, e.seconds)) })
}

// steps looks at the start and after every single step.
func (e *experiment) steps(see look) error {
	return e.watch(see, func(k int) (solver.Stats, error) { return e.solver.Run(min(k, 1)) })
}

func (e *experiment) watch(see look, advance func(k int) (solver.Stats, error)) error {
	for k := 0; ; k++ {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		began := time.Now()
		stats, err := advance(k)
		e.result.Wall += time.Since(began).Seconds()
		if err != nil {
			return err
		}
		st, err := e.solver.State()
		if err != nil {
			return err
		}
		r := e.result
		r.Seconds, r.Steps = stats.Time, stats.Step
		r.Density += (stats.DensityErrorMean - r.Density) / float64(k+1)
		r.Worst = max(r.Worst, stats.DensityErrorMax)
		if e.progress != nil {
			e.progress(stats.Time / e.seconds)
		}
		// A hair of tolerance: the device counts time in ticks.
		if !see(stats.Time, stats, st) || stats.Time >= e.seconds*(1-1e-9) {
			return nil
		}
	}
}

// figure records a number and its target.
func (e *experiment) figure(name string, value, target float64, unit string) {
	f := Figure{Name: name, Value: value, Target: target, Unit: unit}
	if !f.Pass() {
		f.Reason = e.reason(name)
	}
	e.result.Figures = append(e.result.Figures, f)
}

func (e *experiment) percent(name string, value, target float64) {
	e.figure(name, 100*value, target, "%")
}

func (e *experiment) note(text string) { e.result.Notes = append(e.result.Notes, text) }

// chart records a picture; lines that are no reference are named after the run.
func (e *experiment) chart(x, y string, lines ...Line) {
	for i := range lines {
		if l := &lines[i]; !l.Reference {
			l.Name = strings.TrimSuffix(fmt.Sprintf("%s %d, %s", e.result.Solver, e.result.Across, l.Name), ", ")
		}
	}
	e.result.Charts = append(e.result.Charts, Chart{x, y, lines})
}

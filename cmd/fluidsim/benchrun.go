package main

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// benchRun measures one solver at one size.
func (a *app) benchRun(device *gpu.Device, p *benchPlan, method string, size int, stop *interrupt) (*benchRun, error) {
	one := *a // flags of its own
	one.particles, one.set = count(size), append(slices.Clone(a.set), "solver.type="+method)
	written, err := one.loadScene(p.scene, 0)
	if err != nil {
		return nil, err
	}
	run := &benchRun{Solver: method, Particles: size, Passes: []benchPass{}}
	set, err := one.populate(device, written, 0, solver.Options{})
	var full *solver.CapacityError
	if errors.As(err, &full) {
		run.Refused = full.Error()
		return run, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { set.solver.Release() }()
	meter := newMeter(a.err, fmt.Sprintf("%s, %s particles", method, inWords(set.set.Report.Fluid)))
	defer meter.done()
	all := float64(p.steps + min(p.steps, benchTimed) + 2*benchWarmUp)
	before, err := set.solver.Run(benchWarmUp)
	if err != nil {
		return nil, err
	}
	if err := run.clock(set.solver, p.steps, before, func(done int) bool {
		meter.at(float64(benchWarmUp+done), all)
		return stop.asked()
	}); err != nil {
		return nil, err
	}
	run.BytesPerParticle = set.solver.BytesPerParticle()
	if walk, err := set.solver.WalkTime(); err == nil {
		run.WalkMs = 1e3 * walk
	}
	// Timestamps cut the step into pieces and slow it down a little, so the passes are measured apart from the whole.
	set.solver.Release()
	timed, err := solver.New(device, set.scene, set.set, solver.Options{Timestamps: true})
	if err != nil {
		return nil, err
	}
	set.solver = timed
	return run, run.passes(timed, min(run.Steps, benchTimed), func(done int) bool {
		meter.at(float64(benchWarmUp+p.steps+benchWarmUp+done), all)
		return stop.asked()
	})
}

// clock makes the steps, or as many as there is time for, and keeps the median of how long one takes.
func (r *benchRun) clock(run *solver.Solver, steps int, before solver.Stats, tell func(done int) bool) error {
	var each []float64
	var p portion
	began := time.Now()
	last := before
	for made := 0; made < steps; {
		n := min(p.begin(), steps-made)
		var err error
		if last, err = run.Run(n); err != nil {
			return err
		}
		took := time.Since(p.began).Seconds()
		p.end()
		for range n {
			each = append(each, took/float64(n))
		}
		made += n
		if tell(made) {
			return errInterrupted
		}
		if time.Since(began).Seconds() > benchSeconds && made >= benchWarmUp {
			break
		}
	}
	slices.Sort(each)
	median := each[len(each)/2]
	simulated := last.Time - before.Time
	r.Steps, r.Particles, r.NeighboursMean = len(each), last.Particles, last.NeighboursMean
	r.DtMean = simulated / float64(len(each))
	r.MsPerStep = 1e3 * median
	r.ParticleStepsPerS = float64(last.Particles) / median
	r.RealTimeFactor = r.DtMean / median
	r.DensityErrorMean = last.DensityErrorMean
	return nil
}

// passes measures every pass by the device's own clock.
func (r *benchRun) passes(run *solver.Solver, steps int, tell func(done int) bool) error {
	if _, err := run.Run(benchWarmUp); err != nil {
		return err
	}
	run.Passes()
	rounds := map[string]float64{}
	for made := range steps {
		stats, err := run.Run(1)
		if err != nil {
			return err
		}
		for loop, n := range map[string]int{"divergence": stats.DivergenceIterations, "density": stats.DensityIterations, "viscosity": stats.ViscosityIterations} {
			rounds[loop] += float64(n) / float64(steps)
		}
		if tell(made + 1) {
			return errInterrupted
		}
	}
	traffic, err := run.Traffic()
	if err != nil {
		return err
	}
	times := loops(run.Plan().Step)
	for _, pass := range run.Passes() {
		bytes := traffic[pass.Name]
		if loop := times[pass.Name]; loop != "" {
			bytes *= rounds[loop]
		}
		row := benchPass{Name: pass.Name, Ms: pass.Milliseconds, Bytes: bytes}
		if pass.Milliseconds > 0 {
			row.GBPerS = bytes / pass.Milliseconds / 1e6
		}
		r.Passes = append(r.Passes, row)
	}
	return nil
}

// loops tells of every pass in a loop which statistic counts its rounds: those of PBF are rounds of its density.
func loops(passes []solver.Pass) map[string]string {
	of := map[string]string{}
	for _, p := range passes {
		loop := p.Label
		if loop != "divergence" && loop != "viscosity" {
			loop = "density"
		}
		for _, in := range p.Body {
			of[in.Label] = loop
		}
	}
	return of
}

// growth is how long a run of this size took about [s].
func (r *benchRun) growth() float64 { return r.MsPerStep / 1e3 * float64(r.Steps+benchTimed) }

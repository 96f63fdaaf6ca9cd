package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// Defaults of a measurement. The warm-up lets the driver finish its compiling
// and the caches fill.
const (
	benchParticles = 100_000
	benchSteps     = 100
	benchWarmUp    = 5
	benchTimed     = 20 // steps at most to time the passes
)

// benchResult is what a measurement found; its JSON form is a promise.
type benchResult struct {
	Adapter           string      `json:"adapter"`
	Particles         int         `json:"particles"`
	NeighboursMean    float64     `json:"neighbours_mean"`
	Solver            string      `json:"solver"`
	Steps             int         `json:"steps"`
	DtMean            float64     `json:"dt_mean"`
	MsPerStep         float64     `json:"ms_per_step"`
	ParticleStepsPerS float64     `json:"particle_steps_per_s"`
	RealTimeFactor    float64     `json:"real_time_factor"`
	BytesPerParticle  float64     `json:"bytes_per_particle"`
	Passes            []benchPass `json:"passes"`
}

type benchPass struct {
	Name string  `json:"name"`
	Ms   float64 `json:"ms"`
}

func newBench(a *app) *cobra.Command {
	var steps int
	var asJSON bool
	c := &cobra.Command{
		Use:   "bench [SCENE]",
		Short: "Measure how fast this GPU simulates",
		Long: fmt.Sprintf(`Measures how fast the GPU simulates a scene: %d steps after %d to warm up,
without drawing. The scene is %s with %s particles unless you say otherwise,
and then the solver is wcsph: a particle-step of an explicit solver is the measure
that programs are compared by. A step of dfsph costs several times as much and is
ten times as long; --set solver.type=dfsph measures it.

The speed is measured on the clock, without GPU timestamps; the rows per pass
come from GPU timestamps in a second run.`, benchSteps, benchWarmUp, scenes.Default, inWords(benchParticles)),
		Example: `  fluidsim bench
  fluidsim bench --particles 1M --steps 200
  fluidsim bench --set solver.type=dfsph
  fluidsim bench pool-drop --json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("bench measures one scene at a time (got %d)", len(args))
			}
			return nil
		},
		ValidArgsFunction: completeScenes,
		RunE: func(_ *cobra.Command, args []string) error {
			if steps < 1 || steps > 1_000_000 {
				return usagef("--steps must be 1 to 1000000 (got %d)", steps)
			}
			name := scenes.Default
			if len(args) == 1 {
				name = args[0]
			} else {
				// What --set says comes later, and so wins.
				a.set = append([]string{"solver.type=wcsph"}, a.set...)
			}
			result, err := a.bench(name, steps)
			if err != nil {
				return err
			}
			if asJSON {
				e := json.NewEncoder(a.out)
				e.SetIndent("", "  ")
				return e.Encode(result)
			}
			return a.printBench(result)
		},
	}
	c.Flags().IntVar(&steps, "steps", benchSteps, "measure `N` steps")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (a *app) bench(name string, steps int) (*benchResult, error) {
	s, err := a.headless(name, benchParticles, true)
	if err != nil {
		return nil, err
	}
	defer s.release()
	fmt.Fprintln(a.err, s.summary())
	meter := newMeter(a.err, "measuring")
	defer meter.done()
	all := steps + min(steps, benchTimed) + 2*benchWarmUp
	before, _, err := measure(s.solver, benchWarmUp, meter, 0, all)
	if err != nil {
		return nil, err
	}
	after, wall, err := measure(s.solver, steps, meter, benchWarmUp, all)
	if err != nil {
		return nil, err
	}
	simulated := after.Time - before.Time
	result := &benchResult{
		Adapter:           s.device.Info().Name,
		Particles:         after.Particles,
		NeighboursMean:    after.NeighboursMean,
		Solver:            s.scene.Solver.Type,
		Steps:             steps,
		DtMean:            simulated / float64(steps),
		MsPerStep:         1e3 * wall / float64(steps),
		ParticleStepsPerS: float64(after.Particles) * float64(steps) / wall,
		RealTimeFactor:    simulated / wall,
		BytesPerParticle:  s.solver.BytesPerParticle(),
		Passes:            []benchPass{},
	}
	// Timestamps cut the step into pieces and slow it down a little, so the
	// passes are measured apart from the whole.
	s.solver.Release()
	timed, err := solver.New(s.device, s.scene, s.set, solver.Options{Timestamps: true})
	if err != nil {
		return nil, err
	}
	s.solver = timed
	if _, _, err := measure(timed, benchWarmUp, meter, steps+benchWarmUp, all); err != nil {
		return nil, err
	}
	timed.Passes()
	if _, _, err := measure(timed, min(steps, benchTimed), meter, steps+2*benchWarmUp, all); err != nil {
		return nil, err
	}
	meter.done()
	for _, pass := range timed.Passes() {
		result.Passes = append(result.Passes, benchPass{pass.Name, pass.Milliseconds})
	}
	return result, nil
}

// measure makes steps and tells how long they took [s]. Before them so many of
// all had been made.
func measure(run *solver.Solver, steps int, m *meter, before, all int) (last solver.Stats, wall float64, err error) {
	var p portion
	for made := 0; made < steps; {
		n := min(p.begin(), steps-made)
		if last, err = run.Run(n); err != nil {
			return last, wall, err
		}
		wall += time.Since(p.began).Seconds()
		p.end()
		made += n
		m.at(float64(before+made), float64(all))
	}
	return last, wall, nil
}

func (a *app) printBench(r *benchResult) error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "adapter\t%s\n", r.Adapter)
	fmt.Fprintf(w, "particles\t%s\n", inWords(r.Particles))
	fmt.Fprintf(w, "mean neighbours\t%.1f\n", r.NeighboursMean)
	fmt.Fprintf(w, "solver\t%s\n", r.Solver)
	fmt.Fprintf(w, "steps\t%d\n", r.Steps)
	fmt.Fprintf(w, "mean time step\t%.3g s\n", r.DtMean)
	fmt.Fprintf(w, "time per step\t%.3f ms\n", r.MsPerStep)
	fmt.Fprintf(w, "particle-steps per second\t%.3g million\n", r.ParticleStepsPerS/1e6)
	fmt.Fprintf(w, "real-time factor\t%.3g\n", r.RealTimeFactor)
	fmt.Fprintf(w, "memory\t%.0f bytes a particle\n", r.BytesPerParticle)
	if err := w.Flush(); err != nil {
		return err
	}
	if len(r.Passes) == 0 {
		_, err := fmt.Fprintln(a.out, "\nthis GPU has no timestamps: no times per pass")
		return err
	}
	total := 0.0
	for _, pass := range r.Passes {
		total += pass.Ms
	}
	fmt.Fprintln(a.out, "\nGPU time per step and pass:")
	for _, pass := range r.Passes {
		fmt.Fprintf(w, "  %s\t%8.4f ms\t%5.1f %%\n", pass.Name, pass.Ms, 100*pass.Ms/max(total, 1e-12))
	}
	fmt.Fprintf(w, "  all\t%8.4f ms\t\n", total)
	return w.Flush()
}

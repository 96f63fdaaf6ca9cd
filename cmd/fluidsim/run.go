package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/sim/solver"
)

// sampleRate is how often a run looks at the simulation, in simulated time [Hz].
const sampleRate = 60

type runOptions struct {
	seconds float64
	steps   int
	stats   string
	gauges  gaugeFiles
	files   exportFiles

	overwrite bool // of those
}

func newRun(a *app) *cobra.Command {
	o := &runOptions{}
	c := &cobra.Command{
		Use:   "run SCENE",
		Short: "Simulate without drawing",
		Long: `Simulates without drawing and prints a summary and a hash of the final state:
the same scene on the same GPU always gives the same hash.

--stats writes a table with a row per 1/60 s of simulated time: energies,
density error, largest speed and more.

--probes writes what the scene's gauges (its [[probe]] tables) read: a column
"time [s]" and then one or more for each probe, named as in the scene with the
unit, like "level [m]", "flow.x [m/s]" and "profile@0.25 [m]" (0.25 m along the
line). An empty field is a gauge that has nothing to measure. There is a row for
every 1/probe_rate seconds: the first state at or after that moment, with its
own time. Without gauges in the scene the global ones are read: energies,
largest speed, density error, centre of mass, number of particles.

--plot draws the same as a .png or .svg file, together with the measured data
that a probe names as its reference: a table with a head and two columns, like
"time,value", in the probe's unit; lines that begin with # are left out.

--export writes the particles for other programs, record.fps times per simulated
second: .ply files, or .vtp files with particles.pvd, which opens the whole series
in ParaView. Each holds the first state at or after its moment, with position,
velocity, density, pressure and number of each particle.

None of these changes the simulation.`,
		Example: `  fluidsim run dam-break --seconds 2
  fluidsim run dam-break --particles 100k --steps 500 --stats out.csv
  fluidsim run dam-break --probes dam.csv --plot dam.svg
  fluidsim run dam-break --export ply --set record.fps=24`,
		Args:              oneScene,
		ValidArgsFunction: completeScenes,
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("seconds") && cmd.Flags().Changed("steps") {
				return usagef("--seconds and --steps both say when to end: give one of them")
			}
			if cmd.Flags().Changed("seconds") && !(o.seconds > 0 && o.seconds <= 1e6) {
				return usagef("--seconds must be positive and at most 1e6 (got %g)", o.seconds)
			}
			if cmd.Flags().Changed("steps") && (o.steps < 0 || o.steps > math.MaxInt32) {
				return usagef("--steps must be 0 to %d (got %d)", math.MaxInt32, o.steps)
			}
			if !cmd.Flags().Changed("steps") {
				o.steps = -1
			}
			if err := o.gauges.check(o.stats); err != nil {
				return err
			}
			if err := o.files.check(); err != nil {
				return err
			}
			return a.run(args[0], o)
		},
	}
	c.Flags().Float64Var(&o.seconds, "seconds", 0, "simulated `S` seconds to run (default: the scene's record.seconds; with --inputs, to their end)")
	c.Flags().IntVar(&o.steps, "steps", 0, "run exactly `N` steps instead")
	c.Flags().StringVar(&o.stats, "stats", "", "write a time series to this .csv `FILE`")
	a.inputsFlag(c)
	o.gauges.flags(c)
	o.files.flags(c)
	c.Flags().BoolVar(&o.overwrite, "overwrite", false, "replace the particle files that an earlier run left")
	return c
}

func (a *app) run(argument string, o *runOptions) (err error) {
	stop := interrupts() // before the long set-up
	defer stop.release()
	s, err := a.headless(argument, 0, false)
	if err != nil {
		return err
	}
	defer s.release()
	if until := s.inputs.end(); until > 0 && o.seconds == 0 && o.steps < 0 {
		o.steps = int(until)
	}
	if o.seconds == 0 {
		o.seconds = s.scene.Record.Seconds
	}
	table, err := newStatsTable(o.stats)
	if err != nil {
		return err
	}
	defer table.abandon()
	gauges, err := a.newGauges(s, argument, o.gauges)
	if err != nil {
		return err
	}
	defer gauges.abandon()
	files, err := newExports(s, o.files, s.scene.Name, 0, s.scene.Record.FPS, o.overwrite)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.err, s.summary())

	meter := newMeter(a.err, "simulating")
	defer meter.done()

	began := time.Now()
	last := s.solver.Poll()
	table.row(last)
	end, limit := o.seconds, uint64(anyStep)
	if o.steps >= 0 {
		end, limit = forever, uint64(o.steps)
	}
	for k := 1; ; k++ {
		next := float64(k) / sampleRate
		last, err = files.pass(s, gauges, min(next, end), limit, stop)
		if limit < anyStep {
			meter.at(float64(last.Step), float64(limit))
		} else {
			meter.at(last.Time, end)
		}
		table.row(last)
		if err != nil || last.Time >= end || last.Step >= limit || stop.asked() {
			break
		}
	}
	wall := time.Since(began)
	meter.done()
	if closing := files.finish(a); closing != nil {
		err = errors.Join(err, closing)
	}
	if err != nil && last.Fault == nil {
		return err
	}
	if closing := table.finish(); closing != nil {
		return closing
	}
	if closing := gauges.finish(); closing != nil {
		return closing
	}
	if tell := a.summary(s, last, wall, "step", int(last.Step)); tell != nil {
		return tell
	}
	gauges.tell(a)
	s.inputs.tell(a)
	if o.stats != "" {
		fmt.Fprintf(a.out, "wrote %s (%d rows)\n", o.stats, table.rows)
	}
	switch {
	case err != nil:
		return err
	case stop.asked():
		fmt.Fprintln(a.err, "fluidsim: stopped before the end, as you asked")
		return errInterrupted
	}
	return nil
}

// advance runs until simulated time is at least t or the limit of steps is
// reached, as the solver's Advance does, but in portions: between two of them
// Ctrl-C is heard. The portions change nothing of what is computed.
func advance(run *solver.Solver, t float64, limit uint64, stop *interrupt) (solver.Stats, error) {
	var p portion
	for {
		last := run.Poll()
		goal := t
		if last.Dt > 0 {
			goal = min(t, last.Time+float64(p.begin())*last.Dt)
		} else if last.Time < t {
			goal = math.Nextafter(last.Time, math.Inf(1)) // the first step's length is not known yet
		}
		last, err := run.Advance(goal, limit)
		p.end()
		if err != nil || last.Time >= t || last.Step >= limit || stop.asked() {
			return last, err
		}
	}
}

// portion is how many steps to make before looking for Ctrl-C: about a quarter
// of a second's worth.
type portion struct {
	steps int
	began time.Time
}

func (p *portion) begin() int {
	p.steps, p.began = max(p.steps, 1), time.Now()
	return p.steps
}

func (p *portion) end() {
	const prompt = 250 * time.Millisecond
	switch took := time.Since(p.began); {
	case took > prompt:
		p.steps = max(p.steps/2, 1)
	case took < prompt/3:
		p.steps = min(2*max(p.steps, 1), 1<<16)
	}
}

// summary prints the end of a simulation, the state's hash on the last line. The
// time it took is told per step, or per frame where drawing is part of it.
func (a *app) summary(s *session, last solver.Stats, wall time.Duration, unit string, units int) error {
	hash, err := s.solver.Hash()
	if err != nil {
		return err
	}
	switch last.Step {
	case 0:
		fmt.Fprintln(a.out, "simulated 0 s in 0 steps")
	case 1:
		fmt.Fprintf(a.out, "simulated %.6g s in 1 step\n", last.Time)
	default:
		fmt.Fprintf(a.out, "simulated %.6g s in %d steps (mean step %.3g s)\n", last.Time, last.Step, last.Time/float64(last.Step))
	}
	if units > 0 {
		fmt.Fprintf(a.out, "took %.3g s: %.3g ms a %s, %.3g times real time\n",
			wall.Seconds(), 1e3*wall.Seconds()/float64(units), unit, last.Time/wall.Seconds())
	}
	fmt.Fprintf(a.out, "particles %s", inWords(last.Particles))
	if last.Lost > 0 {
		how := "left through open sides"
		if s.inputs != nil {
			how = "left or taken out"
		}
		fmt.Fprintf(a.out, " (%s %s)", inWords(last.Lost), how)
	}
	fmt.Fprintf(a.out, ", mean neighbours %.3g, largest speed %.3g m/s\n", last.NeighboursMean, last.MaxSpeed)
	fmt.Fprintf(a.out, "density error mean %.3g %%, largest %.3g %%\n", 100*last.DensityErrorMean, 100*last.DensityErrorMax)
	if last.WallClamps > 0 {
		fmt.Fprintf(a.out, "particles touched down on walls %s times\n", inWords(int(last.WallClamps)))
	}
	fmt.Fprintf(a.out, "state sha256:%s\n", hash)
	return nil
}

// interrupt notices Ctrl-C (and a polite kill, and a terminal that is closed) so that a command can end
// between two frames. A second one ends the program at once.
type interrupt struct {
	signals chan os.Signal
	seen    atomic.Bool
}

func interrupts() *interrupt {
	i := &interrupt{signals: make(chan os.Signal, 1)}
	signal.Notify(i.signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // nohup wants it ignored
		signal.Notify(i.signals, syscall.SIGHUP)
	}
	go func() {
		if _, came := <-i.signals; came {
			i.seen.Store(true)
			signal.Stop(i.signals) // at once: work that never asks is ended by the second
		}
	}()
	return i
}

func (i *interrupt) asked() bool { return i.seen.Load() }

func (i *interrupt) release() {
	signal.Stop(i.signals)
	close(i.signals)
}

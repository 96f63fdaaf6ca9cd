package main

import (
	"fmt"
	"math"
	"os"
	"os/signal"
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
}

func newRun(a *app) *cobra.Command {
	o := &runOptions{}
	c := &cobra.Command{
		Use:   "run SCENE",
		Short: "Simulate without drawing",
		Long: `Simulates without drawing and prints a summary and a hash of the final state:
the same scene on the same GPU always gives the same hash.

--stats writes a table with a row per 1/60 s of simulated time: energies,
density error, largest speed and more.`,
		Example: `  fluidsim run dam-break --seconds 2
  fluidsim run dam-break --particles 100k --steps 500 --stats out.csv`,
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
			return a.run(args[0], o)
		},
	}
	c.Flags().Float64Var(&o.seconds, "seconds", 0, "simulated `S` seconds to run (default: the scene's record.seconds)")
	c.Flags().IntVar(&o.steps, "steps", 0, "run exactly `N` steps instead")
	c.Flags().StringVar(&o.stats, "stats", "", "write a time series to this .csv `FILE`")
	return c
}

func (a *app) run(argument string, o *runOptions) (err error) {
	s, err := a.headless(argument, 0, false)
	if err != nil {
		return err
	}
	defer s.release()
	if o.seconds == 0 {
		o.seconds = s.scene.Record.Seconds
	}
	table, err := newStatsTable(o.stats)
	if err != nil {
		return err
	}
	defer table.abandon()
	fmt.Fprintln(a.err, s.summary())

	stop := interrupts()
	defer stop.release()
	meter := newMeter(a.err, "simulating")
	defer meter.done()

	began := time.Now()
	last := s.solver.Poll()
	table.row(last)
	for k := 1; ; k++ {
		next := float64(k) / sampleRate
		var more bool
		if o.steps >= 0 {
			last, more, err = sampleSteps(s.solver, last, next, o.steps, stop)
			meter.at(float64(last.Step), float64(o.steps))
		} else {
			last, err = advance(s.solver, min(next, o.seconds), stop)
			more = next < o.seconds
			meter.at(last.Time, o.seconds)
		}
		table.row(last)
		if err != nil || !more || stop.asked() {
			break
		}
	}
	wall := time.Since(began)
	meter.done()
	if err != nil && last.Fault == nil {
		return err
	}
	if closing := table.finish(); closing != nil {
		return closing
	}
	if tell := a.summary(s, last, wall, "step", int(last.Step)); tell != nil {
		return tell
	}
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

// sampleSteps runs on until the simulated time next, but never beyond the step
// limit. It tells whether there are steps left.
func sampleSteps(run *solver.Solver, last solver.Stats, next float64, limit int, stop *interrupt) (solver.Stats, bool, error) {
	var p portion
	for last.Time < next && int(last.Step) < limit && !stop.asked() {
		steps := math.MaxInt32
		if last.Dt > 0 {
			steps = int(math.Min(math.Ceil((next-last.Time)/last.Dt), math.MaxInt32))
		}
		var err error
		p.begin()
		last, err = run.Run(min(max(steps, 1), p.steps, limit-int(last.Step)))
		p.end()
		if err != nil {
			return last, false, err
		}
	}
	return last, int(last.Step) < limit, nil
}

// advance runs until simulated time is at least t, as the solver's AdvanceTo
// does, but in portions: between two of them Ctrl-C is heard. The portions
// change nothing of what is computed.
func advance(run *solver.Solver, t float64, stop *interrupt) (solver.Stats, error) {
	var p portion
	for {
		last := run.Poll()
		goal := t
		if last.Dt > 0 {
			goal = min(t, last.Time+float64(p.begin())*last.Dt)
		} else if last.Time < t {
			goal = math.Nextafter(last.Time, math.Inf(1)) // the first step's length is not known yet
		}
		last, err := run.AdvanceTo(goal)
		p.end()
		if err != nil || last.Time >= t || stop.asked() {
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
		fmt.Fprintf(a.out, " (%s left through open sides)", inWords(last.Lost))
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
	seen    bool
}

func interrupts() *interrupt {
	i := &interrupt{signals: make(chan os.Signal, 1)}
	signal.Notify(i.signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // nohup wants it ignored
		signal.Notify(i.signals, syscall.SIGHUP)
	}
	return i
}

func (i *interrupt) asked() bool {
	select {
	case <-i.signals:
		i.seen = true
		signal.Stop(i.signals)
	default:
	}
	return i.seen
}

func (i *interrupt) release() { signal.Stop(i.signals) }

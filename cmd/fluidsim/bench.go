package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// Defaults of a measurement.
const (
	benchParticles = 100_000
	benchSteps     = 100
	benchWarmUp    = 5  // steps that let the driver finish its compiling and the caches fill
	benchTimed     = 20 // steps at most to time the passes
	benchSeconds   = 20 // of measuring a size, after which it has steps enough
	// benchPatience is how long a size may be expected to take for the next to be tried without having been asked for [s].
	benchPatience = 60
)

// benchSizes are tried as far as they fit, and as the machine is fast enough.
var benchSizes = []int{10_000, 100_000, 250_000, 1_000_000, 4_000_000, 8_000_000}

type benchOptions struct {
	steps    int
	sizes    []string
	solvers  []string
	pictures bool
	json     bool
	markdown bool
	compare  string
	window   bool
	frames   int
	size     pixels
}

func newBench(a *app) *cobra.Command {
	o := &benchOptions{}
	c := &cobra.Command{
		Use:   "bench [SCENE]",
		Short: "Measure how fast this GPU simulates",
		Long: fmt.Sprintf(`Measures what the GPU can do, and then how close the simulation comes to it.

First the ceilings: how many bytes a second the memory copies, and, for every
run, how long it takes only to look through the neighbours of all particles.

Then every solver at every size: %d steps, or %d seconds of them, after %d to warm
up, without drawing. The scene is %s unless you say otherwise; sizes go from
%s to %s particles, as far as they fit and a size is done in about a minute. A
named scene is measured with its own solver and %s particles, unless --solvers and
--sizes or --particles say otherwise.

Times per step are medians, on the clock and without GPU timestamps; the rows
per pass come from GPU timestamps in a run of their own. The bytes of a pass are
what it has to move at least: every value that it reads or writes, once.

Programs are compared by particle-steps a second; that says nothing without the
neighbours, the time step and the real-time factor, so all four are printed.

--pictures measures drawing, too: every style and quality at 720p, 1080p and 4K.

--window measures the window instead, with the panel: how long the first picture
takes and what of, how long a reload, and over %d frames after %d to warm up how
evenly they come, what each takes of the processor, and how many frames later an
input is in a finished picture. Leave the window alone meanwhile.`,
			benchSteps, benchSeconds, benchWarmUp, scenes.Default, inWords(benchSizes[0]), inWords(benchSizes[len(benchSizes)-1]), inWords(benchParticles),
			windowFrames, windowWarm),
		Example: `  fluidsim bench
  fluidsim bench --sizes 1M,4M --solvers wcsph
  fluidsim bench pool-drop --pictures
  fluidsim bench --window --particles 20k
  fluidsim bench --json > before.json
  fluidsim bench --compare before.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return fmt.Errorf("bench measures one scene at a time (got %d)", len(args))
			}
			return nil
		},
		ValidArgsFunction: completeScenes,
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.steps < 1 || o.steps > 1_000_000 {
				return usagef("--steps must be 1 to 1000000 (got %d)", o.steps)
			}
			if o.frames < 1 || o.frames > 1_000_000 {
				return usagef("--frames must be 1 to 1000000 (got %d)", o.frames)
			}
			for _, name := range []string{"frames", "size"} {
				if cmd.Flags().Changed(name) && !o.window {
					return usagef("--%s is about the window: give it with --window", name)
				}
			}
			for _, name := range []string{"steps", "sizes", "solvers", "pictures", "compare"} {
				if cmd.Flags().Changed(name) && o.window {
					return usagef("--window measures the window alone: leave --%s out", name)
				}
			}
			if o.json && o.markdown {
				return usagef("--json and --markdown are two forms of the same: choose one")
			}
			if o.window {
				return a.benchTheWindow(o, args)
			}
			plan, err := a.planBench(o, args)
			if err != nil {
				return err
			}
			var old *benchReport
			if o.compare != "" {
				if old, err = readBench(o.compare); err != nil {
					return err
				}
			}
			report, err := a.bench(plan)
			if err != nil && (report == nil || len(report.Runs) == 0) {
				return err
			}
			return errors.Join(err, a.tellBench(o, report, old))
		},
	}
	f := c.Flags()
	f.IntVar(&o.steps, "steps", benchSteps, "measure `N` steps of each")
	f.StringSliceVar(&o.sizes, "sizes", nil, "numbers of `particles` to measure, like 100k,1M")
	f.StringSliceVar(&o.solvers, "solvers", nil, "`solvers` to measure: wcsph, dfsph, pbf")
	f.BoolVar(&o.pictures, "pictures", false, "measure drawing, too")
	f.BoolVar(&o.window, "window", false, "measure the window instead")
	f.IntVar(&o.frames, "frames", windowFrames, "of the window: measure `N` frames")
	f.Var(&o.size, "size", "of the window (default 1280x800, 960x600 without a GPU)")
	f.BoolVar(&o.json, "json", false, "print JSON")
	f.BoolVar(&o.markdown, "markdown", false, "print Markdown tables")
	f.StringVar(&o.compare, "compare", "", "print ratios to what an earlier --json has written to this `FILE`")
	_ = c.RegisterFlagCompletionFunc("solvers", cobra.FixedCompletions([]string{"wcsph", "dfsph", "pbf"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// benchPlan is what to measure.
type benchPlan struct {
	scene    string
	solvers  []string
	sizes    []int
	asked    bool // for just these sizes, however long they take
	steps    int
	pictures bool
}

// planBench works out what the flags and the scene mean together.
func (a *app) planBench(o *benchOptions, args []string) (*benchPlan, error) {
	p := &benchPlan{scene: scenes.Default, solvers: []string{"wcsph", "dfsph", "pbf"}, sizes: benchSizes, steps: o.steps, pictures: o.pictures}
	named := len(args) == 1
	if named {
		p.scene = args[0]
	}
	sc, err := a.loadScene(p.scene, 0)
	if err != nil {
		return nil, err
	}
	set := false
	for _, s := range a.set {
		set = set || strings.HasPrefix(strings.TrimSpace(s), "solver.type")
	}
	switch {
	case len(o.solvers) > 0:
		p.solvers = o.solvers
		for _, name := range p.solvers {
			if _, err := sc.Set("solver.type=" + name); err != nil {
				return nil, usagef("--solvers: %q is none; there are wcsph, dfsph and pbf", name)
			}
		}
	case named || set:
		p.solvers = []string{sc.Solver.Type}
	}
	switch {
	case len(o.sizes) > 0 && a.particles > 0:
		return nil, usagef("--sizes and --particles both say how many: give one of them")
	case len(o.sizes) > 0:
		p.sizes, p.asked = nil, true
		for _, text := range o.sizes {
			n, err := parseCount(text)
			if err != nil {
				return nil, usagef("--sizes: %q: %v", text, err)
			}
			p.sizes = append(p.sizes, n)
		}
	case a.particles > 0:
		p.sizes, p.asked = []int{int(a.particles)}, true
	case named:
		p.sizes, p.asked = []int{benchParticles}, true
	}
	return p, nil
}

// bench measures what is planned. With an error, the report has what was measured before it.
func (a *app) bench(p *benchPlan) (*benchReport, error) {
	stop := interrupts()
	defer stop.release()
	device, err := gpu.Open(gpu.Options{Adapter: a.adapter, Timestamps: true})
	if err != nil {
		return nil, err
	}
	defer device.Release()
	report := newBenchReport(device, p.scene)
	a.say("%s on %s", p.scene, adapterInWords(device.Info()))
	if err := report.measureCeiling(device); err != nil {
		return nil, err
	}
	for _, method := range p.solvers {
		for _, size := range p.sizes {
			if stop.asked() {
				return report, errInterrupted
			}
			run, err := a.benchRun(device, p, method, size, stop)
			if err != nil {
				return report, err
			}
			report.Runs = append(report.Runs, *run)
			if run.Refused != "" {
				break // what is larger fits even less
			}
			if !p.asked && run.growth()*10 > benchPatience {
				a.say("%s: larger sizes would take more than a minute each here; --sizes asks for them", method)
				break
			}
		}
	}
	if p.pictures {
		if report.Pictures, err = a.benchPictures(device, p, stop); err != nil {
			return report, err
		}
	}
	return report, nil
}

// benchTheWindow measures the window and tells what it found.
func (a *app) benchTheWindow(o *benchOptions, args []string) error {
	name := scenes.Default
	if len(args) == 1 {
		name = args[0]
	}
	report, err := a.measureWindow(name, &windowOptions{size: o.size}, o.frames)
	if err != nil {
		return err
	}
	return a.tellBench(o, report, nil)
}

// tellBench prints a report in the form that was asked for.
func (a *app) tellBench(o *benchOptions, report, old *benchReport) error {
	switch {
	case o.json:
		e := json.NewEncoder(a.out)
		e.SetIndent("", "  ")
		return e.Encode(report)
	case o.markdown:
		report.markdown(a.out)
	default:
		report.print(a.out)
	}
	if old != nil {
		report.ratios(a.out, old, o.compare)
	}
	return nil
}

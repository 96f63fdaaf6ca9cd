package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// benchReport is what a measurement found; its JSON form is a promise.
type benchReport struct {
	Version   string         `json:"version"` // of fluidsim
	Adapter   string         `json:"adapter"`
	Driver    string         `json:"driver"`
	Scene     string         `json:"scene"`
	CopyGBPS  float64        `json:"copy_gb_per_s"` // read and written
	Runs      []benchRun     `json:"runs"`
	Pictures  []benchPicture `json:"pictures"`
	Window    *benchWindow   `json:"window,omitempty"`
	copyBytes uint64
}

type benchRun struct {
	Solver            string      `json:"solver"`
	Particles         int         `json:"particles"`
	NeighboursMean    float64     `json:"neighbours_mean"`
	Steps             int         `json:"steps"`
	DtMean            float64     `json:"dt_mean"`
	MsPerStep         float64     `json:"ms_per_step"`
	ParticleStepsPerS float64     `json:"particle_steps_per_s"`
	RealTimeFactor    float64     `json:"real_time_factor"`
	DensityErrorMean  float64     `json:"density_error_mean"`
	BytesPerParticle  float64     `json:"bytes_per_particle"`
	WalkMs            float64     `json:"walk_ms"` // to count the neighbours of all particles once
	Passes            []benchPass `json:"passes"`
	Refused           string      `json:"refused,omitempty"` // why this size does not fit
}

type benchPass struct {
	Name   string  `json:"name"`
	Ms     float64 `json:"ms"`       // in a step, all rounds together
	Bytes  float64 `json:"bytes"`    // to be moved in it at least
	GBPerS float64 `json:"gb_per_s"` // of these
}

type benchPicture struct {
	Style     string           `json:"style"`
	Quality   string           `json:"quality,omitempty"`
	Width     int              `json:"width"`
	Height    int              `json:"height"`
	Particles int              `json:"particles"`
	Ms        float64          `json:"ms"`
	Passes    []benchPassTimes `json:"passes"`
}

type benchPassTimes struct {
	Name string  `json:"name"`
	Ms   float64 `json:"ms"`
}

// device is the adapter's name with its driver, which not every system tells.
func (r *benchReport) device() string {
	if r.Driver == "" {
		return r.Adapter
	}
	return r.Adapter + ", " + r.Driver
}

func newBenchReport(d *gpu.Device, scene string) *benchReport {
	info := d.Info()
	r := &benchReport{Version: version, Adapter: info.Name, Driver: info.Driver, Scene: scene, Runs: []benchRun{}, Pictures: []benchPicture{}, copyBytes: 256 << 20}
	if info.Software {
		r.copyBytes = 32 << 20
	}
	return r
}

func (r *benchReport) measureCeiling(d *gpu.Device) error {
	speed, err := solver.CopyBandwidth(d, r.copyBytes)
	r.CopyGBPS = speed / 1e9
	return err
}

func readBench(path string) (*benchReport, error) {
	text, err := readBounded(path)
	if err != nil {
		return nil, fmt.Errorf("nothing to compare with: %s: %w", path, err)
	}
	r := &benchReport{}
	if err := json.Unmarshal(text, r); err != nil {
		return nil, fmt.Errorf("%s is not what 'fluidsim bench --json' writes: %w", path, err)
	}
	if len(r.Runs) == 0 {
		return nil, fmt.Errorf("%s has no runs to compare with", path)
	}
	return r, nil
}

// print is the report for a terminal: a line a run, then the passes of each.
func (r *benchReport) print(out io.Writer) {
	if r.Window != nil {
		fmt.Fprintf(out, "%s, fluidsim %s, scene %s\n", r.device(), r.Version, r.Scene)
		r.Window.print(out)
		return
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(out, "%s, fluidsim %s\ncopies %.1f GB/s (read and written)\n\n", r.device(), r.Version, r.CopyGBPS)
	fmt.Fprintln(w, "solver\tparticles\tneighbours\tstep [ms]\tM particle-steps/s\tmean dt [ms]\treal-time factor\tdensity error\tbytes a particle\twalk [ms]\t")
	for _, run := range r.Runs {
		if run.Refused != "" {
			continue
		}
		fmt.Fprintf(w, "%s\t%s\t%.1f\t%.3f\t%.3g\t%.3g\t%.3g\t%.2g %%\t%.0f\t%.3f\t\n", run.Solver, inWords(run.Particles), run.NeighboursMean, run.MsPerStep,
			run.ParticleStepsPerS/1e6, 1e3*run.DtMean, run.RealTimeFactor, 100*run.DensityErrorMean, run.BytesPerParticle, run.WalkMs)
	}
	w.Flush()
	for _, run := range r.Runs {
		if run.Refused != "" {
			fmt.Fprintf(out, "\n%s with %s particles: %s\n", run.Solver, inWords(run.Particles), run.Refused)
			continue
		}
		fmt.Fprintf(out, "\n%s, %s particles, GPU time of each pass in a step:\n", run.Solver, inWords(run.Particles))
		if len(run.Passes) == 0 {
			fmt.Fprintln(out, "this GPU has no timestamps")
			continue
		}
		total, bytes := 0.0, 0.0
		for _, pass := range run.Passes {
			total, bytes = total+pass.Ms, bytes+pass.Bytes
		}
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "  pass\t        ms\t  share\t      MB\t   GB/s\tof copying")
		row := func(name string, ms, bytes float64) {
			speed := bytes / max(ms, 1e-12) / 1e6
			fmt.Fprintf(w, "  %s\t%10.4f\t%5.1f %%\t%8.2f\t%7.2f\t%5.1f %%\n", name, ms, 100*ms/max(total, 1e-12), bytes/1e6, speed, 100*speed/max(r.CopyGBPS, 1e-12))
		}
		for _, pass := range run.Passes {
			row(pass.Name, pass.Ms, pass.Bytes)
		}
		row("all", total, bytes)
		w.Flush()
	}
	r.printPictures(out)
}

func (r *benchReport) printPictures(out io.Writer) {
	if len(r.Pictures) == 0 {
		return
	}
	fmt.Fprintln(out, "\npictures:")
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "style\tquality\tsize\tparticles\tms\t")
	for _, p := range r.Pictures {
		fmt.Fprintf(w, "%s\t%s\t%dx%d\t%s\t%.2f\t\n", p.Style, p.Quality, p.Width, p.Height, inWords(p.Particles), p.Ms)
	}
	w.Flush()
}

// markdown is the report as sim/BENCHMARKS.md keeps it.
func (r *benchReport) markdown(out io.Writer) {
	if r.Window != nil {
		fmt.Fprintf(out, "## %s, fluidsim %s\n\nScene %s.\n", r.device(), r.Version, r.Scene)
		r.Window.markdown(out)
		return
	}
	fmt.Fprintf(out, "## %s, fluidsim %s\n\nScene %s; copies %.1f GB/s (read and written).\n\n", r.device(), r.Version, r.Scene, r.CopyGBPS)
	fmt.Fprintln(out, "| solver | particles | neighbours | ms a step | M particle-steps/s | mean step [ms] | real-time factor | mean density error | bytes a particle | walk [ms] |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|---|")
	for _, run := range r.Runs {
		if run.Refused != "" {
			fmt.Fprintf(out, "| %s | %s | does not fit | | | | | | | |\n", run.Solver, inWords(run.Particles))
			continue
		}
		fmt.Fprintf(out, "| %s | %s | %.1f | %.3f | %.3g | %.3g | %.3g | %.2g %% | %.0f | %.3f |\n", run.Solver, inWords(run.Particles), run.NeighboursMean, run.MsPerStep,
			run.ParticleStepsPerS/1e6, 1e3*run.DtMean, run.RealTimeFactor, 100*run.DensityErrorMean, run.BytesPerParticle, run.WalkMs)
	}
	for _, run := range r.Runs {
		if len(run.Passes) == 0 {
			continue
		}
		fmt.Fprintf(out, "\n%s, %s particles:\n\n| pass | ms | MB | GB/s | of copying |\n|---|---|---|---|---|\n", run.Solver, inWords(run.Particles))
		for _, pass := range run.Passes {
			fmt.Fprintf(out, "| %s | %.4f | %.2f | %.2f | %.1f %% |\n", pass.Name, pass.Ms, pass.Bytes/1e6, pass.GBPerS, 100*pass.GBPerS/max(r.CopyGBPS, 1e-12))
		}
	}
	if len(r.Pictures) > 0 {
		fmt.Fprintln(out, "\n| picture | quality | size | particles | ms |\n|---|---|---|---|---|")
		for _, p := range r.Pictures {
			fmt.Fprintf(out, "| %s | %s | %dx%d | %s | %.2f |\n", p.Style, p.Quality, p.Width, p.Height, inWords(p.Particles), p.Ms)
		}
	}
}

// ratios prints how this report compares with an earlier one: below 1 is faster now.
func (r *benchReport) ratios(out io.Writer, old *benchReport, name string) {
	fmt.Fprintf(out, "\ncompared with %s (%s, fluidsim %s); a ratio below 1 is faster now\n", name, old.Adapter, old.Version)
	if old.Adapter != r.Adapter || old.Driver != r.Driver || old.Scene != r.Scene {
		fmt.Fprintln(out, "warning: another adapter, driver or scene: the ratios compare these, too")
	}
	if old.CopyGBPS > 0 {
		fmt.Fprintf(out, "copying: %.1f and %.1f GB/s\n", old.CopyGBPS, r.CopyGBPS)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	matched := 0
	for _, run := range r.Runs {
		before := old.find(run)
		if before == nil {
			continue
		}
		matched++
		fmt.Fprintf(w, "%s, %s particles\tms a step\t%.3f\t%.3f\t%.3f\n", run.Solver, inWords(run.Particles), before.MsPerStep, run.MsPerStep, run.MsPerStep/before.MsPerStep)
		for _, pass := range run.Passes {
			for _, was := range before.Passes {
				if was.Name == pass.Name && was.Ms > 0 {
					fmt.Fprintf(w, "\t%s\t%.4f\t%.4f\t%.3f\n", pass.Name, was.Ms, pass.Ms, pass.Ms/was.Ms)
				}
			}
		}
	}
	w.Flush()
	if matched == 0 {
		fmt.Fprintln(out, "nothing was measured both times: the solvers or the numbers of particles differ")
	}
}

// find is the run of the same solver and about as many particles.
func (r *benchReport) find(like benchRun) *benchRun {
	for i, run := range r.Runs {
		ratio := float64(run.Particles) / float64(max(like.Particles, 1))
		if run.Solver == like.Solver && run.Refused == "" && run.MsPerStep > 0 && ratio > 0.98 && ratio < 1.02 {
			return &r.Runs[i]
		}
	}
	return nil
}

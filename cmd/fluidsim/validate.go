package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/validation"
	"github.com/fluidsim/fluidsim/sim/whole"
)

type validateOptions struct {
	quick, list, asJSON, markdown bool
	solvers                       []string
	folder                        string
}

// validateRun is one variant of a case that is to be run.
type validateRun struct {
	of      *validation.Case
	variant validation.Variant
}

func newValidate(a *app) *cobra.Command {
	o := &validateOptions{}
	c := &cobra.Command{
		Use:   "validate [CASE...]",
		Short: "Compare the simulation with experiments and exact solutions",
		Long: `Runs cases whose outcome is known, from experiments, exact solutions or laws that
hold to rounding, and tells for each figure how far off it is, the target, and
whether that is reached ("pass") or not ("short"). Cases run at two resolutions,
the dam break with every solver. Their scenes are built in as validation/CASE.

All of it takes a while: minutes on a GPU, longer on a processor. --quick is a
small part that takes about a minute anywhere. The exit code is 1 when a figure is short.`,
		Example: `  fluidsim validate --quick
  fluidsim validate dam-break-2 still-column --out results
  fluidsim validate --list
  fluidsim validate taylor-green --set time.cfl=0.2`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: completeCases,
		RunE: func(_ *cobra.Command, args []string) error {
			return a.validate(args, o)
		},
	}
	f := c.Flags()
	f.BoolVar(&o.quick, "quick", false, "run only the small set")
	f.BoolVar(&o.list, "list", false, "list the cases and what they compare, run nothing")
	f.BoolVar(&o.asJSON, "json", false, "print JSON")
	f.BoolVar(&o.markdown, "markdown", false, "print tables in Markdown")
	f.StringSliceVar(&o.solvers, "solver", nil, "run only this `SOLVER`: dfsph, pbf or wcsph (may be repeated)")
	f.StringVar(&o.folder, "out", "", "write a plot of every case, and results.json, into this `FOLDER`")
	return c
}

func (a *app) validate(names []string, o *validateOptions) error {
	if o.asJSON && o.markdown {
		return usagef("--json and --markdown both say what to print: give one of them")
	}
	if a.particles != 0 {
		return usagef("--particles does not go with validate: the cases bring their resolutions; --set fluid.spacing=… changes them")
	}
	cases, err := chooseCases(names)
	if err != nil {
		return err
	}
	if o.list {
		return a.listCases(cases)
	}
	runs, err := a.chooseRuns(cases, o)
	if err != nil {
		return err
	}
	if o.folder != "" {
		if err := whole.Folder(o.folder); err != nil {
			return err
		}
	}
	device, err := gpu.Open(gpu.Options{Adapter: a.adapter})
	if err != nil {
		return err
	}
	defer device.Release()
	report := &validateReport{
		Version: version, Adapter: adapterInWords(device.Info()), Set: append([]string{}, a.set...), Results: []*validation.Result{},
	}
	return a.runCases(device, runs, report, o)
}

// runCases runs everything, tells each result as it comes, and then writes what was asked for.
func (a *app) runCases(device *gpu.Device, runs []validateRun, report *validateReport, o *validateOptions) error {
	table := a.newTable(runs, o)
	table.head(report)
	stop := interrupts()
	defer stop.release()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for _, run := range runs {
		v := run.variant
		meter := newMeter(a.err, fmt.Sprintf("%s, %s, %d across", run.of.Name, v.Solver, v.Across))
		result, err := validation.Run(ctx, device, run.of, v, validation.Options{
			Set: a.set,
			Progress: func(fraction float64) {
				meter.at(fraction, 1)
				if stop.asked() {
					cancel()
				}
			},
		})
		meter.done()
		if err != nil {
			break // stopped; what was finished is told
		}
		report.Results = append(report.Results, result)
		table.result(result)
	}
	table.end(report)
	if err := a.writeReport(runs, report, o); err != nil {
		return err
	}
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(a.err, "fluidsim: stopped before the end, as you asked")
		return errInterrupted
	case report.short() > 0:
		return errReported
	}
	return nil
}

// writeReport prints JSON or Markdown, and fills the folder.
func (a *app) writeReport(runs []validateRun, report *validateReport, o *validateOptions) error {
	encoded, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		return err
	}
	switch {
	case o.asJSON:
		fmt.Fprintf(a.out, "%s\n", encoded)
	case o.markdown:
		report.markdown(a.out)
	}
	if o.folder == "" {
		return nil
	}
	if err := writeNew(filepath.Join(o.folder, "results.json"), append(encoded, '\n'), true); err != nil {
		return err
	}
	return plotCases(o.folder, runs, report.Results)
}

// chooseCases are the named ones, or all.
func chooseCases(names []string) ([]*validation.Case, error) {
	if len(names) == 0 {
		return validation.Cases(), nil
	}
	var chosen []*validation.Case
	for _, name := range names {
		name = strings.TrimPrefix(name, "validation/")
		c := validation.Find(name)
		if c == nil {
			hint := "run 'fluidsim validate --list' for all of them"
			if close := nearest(name, caseNames()); close != "" {
				hint = fmt.Sprintf("did you mean %q?", close)
			}
			return nil, usagef("there is no case %q; %s", name, hint)
		}
		if !slices.ContainsFunc(chosen, func(have *validation.Case) bool { return have.Name == c.Name }) {
			chosen = append(chosen, c)
		}
	}
	return chosen, nil
}

// chooseRuns are the variants of the cases that the flags leave. Wrong assignments are found here, not after minutes.
func (a *app) chooseRuns(cases []*validation.Case, o *validateOptions) ([]validateRun, error) {
	known := []string{}
	for _, c := range validation.Cases() {
		for _, v := range c.Variants {
			if !slices.Contains(known, v.Solver) {
				known = append(known, v.Solver)
			}
		}
	}
	for _, s := range o.solvers {
		if !slices.Contains(known, s) {
			return nil, usagef("there is no solver %q; there is: %s", s, strings.Join(known, ", "))
		}
	}
	var runs []validateRun
	for _, c := range cases {
		for _, v := range c.Select(o.quick) {
			if len(o.solvers) > 0 && !slices.Contains(o.solvers, v.Solver) {
				continue
			}
			if _, err := c.Scene(v, a.set...); err != nil {
				return nil, fmt.Errorf("%s: %w", c.Name, err)
			}
			runs = append(runs, validateRun{c, v})
		}
	}
	if len(runs) == 0 {
		return nil, usagef("nothing is left to run: 'fluidsim validate --list' shows which case has which solvers, and what --quick runs")
	}
	return runs, nil
}

func (a *app) listCases(cases []*validation.Case) error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, c := range cases {
		fmt.Fprintf(w, "%s\t%s\n", c.Name, c.Title)
		for _, v := range c.Variants {
			quick := ""
			if v.Quick {
				quick = ", quick"
			}
			fmt.Fprintf(w, "\t  %s, %d across%s\n", v.Solver, v.Across, quick)
		}
	}
	return w.Flush()
}

func caseNames() []string {
	var names []string
	for _, c := range validation.Cases() {
		names = append(names, c.Name)
	}
	return names
}

func completeCases(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var found []string
	for _, c := range validation.Cases() {
		found = append(found, c.Name+"\t"+c.Title)
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}

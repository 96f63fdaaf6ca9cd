package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
	"github.com/fluidsim/fluidsim/sim/solver"
)

func newCheck(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "check SCENE...",
		Short: "Check scenes without simulating them",
		Long: `Reads each scene, fills it with particles and tells what it found: how many
particles, their spacing, the solver and the memory it takes, or every mistake
with its place in the file. It needs no GPU.`,
		Example:           "  fluidsim check my.toml\n  fluidsim check scenes/*.toml",
		Args:              someScenes,
		ValidArgsFunction: completeScenes,
		RunE: func(_ *cobra.Command, args []string) error {
			var failed error
			for _, argument := range args {
				if err := a.check(argument); err != nil {
					if isAssignment(err) {
						return err // the same for all of them
					}
					printError(a.err, err)
					failed = errReported
				}
			}
			return failed
		},
	}
}

// someScenes wants one SCENE argument or more.
func someScenes(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("%s wants at least one SCENE; try: %s dam-break", cmd.Name(), cmd.CommandPath())
	}
	return nil
}

func (a *app) check(argument string) error {
	sc, err := a.loadScene(argument, 0)
	if err != nil {
		return err
	}
	set, err := seed.Build(sc)
	if err != nil {
		return fmt.Errorf("%s: %w", argument, err)
	}
	plan := solver.PlanFor(sc, set, solver.DefaultLimits())
	method := sc.Solver.Type
	if method == "wcsph" {
		method += fmt.Sprintf(", sound speed %.4g m/s", sc.SoundSpeed())
	}
	fmt.Fprintf(a.out, "%s: ok, %s particles, spacing %.4g m, %s, about %s of GPU memory\n",
		argument, inWords(set.Report.Fluid), sc.Fluid.Spacing, method, bytesInWords(float64(plan.Memory)))
	a.warn(argument, sc, set)
	return a.warnOfReferences(argument, sc)
}

// warnOfReferences tells of measured data that is named but not there: nothing but a plot
// needs it.
func (a *app) warnOfReferences(argument string, sc *scene.Scene) error {
	src, err := findScene(argument, nil)
	for _, p := range sc.Probes {
		if p.Reference == "" || err != nil {
			continue
		}
		if _, unread := src.beside(p.Reference); unread != nil {
			a.say("fluidsim: warning: %s: probe %q: cannot read its reference %s: %v", argument, p.Name, p.Reference, withoutPath(unread))
		}
	}
	return err
}

// warn tells what is odd about a scene without being wrong.
func (a *app) warn(name string, sc *scene.Scene, set *seed.Set) {
	for _, warning := range append(sc.Warnings(), seedWarnings(set.Report)...) {
		fmt.Fprintf(a.err, "fluidsim: warning: %s: %s\n", name, warning)
	}
}

// seedWarnings tells what was left out when a scene was filled with particles.
func seedWarnings(r seed.Report) []string {
	var all []string
	add := func(n int, why string) {
		if n > 0 {
			all = append(all, fmt.Sprintf("%s particles left out: %s", inWords(n), why))
		}
	}
	add(r.RemovedOutside, "outside the domain")
	add(r.RemovedInObstacles, "inside an obstacle")
	add(r.RemovedOverlapping, "where fluid shapes overlap")
	if r.Fluid == 0 {
		all = append(all, "the scene has no fluid")
	}
	return all
}

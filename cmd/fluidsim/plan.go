package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/sim/seed"
	"github.com/fluidsim/fluidsim/sim/solver"
)

func newPlan(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "plan SCENE",
		Short: "Print the GPU passes of a scene",
		Long: `Prints what one simulation step does on the GPU, pass by pass, and the memory
and the grid that go with it. It needs no GPU: the plan is the one for a device
with the smallest limits there are.`,
		Example:           "  fluidsim plan dam-break\n  fluidsim plan dam-break --particles 1M",
		Args:              oneScene,
		ValidArgsFunction: completeScenes,
		RunE: func(_ *cobra.Command, args []string) error {
			sc, err := a.loadScene(args[0], 0)
			if err != nil {
				return err
			}
			set, err := seed.Build(sc)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			fmt.Fprint(a.out, solver.PlanFor(sc, set, solver.DefaultLimits()).String())
			return nil
		},
	}
}

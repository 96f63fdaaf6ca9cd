package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/sim/gpu"
)

func newAdapters(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "adapters",
		Short: "List the GPUs that can be used",
		Long: `Lists the GPUs that can be used, with the number or name that --adapter takes.
The one marked with * is used when you name none.`,
		Example: "  fluidsim adapters\n  fluidsim --adapter 1 dam-break\n  fluidsim --adapter nvidia bench",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			adapters, err := gpu.Adapters()
			if err != nil {
				return err
			}
			chosen := -1
			if device, err := gpu.Open(gpu.Options{Adapter: a.adapter}); err == nil {
				chosen = device.Info().Index
				device.Release()
			} else if a.adapter != "" {
				return err
			}
			w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
			for _, info := range adapters {
				mark := " "
				if info.Index == chosen {
					mark = "*"
				}
				fmt.Fprintf(w, "%s %d\t%s\t%s\t%s\n", mark, info.Index, info.Name, info.Backend, kindInWords(info))
			}
			return w.Flush()
		},
	}
}

func kindInWords(info gpu.AdapterInfo) string {
	if info.Software {
		return "software, runs on the CPU"
	}
	return info.Kind
}

// adapterInWords names the adapter in a line of output.
func adapterInWords(info gpu.AdapterInfo) string {
	return fmt.Sprintf("%s (%s, %s)", info.Name, info.Backend, kindInWords(info))
}

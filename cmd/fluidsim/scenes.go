package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/whole"
)

func newScenes(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:     "scenes",
		Short:   "List the built-in scenes",
		Long:    "Lists the built-in scenes with a line each. The first one is the default.",
		Example: "  fluidsim scenes\n  fluidsim scenes copy dam-break -o my.toml",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("scenes lists them all (got %q); fluidsim %s opens one, fluidsim scenes copy %s writes it out", args[0], args[0], args[0])
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error {
			w := tabwriter.NewWriter(a.out, 0, 0, 3, ' ', 0)
			for _, name := range scenes.Names() {
				fmt.Fprintf(w, "%s\t%s\n", name, scenes.Description(name))
			}
			return w.Flush()
		},
	}
	c.AddCommand(newScenesCopy(a))
	return c
}

func newScenesCopy(a *app) *cobra.Command {
	var to string
	var force bool
	c := &cobra.Command{
		Use:   "copy NAME",
		Short: "Write a built-in scene to a file, to edit",
		Long: `Writes a built-in scene to NAME.toml in the current folder, or to the file
given with -o. An existing file is left alone unless --force is given.`,
		Example:           "  fluidsim scenes copy dam-break\n  fluidsim scenes copy dam-break -o my.toml",
		Args:              oneScene,
		ValidArgsFunction: completeScenes,
		RunE: func(_ *cobra.Command, args []string) error {
			name := args[0]
			text, err := scenes.Text(name)
			if err != nil {
				hint := "run 'fluidsim scenes' for the list"
				if close := nearest(name, scenes.Names()); close != "" {
					hint = fmt.Sprintf("did you mean %q?", close)
				}
				return usagef("there is no built-in scene %q; %s", name, hint)
			}
			if to == "" {
				to = name + ".toml"
			}
			if err := writeNew(to, text, force); err != nil {
				return err
			}
			fmt.Fprintf(a.out, "wrote %s; open it with: fluidsim %s\n", to, to)
			return nil
		},
	}
	c.Flags().StringVarP(&to, "output", "o", "", "`FILE` to write (default NAME.toml)")
	c.Flags().BoolVar(&force, "force", false, "overwrite an existing file")
	return c
}

// writeNew writes a whole file or nothing, and replaces one only by force.
func writeNew(path string, text []byte, force bool) error {
	if force {
		w, err := whole.Create(path)
		if err != nil {
			return err
		}
		defer w.Drop()
		if _, err := w.Write(text); err != nil {
			return err
		}
		return w.Commit()
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists already; choose another name with -o, or overwrite it with --force", path)
	}
	if err != nil {
		return whole.Explain(path, err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(path)
		return whole.Explain(path, err)
	}
	return nil
}

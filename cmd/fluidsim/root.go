package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// app is what all commands share: where they read and write, and the flags that
// stand before or after any of them.
type app struct {
	in       io.Reader
	out, err io.Writer

	adapter   string
	particles count
	set       []string
	inputs    string // a file of what hands have done, to do again
}

func newRoot(a *app) *cobra.Command {
	o := &windowOptions{}
	root := &cobra.Command{
		Use:   "fluidsim [SCENE]",
		Short: "Watch water move on the GPU",
		Long: `fluidsim simulates fluids as particles on the GPU, from a scene file.

Without a command it opens a window on SCENE: a built-in name (see 'fluidsim
scenes') or a .toml file. Edit and save the file while the window is open and it
reloads; drop another one onto the window to open it.

Keys of the window:
` + keyTable(2),
		Example: `  fluidsim                              the dam break
  fluidsim pool-drop                    another built-in scene
  fluidsim my.toml                      a scene of your own
  fluidsim --particles 250k dam-break   finer
  fluidsim --set fluid.viscosity=2 my.toml`,
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				if close := nearest(args[0], commandNames(cmd)); close != "" {
					return usagef("there is no command %q; did you mean %q?", args[0], close)
				}
				return usagef("the window shows one scene, but there are %d arguments: %s", len(args), strings.Join(args, " "))
			}
			return nil
		},
		ValidArgsFunction: completeScenes,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.argument = scenes.Default
			if len(args) == 1 {
				o.argument = args[0]
			}
			src, err := findScene(o.argument, commandNames(cmd))
			if err != nil {
				return err
			}
			return a.window(src, o)
		},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.SetVersionTemplate("fluidsim {{.Version}}\n")
	root.CompletionOptions.HiddenDefaultCmd = false

	shared := root.PersistentFlags()
	shared.StringVar(&a.adapter, "adapter", "", "`GPU` to use: its number or a part of its name, see 'fluidsim adapters'")
	shared.Var(&a.particles, "particles", "change the scene's spacing to get about `N` particles (20000, 250k, 1M, 1.5e5)")
	shared.Var((*assignments)(&a.set), "set", "change a key of the scene: `KEY=VALUE`, like fluid.viscosity=0.5 (may be repeated)")
	_ = root.RegisterFlagCompletionFunc("adapter", completeAdapters)
	_ = root.RegisterFlagCompletionFunc("set", completeKeys)
	_ = root.RegisterFlagCompletionFunc("particles", cobra.FixedCompletions([]string{"10k", "100k", "1M"}, cobra.ShellCompDirectiveNoFileComp))
	o.flags(root)
	a.lookFlags(root)
	a.inputsFlag(root)

	root.AddCommand(
		newRecord(a), newRun(a), newBench(a),
		newValidate(a), newCheck(a), newPlan(a), newScenes(a), newAdapters(a),
	)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "completion":
			refuseWords(c, "no completion for")
		case "help":
			c.Run, c.RunE = nil, helpAbout
		}
		wrapArgs(c)
	}
	return root
}

// refuseWords lets a command that only holds others refuse what is none of them.
func refuseWords(c *cobra.Command, what string) {
	c.Args = cobra.ArbitraryArgs
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return cmd.Help()
		}
		var known []string
		for _, child := range cmd.Commands() {
			known = append(known, child.Name())
		}
		return usagef("there is %s %q; there is: %s", what, args[0], strings.Join(known, ", "))
	}
}

// helpAbout prints the help of a command.
func helpAbout(cmd *cobra.Command, args []string) error {
	about, rest, err := cmd.Root().Find(args)
	if err != nil || len(rest) > 0 {
		hint := ""
		if close := nearest(args[0], commandNames(cmd)); close != "" {
			hint = fmt.Sprintf("; did you mean %q?", close)
		}
		return usagef("there is no command %q%s", strings.Join(args, " "), hint)
	}
	about.InitDefaultHelpFlag()
	about.InitDefaultVersionFlag()
	return about.Help()
}

// wrapArgs marks wrong arguments of a command and its children as mistakes of
// usage.
func wrapArgs(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return &usageError{err}
			}
			return nil
		}
	}
	for _, child := range c.Commands() {
		wrapArgs(child)
	}
}

// noArguments wants none.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no arguments (got %q)", cmd.Name(), args[0])
	}
	return nil
}

// oneScene wants exactly one SCENE argument.
func oneScene(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("%s wants one SCENE (got %d arguments); try: %s dam-break", cmd.Name(), len(args), cmd.CommandPath())
	}
	return nil
}

func commandNames(c *cobra.Command) []string {
	var names []string
	for _, child := range c.Root().Commands() {
		if !child.Hidden {
			names = append(names, child.Name())
		}
	}
	return names
}

func completeScenes(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var found []string
	for _, name := range scenes.Names() {
		found = append(found, name+"\t"+scenes.Title(name))
	}
	return found, cobra.ShellCompDirectiveDefault
}

func completeAdapters(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	adapters, err := gpu.Adapters()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var found []string
	for _, info := range adapters {
		found = append(found, fmt.Sprintf("%d\t%s", info.Index, info.Name))
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}

func completeKeys(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var found []string
	for _, key := range scene.Keys() {
		path := strings.ReplaceAll(key.Path, "[]", ".0")
		found = append(found, path+"=\t"+key.Help)
	}
	return found, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}

package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// keyFlag is a flag that is another way to write --set for one key of the scene.
type keyFlag struct {
	set   *[]string
	key   string
	words []string
	value string
}

func (f *keyFlag) String() string { return f.value }
func (f *keyFlag) Type() string   { return strings.ToUpper(f.key[strings.LastIndexByte(f.key, '.')+1:]) }

func (f *keyFlag) Set(value string) error {
	if !slices.Contains(f.words, value) {
		return usagef("it is one of %s", strings.Join(f.words, ", "))
	}
	f.value = value
	*f.set = append(*f.set, f.key+"="+value)
	return nil
}

// lookFlags are the flags of the commands that draw.
func (a *app) lookFlags(c *cobra.Command) {
	for _, each := range []struct{ name, key, help string }{
		{"style", "view.style", "show the fluid as `water` or particles (default: the scene's view.style)"},
		{"quality", "view.quality", "how finely water is drawn: `auto`, low, medium or high (default: the scene's view.quality)"},
	} {
		words := enumOf(each.key)
		c.Flags().Var(&keyFlag{set: &a.set, key: each.key, words: words}, each.name, each.help)
		_ = c.RegisterFlagCompletionFunc(each.name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	}
}

// enumOf are the words that a key of the scene takes.
func enumOf(path string) []string {
	for _, key := range scene.Keys() {
		if key.Path == path {
			return key.Enum
		}
	}
	return nil
}

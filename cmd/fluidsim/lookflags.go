package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// assignments is the flag --set. Unlike cobra's own lists it keeps what flags before
// it have added.
type assignments []string

func (f *assignments) String() string { return strings.Join(*f, " ") }
func (f *assignments) Type() string   { return "KEY=VALUE" }

func (f *assignments) Set(text string) error {
	*f = append(*f, text)
	return nil
}

// keyFlag is a flag that is another way to write --set for one key of the scene.
type keyFlag struct {
	set   *[]string
	key   string
	words []string
	also  string // assignment that goes with it
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
	if f.also != "" {
		*f.set = append(*f.set, f.also)
	}
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
	a.dataFlags(c)
}

// dataFlags are those that show more than a picture: shorter ways to write --set
// for keys of [colors] and [data].
func (a *app) dataFlags(c *cobra.Command) {
	by := &keyFlag{set: &a.set, key: "colors.by", words: enumOf("colors.by"), also: "view.style=particles"}
	c.Flags().Var(by, "by", "colour particles by `speed`, vorticity and others (see colors.by)")
	_ = c.RegisterFlagCompletionFunc("by", cobra.FixedCompletions(by.words, cobra.ShellCompDirectiveNoFileComp))
	c.Flags().Var(&overlayFlag{set: &a.set}, "overlay", "write what colours mean, the simulated time and lengths over the pictures")
	c.Flags().Lookup("overlay").NoOptDefVal = "true"
}

// overlayFlag turns on all that is written over pictures.
type overlayFlag struct {
	set *[]string
	on  bool
}

func (f *overlayFlag) String() string   { return strconv.FormatBool(f.on) }
func (f *overlayFlag) Type() string     { return "bool" }
func (f *overlayFlag) IsBoolFlag() bool { return true }

func (f *overlayFlag) Set(value string) error {
	on, err := strconv.ParseBool(value)
	if err != nil {
		return usagef("it is true or false")
	}
	f.on = on
	for _, key := range []string{"legend", "clock", "marks"} {
		*f.set = append(*f.set, "data."+key+"="+strconv.FormatBool(on))
	}
	return nil
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

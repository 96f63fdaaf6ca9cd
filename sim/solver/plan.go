package solver

import (
	"fmt"
	"sort"
	"strings"
)

// Work says how many invocations a pass gets. The named ones are decided on the device, through the dispatch
// buffer, so that a sub-step that does not count costs next to nothing.
type Work struct {
	Name     string // "one", "cells", "sorted", "live", "scan", "iterate", "viscous" or "fixed"
	Indirect int    // byte offset in the dispatch buffer, -1: dispatched directly
	Most     uint64 // invocations at most
}

// Pass is one dispatch: a kernel, its amount of work and its buffers. Or it is a loop: Body, Times times at most; a
// kernel in it decides when the rounds that are left have no work.
type Pass struct {
	Label   string            // the timer row: the kernel's name, and where it runs if it does so more than once
	Kernel  string            // the shader's name without "sim/"
	Work    Work              // how many invocations
	Buffers map[string]string // WGSL variable -> buffer where the names differ
	Times   int
	Body    []Pass
}

// Plan is the order of GPU passes, written once: Step is one sub-step, Report runs once per submit.
type Plan struct {
	Title  []string // what was decided at set-up, one line each
	Step   []Pass
	Report []Pass
	Input  []Pass // once for each input of the user's hands
	Memory uint64 // on the device [bytes]
}

// byte offsets of the members of layout.Dispatch; TestDispatchOffsets compares them.
const (
	argsCells   = 0
	argsSorted  = 16
	argsLive    = 32
	argsScan    = 48
	argsIterate = 64
	argsViscous = 80
)

// String prints the plan: one line a pass, in the order they run.
func (p Plan) String() string {
	var b strings.Builder
	for _, line := range p.Title {
		fmt.Fprintln(&b, line)
	}
	section := func(title string, passes []Pass) {
		fmt.Fprintf(&b, "\n%s\n", title)
		number := 0
		var list func(indent string, passes []Pass)
		list = func(indent string, passes []Pass) {
			for _, pass := range passes {
				if pass.Times > 0 {
					fmt.Fprintf(&b, "%s     at most %d times, until the residual is small enough:\n", indent, pass.Times)
					list(indent+"  ", pass.Body)
					continue
				}
				number++
				how := "direct"
				if pass.Work.Indirect >= 0 {
					how = "indirect"
				}
				fmt.Fprintf(&b, "%3d %-*s%-*s%-21s %-7s %11d %-9s%s\n", number, 1+len(indent), "", 26-len(indent), pass.Label, "sim/"+pass.Kernel,
					pass.Work.Name, pass.Work.Most, how, bindings(pass.Buffers))
			}
		}
		list("", passes)
	}
	section("each sub-step: pass, kernel, work, invocations at most, dispatch, buffers that are not named as in the kernel", p.Step)
	section("each submit", p.Report)
	if len(p.Input) > 0 {
		section("each input of the user's hands", p.Input)
	}
	return b.String()
}

func bindings(buffers map[string]string) string {
	var pairs []string
	for variable, buffer := range buffers {
		pairs = append(pairs, variable+"="+buffer)
	}
	sort.Strings(pairs)
	if len(pairs) == 0 {
		return ""
	}
	return " " + strings.Join(pairs, " ")
}

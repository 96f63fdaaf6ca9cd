package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// Exit codes, as documented in doc.go and the README.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2
	exitNoGPU       = 3
	exitInterrupted = 130
)

// usageError is a mistake on the command line.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}

// errInterrupted ends a command that was stopped with Ctrl-C, after it has said
// what was written.
var errInterrupted = errors.New("interrupted")

// errReported ends a command that has already told its errors.
var errReported = errors.New("reported")

// report prints an error for people and chooses the exit code.
func report(w io.Writer, called *cobra.Command, err error) int {
	var usage *usageError
	var noGPU *gpu.NoAdapterError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errInterrupted):
		return exitInterrupted
	case errors.Is(err, errReported):
		return exitFailed
	case errors.As(err, &usage):
		printError(w, plainly(err))
		fmt.Fprintf(w, "Run '%s --help' for how to use it.\n", called.CommandPath())
		return exitUsage
	case isAssignment(err):
		printError(w, err)
		return exitUsage
	case errors.As(err, &noGPU):
		printError(w, err)
		return exitNoGPU
	}
	printError(w, err)
	return exitFailed
}

// isAssignment tells whether a mistake in a scene stands on the command line: in --set, or
// in what --particles comes to.
func isAssignment(err error) bool {
	var wrong *scene.Error
	return errors.As(err, &wrong) && wrong.Assignment != ""
}

// plainly says what a flag wants where the flag library shows Go's own words.
func plainly(err error) error {
	var number *strconv.NumError
	if !errors.As(err, &number) {
		return err
	}
	what := "not a number; write it like 1.5"
	switch {
	case errors.Is(err, strconv.ErrRange):
		what = "far too large"
	case number.Func == "ParseInt":
		what = "not a whole number; write it like 120"
	case number.Func == "ParseBool":
		what = "neither true nor false"
	}
	return errors.New(strings.Replace(err.Error(), number.Error(), what, 1))
}

// printError prints the text of an error behind the program's name.
func printError(w io.Writer, err error) {
	text := strings.TrimRight(err.Error(), "\n")
	if errors.Is(err, syscall.ENOSPC) && !strings.Contains(text, "no space left") {
		text += ": no space left on the disk"
	}
	fmt.Fprintf(w, "fluidsim: %s\n", text)
}

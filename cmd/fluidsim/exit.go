package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/sim/gpu"
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
		printError(w, err)
		fmt.Fprintf(w, "Run '%s --help' for how to use it.\n", called.CommandPath())
		return exitUsage
	case errors.As(err, &noGPU):
		printError(w, err)
		return exitNoGPU
	}
	printError(w, err)
	return exitFailed
}

// printError prints the text of an error behind the program's name.
func printError(w io.Writer, err error) {
	text := strings.TrimRight(err.Error(), "\n")
	if errors.Is(err, syscall.ENOSPC) && !strings.Contains(text, "no space left") {
		text += ": no space left on the disk"
	}
	fmt.Fprintf(w, "fluidsim: %s\n", text)
}

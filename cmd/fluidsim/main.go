package main

import (
	"io"
	"os"
	"runtime"
)

// version is set by the linker, see the Makefile.
var version = "dev"

// Windows and the GPU want one and the same thread, the first one.
func init() { runtime.LockOSThread() }

func main() {
	os.Exit(start(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// start runs one command line and returns the exit code.
func start(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{in: stdin, out: stdout, err: stderr}
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	called, err := root.ExecuteC()
	return report(stderr, called, err)
}

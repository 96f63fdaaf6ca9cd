package main

import (
	"errors"
	"fmt"
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
	checked := &checkedWriter{Writer: stdout}
	stdout = checked
	a := &app{in: stdin, out: stdout, err: stderr}
	root := newRoot(a)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	called, err := root.ExecuteC()
	if checked.failed != nil && (err == nil || errors.Is(err, checked.failed)) {
		err = fmt.Errorf("cannot print the results: %w", checked.failed)
	}
	return report(stderr, called, err)
}

// checkedWriter remembers that something could not be written, so that results
// that nobody got do not count as success.
type checkedWriter struct {
	io.Writer
	failed error
}

func (w *checkedWriter) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if err != nil && w.failed == nil {
		w.failed = err
	}
	return n, err
}

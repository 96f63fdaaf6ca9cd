package main

import (
	"bufio"
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fluidsim": main})
}

// TestScripts runs the real command, as testdata/script tells.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			for _, name := range []string{"XDG_RUNTIME_DIR", "VK_ICD_FILENAMES", "VK_DRIVER_FILES", "LD_LIBRARY_PATH"} {
				if value := os.Getenv(name); value != "" {
					env.Setenv(name, value)
				}
			}
			program, err := exec.LookPath("fluidsim")
			env.Setenv("BIN", filepath.Dir(program))
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"garbage": garbage,
			"numbers": numbers,
		},
	})
}

// exits CODE PROGRAM ARG... runs a program that must end with this code.
func exits(ts *testscript.TestScript, not bool, args []string) {
	if not || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARG...]")
	}
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if args[0] != strconv.Itoa(code) {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// garbage FILE MEGABYTES writes a file of random bytes.
func garbage(ts *testscript.TestScript, _ bool, args []string) {
	megabytes, err := strconv.Atoi(args[1])
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	w := bufio.NewWriter(f)
	source := rand.New(rand.NewPCG(1, 2))
	block := make([]byte, 1<<20)
	for i := range block {
		block[i] = byte(source.Uint32())
	}
	for range megabytes {
		_, err := w.Write(block)
		ts.Check(err)
	}
	ts.Check(w.Flush())
	ts.Check(f.Close())
}

// numbers FILE checks that a table has a head, rows of the same width, and
// nothing but finite numbers in them.
func numbers(ts *testscript.TestScript, _ bool, args []string) {
	text := []byte(ts.ReadFile(args[0]))
	rows := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	if len(rows) < 3 {
		ts.Fatalf("%s has only %d rows", args[0], len(rows))
	}
	width := bytes.Count(rows[0], []byte(","))
	for i, row := range rows[1:] {
		if bytes.Count(row, []byte(",")) != width {
			ts.Fatalf("row %d is not as wide as the head: %s", i+1, row)
		}
		for _, field := range bytes.Split(row, []byte(",")) {
			if _, err := strconv.ParseFloat(string(field), 64); err != nil || bytes.ContainsAny(field, "NI") {
				ts.Fatalf("row %d: %q is not a finite number", i+1, field)
			}
		}
	}
}

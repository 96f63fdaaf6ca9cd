package whole

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// listing is what a folder holds.
func listing(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

// A name is given at the end only, and never to half a file.
func TestFileIsThereWhenItIsWhole(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "x")
	w, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(w, "ill of it")
	if err := w.Patch([]byte("a"), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the file has its name before it is finished")
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || string(text) != "all of it" {
		t.Errorf("%q, %v", text, err)
	}
	if w, err = Create(path); err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(w, "half")
	w.Drop()
	if text, _ := os.ReadFile(path); string(text) != "all of it" || listing(t, folder) != "x" {
		t.Errorf("after a drop: %q, folder %q", text, listing(t, folder))
	}
}

func TestUnwritablePlaceIsNamed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(file, "x") // below a file: no one can write there, root included
	_, made := Create(path)
	for _, err := range []error{made, Folder(path)} {
		var failure *Error
		if !errors.As(err, &failure) || failure.Path != path || strings.Contains(err.Error(), ".part") {
			t.Errorf("%v, want an error that names %s", err, path)
		}
	}
}

func TestFullDiskIsNamed(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "x.png")
	err := Write(path, func(w io.Writer) error {
		return &os.PathError{Op: "write", Path: "temporary", Err: syscall.ENOSPC}
	})
	if want := fmt.Sprintf("cannot write %q: no space left on device", path); err == nil || err.Error() != want {
		t.Errorf("full disk: %v, want %s", err, want)
	}
	if got := listing(t, folder); got != "" {
		t.Errorf("a full disk keeps %q", got)
	}
}

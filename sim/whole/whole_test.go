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

// What a link points to is replaced and the link stays; a folder is refused; what is no ordinary file is written to.
func TestFilesThatAreThereAlready(t *testing.T) {
	dir := t.TempDir()
	behind, link := filepath.Join(dir, "behind"), filepath.Join(dir, "link")
	if err := os.WriteFile(behind, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	write := func(path string) error {
		return Write(path, func(w io.Writer) error { _, err := w.Write([]byte("new")); return err })
	}
	if err := os.Symlink(behind, link); err == nil { // where links are allowed
		if err := write(link); err != nil {
			t.Fatal(err)
		}
		info, err := os.Lstat(link)
		if text, _ := os.ReadFile(behind); err != nil || info.Mode()&os.ModeSymlink == 0 || string(text) != "new" {
			t.Errorf("behind the link is %q, the link is a %v: %v", text, info.Mode(), err)
		}
	}
	if err := write(dir); err == nil || !strings.Contains(err.Error(), "this is a folder") {
		t.Errorf("a folder: %v", err)
	}
	if _, err := os.Stat("/dev/null"); err == nil {
		if err := write("/dev/null"); err != nil {
			t.Error(err)
		}
		if info, err := os.Stat("/dev/null"); err != nil || info.Mode().IsRegular() {
			t.Errorf("/dev/null is a %v now: %v", info.Mode(), err)
		}
	}
	w, err := Create(filepath.Join(dir, "kept"))
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	w.Drop()
	if _, err := os.Stat(filepath.Join(dir, "kept")); err != nil {
		t.Errorf("dropped after it was whole: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("half files are left: %v", left)
	}
}

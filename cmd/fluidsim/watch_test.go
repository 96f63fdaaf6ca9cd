package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// waitSaved polls as the window does.
func waitSaved(t *testing.T, w *watch, limit time.Duration) bool {
	t.Helper()
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if w.saved(time.Now()) {
			return true
		}
	}
	return false
}

func TestWatch(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.toml")
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.toml", "one")
	w, err := newWatch(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()

	write("other.toml", "x")
	if waitSaved(t, w, 3*settle) {
		t.Error("another file was taken for the watched one")
	}
	write("a.toml", "two, longer")
	if !waitSaved(t, w, 5*time.Second) {
		t.Error("a save in place was not noticed")
	}
	// As many editors do: write beside it, rename over it.
	write("a.toml~", "three, longer still")
	if err := os.Rename(path+"~", path); err != nil {
		t.Fatal(err)
	}
	if !waitSaved(t, w, 5*time.Second) {
		t.Error("a rename over the file was not noticed")
	}
	// Gone for a moment, then back.
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if waitSaved(t, w, 3*settle) {
		t.Error("a removed file was taken for a saved one")
	}
	write("a.toml", "four: it has come back")
	if !waitSaved(t, w, 5*time.Second) {
		t.Error("a file that came back was not noticed")
	}
	// What is no file is none to read, and a folder that was renamed has no events.
	if err := errors.Join(os.Remove(path), os.Mkdir(path, 0o755)); err != nil {
		t.Fatal(err)
	}
	if waitSaved(t, w, glance+2*settle) {
		t.Error("a folder was taken for a saved file")
	}
	if err := errors.Join(os.Remove(path), os.Rename(folder, folder+"2"), os.Rename(folder+"2", folder)); err != nil {
		t.Fatal(err)
	}
	write("a.toml", "in a folder that was away")
	if !waitSaved(t, w, 5*time.Second) {
		t.Error("a save after a rename of the folder was not noticed")
	}
	if w, err = newWatch(path); err != nil {
		t.Fatal(err)
	}
	defer w.close()
	// A burst of writes is one save.
	for range 5 {
		write("a.toml", "five, in several steps "+time.Now().String())
		time.Sleep(settle / 5)
	}
	if !waitSaved(t, w, 5*time.Second) {
		t.Error("a burst was not noticed")
	}
	if waitSaved(t, w, 3*settle) {
		t.Error("a burst was taken for two saves")
	}
}

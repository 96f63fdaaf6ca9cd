package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// What is remembered is there, named once, and not too much.
func TestTidyRecent(t *testing.T) {
	folder := t.TempDir()
	var all []string
	for i := range mostRecent + 3 {
		path := filepath.Join(folder, strconv.Itoa(i)+".toml")
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		all = append(all, path)
	}
	got := tidyRecent(append([]string{all[3], filepath.Join(folder, "gone.toml"), "0.toml", folder}, all...))
	want := []string{all[3], all[0], all[1], all[2], all[4], all[5], all[6], all[7]}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestRecentThatCannotBeRead(t *testing.T) {
	t.Setenv(configVariable, t.TempDir())
	for _, text := range []string{"", "{}", "[1]", "[\"\\u0000\"]", "nonsense"} {
		if err := os.WriteFile(recentPath(), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := loadRecent(); len(got) != 0 {
			t.Errorf("%q is %v", text, got)
		}
	}
}

// Package scenes holds the scenes that are shipped inside the program, as the
// texts they were written as. It knows nothing of what they mean.
package scenes

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed *.toml validation/*.toml validation/*.csv
var files embed.FS

// Default is the scene that is shown when none is named.
const Default = "dam-break"

// order puts the scenes into an order worth leafing through; scenes that are
// not named here come after, by name.
var order = []string{
	Default, "dam-break-2d", "double-dam-break", "pillars", "pool-drop", "wave-maker", "lock-gate", "mixer", "sphere-on-sphere", "fountain",
	"tilted-tank", "waterfall", "zigzag", "capsule-rain", "honey", "zero-gravity-cube", "drop-on-wall", "channel-2d", "dam-break-500k",
}

// Names are the names of all scenes; the default is the first.
func Names() []string {
	left := map[string]bool{}
	var all []string
	entries, _ := fs.Glob(files, "*.toml") // sorted; the pattern is a good one
	for _, entry := range entries {
		left[strings.TrimSuffix(entry, ".toml")] = true
	}
	for _, name := range order {
		if left[name] {
			all = append(all, name)
			delete(left, name)
		}
	}
	for _, entry := range entries {
		if name := strings.TrimSuffix(entry, ".toml"); left[name] {
			all = append(all, name)
		}
	}
	return all
}

// Text is the file of a scene, with its comments.
func Text(name string) ([]byte, error) {
	text, err := files.ReadFile(name + ".toml")
	if err != nil {
		return nil, fmt.Errorf("there is no built-in scene %q", name)
	}
	return text, nil
}

// File is a file that a scene names, like measured data, by its path from this
// folder.
func File(name string) ([]byte, error) { return files.ReadFile(name) }

// Title is the title of a scene, "" when there is no such scene.
func Title(name string) string { return value(name, "title") }

// Description is one line about a scene, "" when there is no such scene.
func Description(name string) string { return value(name, "description") }

// value is the text that a line `key = "…"` of the file gives. The files are
// ours: a test compares this with what the real reader finds.
func value(name, key string) string {
	text, err := Text(name)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		rest, ok := strings.CutPrefix(line, key+" = \"")
		if v, _, closed := strings.Cut(rest, "\""); ok && closed {
			return v
		}
	}
	return ""
}

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
)

// mostRecent bounds the scene files that are remembered.
const mostRecent = 8

func recentPath() string { return settingsFile("recent.json") }

// loadRecent is the scene files that were open last, the newest first, as far as they
// are still there. A list that cannot be read is none: it is not worth a message.
func loadRecent() (paths []string) {
	text, err := os.ReadFile(recentPath())
	if err != nil || json.Unmarshal(text, &paths) != nil {
		return nil
	}
	return tidyRecent(paths)
}

func tidyRecent(paths []string) []string {
	var kept []string
	for _, path := range paths {
		if filepath.IsAbs(path) && isRegular(path) && !slices.Contains(kept, path) && len(kept) < mostRecent {
			kept = append(kept, path)
		}
	}
	return kept
}

// remember puts an opened scene file in front of the recent ones.
func (v *viewer) remember(src source) {
	path, err := filepath.Abs(src.name)
	if err != nil || !src.file || !isRegular(path) || v.options.plain {
		return
	}
	// Read again: another window may have added some.
	v.board.recent = tidyRecent(append([]string{path}, loadRecent()...))
	text, err := json.MarshalIndent(v.board.recent, "", "  ")
	if err == nil {
		err = saveSetting(recentPath(), append(text, '\n'))
	}
	if err != nil && !v.board.forgets {
		v.board.forgets = true // once is enough
		v.app.say("the scenes that were open last are not remembered: %v", err)
	}
}

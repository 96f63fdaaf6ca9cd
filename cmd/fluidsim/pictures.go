package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
)

// pictureFolder is where the window puts what it captures: the user's folder
// for pictures where there is one, else the current folder.
func pictureFolder() string {
	if folder := xdg.UserDirs.Pictures; folder != "" {
		if info, err := os.Stat(folder); err == nil && info.IsDir() {
			return folder
		}
	}
	return "."
}

// freshName is a name that is not taken yet: scene, date and time, and a number
// if there must be one.
func freshName(folder, scene, ending string, now time.Time) string {
	base := filepath.Join(folder, fmt.Sprintf("fluidsim-%s-%s", scene, now.Format("20060102-150405")))
	name := base + ending
	for k := 2; ; k++ {
		if _, err := os.Lstat(name); err != nil {
			return name
		}
		name = fmt.Sprintf("%s-%d%s", base, k, ending)
	}
}

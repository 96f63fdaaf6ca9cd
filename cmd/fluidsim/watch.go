package main

import (
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long a file must be left alone before it is read: editors write
// in several steps.
const settle = 150 * time.Millisecond

// watch notices when one file is saved. It watches the folder, because many
// editors write a new file and rename it over the old one.
type watch struct {
	watcher *fsnotify.Watcher
	path    string // absolute
	due     time.Time
	last    fileMark
}

// fileMark tells two versions of a file apart.
type fileMark struct {
	size int64
	at   time.Time
}

func markOf(path string) fileMark {
	info, err := os.Stat(path)
	if err != nil {
		return fileMark{}
	}
	return fileMark{info.Size(), info.ModTime()}
}

func newWatch(path string) (*watch, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	// A link is watched where it points to: that is where a save lands.
	if real, err := filepath.EvalSymlinks(absolute); err == nil {
		absolute = real
	}
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	if err := watcher.Add(filepath.Dir(absolute)); err != nil {
		watcher.Close()
		return nil, err
	}
	return &watch{watcher: watcher, path: absolute, last: markOf(absolute)}, nil
}

// saved tells whether the file has a new version that has settled. It never
// waits.
func (w *watch) saved(now time.Time) bool {
	if w == nil {
		return false
	}
	for more := true; more; {
		select {
		case event, open := <-w.watcher.Events:
			if open && filepath.Clean(event.Name) == w.path && !event.Has(fsnotify.Chmod) {
				w.due = now.Add(settle)
			}
			more = open
		case <-w.watcher.Errors:
			w.due = now.Add(settle) // events were lost: look at the file
		default:
			more = false
		}
	}
	if w.due.IsZero() || now.Before(w.due) {
		return false
	}
	w.due = time.Time{}
	mark := markOf(w.path)
	if mark == w.last || mark == (fileMark{}) {
		return false // the same, or gone for the moment
	}
	w.last = mark
	return true
}

func (w *watch) close() {
	if w != nil {
		w.watcher.Close()
	}
}

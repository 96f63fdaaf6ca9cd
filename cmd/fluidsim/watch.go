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
	watcher *fsnotify.Watcher // nil: there is none
	path    string            // absolute
	due     time.Time
	last    fileMark
	looked  time.Time // when the file was last looked at without an event
}

// glance is how often to look at the file without an event: network folders have
// none, and a folder that was renamed has no more.
const glance = time.Second

// fileMark tells two versions of a file apart.
type fileMark struct {
	size int64
	at   time.Time
}

// markOf is empty for what is gone, and for what is no file: reading a pipe
// would stop the window until somebody writes to it.
func markOf(path string) fileMark {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
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
	w := &watch{path: absolute, last: markOf(absolute)}
	// Where the system has no more watches to give, looking every second does.
	if watcher, err := fsnotify.NewWatcher(); err == nil {
		if err := watcher.Add(filepath.Dir(absolute)); err == nil {
			w.watcher = watcher
		} else {
			watcher.Close()
		}
	}
	return w, nil
}

// saved tells whether the file has a new version that has settled. It never
// waits.
func (w *watch) saved(now time.Time) bool {
	if w == nil {
		return false
	}
	for more := w.watcher != nil; more; {
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
	if now.Sub(w.looked) >= glance {
		w.looked = now
		if mark := markOf(w.path); w.due.IsZero() && mark != w.last && mark != (fileMark{}) {
			w.due = now.Add(settle)
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

// seen tells that the version that is there now is known.
func (w *watch) seen() {
	if w != nil {
		w.last, w.due = markOf(w.path), time.Time{}
	}
}

func (w *watch) close() {
	if w != nil && w.watcher != nil {
		w.watcher.Close()
	}
}

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// wholeFile is a file that appears under its name when it is finished, or not
// at all. Something that is no ordinary file, like /dev/null or a pipe, is
// written to as it is and never replaced.
type wholeFile struct {
	path    string
	pending *renameio.PendingFile
	device  *os.File
}

func createWholeFile(path string) (*wholeFile, error) {
	w := &wholeFile{path: path}
	target := path
	if real, err := filepath.EvalSymlinks(path); err == nil {
		target = real // a link stays one
	}
	info, err := os.Stat(target)
	switch {
	case err == nil && info.IsDir():
		return nil, w.explain(errors.New("this is a folder"))
	case err == nil && !info.Mode().IsRegular():
		w.device, err = os.OpenFile(target, os.O_WRONLY, 0)
	default:
		w.pending, err = renameio.NewPendingFile(target, renameio.WithPermissions(0o644), renameio.WithTempDir(filepath.Dir(target)))
	}
	if err != nil {
		return nil, w.explain(err)
	}
	return w, nil
}

func (w *wholeFile) Write(p []byte) (n int, err error) {
	if w.device != nil {
		n, err = w.device.Write(p)
	} else {
		n, err = w.pending.Write(p)
	}
	return n, w.explain(err)
}

// commit gives the file its name.
func (w *wholeFile) commit() error {
	if w.device != nil {
		return w.explain(w.device.Close())
	}
	return w.explain(w.pending.CloseAtomicallyReplace())
}

// drop removes what was written so far. After commit it does nothing.
func (w *wholeFile) drop() {
	if w.device != nil {
		w.device.Close()
	} else {
		_ = w.pending.Cleanup()
	}
}

// explain names the file that the user knows, not the temporary one.
func (w *wholeFile) explain(err error) error {
	if err == nil {
		return nil
	}
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("cannot write %s: %w", w.path, err)
}

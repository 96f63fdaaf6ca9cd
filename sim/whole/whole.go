// Package whole writes files that appear under their names only when they are complete: nobody
// ever meets half a file, and what goes wrong names the file that the user knows. It must not know
// what is written.
package whole

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
)

// File is written under a temporary name in its own folder. What is no ordinary file, like /dev/null or a
// pipe, is written to as it is and never replaced; what a link points to is replaced, and the link stays.
type File struct {
	path string // as the user knows it
	into string // the file itself
	temp string // empty for what is no ordinary file
	done bool
	file *os.File
	out  *bufio.Writer
}

var tempCount atomic.Uint64

// TempName is a name for the unfinished file, in the same folder as path, so that the rename never
// crosses file systems.
func TempName(path string) string {
	folder, name := filepath.Split(path)
	return filepath.Join(folder, fmt.Sprintf(".%s.%d-%d.part", name, os.Getpid(), tempCount.Add(1)))
}

// Create begins a file.
func Create(path string) (*File, error) {
	into := path
	if real, err := filepath.EvalSymlinks(path); err == nil {
		into = real
	}
	if info, err := os.Stat(into); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return nil, Explain(path, errors.New("this is a folder"))
		}
		file, err := os.OpenFile(into, os.O_WRONLY, 0)
		if err != nil {
			return nil, Explain(path, err)
		}
		return &File{path: path, into: into, file: file, out: bufio.NewWriter(file)}, nil
	}
	temp := TempName(into)
	// Not os.CreateTemp: its files are private to the user, and these are for showing.
	file, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, Explain(path, err)
	}
	return &File{path: path, into: into, temp: temp, file: file, out: bufio.NewWriterSize(file, 1<<18)}, nil
}

func (w *File) Write(p []byte) (int, error) {
	n, err := w.out.Write(p)
	if err != nil {
		err = Explain(w.path, err)
	}
	return n, err
}

// Patch overwrites what is written already, for formats whose head tells what follows.
func (w *File) Patch(p []byte, at int64) error {
	if err := w.out.Flush(); err != nil {
		return err
	}
	_, err := w.file.WriteAt(p, at)
	return err
}

// Commit gives the file its name.
func (w *File) Commit() error {
	w.done = true
	err := w.out.Flush()
	if closed := w.file.Close(); err == nil {
		err = closed
	}
	if err == nil && w.temp != "" {
		err = os.Rename(w.temp, w.into)
	}
	if err != nil {
		w.remove()
		return Explain(w.path, err)
	}
	return nil
}

// Drop removes what was written so far. After Commit it does nothing.
func (w *File) Drop() {
	if !w.done {
		w.file.Close()
		w.remove()
	}
}

func (w *File) remove() {
	if w.temp != "" {
		os.Remove(w.temp)
	}
}

// Write writes one file with fill, whole or not at all.
func Write(path string, fill func(io.Writer) error) error {
	w, err := Create(path)
	if err != nil {
		return err
	}
	if err := fill(w); err != nil {
		w.Drop()
		return Explain(path, err)
	}
	return w.Commit()
}

// Folder creates a folder and its parents.
func Folder(path string) error {
	if err := os.MkdirAll(path, 0o777); err != nil {
		return Explain(path, err)
	}
	return nil
}

// Explain names the file that the user knows, not the temporary one.
func Explain(path string, err error) error {
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	var inner *fs.PathError
	if errors.As(err, &inner) {
		err = inner.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		err = link.Err
	}
	return &Error{Path: path, Err: err}
}

// Error says which file or folder could not be written, and why.
type Error struct {
	Path string
	Err  error
}

func (e *Error) Error() string { return fmt.Sprintf("cannot write %q: %v", e.Path, e.Err) }

func (e *Error) Unwrap() error { return e.Err }

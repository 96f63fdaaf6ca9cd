package capture

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

// wholeFile is written under a temporary name in its own folder and gets its name only when it is
// complete, so that nobody ever meets half a file.
type wholeFile struct {
	path string
	temp string
	file *os.File
	out  *bufio.Writer
}

var tempCount atomic.Uint64

// tempName is in the same folder as path, so that the rename never crosses file systems.
func tempName(path string) string {
	folder, name := filepath.Split(path)
	return filepath.Join(folder, fmt.Sprintf(".%s.%d-%d.part", name, os.Getpid(), tempCount.Add(1)))
}

func createWhole(path string) (*wholeFile, error) {
	temp := tempName(path)
	// Not os.CreateTemp: its files are private to the user, and a capture is for showing.
	file, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, writeError(path, err)
	}
	return &wholeFile{path: path, temp: temp, file: file, out: bufio.NewWriterSize(file, 1<<18)}, nil
}

func (w *wholeFile) Write(p []byte) (int, error) { return w.out.Write(p) }

// commit gives the file its name.
func (w *wholeFile) commit() error {
	err := w.out.Flush()
	if closed := w.file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(w.temp, w.path)
	}
	if err != nil {
		os.Remove(w.temp)
		return writeError(w.path, err)
	}
	return nil
}

// drop removes what was written so far.
func (w *wholeFile) drop() {
	w.file.Close()
	os.Remove(w.temp)
}

// writeWhole writes one file with fill, whole or not at all.
func writeWhole(path string, fill func(io.Writer) error) error {
	w, err := createWhole(path)
	if err != nil {
		return err
	}
	if err := fill(w); err != nil {
		w.drop()
		return writeError(path, err)
	}
	return w.commit()
}

// writeError names the file that the user knows, not the temporary one.
func writeError(path string, err error) error {
	var known *WriteError
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
	return &WriteError{Path: path, Err: err}
}

// WriteError says which file or folder could not be written, and why.
type WriteError struct {
	Path string
	Err  error
}

func (e *WriteError) Error() string { return fmt.Sprintf("cannot write %q: %v", e.Path, e.Err) }

func (e *WriteError) Unwrap() error { return e.Err }

// makeFolder creates a folder and its parents.
func makeFolder(path string) error {
	if err := os.MkdirAll(path, 0o777); err != nil {
		return writeError(path, err)
	}
	return nil
}

// encodeBuffers lets the PNG encoders of all frames share their scratch memory.
var encodeBuffers bufferPool

type bufferPool struct{ pool sync.Pool }

func (p *bufferPool) Get() *png.EncoderBuffer {
	b, _ := p.pool.Get().(*png.EncoderBuffer)
	return b
}

func (p *bufferPool) Put(b *png.EncoderBuffer) { p.pool.Put(b) }

// encodePNG gives the same bytes for the same pixels, always: no time, no text, one fixed level.
func encodePNG(w io.Writer, img image.Image) error {
	encoder := png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: &encodeBuffers}
	return encoder.Encode(w, img)
}

// SaveImage writes one picture as a PNG, whole or not at all; the folder is created if need be.
func SaveImage(path string, img image.Image) error {
	if img == nil || img.Bounds().Empty() {
		return fmt.Errorf("cannot write %q: the picture has no pixels", path)
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	return writeWhole(path, func(w io.Writer) error { return encodePNG(w, img) })
}

// Package capture turns rendered frames into files: a Grabber copies an offscreen target to the
// host without stalling the GPU, a Recorder hands the pictures to a Sink on another goroutine
// through a bounded queue (the producer waits, no frame is ever dropped), and a Sink writes a
// folder of PNGs, one PNG, a GIF, an APNG or, through ffmpeg, a video.
//
// Every file appears under its name only when it is whole. The package must not know scenes,
// solvers, windows or the command line.
package capture

import (
	"fmt"
	"image"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fluidsim/fluidsim/sim/whole"
)

// Kind is a form of recording.
type Kind string

const (
	Folder Kind = "folder" // numbered PNGs
	Still  Kind = "png"    // the last frame
	GIF    Kind = "gif"
	APNG   Kind = "apng"
	MP4    Kind = "mp4"
	WebM   Kind = "webm"
)

// Options describe the frames that a sink will get.
type Options struct {
	FPS           float64 // frames per second of simulated time
	Width, Height int     // of every frame [pixels]
	Overwrite     bool    // a folder's older frames may be removed
	Quality       Quality // of a video; the others lose nothing, or have one quality
}

// Quality is how much of a picture a video keeps, by the word that asks for it.
type Quality string

const (
	Low    Quality = "low"
	Medium Quality = "medium"
	High   Quality = "high" // the default: losses are hard to see
	Best   Quality = "best" // twice the size
)

// Qualities lists the words.
func Qualities() []string { return []string{string(Low), string(Medium), string(High), string(Best)} }

// Summary says what a sink has left on disk.
type Summary struct {
	Path   string
	Kind   Kind
	Frames int // whole frames written

	Width, Height int    // of the frames as written [pixels]
	Note          string // why frames or sides are not as asked; "" if they are
}

// Sink takes frames in order, from one goroutine.
type Sink interface {
	// Add takes a frame of the announced size. The sink owns the picture from here on.
	Add(frame *image.NRGBA) error
	// Close finishes the recording. Without a frame there is nothing to finish: an error.
	Close() error
	// Abort ends the recording early: whole frames and a video that plays stay, nothing else.
	Abort() error
	// Summary may be called after Close or Abort.
	Summary() Summary
}

// Endings lists the file endings that NewSink knows.
func Endings() []string { return []string{".png", ".gif", ".apng", ".mp4", ".webm"} }

// KindOf says what a path asks for: by its ending, or a folder if it has none, ends in a
// separator, or is a folder already.
func KindOf(path string) (Kind, error) {
	if path == "" {
		return "", fmt.Errorf("the output has no name: give a folder, or a file ending in %s", strings.Join(Endings(), ", "))
	}
	ending := strings.ToLower(filepath.Ext(path))
	info, err := os.Stat(path)
	isFolder := err == nil && info.IsDir()
	switch last := path[len(path)-1]; {
	case last == '/' || os.IsPathSeparator(last) || filepath.Base(path) == "." || filepath.Base(path) == "..":
		return Folder, nil
	case isFolder:
		for _, known := range Endings() {
			if ending == known {
				return "", fmt.Errorf("%q is a folder: add a %q to write numbered frames into it, or choose another name", path, "/")
			}
		}
		return Folder, nil
	}
	switch ending {
	case "":
		return Folder, nil
	case ".png":
		return Still, nil
	case ".gif":
		return GIF, nil
	case ".apng":
		return APNG, nil
	case ".mp4":
		return MP4, nil
	case ".webm":
		return WebM, nil
	}
	if strings.HasPrefix(filepath.Base(path), ".") && strings.Count(filepath.Base(path), ".") == 1 {
		return Folder, nil // a hidden folder, not an ending
	}
	return "", fmt.Errorf("cannot record to %q: the ending %q is not one of %s (for a folder of that name, with numbered PNGs, write %q)",
		path, ending, strings.Join(Endings(), ", "), path+"/")
}

// maxSide is the largest side that all of the file formats can state.
const maxSide = 16384

// NewSink opens a sink for a path; everything that can be known to fail later fails here.
func NewSink(path string, o Options) (Sink, error) {
	kind, err := KindOf(path)
	if err != nil {
		return nil, err
	}
	if o.Width < 1 || o.Height < 1 || o.Width > maxSide || o.Height > maxSide {
		return nil, fmt.Errorf("cannot record at %dx%d pixels: each side must be 1 to %d", o.Width, o.Height, maxSide)
	}
	if kind != Folder && kind != Still && (!(o.FPS > 0) || math.IsInf(o.FPS, 0) || o.FPS > 1000) {
		return nil, fmt.Errorf("cannot record at %g frames per second: choose more than 0, up to 1000", o.FPS)
	}
	if !slices.Contains(Qualities(), string(o.Quality)) && o.Quality != "" {
		return nil, fmt.Errorf("there is no video quality %q: choose one of %s", o.Quality, strings.Join(Qualities(), ", "))
	}
	if kind == Folder {
		return newFolderSink(path, o)
	}
	if err := whole.Folder(filepath.Dir(path)); err != nil {
		return nil, err
	}
	switch kind {
	case Still:
		return newStillSink(path, o)
	case GIF:
		return newGIFSink(path, o)
	case APNG:
		return newAPNGSink(path, o)
	default:
		return newVideoSink(path, kind, o)
	}
}

// checkSize guards every sink: a frame of another size would shear a video silently.
func checkSize(frame *image.NRGBA, o Options) error {
	if size := frame.Rect.Size(); size.X != o.Width || size.Y != o.Height {
		return fmt.Errorf("a frame of %dx%d pixels came into a recording of %dx%d: a recording has one size", size.X, size.Y, o.Width, o.Height)
	}
	return nil
}

func noFrames(path string) error {
	return fmt.Errorf("nothing was recorded: %q got no frame", path)
}

// tightPixels returns the frame's pixels without gaps between rows.
func tightPixels(frame *image.NRGBA) []byte {
	size := frame.Rect.Size()
	row := 4 * size.X
	if frame.Stride == row {
		return frame.Pix[:row*size.Y]
	}
	tight := make([]byte, 0, row*size.Y)
	for y := range size.Y {
		tight = append(tight, frame.Pix[y*frame.Stride:y*frame.Stride+row]...)
	}
	return tight
}

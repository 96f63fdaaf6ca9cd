package capture

import (
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"sync"

	"github.com/fluidsim/fluidsim/sim/whole"
)

// frameName numbers frames so that they sort, and that ffmpeg reads them as frame_%06d.png.
func frameName(index int) string { return fmt.Sprintf("frame_%06d.png", index) }

var framePattern = regexp.MustCompile(`^frame_[0-9]{6,}\.png$`)

// maxEncoders bounds the frames in work, and with them the memory.
const maxEncoders = 8

// folderSink writes numbered PNGs, several at a time: compressing takes longer than drawing.
type folderSink struct {
	path    string
	options Options
	count   int // frames taken
	work    chan numbered
	workers sync.WaitGroup

	mu      sync.Mutex
	failed  error
	written int
}

type numbered struct {
	index int
	frame *image.NRGBA
}

func newFolderSink(path string, o Options) (*folderSink, error) {
	if err := whole.Folder(path); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, whole.Explain(path, err)
	}
	var older []string
	for _, entry := range entries {
		if framePattern.MatchString(entry.Name()) {
			older = append(older, entry.Name())
		}
	}
	if len(older) > 0 && !o.Overwrite {
		return nil, fmt.Errorf("the folder %q already holds %d frames (%s …): choose another folder, or replace them with --overwrite",
			path, len(older), older[0])
	}
	// A shorter recording over a longer one would leave a mix of both.
	for _, name := range older {
		if err := os.Remove(filepath.Join(path, name)); err != nil {
			return nil, whole.Explain(filepath.Join(path, name), err)
		}
	}
	// An unwritable folder is known now, not after the first second of simulation.
	probe, err := whole.Create(filepath.Join(path, frameName(0)))
	if err != nil {
		return nil, whole.Explain(path, err.(*whole.Error).Err)
	}
	probe.Drop()

	s := &folderSink{path: path, options: o, work: make(chan numbered)}
	for range min(maxEncoders, runtime.GOMAXPROCS(0)) {
		s.workers.Add(1)
		go s.encode()
	}
	return s, nil
}

func (s *folderSink) encode() {
	defer s.workers.Done()
	for item := range s.work {
		if s.failure() == nil {
			err := whole.Write(filepath.Join(s.path, frameName(item.index)), func(w io.Writer) error {
				return encodePNG(w, item.frame)
			})
			s.mu.Lock()
			if err == nil {
				s.written++
			} else if s.failed == nil {
				s.failed = err
			}
			s.mu.Unlock()
		}
		recycle(item.frame)
	}
}

func (s *folderSink) failure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed
}

func (s *folderSink) Add(frame *image.NRGBA) error {
	if err := checkSize(frame, s.options); err != nil {
		return err
	}
	if err := s.failure(); err != nil {
		return err
	}
	s.work <- numbered{s.count, frame}
	s.count++
	return nil
}

func (s *folderSink) finish() error {
	close(s.work)
	s.workers.Wait()
	return s.failed
}

func (s *folderSink) Close() error {
	if err := s.finish(); err != nil {
		return err
	}
	if s.count == 0 {
		return noFrames(s.path)
	}
	return nil
}

func (s *folderSink) Abort() error { return s.finish() }

func (s *folderSink) Summary() Summary {
	return Summary{Path: s.path, Kind: Folder, Frames: s.written, Width: s.options.Width, Height: s.options.Height}
}

// stillSink keeps the newest frame and writes it at the end.
type stillSink struct {
	path    string
	options Options
	last    *image.NRGBA
	written int
}

func newStillSink(path string, o Options) (*stillSink, error) {
	probe, err := whole.Create(path)
	if err != nil {
		return nil, err
	}
	probe.Drop()
	return &stillSink{path: path, options: o}, nil
}

func (s *stillSink) Add(frame *image.NRGBA) error {
	if err := checkSize(frame, s.options); err != nil {
		return err
	}
	if s.last != nil {
		recycle(s.last)
	}
	s.last = frame
	return nil
}

func (s *stillSink) Close() error {
	if s.last == nil {
		return noFrames(s.path)
	}
	return s.Abort()
}

func (s *stillSink) Abort() error {
	if s.last == nil {
		return nil
	}
	if err := SaveImage(s.path, s.last); err != nil {
		return err
	}
	s.written = 1
	return nil
}

func (s *stillSink) Summary() Summary {
	return Summary{Path: s.path, Kind: Still, Frames: s.written, Width: s.options.Width, Height: s.options.Height}
}

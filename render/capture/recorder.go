package capture

import (
	"image"
	"sync"
	"sync/atomic"
)

// Recorder feeds a sink on a goroutine of its own through a bounded queue. When the queue is full,
// Add waits: a recording may be slow, it never has holes.
type Recorder struct {
	sink   Sink
	queue  chan *image.NRGBA
	done   chan struct{}
	failed atomic.Pointer[error]
	taken  atomic.Int64
	once   sync.Once
	result error
}

// NewRecorder starts writing. Depth is the number of frames that may wait.
func NewRecorder(sink Sink, depth int) *Recorder {
	r := &Recorder{sink: sink, queue: make(chan *image.NRGBA, max(1, depth)), done: make(chan struct{})}
	go func() {
		defer close(r.done)
		for frame := range r.queue {
			if r.failed.Load() != nil {
				recycle(frame) // keep the producer moving until it looks at the error
				continue
			}
			if err := sink.Add(frame); err != nil {
				r.failed.Store(&err)
				continue
			}
			r.taken.Add(1)
		}
	}()
	return r
}

// Add hands over a frame, waiting for room. It returns the sink's first error as soon as it is known.
func (r *Recorder) Add(frame *image.NRGBA) error {
	if err := r.failed.Load(); err != nil {
		return *err
	}
	r.queue <- frame
	return nil
}

// Frames returns how many frames the sink has taken.
func (r *Recorder) Frames() int { return int(r.taken.Load()) }

// Err returns the sink's first error, if there was one.
func (r *Recorder) Err() error {
	if err := r.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// Close waits for every frame to be written and finishes the recording.
func (r *Recorder) Close() error { return r.end(r.sink.Close) }

// Abort writes the frames that are waiting, then ends the recording early with what is whole.
func (r *Recorder) Abort() error { return r.end(r.sink.Abort) }

// Summary says what is on disk, after Close or Abort.
func (r *Recorder) Summary() Summary { return r.sink.Summary() }

func (r *Recorder) end(finish func() error) error {
	r.once.Do(func() {
		close(r.queue)
		<-r.done
		if err := r.Err(); err != nil {
			r.sink.Abort() // keeps the whole frames; the first error is the one to tell
			r.result = err
			return
		}
		r.result = finish()
	})
	return r.result
}

// spare keeps a few pictures for reuse, so that a long recording allocates nothing.
var spare = make(chan *image.NRGBA, 16)

// newFrame returns a picture with undefined pixels.
func newFrame(width, height int) *image.NRGBA {
	for range cap(spare) {
		select {
		case frame := <-spare:
			if frame.Rect.Dx() == width && frame.Rect.Dy() == height {
				return frame
			}
		default:
			return image.NewNRGBA(image.Rect(0, 0, width, height))
		}
	}
	return image.NewNRGBA(image.Rect(0, 0, width, height))
}

func recycle(frame *image.NRGBA) {
	if frame.Rect.Min != (image.Point{}) || frame.Stride != 4*frame.Rect.Dx() {
		return
	}
	select {
	case spare <- frame:
	default:
	}
}

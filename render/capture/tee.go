package capture

import "image"

// Tee is a sink that feeds several, so that one run gives frames and a video.
func Tee(sinks ...Sink) Sink {
	if len(sinks) == 1 {
		return sinks[0]
	}
	return tee(sinks)
}

type tee []Sink

func (t tee) Add(frame *image.NRGBA) error {
	var copies []*image.NRGBA
	for i := range t { // all copies first: a sink owns what it gets
		if i == 0 {
			copies = append(copies, frame)
			continue
		}
		twin := newFrame(frame.Rect.Dx(), frame.Rect.Dy())
		copy(twin.Pix, tightPixels(frame))
		copies = append(copies, twin)
	}
	var first error
	for i, sink := range t {
		if err := sink.Add(copies[i]); err != nil && first == nil {
			first = err
		}
	}
	return first
}

func (t tee) Close() error { return t.each(Sink.Close) }

func (t tee) Abort() error { return t.each(Sink.Abort) }

func (t tee) each(finish func(Sink) error) error {
	var first error
	for _, sink := range t {
		if err := finish(sink); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// Summary is that of the first sink; ask the others themselves.
func (t tee) Summary() Summary {
	if len(t) == 0 {
		return Summary{}
	}
	return t[0].Summary()
}

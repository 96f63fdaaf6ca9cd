package capture

import (
	"compress/lzw"
	"fmt"
	"image"
	"io"
	"math"

	"github.com/fluidsim/fluidsim/sim/whole"
)

// maxGIFRate is the fastest that viewers play: they slow a delay under 2/100 s down to 10/100 s.
const maxGIFRate = 50

// gifSink writes a GIF frame by frame. The standard encoder wants all frames in memory at once; a
// long recording must not.
type gifSink struct {
	path    string
	options Options
	file    *whole.File

	palette  *palette
	fit      float64 // misfit of the palette on the frame it was made for
	counts   histogram
	next     []uint8 // indices of the frame in work
	shown    []rgb   // what a viewer shows after the frames written so far
	seen     int     // frames taken
	lastTick int     // time of the pending frame [1/100 s]
	pending  *gifFrame
	packer   *lzw.Writer // keeps its tables from frame to frame
	written  int
	failed   error
}

type rgb [3]uint8

// gifFrame waits until the time of its successor, and with it its own duration, is known.
type gifFrame struct {
	area    image.Rectangle
	indices []uint8
	colours [][3]uint8
}

func newGIFSink(path string, o Options) (*gifSink, error) {
	file, err := whole.Create(path)
	if err != nil {
		return nil, err
	}
	s := &gifSink{path: path, options: o, file: file}
	s.next = make([]uint8, o.Width*o.Height)
	s.shown = make([]rgb, o.Width*o.Height)
	header := []byte("GIF89a")
	header = append(header, word(o.Width)...)
	header = append(header, word(o.Height)...)
	header = append(header, 0x70, 0, 0)                           // no table for the whole file: each frame brings its own
	header = append(header, 0x21, 0xff, 11)                       // for ever: the NETSCAPE2.0 extension
	header = append(header, "NETSCAPE2.0\x03\x01\x00\x00\x00"...) // 0 repetitions means endless
	_, s.failed = file.Write(header)
	return s, nil
}

func word(v int) []byte { return []byte{byte(v), byte(v >> 8)} }

// tick is the time of frame k in the unit of the format. Rounding times, not delays, keeps the
// film's length right at any rate.
func (s *gifSink) tick(k int) int {
	if s.options.FPS > maxGIFRate { // thinned to the slots that viewers can show
		return 100 / maxGIFRate * int(math.Round(float64(k)*maxGIFRate/s.options.FPS))
	}
	return int(math.Round(float64(k) * 100 / s.options.FPS))
}

func (s *gifSink) Add(frame *image.NRGBA) error {
	defer recycle(frame)
	if s.failed != nil {
		return s.failed
	}
	if err := checkSize(frame, s.options); err != nil {
		return err
	}
	tick := s.tick(s.seen)
	s.seen++
	if s.pending != nil {
		if tick-s.lastTick < 100/maxGIFRate {
			return nil // faster than any viewer: the next frame shows the motion
		}
		if err := s.flush(tick - s.lastTick); err != nil {
			return err
		}
	}
	s.lastTick = tick
	s.choosePalette(frame)
	s.palette.quantize(s.next, frame)
	s.pending = s.difference()
	return nil
}

// choosePalette keeps the last palette while it serves: new colours in every frame would shimmer.
func (s *gifSink) choosePalette(frame *image.NRGBA) {
	s.counts.count(frame)
	if s.palette != nil && s.palette.misfit(&s.counts) <= 1.3*s.fit+2 {
		return
	}
	s.palette = newPalette(&s.counts)
	s.fit = s.palette.misfit(&s.counts)
}

// difference crops to what changed since the last frame and marks the rest as unchanged.
func (s *gifSink) difference() *gifFrame {
	width, height := s.options.Width, s.options.Height
	first := s.pending == nil && s.written == 0
	area := image.Rectangle{}
	for y := range height {
		for x := range width {
			i := y*width + x
			colour := rgb(s.palette.colours[s.next[i]])
			if first || colour != s.shown[i] {
				s.shown[i] = colour
				area = area.Union(image.Rect(x, y, x+1, y+1))
			} else {
				s.next[i] = unchanged
			}
		}
	}
	if area.Empty() {
		area = image.Rect(0, 0, 1, 1) // a frame must have a pixel
	}
	out := &gifFrame{area: area, colours: s.palette.colours, indices: make([]uint8, 0, area.Dx()*area.Dy())}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		out.indices = append(out.indices, s.next[y*width+area.Min.X:y*width+area.Max.X]...)
	}
	return out
}

// flush writes the pending frame with its duration in 1/100 s.
func (s *gifSink) flush(delay int) error {
	f := s.pending
	s.pending = nil
	delay = min(max(delay, 100/maxGIFRate), 0xffff)
	block := []byte{0x21, 0xf9, 4, 1<<2 | 1, byte(delay), byte(delay >> 8), unchanged, 0, 0x2c}
	for _, v := range []int{f.area.Min.X, f.area.Min.Y, f.area.Dx(), f.area.Dy()} {
		block = append(block, word(v)...)
	}
	block = append(block, 0x87) // a table of 256 colours of its own
	for i := range 256 {
		var c [3]uint8
		if i < len(f.colours) {
			c = f.colours[i]
		}
		block = append(block, c[:]...)
	}
	block = append(block, 8) // bits of an index
	s.write(block)
	blocks := &gifBlocks{out: s.file}
	if s.packer == nil {
		s.packer = lzw.NewWriter(blocks, lzw.LSB, 8).(*lzw.Writer)
	} else {
		s.packer.Reset(blocks, lzw.LSB, 8)
	}
	if s.failed == nil {
		_, err := s.packer.Write(f.indices)
		if closed := s.packer.Close(); err == nil {
			err = closed
		}
		if err == nil {
			err = blocks.end()
		}
		if err != nil {
			s.failed = whole.Explain(s.path, err)
		}
	}
	if s.failed == nil {
		s.written++
	}
	return s.failed
}

func (s *gifSink) write(p []byte) {
	if s.failed == nil {
		if _, err := s.file.Write(p); err != nil {
			s.failed = whole.Explain(s.path, err)
		}
	}
}

// gifBlocks cuts a stream into the format's blocks of at most 255 bytes.
type gifBlocks struct {
	out  io.Writer
	fill int
	buf  [256]byte
}

func (b *gifBlocks) Write(p []byte) (int, error) {
	for _, c := range p {
		b.fill++
		b.buf[b.fill] = c
		if b.fill == 255 {
			if err := b.emit(); err != nil {
				return 0, err
			}
		}
	}
	return len(p), nil
}

func (b *gifBlocks) emit() error {
	if b.fill == 0 {
		return nil
	}
	b.buf[0] = byte(b.fill)
	_, err := b.out.Write(b.buf[:b.fill+1])
	b.fill = 0
	return err
}

func (b *gifBlocks) end() error {
	if err := b.emit(); err != nil {
		return err
	}
	_, err := b.out.Write([]byte{0})
	return err
}

func (s *gifSink) Close() error {
	if s.seen == 0 {
		s.file.Drop()
		return noFrames(s.path)
	}
	return s.Abort()
}

func (s *gifSink) Abort() error {
	if s.pending != nil && s.failed == nil {
		s.flush(s.tick(s.seen) - s.lastTick)
	}
	if s.written > 0 {
		s.write([]byte{0x3b})
	}
	if s.failed != nil || s.written == 0 {
		s.file.Drop()
		s.written = 0
		return s.failed
	}
	if err := s.file.Commit(); err != nil {
		s.written = 0
		s.failed = err
		return err
	}
	return nil
}

func (s *gifSink) Summary() Summary {
	out := Summary{Path: s.path, Kind: GIF, Frames: s.written, Width: s.options.Width, Height: s.options.Height}
	if s.written < s.seen && s.failed == nil {
		out.Note = fmt.Sprintf("GIFs show at most %d frames a second", maxGIFRate)
	}
	return out
}

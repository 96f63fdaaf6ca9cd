package capture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"math"

	"github.com/fluidsim/fluidsim/sim/whole"
)

// apngSink writes an animated PNG frame by frame (PNG, third edition, W3C 2023, chunks acTL, fcTL and
// fdAT). Encoders that are to be had want all frames in memory at once; a long recording must not.
type apngSink struct {
	path    string
	options Options
	file    *whole.File
	encoder png.Encoder
	packed  bytes.Buffer
	shown   *image.NRGBA // the last frame
	number  uint32       // of the next fcTL or fdAT chunk
	frames  int
	failed  error
}

const (
	pngSignature = 8
	chunkFrame   = 12                                    // length, type and checksum around a chunk's data
	acTLPlace    = int64(pngSignature + chunkFrame + 13) // after the header chunk
	apngForever  = 0                                     // repetitions
)

func newAPNGSink(path string, o Options) (*apngSink, error) {
	file, err := whole.Create(path)
	if err != nil {
		return nil, err
	}
	return &apngSink{path: path, options: o, file: file, encoder: png.Encoder{BufferPool: &encodeBuffers}}, nil
}

// chunk is a chunk of the format with its checksum.
func chunk(name string, data ...[]byte) []byte {
	var b []byte
	b = append(b, 0, 0, 0, 0)
	b = append(b, name...)
	for _, d := range data {
		b = append(b, d...)
	}
	binary.BigEndian.PutUint32(b, uint32(len(b)-8))
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func long(v uint32) []byte  { return binary.BigEndian.AppendUint32(nil, v) }
func short(v uint16) []byte { return binary.BigEndian.AppendUint16(nil, v) }

// delay is how long frame k is shown, as a fraction of a second. Rounding times, not delays, keeps
// the film's length right at any rate.
func (s *apngSink) delay(k int) (number, parts uint16) {
	fps := s.options.FPS
	if fps == math.Trunc(fps) {
		return 1, uint16(fps) // NewSink has seen to it that it fits
	}
	parts = 1000
	if fps < 0.02 { // more than 50 s would not fit into 16 bits
		parts = 10
	}
	tick := func(k int) float64 { return math.Round(float64(k) / fps * float64(parts)) }
	return uint16(min(tick(k+1)-tick(k), math.MaxUint16)), parts
}

func (s *apngSink) Add(frame *image.NRGBA) error {
	if s.failed != nil {
		return s.failed
	}
	if err := checkSize(frame, s.options); err != nil {
		return err
	}
	for i := 3; i < len(frame.Pix); i += 4 {
		frame.Pix[i] = 255 // pictures are opaque, and all frames must be of one kind
	}
	area := frame.Rect
	if s.shown != nil {
		area = changed(s.shown, frame)
	}
	if err := s.write(frame, area); err != nil {
		s.failed = whole.Explain(s.path, err)
		return s.failed
	}
	if s.shown != nil {
		recycle(s.shown)
	}
	s.shown = frame
	s.frames++
	return nil
}

// changed is the part of a frame that is not as in the last one; at least a pixel.
func changed(last, frame *image.NRGBA) image.Rectangle {
	area := image.Rectangle{}
	width := frame.Rect.Dx()
	for y := range frame.Rect.Dy() {
		a, b := last.Pix[y*last.Stride:][:4*width], frame.Pix[y*frame.Stride:][:4*width]
		if bytes.Equal(a, b) {
			continue
		}
		left, right := 0, width
		for bytes.Equal(a[4*left:4*left+4], b[4*left:4*left+4]) {
			left++
		}
		for bytes.Equal(a[4*right-4:4*right], b[4*right-4:4*right]) {
			right--
		}
		area = area.Union(image.Rect(left, y, right, y+1))
	}
	if area.Empty() {
		return image.Rect(0, 0, 1, 1)
	}
	return area
}

// write packs a part of a frame as a PNG and puts its data into the film.
func (s *apngSink) write(frame *image.NRGBA, area image.Rectangle) error {
	s.packed.Reset()
	if err := s.encoder.Encode(&s.packed, frame.SubImage(area)); err != nil {
		return err
	}
	first := s.frames == 0
	file := s.packed.Bytes()
	var out []byte
	if first {
		// signature and header are the film's, too; the number of frames is told at the end
		out = append(out, file[:acTLPlace]...)
		out = append(out, chunk("acTL", long(0), long(apngForever))...)
	}
	number, parts := s.delay(s.frames)
	const keep, replace = 0, 0
	out = append(out, chunk("fcTL", long(s.number),
		long(uint32(area.Dx())), long(uint32(area.Dy())), long(uint32(area.Min.X)), long(uint32(area.Min.Y)),
		short(number), short(parts), []byte{keep, replace})...)
	s.number++
	for at := pngSignature; at < len(file); {
		length := int(binary.BigEndian.Uint32(file[at:]))
		name, data := string(file[at+4:at+8]), file[at+8:at+8+length]
		switch {
		case name == "IDAT" && first:
			out = append(out, file[at:at+chunkFrame+length]...)
		case name == "IDAT":
			out = append(out, chunk("fdAT", long(s.number), data)...)
			s.number++
		}
		at += chunkFrame + length
	}
	_, err := s.file.Write(out)
	return err
}

func (s *apngSink) Close() error {
	if s.frames == 0 && s.failed == nil {
		s.file.Drop()
		return noFrames(s.path)
	}
	return s.Abort()
}

func (s *apngSink) Abort() error {
	if s.failed == nil && s.frames > 0 {
		_, err := s.file.Write(chunk("IEND"))
		if err == nil {
			err = s.file.Patch(chunk("acTL", long(uint32(s.frames)), long(apngForever)), acTLPlace)
		}
		if err != nil {
			s.failed = whole.Explain(s.path, err)
		}
	}
	if s.failed != nil || s.frames == 0 {
		s.file.Drop()
		s.frames = 0
		return s.failed
	}
	if s.failed = s.file.Commit(); s.failed != nil {
		s.frames = 0
	}
	return s.failed
}

func (s *apngSink) Summary() Summary {
	return Summary{Path: s.path, Kind: APNG, Frames: s.frames, Width: s.options.Width, Height: s.options.Height}
}

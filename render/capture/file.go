package capture

import (
	"fmt"
	"image"
	"image/png"
	"io"
	"path/filepath"
	"sync"

	"github.com/fluidsim/fluidsim/sim/whole"
)

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
	if err := whole.Folder(filepath.Dir(path)); err != nil {
		return err
	}
	return whole.Write(path, func(w io.Writer) error { return encodePNG(w, img) })
}

// Package label lays out what is written over a finished picture: what its colours mean, the
// simulated time, lengths along the edges of a box. The result is triangles for pass.Overlay, with
// letters from a sheet that is drawn once for each size.
//
// It must not know scenes, solvers, windows or files; the caller translates.
package label

import (
	"fmt"
	"image"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// letters are those that labels are written with.
const letters = " !%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz°±²³·×äöüÄÖÜßéèàç−µ"

// Sheet holds the letters of one size, white with alpha, and a patch of plain white.
type Sheet struct {
	Size   float64 // of the letters [pixels]
	Pixels *image.NRGBA
	glyphs map[rune]glyph
	ascent float64
}

type glyph struct {
	place   image.Rectangle // in the sheet
	offset  image.Point     // of its corner from the pen, y downwards
	advance float64
}

const (
	gap        = 1  // around a letter, so that neighbours do not bleed into it
	patch      = 4  // side of the white patch
	sheetWidth = 16 // in letter sizes
)

// NewSheet draws the letters.
func NewSheet(size float64) (*Sheet, error) {
	if !(size >= 4 && size <= 512) {
		return nil, fmt.Errorf("letters cannot be %g pixels high: choose 4 to 512", size)
	}
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("the font of labels: %w", err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		return nil, fmt.Errorf("the font of labels: %w", err)
	}
	defer face.Close()
	s := &Sheet{Size: size, glyphs: map[rune]glyph{}, ascent: float64(face.Metrics().Ascent) / 64}
	width := int(sheetWidth*size) + patch + 2*gap
	at, row := image.Pt(patch+2*gap, gap), patch
	for _, r := range letters {
		bounds, _, ok := face.GlyphBounds(r)
		if !ok {
			continue
		}
		w, h := bounds.Max.X.Ceil()-bounds.Min.X.Floor(), bounds.Max.Y.Ceil()-bounds.Min.Y.Floor()
		if at.X+w+gap > width {
			at, row = image.Pt(gap, at.Y+row+gap), 0
		}
		advance, _ := face.GlyphAdvance(r)
		s.glyphs[r] = glyph{image.Rect(at.X, at.Y, at.X+w, at.Y+h), image.Pt(bounds.Min.X.Floor(), bounds.Min.Y.Floor()), float64(advance) / 64}
		at.X += w + gap
		row = max(row, h)
	}
	s.Pixels = image.NewNRGBA(image.Rect(0, 0, width, at.Y+row+gap))
	mask := image.NewAlpha(s.Pixels.Rect)
	draw.Draw(mask, image.Rect(0, 0, patch, patch), image.Opaque, image.Point{}, draw.Src)
	for r, g := range s.glyphs {
		pen := fixed.P(g.place.Min.X-g.offset.X, g.place.Min.Y-g.offset.Y)
		d := font.Drawer{Dst: mask, Src: image.Opaque, Face: face, Dot: pen}
		d.DrawString(string(r))
	}
	for i, a := range mask.Pix {
		copy(s.Pixels.Pix[4*i:], []byte{255, 255, 255, a})
	}
	return s, nil
}

// Width is that of a text [pixels]. Letters that are not there are left out.
func (s *Sheet) Width(text string) float64 {
	width := 0.0
	for _, r := range text {
		width += s.glyphs[r].advance
	}
	return width
}

// Known is the text with what can be written of it.
func (s *Sheet) Known(text string) string {
	var out []rune
	for _, r := range text {
		if _, ok := s.glyphs[r]; ok {
			out = append(out, r)
		}
	}
	return string(out)
}

// round is to whole pixels: letters are sharp there.
func round(v float64) float64 { return math.Round(v) }

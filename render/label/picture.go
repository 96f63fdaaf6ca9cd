package label

import (
	"math"

	"github.com/fluidsim/fluidsim/render/pass"
)

// Colour of what is written, sRGB with alpha.
type Colour [4]float64

var (
	ink    = Colour{1, 1, 1, 1}
	shade  = Colour{0, 0, 0, 0.55} // behind single words and lines
	plate  = Colour{0.03, 0.04, 0.05, 0.62}
	rim    = Colour{1, 1, 1, 0.55}
	opaque = 1.0
)

func (c Colour) packed() uint32 {
	var v uint32
	for i, x := range c {
		v |= uint32(math.Round(255*math.Min(math.Max(x, 0), 1))) << (8 * i)
	}
	return v
}

// Picture collects triangles in pixels, y downwards.
type Picture struct {
	Width, Height float64
	Vertices      []pass.OverlayVertex
	Indices       []uint16
	sheet         *Sheet
	scale         float64
	words         [][4]float64 // left, top, right, bottom of the lengths that are written
}

// LetterSize is that of the letters on a picture: readable when it is shown whole.
func LetterSize(width, height int) float64 {
	return math.Round(math.Min(math.Max(math.Min(float64(height), 0.75*float64(width))/42, 10), 160))
}

// NewPicture begins an empty one with the letters of a sheet.
func NewPicture(width, height int, s *Sheet) *Picture {
	return &Picture{Width: float64(width), Height: float64(height), sheet: s, scale: s.Size / 16}
}

// Empty tells whether there is nothing to draw.
func (p *Picture) Empty() bool { return len(p.Indices) == 0 }

// corners adds two triangles; colours are those of the first pair and of the second.
func (p *Picture) corners(at [4][2]float64, place [4][2]float64, a, b Colour) {
	if len(p.Vertices) > math.MaxUint16-4 {
		return // more than any picture can hold anyway
	}
	first := uint16(len(p.Vertices))
	size := p.sheet.Pixels.Rect.Size()
	for i := range at {
		c := a
		if i >= 2 {
			c = b
		}
		p.Vertices = append(p.Vertices, pass.OverlayVertex{
			X: float32(at[i][0]), Y: float32(at[i][1]),
			U: float32(place[i][0] / float64(size.X)), V: float32(place[i][1] / float64(size.Y)), Color: c.packed(),
		})
	}
	p.Indices = append(p.Indices, first, first+1, first+2, first+2, first+1, first+3)
}

var white = [4][2]float64{{patch / 2, patch / 2}, {patch / 2, patch / 2}, {patch / 2, patch / 2}, {patch / 2, patch / 2}}

// box fills a rectangle, from one colour at its left to another at its right.
func (p *Picture) box(x, y, width, height float64, left, right Colour) {
	p.corners([4][2]float64{{x, y}, {x, y + height}, {x + width, y}, {x + width, y + height}}, white, left, right)
}

// line draws a straight line of that width.
func (p *Picture) line(ax, ay, bx, by, width float64, c Colour) {
	dx, dy := bx-ax, by-ay
	l := math.Hypot(dx, dy)
	if l == 0 {
		return
	}
	nx, ny := -dy/l*width/2, dx/l*width/2
	p.corners([4][2]float64{{ax + nx, ay + ny}, {ax - nx, ay - ny}, {bx + nx, by + ny}, {bx - nx, by - ny}}, white, c, c)
}

// text writes from x on, with its letters' feet at y.
func (p *Picture) text(x, y float64, text string, c Colour) {
	x, y = round(x), round(y)
	for _, r := range text {
		g, ok := p.sheet.glyphs[r]
		if !ok {
			continue
		}
		w, h := float64(g.place.Dx()), float64(g.place.Dy())
		if w > 0 && h > 0 {
			left, top := round(x)+float64(g.offset.X), y+float64(g.offset.Y)
			u, v := float64(g.place.Min.X), float64(g.place.Min.Y)
			p.corners([4][2]float64{{left, top}, {left, top + h}, {left + w, top}, {left + w, top + h}},
				[4][2]float64{{u, v}, {u, v + h}, {u + w, v}, {u + w, v + h}}, c, c)
		}
		x += g.advance
	}
}

// outlined writes so that it can be read on anything.
func (p *Picture) outlined(x, y float64, text string) {
	d := math.Max(1, round(p.scale))
	for _, o := range [][2]float64{{-d, 0}, {d, 0}, {0, -d}, {0, d}} {
		p.text(x+o[0], y+o[1], text, shade)
	}
	p.text(x, y, text, ink)
}

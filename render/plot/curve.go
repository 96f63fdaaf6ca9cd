package plot

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// curve draws one line of a panel.
type curve struct {
	Line
	colour color.Color
	dashes []vg.Length
}

func (c *curve) style() draw.LineStyle {
	return draw.LineStyle{Color: c.colour, Width: 1.3, Dashes: c.dashes}
}

func (c *curve) mark() draw.GlyphStyle {
	if c.Points {
		return draw.GlyphStyle{Color: c.colour, Radius: 2.6, Shape: draw.RingGlyph{}}
	}
	return draw.GlyphStyle{Color: c.colour, Radius: 1, Shape: draw.CircleGlyph{}}
}

// DataRange implements plot.DataRanger. A gap takes part in the extent of x, so
// that panels over the same time stay below each other.
func (c *curve) DataRange() (xmin, xmax, ymin, ymax float64) {
	xmin, ymin, xmax, ymax = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for i, x := range c.X {
		y := c.Y[i]
		if finite(x, 0) {
			xmin, xmax = math.Min(xmin, x), math.Max(xmax, x)
		}
		if finite(x, y) {
			ymin, ymax = math.Min(ymin, y), math.Max(ymax, y)
		}
	}
	return xmin, xmax, ymin, ymax
}

// Plot implements plot.Plotter: the pieces between gaps; a lone point as a dot.
func (c *curve) Plot(canvas draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&canvas)
	var piece []vg.Point
	flush := func() {
		switch {
		case c.Points || len(piece) == 1:
			for _, at := range piece {
				canvas.DrawGlyph(c.mark(), at)
			}
		case len(piece) > 1:
			canvas.StrokeLines(c.style(), canvas.ClipLinesXY(piece)...)
		}
		piece = nil
	}
	for i, x := range c.X {
		if !finite(x, c.Y[i]) {
			flush()
			continue
		}
		piece = append(piece, vg.Point{X: toX(x), Y: toY(c.Y[i])})
	}
	flush()
}

// most is how many points of a line are drawn: four for each of its pixels.
const most = 4800

// thinned is a line with few enough points to draw that looks the same: of many
// that share a pixel, the lowest and the highest are left, and gaps.
func (l Line) thinned() Line {
	if len(l.X) <= most || l.Points {
		return l
	}
	each := (len(l.X) + most/2 - 1) / (most / 2)
	out := l
	out.X, out.Y = nil, nil
	for from := 0; from < len(l.X); from += each {
		to := min(from+each, len(l.X))
		low, high := from, from
		for i := from; i < to; i++ {
			if !finite(l.X[i], l.Y[i]) {
				low, high = i, i
				break
			}
			if l.Y[i] < l.Y[low] {
				low = i
			}
			if l.Y[i] > l.Y[high] {
				high = i
			}
		}
		first, last := min(low, high), max(low, high)
		out.X, out.Y = append(out.X, l.X[first]), append(out.Y, l.Y[first])
		if last > first {
			out.X, out.Y = append(out.X, l.X[last]), append(out.Y, l.Y[last])
		}
	}
	return out
}

// legend is the list of names beside a panel.
type legend struct{ entries []*curve }

// Sizes of a legend in points.
const (
	sampleWidth = 18
	entryHeight = 14
	widestName  = 130
)

func nameStyle() text.Style {
	style := plot.New().Legend.TextStyle
	style.Font, style.Color, style.XAlign, style.YAlign = sans(9), ink, draw.XLeft, draw.YCenter
	return style
}

func (l *legend) width() vg.Length {
	style, widest := nameStyle(), vg.Length(0)
	for _, e := range l.entries {
		widest = max(widest, style.Width(shortened(style, e.Name, widestName)))
	}
	return sampleWidth + 5 + widest
}

func (l *legend) draw(c draw.Canvas) {
	style := nameStyle()
	fit := max(int(c.Size().Y/entryHeight), 1)
	shown := l.entries
	if len(shown) > fit {
		shown = shown[:fit-1]
	}
	y := c.Max.Y - entryHeight/2
	for _, e := range shown {
		from, to := vg.Point{X: c.Min.X, Y: y}, vg.Point{X: c.Min.X + sampleWidth, Y: y}
		if e.Points {
			c.DrawGlyphNoClip(e.mark(), vg.Point{X: (from.X + to.X) / 2, Y: y})
		} else {
			c.StrokeLines(e.style(), []vg.Point{from, to})
		}
		c.FillText(style, vg.Point{X: to.X + 5, Y: y}, shortened(style, e.Name, widestName))
		y -= entryHeight
	}
	if left := len(l.entries) - len(shown); left > 0 {
		c.FillText(style, vg.Point{X: c.Min.X, Y: y}, fmt.Sprintf("and %d more", left))
	}
}

// shortened is a text that is at most so wide.
func shortened(style text.Style, name string, widest vg.Length) string {
	if style.Width(name) <= widest {
		return name
	}
	letters := []rune(name)
	for len(letters) > 0 && style.Width(string(letters)+"…") > widest {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

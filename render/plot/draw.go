package plot

import (
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// palette can be told apart by the colour-blind too.
// Source: Okabe & Ito 2008, Color Universal Design; yellow left out, which is
// too faint on white.
var palette = []color.Color{
	color.RGBA{0x00, 0x72, 0xb2, 0xff}, color.RGBA{0xd5, 0x5e, 0x00, 0xff}, color.RGBA{0x00, 0x9e, 0x73, 0xff},
	color.RGBA{0xcc, 0x79, 0xa7, 0xff}, color.RGBA{0x56, 0xb4, 0xe9, 0xff}, color.RGBA{0xe6, 0x9f, 0x00, 0xff},
	color.RGBA{0x33, 0x33, 0x33, 0xff},
}

var (
	ink   = color.Gray{0x33}
	faint = color.Gray{0xe4}
)

func sans(size vg.Length) font.Font {
	return font.From(font.Font{Typeface: "Liberation", Variant: "Sans"}, size)
}

func (f *Figure) draw(c draw.Canvas) {
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	area := draw.Crop(c, margin, -margin, margin, 0)
	if f.Title != "" {
		style := plot.New().Title.TextStyle
		style.Font, style.Color, style.XAlign, style.YAlign = sans(13), ink, draw.XLeft, draw.YCenter
		c.FillText(style, vg.Point{X: area.Min.X, Y: area.Max.Y - titleHeight/2}, shortened(style, f.Title, area.Size().X))
		area.Max.Y -= titleHeight
	}
	plots := make([][]*plot.Plot, len(f.Panels))
	keys := make([]legend, len(f.Panels))
	beside := vg.Length(0)
	for i, p := range f.Panels {
		var one *plot.Plot
		one, keys[i] = p.plot()
		plots[i] = []*plot.Plot{one}
		beside = max(beside, keys[i].width())
	}
	left := area
	left.Max.X -= beside + margin
	tiles := draw.Tiles{Rows: len(plots), Cols: 1, PadY: margin}
	// Align gives all panels the same left edge, whatever their labels.
	for i, row := range plot.Align(plots, tiles, left) {
		plots[i][0].Draw(row[0])
		top := row[0].Max.Y
		keys[i].draw(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
			Min: vg.Point{X: left.Max.X + margin, Y: row[0].Min.Y},
			Max: vg.Point{X: area.Max.X, Y: top},
		}})
	}
}

// plot makes the axes and curves of a panel, and the legend that goes beside it.
func (p *Panel) plot() (*plot.Plot, legend) {
	out := plot.New()
	out.X.Label.Text, out.Y.Label.Text = p.X, p.Y
	for _, axis := range []*plot.Axis{&out.X, &out.Y} {
		axis.Label.TextStyle.Font, axis.Tick.Label.Font = sans(10), sans(9)
		axis.Label.TextStyle.Color, axis.Tick.Label.Color, axis.Color, axis.Tick.Color = ink, ink, ink, ink
		axis.Padding = 0
		axis.Tick.Marker = plot.TickerFunc(ticks)
	}
	lines := plotter.NewGrid()
	lines.Vertical.Color, lines.Horizontal.Color = faint, faint
	out.Add(lines)
	var key legend
	own := 0
	colours := make([]int, len(p.Lines))
	for i, l := range p.Lines {
		if like := l.Like - 1; like >= 0 && like < i {
			colours[i] = colours[like]
		} else {
			colours[i] = own
			own++
		}
		c := &curve{Line: l.thinned(), colour: palette[colours[i]%len(palette)]}
		if round := colours[i] / len(palette); round > 0 { // the colours begin again
			c.dashes = []vg.Length{vg.Length(6 / min(round, 4)), 3}
		}
		out.Add(c)
		key.entries = append(key.entries, c)
	}
	// Room around the curves, and an extent where they have none.
	for _, axis := range []*plot.Axis{&out.X, &out.Y} {
		if axis.Min > axis.Max {
			axis.Min, axis.Max = 0, 1
		}
		extent := axis.Max - axis.Min
		if smallest := 1e-9 * math.Max(math.Abs(axis.Max), math.Abs(axis.Min)); extent <= smallest {
			extent = math.Max(math.Abs(axis.Max), 1)
			axis.Min, axis.Max = axis.Min-extent/2, axis.Max+extent/2
		} else if axis == &out.Y {
			axis.Min, axis.Max = axis.Min-0.05*extent, axis.Max+0.05*extent
		}
	}
	return out, key
}

// ticks puts about six marks at round numbers.
func ticks(low, high float64) []plot.Tick {
	rough := (high - low) / 6
	step := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, larger := range []float64{2, 5, 10} {
		if rough <= step*1.0001 {
			break
		}
		step = larger * math.Pow(10, math.Floor(math.Log10(rough)))
	}
	var out []plot.Tick
	for k := math.Ceil(low/step - 1e-9); k*step <= high+1e-9*step; k++ {
		out = append(out, plot.Tick{Value: k * step, Label: label(k*step, step, math.Max(math.Abs(low), math.Abs(high)))})
	}
	return out
}

// label writes a multiple of step with the digits that step has; numbers far
// from one as powers of ten.
func label(v, step, largest float64) string {
	if largest >= 1e5 || largest < 1e-3 {
		v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'e', 3, 64), 64)
		if math.Abs(v) < step/2 {
			return "0"
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	digits := max(int(-math.Floor(math.Log10(step)+1e-9)), 0)
	text := strconv.FormatFloat(v, 'f', digits, 64)
	if number, _ := strconv.ParseFloat(text, 64); number == 0 {
		return "0" // and not "-0"
	}
	return text
}

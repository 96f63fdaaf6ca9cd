package label

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/fluidsim/fluidsim/render/pass"
)

// Legend is what the colours of a picture mean.
type Legend struct {
	Title     string
	Unit      string // "": none
	Map       string // of pass.Maps
	Low, High float64
	Names     []string // of things, for a map that tells them apart; no values then
}

// Clock writes the simulated time [s] into the upper left corner.
func (p *Picture) Clock(seconds float64) {
	text := fmt.Sprintf("t = %.3f s", math.Max(seconds, 0))
	pad := round(10 * p.scale)
	// As wide as its widest digits, so that it does not tremble.
	widest := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '0'
		}
		return r
	}, text)
	p.box(pad, pad, p.sheet.Width(widest)+2*pad, round(1.9*p.sheet.Size), plate, plate)
	p.text(2*pad, pad+round(1.3*p.sheet.Size), text, ink)
}

// Legend draws a legend into the lower left corner.
func (p *Picture) Legend(l Legend) {
	if len(l.Names) > 0 {
		p.names(l)
		return
	}
	if !(l.High > l.Low) {
		return
	}
	size := p.sheet.Size
	pad := round(10 * p.scale)
	width := round(math.Min(260*p.scale, p.Width-6*pad))
	bar := round(0.8 * size)
	title := l.Title
	if l.Unit != "" {
		title += " [" + l.Unit + "]"
	}
	title = p.sheet.Known(title)
	// The values at the ends reach out by half their width.
	ticks := Ticks(l.Low, l.High, max(2, int(width/(2.8*size))))
	out := round(math.Max(p.sheet.Width(ticks[0].Text), p.sheet.Width(ticks[len(ticks)-1].Text))/2) + pad
	width = math.Min(width, p.Width-2*pad-2*out)
	height := round(1.5*size) + bar + round(2.1*size)
	x, y := pad, p.Height-pad-height
	p.box(x, y, math.Max(width+2*out, p.sheet.Width(title)+2*pad), height, plate, plate)
	p.text(x+pad, y+round(1.2*size), title, ink)
	x, y = x+out, y+round(1.6*size)
	const steps = 64
	for i := range steps {
		at := func(k int) float64 { return x + round(width*float64(k)/steps) }
		a, b := mapColour(l.Map, float64(i)/steps), mapColour(l.Map, float64(i+1)/steps)
		p.box(at(i), y, at(i+1)-at(i), bar, a, b)
	}
	for _, t := range ticks {
		at := x + round(width*(t.Value-l.Low)/(l.High-l.Low))
		p.line(at, y+bar-round(3*p.scale), at, y+bar+round(4*p.scale), math.Max(1, round(1.2*p.scale)), ink)
		p.text(at-p.sheet.Width(t.Text)/2, y+bar+round(1.4*size), t.Text, ink)
	}
}

// names draws a patch of colour for each name.
func (p *Picture) names(l Legend) {
	size := p.sheet.Size
	pad := round(10 * p.scale)
	row := round(1.45 * size)
	width := p.sheet.Width(p.sheet.Known(l.Title))
	for _, name := range l.Names {
		width = math.Max(width, 1.5*size+p.sheet.Width(name))
	}
	height := row*float64(len(l.Names)+1) + pad
	x, y := pad, p.Height-pad-height
	p.box(x, y, width+2*pad, height, plate, plate)
	p.text(x+pad, y+row, l.Title, ink)
	for i, name := range l.Names {
		top := y + row*float64(i+1) + round(0.45*size)
		c := mapColour(l.Map, (float64(i%pass.Distinct)+0.5)/pass.Distinct)
		p.box(x+pad, top, size, size, c, c)
		p.text(x+pad+1.5*size, top+round(0.85*size), name, ink)
	}
}

func mapColour(name string, at float64) Colour {
	c := pass.MapColour(name, at)
	return Colour{c[0], c[1], c[2], opaque}
}

// Tick is a round value and how it is written.
type Tick struct {
	Value float64
	Text  string
}

// Ticks are round values from low to high, both ends among them where they are round: at most so
// many steps of 1, 2 or 5 times a power of ten.
func Ticks(low, high float64, most int) []Tick {
	step := RoundStep((high - low) / float64(max(most, 1)))
	first := math.Ceil(low/step - 1e-9)
	var all []Tick
	for i := 0.0; (first+i)*step <= high+1e-9*step; i++ {
		v := (first + i) * step
		all = append(all, Tick{v, written(v, step)})
	}
	if len(all) == 0 { // no round value lies between: the ends then
		three := func(v float64) Tick {
			return Tick{v, strings.Replace(strconv.FormatFloat(v, 'g', 3, 64), "-", "−", 1)}
		}
		return []Tick{three(low), three(high)}
	}
	return all
}

// RoundStep is the smallest of 1, 2 and 5 times a power of ten that is not below least.
func RoundStep(least float64) float64 {
	if !(least > 0) || math.IsInf(least, 0) {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(least)))
	for _, factor := range []float64{1, 2, 5, 10} {
		if step := factor * power; step >= least*(1-1e-9) {
			return step
		}
	}
	return 10 * power
}

// written is a value with as many places as its step has.
func written(v, step float64) string {
	if v == 0 || math.Abs(v) < 1e-9*step {
		return "0"
	}
	text := ""
	switch size := math.Max(math.Abs(v), step); {
	case size >= 1e6 || step < 1e-4:
		text = strconv.FormatFloat(v, 'g', 3, 64)
	default:
		places := max(0, int(math.Ceil(-math.Log10(step)-1e-9)))
		text = strconv.FormatFloat(v, 'f', places, 64)
	}
	return strings.Replace(text, "-", "−", 1)
}

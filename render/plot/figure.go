package plot

import (
	"bytes"
	"fmt"
	"image/color"
	"io"
	"math"
	"path/filepath"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Figure is a picture of panels below each other.
type Figure struct {
	Title  string
	Panels []Panel
}

// Panel is one pair of axes.
type Panel struct {
	X, Y  string // what the axes show, with the unit: "time [s]"
	Lines []Line
}

// Line is one curve. NaN in Y leaves a gap.
type Line struct {
	Name   string
	X, Y   []float64
	Points bool // marks instead of a line, as for measured data
	// Like is 1 + the index of the line in the panel whose colour this one has, so
	// that data and result are seen to belong together; 0: a colour of its own.
	Like int
}

// Formats are the endings of the files that Write can make.
var Formats = []string{"png", "svg"}

// Format is the format that the ending of a path asks for.
func Format(path string) (string, error) {
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
	for _, known := range Formats {
		if ending == known {
			return known, nil
		}
	}
	return "", fmt.Errorf("a plot is a .png or .svg file (got %s)", path)
}

// Sizes of a figure in points, 1/72 inch, and pixels per inch of a PNG.
const (
	width       = 600
	titleHeight = 30
	panelHeight = 190
	margin      = 12
	density     = 144
)

// maxPanels of a figure: more nobody can read, and a picture must fit into memory.
const maxPanels = 24

// Write draws the figure in one of the Formats.
func (f *Figure) Write(w io.Writer, format string) error {
	if len(f.Panels) == 0 {
		return fmt.Errorf("there is nothing to plot")
	}
	if len(f.Panels) > maxPanels {
		return fmt.Errorf("%d panels are too many for one picture; the most is %d", len(f.Panels), maxPanels)
	}
	for _, p := range f.Panels {
		for _, l := range p.Lines {
			if len(l.X) != len(l.Y) {
				return fmt.Errorf("the line %q has %d places and %d values", l.Name, len(l.X), len(l.Y))
			}
		}
	}
	height := vg.Length(len(f.Panels)*panelHeight + margin)
	if f.Title != "" {
		height += titleHeight
	}
	switch format {
	case "png":
		c := vgimg.NewWith(vgimg.UseWH(width, height), vgimg.UseDPI(density), vgimg.UseBackgroundColor(color.White))
		f.draw(draw.New(c))
		_, err := vgimg.PngCanvas{Canvas: c}.WriteTo(w)
		return err
	case "svg":
		c := vgsvg.New(width, height)
		f.draw(draw.New(c))
		var text bytes.Buffer
		if _, err := c.WriteTo(&text); err != nil {
			return err
		}
		// A viewer without this font takes another one of the same widths.
		plain := strings.ReplaceAll(text.String(), "font-family:Liberation Sans", "font-family:Liberation Sans,Arial,Helvetica,sans-serif")
		_, err := io.WriteString(w, plain)
		return err
	}
	return fmt.Errorf("a plot is drawn as %s (got %q)", strings.Join(Formats, " or "), format)
}

// finite tells whether both coordinates can be drawn: numbers, and such that
// their differences are numbers too.
func finite(x, y float64) bool {
	return math.Abs(x) <= 1e100 && math.Abs(y) <= 1e100
}

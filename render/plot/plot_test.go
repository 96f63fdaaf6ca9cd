package plot

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/color"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"
)

// example has a line, one that begins late, and data that belongs to the first.
func example() *Figure {
	var t, front, data, at, level []float64
	for i := range 200 {
		x := float64(i) / 100
		t, front = append(t, x), append(front, 0.5+x*x/(1+x))
		y := math.NaN()
		if i > 60 {
			y = 0.3*math.Exp(-x)*math.Sin(9*x) + 0.4
		}
		level = append(level, y)
		if i%20 == 0 {
			at, data = append(at, x), append(data, 0.6+x*x/(1+x))
		}
	}
	return &Figure{Title: "Dam break <of water>", Panels: []Panel{
		{X: "time [s]", Y: "[m]", Lines: []Line{
			{Name: "front", X: t, Y: front},
			{Name: "level & depth", X: t, Y: level},
			{Name: "front, measured", X: at, Y: data, Points: true, Like: 1},
		}},
		{X: "time [s]", Y: "pressure [Pa]", Lines: []Line{{Name: "hit", X: t, Y: level}}},
	}}
}

func written(t *testing.T, f *Figure, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b, format); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// coloured counts the pixels of a colour, which antialiasing leaves pure inside
// lines only, and finds the first column that has one.
func coloured(t *testing.T, picture []byte, want color.Color) (count, first int) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	first = -1
	r, g, b, _ := want.RGBA()
	for x := range img.Bounds().Dx() {
		for y := range img.Bounds().Dy() {
			if pr, pg, pb, _ := img.At(x, y).RGBA(); pr == r && pg == g && pb == b {
				if count++; first < 0 {
					first = x
				}
			}
		}
	}
	return count, first
}

// A PNG has its lines in their colours; one that begins later begins further to
// the right; data has the colour of what it is compared with.
func TestPNG(t *testing.T) {
	picture := written(t, example(), "png")
	if !bytes.Equal(picture, written(t, example(), "png")) {
		t.Error("the same figure gives other bytes")
	}
	front, from := coloured(t, picture, palette[0])
	level, late := coloured(t, picture, palette[1])
	if front < 500 || level < 300 || late < from+150 {
		t.Errorf("lines have %d and %d pixels and begin at %d and %d", front, level, from, late)
	}
	if third, _ := coloured(t, picture, palette[2]); third > 0 {
		t.Errorf("the data has a colour of its own (%d pixels)", third)
	}
	bare := example()
	for i := range bare.Panels[0].Lines[2].Y {
		bare.Panels[0].Lines[2].Y[i] = math.NaN()
	}
	if bytes.Equal(written(t, bare, "png"), picture) {
		t.Error("the data is not drawn")
	}
}

// An SVG is well-formed and has every word.
func TestSVG(t *testing.T) {
	text := written(t, example(), "svg")
	if !bytes.Equal(text, written(t, example(), "svg")) {
		t.Error("the same figure gives other bytes")
	}
	decoder := xml.NewDecoder(bytes.NewReader(text))
	var words strings.Builder
	paths := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.CharData:
			words.Write(token)
		case xml.StartElement:
			if token.Name.Local == "path" {
				paths++
			}
		}
	}
	for _, want := range []string{"Dam break <of water>", "time [s]", "pressure [Pa]", "front, measured", "level & depth", "hit"} {
		if !strings.Contains(words.String(), want) {
			t.Errorf("%q is not in the picture", want)
		}
	}
	if paths < 20 {
		t.Errorf("only %d paths", paths)
	}
}

// Nothing that a run can give stops the picture.
func TestOddData(t *testing.T) {
	x := []float64{0, 1, 2}
	nan, inf := math.NaN(), math.Inf(1)
	for name, y := range map[string][]float64{
		"flat": {3, 3, 3}, "zero": {0, 0, 0}, "nothing": {nan, nan, nan}, "infinite": {inf, -inf, 1},
		"huge": {-1e300, 1e300, 0}, "large": {-1e99, 1e99, 0}, "tiny": {0, 1e-300, 0}, "close": {1e6, 1e6 + 1e-9, 1e6},
		"lone": {nan, 1, nan},
	} {
		f := &Figure{Panels: []Panel{{Lines: []Line{{Name: name, X: x, Y: y}}}}}
		written(t, f, "png")
		if text := string(written(t, f, "svg")); strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
			t.Errorf("%s: the picture has places that are no numbers", name)
		}
	}
	written(t, &Figure{Panels: []Panel{{}}}, "png")
	written(t, &Figure{Panels: []Panel{{Lines: []Line{{Name: "none"}}}}}, "svg")
}

// A long name and many lines end with a sign that there is more.
func TestMoreThanFits(t *testing.T) {
	p := Panel{}
	for i := range 40 {
		p.Lines = append(p.Lines, Line{Name: fmt.Sprint("line ", i), X: []float64{0, 1}, Y: []float64{0, float64(i)}})
	}
	p.Lines[0].Name = strings.Repeat("long ", 50)
	text := string(written(t, &Figure{Panels: []Panel{p}}, "svg"))
	if !strings.Contains(text, "long long long") || strings.Contains(text, p.Lines[0].Name) || !strings.Contains(text, "…<") {
		t.Error("a long name is not shortened")
	}
	if !strings.Contains(text, ">line 5<") || !strings.Contains(text, "more<") {
		t.Error("the legend does not say that there is more")
	}
	if strings.Contains(text, "line 39<") {
		t.Error("the legend goes on below the panel")
	}
}

// A long series is thinned out; its peaks stay.
func TestThinned(t *testing.T) {
	var l Line
	for i := range 300_000 {
		l.X, l.Y = append(l.X, float64(i)), append(l.Y, math.Sin(float64(i)/1e4))
	}
	l.Y[123_456], l.Y[200_001], l.Y[250_000] = 7, -7, math.NaN()
	out := l.thinned()
	if len(out.X) > most || len(out.X) < most/4 {
		t.Errorf("%d points are left", len(out.X))
	}
	has := func(want float64) bool {
		for i, y := range out.Y {
			if y == want || math.IsNaN(want) && math.IsNaN(y) {
				return i == 0 || out.X[i] > out.X[i-1]
			}
		}
		return false
	}
	if !has(7) || !has(-7) || !has(math.NaN()) {
		t.Error("a peak or a gap is lost")
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      string
	}{
		{0, 1, "0 0.2 0.4 0.6 0.8 1.0"},
		{-0.02, 0.013, "-0.02 -0.01 0 0.01"},
		{0, 4, "0 1 2 3 4"},
		{0, 12345, "0 5000 10000"},
		{-3e6, 3e6, "-3e+06 -2e+06 -1e+06 0 1e+06 2e+06 3e+06"},
		{0, 3e-5, "0 5e-06 1e-05 1.5e-05 2e-05 2.5e-05 3e-05"},
	} {
		var got []string
		for _, tick := range ticks(c.low, c.high) {
			got = append(got, tick.Label)
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%g to %g: %s, want %s", c.low, c.high, text, c.want)
		}
	}
}

func TestMistakes(t *testing.T) {
	for name, f := range map[string]*Figure{
		"empty": {}, "uneven": {Panels: []Panel{{Lines: []Line{{X: []float64{1}}}}}}, "many": {Panels: make([]Panel, maxPanels+1)},
	} {
		if err := f.Write(io.Discard, "png"); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := example().Write(io.Discard, "bmp"); err == nil || !strings.Contains(err.Error(), "png or svg") {
		t.Errorf("bmp: %v", err)
	}
	for path, want := range map[string]string{"a.PNG": "png", "b/c.svg": "svg"} {
		if got, err := Format(path); err != nil || got != want {
			t.Errorf("Format(%q) = %q, %v", path, got, err)
		}
	}
	if _, err := Format("a.pdf"); err == nil || !strings.Contains(err.Error(), "a.pdf") {
		t.Errorf("Format(a.pdf): %v", err)
	}
}

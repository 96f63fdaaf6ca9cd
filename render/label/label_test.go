package label

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/view"
)

func newSheet(t *testing.T, size float64) *Sheet {
	t.Helper()
	s, err := NewSheet(size)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Every letter is in the sheet, apart from the others, and has ink unless it is a space.
func TestSheet(t *testing.T) {
	s := newSheet(t, 20)
	for _, r := range letters {
		g, ok := s.glyphs[r]
		if !ok || !g.place.In(s.Pixels.Rect) || !(g.advance > 0) {
			t.Fatalf("%q: %+v", r, g)
		}
		ink := 0
		for y := g.place.Min.Y; y < g.place.Max.Y; y++ {
			for x := g.place.Min.X; x < g.place.Max.X; x++ {
				ink += int(s.Pixels.NRGBAAt(x, y).A)
			}
		}
		if (ink == 0) != (r == ' ') {
			t.Errorf("%q has ink %d", r, ink)
		}
		for other, h := range s.glyphs {
			if other != r && g.place.Inset(-gap).Overlaps(h.place) {
				t.Fatalf("%q and %q overlap", r, other)
			}
		}
	}
	if s.Width("ii") >= s.Width("WW") || s.Width("ab") != s.Width("a")+s.Width("b") || s.Width("☃") != 0 || s.Known("a☃b") != "ab" {
		t.Error("widths are wrong")
	}
	for _, size := range []float64{0, 3, 1e4, math.NaN()} {
		if _, err := NewSheet(size); err == nil {
			t.Errorf("letters of %g pixels are taken", size)
		}
	}
}

// Ticks are round, in order, within the range, not too many, and say what they are.
func TestTicks(t *testing.T) {
	source := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		low := source.NormFloat64() * math.Pow(10, float64(source.IntN(9)-3))
		high := low + math.Pow(10, 6*source.Float64()-3)
		most := 1 + source.IntN(9)
		ticks := Ticks(low, high, most)
		slack := 1e-6 * (high - low)
		if len(ticks) == 0 || len(ticks) > most+1 && len(ticks) > 2 {
			t.Fatalf("%d ticks from %g to %g, at most %d steps", len(ticks), low, high, most)
		}
		for i, tick := range ticks {
			if tick.Value < low-slack || tick.Value > high+slack || i > 0 && tick.Value <= ticks[i-1].Value {
				t.Fatalf("ticks from %g to %g: %+v", low, high, ticks)
			}
			read, err := strconv.ParseFloat(strings.Replace(tick.Text, "−", "-", 1), 64)
			// three places of large numbers
			if err != nil || math.Abs(read-tick.Value) > 0.005*math.Max(math.Abs(tick.Value), high-low) {
				t.Fatalf("%g is written %q", tick.Value, tick.Text)
			}
		}
	}
	for _, c := range []struct {
		low, high float64
		most      int
		want      string
	}{
		{0, 3.6, 5, "0 1 2 3"}, {0, 1, 5, "0 0.2 0.4 0.6 0.8 1.0"}, {-1, 1, 4, "−1.0 −0.5 0 0.5 1.0"},
		{970, 1030, 6, "970 980 990 1000 1010 1020 1030"}, {0, 20000, 4, "0 5000 10000 15000 20000"}, {0.13, 0.14, 1, "0.13 0.14"},
	} {
		var texts []string
		for _, tick := range Ticks(c.low, c.high, c.most) {
			texts = append(texts, tick.Text)
		}
		if got := strings.Join(texts, " "); got != c.want {
			t.Errorf("from %g to %g: %s, want %s", c.low, c.high, got, c.want)
		}
	}
}

// bounds are those of all that is drawn.
func (p *Picture) bounds() (low, high [2]float64) {
	low, high = [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, v := range p.Vertices {
		for i, x := range []float64{float64(v.X), float64(v.Y)} {
			low[i], high[i] = min(low[i], x), max(high[i], x)
		}
	}
	return low, high
}

// Whatever the size of the picture, legend and clock are in it, and the bar has the map's colours.
func TestLegendFits(t *testing.T) {
	for _, size := range [][2]int{{160, 120}, {640, 400}, {1920, 1080}, {400, 1200}, {3840, 2160}} {
		s := newSheet(t, LetterSize(size[0], size[1]))
		for _, l := range []Legend{
			{Title: "speed", Unit: "m/s", Map: "viridis", High: 3.6},
			{Title: "density error", Unit: "%", Map: "diverging", Low: -1, High: 1},
			{Title: "fluid", Map: "distinct", Names: []string{"0 box", "1 sphere"}},
		} {
			p := NewPicture(size[0], size[1], s)
			p.Legend(l)
			p.Clock(12.3456)
			low, high := p.bounds()
			if p.Empty() || low[0] < 0 || low[1] < 0 || high[0] > p.Width || high[1] > p.Height {
				t.Errorf("%v, %s: from %v to %v", size, l.Title, low, high)
			}
			ends := 0
			for _, at := range []float64{0, 1} {
				if l.Names != nil {
					at = (at + 0.5) / pass.Distinct
				}
				want := mapColour(l.Map, at).packed()
				for _, v := range p.Vertices {
					if v.Color == want {
						ends++
						break
					}
				}
			}
			if ends != 2 {
				t.Errorf("%s does not have both colours of its map's ends", l.Title)
			}
		}
	}
	p := NewPicture(640, 400, newSheet(t, 12))
	p.Legend(Legend{Title: "nothing", Low: 1, High: 1})
	if !p.Empty() {
		t.Error("an empty range has a legend")
	}
}

// The projection is the camera's: its target is in the middle, and what is behind is not there.
func TestProjection(t *testing.T) {
	box := view.Box{Min: view.Vector{99, 0, -1}, Max: view.Vector{101, 1, 1}}
	camera := view.New(view.Vector{103, 2, 5}, view.Vector{100.2, 0.4, 0.1})
	look := projection(camera, box, 800, 450)
	if q, ok := look(camera.Target); !ok || math.Hypot(q[0]-400, q[1]-225) > 0.01 {
		t.Errorf("the target is at %v, %v", q, ok)
	}
	right, up, _ := camera.Axes()
	side := camera.Target
	top := camera.Target
	for i := range side {
		side[i] += 0.1 * right[i]
		top[i] += 0.1 * up[i]
	}
	a, _ := look(side)
	b, _ := look(top)
	if !(a[0] > 405) || math.Abs(a[1]-225) > 0.01 || !(b[1] < 220) || math.Abs(b[0]-400) > 0.01 {
		t.Errorf("right is at %v, up at %v", a, b)
	}
	if _, ok := look(view.Vector{103, 2, 6}); ok {
		t.Error("what is behind the camera is seen")
	}
}

// From in front, the lengths of a box two metres wide are written below it, in order.
func TestMarks(t *testing.T) {
	box := view.Box{Min: view.Vector{0, 0, 0}, Max: view.Vector{2, 1, 0.01}}
	camera := view.New(view.Vector{1, 0.5, 4}, view.Vector{1, 0.5, 0})
	s := newSheet(t, 14)
	p := NewPicture(800, 450, s)
	p.Marks(camera, box, true)
	if p.Empty() {
		t.Fatal("no marks")
	}
	look := projection(camera, box, p.Width, p.Height)
	foot, _ := look(view.Vector{1, 0, 0.01})
	below, left := 0, 0
	for _, v := range p.Vertices {
		switch {
		case float64(v.Y) > foot[1]+2:
			below++
		case float64(v.X) < foot[0]-100:
			left++
		default:
			if float64(v.Y) < foot[1]-2 {
				t.Fatalf("something is written at %v, %v, in the middle of the picture", v.X, v.Y)
			}
		}
	}
	if below == 0 || left == 0 {
		t.Errorf("%d corners below, %d at the left", below, left)
	}
	for name, c := range map[string]view.Camera{
		"from within": view.New(view.Vector{1, 0.5, 0.005}, view.Vector{2, 0.5, 0.005}),
		"far away":    view.New(view.Vector{1, 0.5, 4e4}, view.Vector{1, 0.5, 0}),
	} {
		p := NewPicture(800, 450, s)
		p.Marks(c, box, false)
		for _, v := range p.Vertices {
			if math.IsNaN(float64(v.X)) || math.IsNaN(float64(v.Y)) {
				t.Fatal(fmt.Sprint(name, ": no number"))
			}
		}
	}
}

// Where edges meet, only one length is written.
func TestMarksDoNotOverlap(t *testing.T) {
	s := newSheet(t, 14)
	box := view.Box{Max: view.Vector{1, 1, 1}}
	for yaw := 0.0; yaw < 360; yaw += 7 {
		camera := view.New(view.Vector{2.5, 1.2, 2.5}, view.Vector{0.5, 0.5, 0.5}).Orbit(yaw, 0)
		p := NewPicture(640, 400, s)
		p.Marks(camera, box, false)
		if len(p.words) < 6 {
			t.Errorf("at %g degrees only %d lengths are written", yaw, len(p.words))
		}
		for i, a := range p.words {
			for _, b := range p.words[:i] {
				if a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3] {
					t.Fatalf("at %g degrees %v lies on %v", yaw, a, b)
				}
			}
		}
	}
}

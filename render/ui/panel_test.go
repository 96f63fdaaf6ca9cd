//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"math"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/fluidsim/fluidsim/render/surface"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
)

// controls is everything that can be pressed, and what that wants. A control that is
// on the panel and not in here fails the test, and so does one that is here and dead.
var controls = []struct {
	section, name string
	then          string // a second press, in the list that the first one opens
	want          []Event
	check         func(r *rig) bool // instead, what has changed on the panel itself
}{
	{"", "restart", "", []Event{Act{"reset"}}, nil},
	{"", "play", "", []Event{Act{"pause"}}, nil},
	{"", "step", "", []Event{Act{"step"}}, nil},
	{"", "speed", "speed=0.25×", []Event{SetSpeed{0.25}}, nil},
	{"", "time line", "", []Event{Seek{1.5}}, nil}, // its middle, of three seconds
	{"", "save", "", []Event{Save{}}, nil},
	{"", "undo", "", []Event{Undo{}}, nil},
	{"", "redo", "", []Event{Redo{}}, nil},
	{"", "open", "", []Event{List{}}, func(r *rig) bool { return r.panel.opened && !r.panel.naming }},
	{"", "help", "", nil, func(r *rig) bool { return r.panel.help }},
	{"", "help", "close help", nil, func(r *rig) bool { return !r.panel.help }},
	{"", "hide", "", nil, func(r *rig) bool { return !r.panel.Shown() }},
	{"scenes", "scene:pool-drop", "", []Event{Open{"pool-drop"}}, nil},
	{"scenes", "scene:mine.toml", "", []Event{OpenFile{"/home/me/mine.toml"}}, nil},
	{"scenes", "scene:sloshing", "", []Event{Open{"sloshing"}}, nil}, // below the edge of its list
	{"scenes", "open file", "", []Event{List{}}, func(r *rig) bool { return r.panel.opened }},
	{"scenes", "save file", "", []Event{Save{}}, nil},
	{"scenes", "save as", "", []Event{List{}}, func(r *rig) bool { return r.panel.opened && r.panel.naming }},
	{"group:fluid", "reset:fluid.viscosity", "", []Event{Reset{"fluid.viscosity"}}, nil},
	{"group:solver", "solver.type", "solver.type=pbf", []Event{Set{"solver.type", "pbf", true}}, nil},
	{"group:bodies", "obstacle.0.visible", "", []Event{Set{"obstacle.0.visible", false, true}}, nil},
	{"group:bodies", "domain.open=-y", "", []Event{Set{"domain.open", []string{"+x", "-y"}, true}}, nil},
	{"group:bodies", "domain.open=+x", "", []Event{Set{"domain.open", []string(nil), true}}, nil},
	{"tools", "tool:stir", "", []Event{UseTool{"stir"}}, nil},
	{"tools", "tool:push", "", []Event{UseTool{"push"}}, nil},
	{"tools", "radius", "", []Event{SetTool{0.25, 10}}, nil},
	{"tools", "strength", "", []Event{SetTool{0.1, 25}}, nil},
	{"view", "field", "field=pressure", []Event{Choose{"field", "pressure"}}, nil},
	{"view", "map", "map=turbo", []Event{Choose{"map", "turbo"}}, nil},
	{"view", "range auto", "", []Event{SetRange{false, 0, 3.4}}, nil},
	{"view", "theme", "theme=light", nil, func(r *rig) bool { return r.panel.Layout().Theme == "light" }},
	{"view", "home", "", []Event{Act{"home"}}, nil},
	{"view", "capture", "", []Event{Act{"capture"}}, nil},
	{"view", "fullscreen", "", []Event{Act{"fullscreen"}}, nil},
	{"record", "record button", "", []Event{Act{"record"}}, nil},
	{"record", "format", "format=gif", []Event{Choose{"format", "gif"}}, nil},
	{"log", "clear", "", []Event{ClearLog{}}, nil},
}

func TestEveryControlWorks(t *testing.T) {
	r := newRig(t, 1000, 760, 1, DefaultLayout())
	for _, c := range controls {
		name := c.section + "/" + c.name + c.then
		r.panel.layout.Hidden, r.panel.opened, r.panel.help = false, false, false
		r.panel.layout.Theme = "dark"
		r.only(c.section)
		r.take()
		r.click(c.name)
		if c.then != "" {
			r.frames(2)
			r.click(c.then)
		}
		got := r.take()
		switch e := first(got).(type) { // where exactly depends on the pixel
		case Seek:
			got = []Event{Seek{roughly(e.Time)}}
		case SetTool:
			got = []Event{SetTool{roughly(e.Radius), roughly(e.Strength)}}
		}
		if !reflect.DeepEqual(got, c.want) && !(len(got) == 0 && len(c.want) == 0) {
			t.Errorf("%s wants %v instead of %v", name, got, c.want)
		}
		if c.check != nil && !c.check(r) {
			t.Errorf("%s changes nothing", name)
		}
	}
}

// roughly is a number to two digits.
func roughly(v float64) float64 {
	out, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 2, 64), 64)
	return out
}

func first(events []Event) Event {
	if len(events) == 0 {
		return nil
	}
	return events[0]
}

// shown are names of what is drawn but not pressed, or pressed in tests of its own.
var shown = []string{
	"column", "sections", "bar", "edge", "source", "clock", "told", "tip", "search", "scene list", "messages", "colour map", "range",
	"title", "obstacle.0.color", "gravity", "fluid.rest_density", "fluid.spacing", "fluid.viscosity", "solver.density_tolerance",
	"solver.divergence_tolerance", "solver.max_iterations", "fluid.shape.0.position",
}

// No control is left out of the table above: everything that the panel notes is
// either in it, or driven by another test, or only looked at.
func TestNoControlIsForgotten(t *testing.T) {
	r := newRig(t, 1000, 760, 1, DefaultLayout())
	known := append([]string(nil), shown...)
	for _, c := range controls {
		known = append(known, c.name)
	}
	for _, s := range append(r.sections(), "") {
		r.only(s)
		for name := range r.panel.items {
			prefix, _, _ := strings.Cut(name, ":")
			switch {
			case slices.Contains(known, name), slices.Contains(r.sections(), name):
			case slices.Contains([]string{"scene", "plot", "pass", "facts", "tool"}, prefix), strings.HasPrefix(name, "domain.open="):
			default:
				t.Errorf("nothing drives %q in %q", name, s)
			}
		}
	}
}

// Every section opens and closes by its heading, and stays as it was left.
func TestSections(t *testing.T) {
	r := newRig(t, 1000, 1400, 1, DefaultLayout())
	for _, name := range r.sections() {
		r.only("")
		r.click(name)
		if !r.panel.Layout().Open[name] {
			t.Errorf("%s does not open", name)
		}
		r.click(name)
		if r.panel.Layout().Open[name] {
			t.Errorf("%s does not close", name)
		}
	}
}

// Dragging a slider changes the value while it goes on where that can be, and says
// when it is over.
func TestSliders(t *testing.T) {
	r := newRig(t, 1000, 760, 1, DefaultLayout())
	r.only("group:fluid")
	r.drag("fluid.rest_density", 30, 0)
	events := r.take()
	if len(events) < 3 {
		t.Fatalf("dragging wants %v", events)
	}
	before := 0.0
	for i, e := range events {
		s, ok := e.(Set)
		value, number := s.Value.(float64)
		if !ok || !number || s.Path != "fluid.rest_density" || s.Done != (i == len(events)-1) {
			t.Fatalf("event %d of %d is %#v", i, len(events), e)
		}
		if value < before || value < 500 || value > 2000 {
			t.Errorf("value %d is %g after %g", i, value, before)
		}
		before = value
	}
	// What restarts is told once, when the mouse lets go, and the slider shows it before.
	r.drag("fluid.spacing", 20, 0)
	events = r.take()
	if s, ok := first(events).(Set); len(events) != 1 || !ok || !s.Done || s.Path != "fluid.spacing" || s.Value.(float64) <= 0.02 {
		t.Errorf("dragging what restarts wants %v", events)
	}
	r.drag("gravity", 60, 0) // the middle one of three
	events = r.take()
	if s, ok := events[len(events)-1].(Set); !ok || !s.Done || !reflect.DeepEqual(len(s.Value.([]float64)), 3) || s.Value.([]float64)[1] <= -9.81 {
		t.Errorf("dragging a vector wants %v", events)
	}
	r.only("group:solver")
	r.drag("solver.max_iterations", 30, 0)
	events = r.take()
	s, ok := events[len(events)-1].(Set)
	if n, whole := s.Value.(float64); !ok || !whole || n != float64(int(n)) || n <= 50 {
		t.Errorf("dragging a whole number wants %v", events)
	}
	r.only("view")
	r.dragFrom("range", 0.75, 40, 0)
	if e, ok := first(r.take()).(SetRange); !ok || e.Auto || e.High == e.Low {
		t.Errorf("dragging the range wants %v", e)
	}
}

// A number can be written with Control and a click; it is taken as it is written.
func TestWritingNumbers(t *testing.T) {
	r := newRig(t, 1000, 760, 1, DefaultLayout())
	r.only("group:fluid")
	r.clickWith("fluid.viscosity", surface.Modifiers{Control: true})
	if !r.panel.Writing() {
		t.Fatal("Control and a click does not let one write")
	}
	r.panel.Handle(surface.KeyEvent{Key: "a", Down: true, Modifiers: surface.Modifiers{}})
	r.write("0.0123456")
	if !r.key(surface.KeyEnter, surface.Modifiers{}) {
		t.Error("Enter went past the panel")
	}
	events := r.take()
	if s, ok := events[len(events)-1].(Set); !ok || s.Value != 0.0123456 || !s.Done {
		t.Errorf("writing wants %v", events)
	}
	if r.panel.Writing() {
		t.Error("it goes on being written after Enter")
	}
}

func TestWritingTexts(t *testing.T) {
	r := newRig(t, 1000, 760, 1, DefaultLayout())
	r.only("group:bodies")
	r.click("title")
	r.key(surface.KeyEnd, surface.Modifiers{})
	r.write(" of mine")
	r.key(surface.KeyEnter, surface.Modifiers{})
	if got := r.take(); !reflect.DeepEqual(got, []Event{Set{"title", "Dam break of mine", true}}) {
		t.Errorf("writing wants %v", got)
	}
	// Escape takes it back.
	r.click("title")
	r.write("x")
	r.key(surface.KeyEscape, surface.Modifiers{})
	for _, e := range r.take() {
		if s, ok := e.(Set); ok && s.Value != "Dam break" {
			t.Errorf("Escape wants %v", s)
		}
	}
	// The clipboard is the system's.
	r.click("title")
	r.key("a", surface.Modifiers{Control: true})
	r.key("c", surface.Modifiers{Control: true})
	if r.clips.text != "Dam break" {
		t.Errorf("copied %q", r.clips.text)
	}
	r.clips.text = "Pasted"
	r.key("v", surface.Modifiers{Control: true})
	r.key(surface.KeyEnter, surface.Modifiers{})
	if got := r.take(); len(got) == 0 || !reflect.DeepEqual(got[len(got)-1], Set{"title", "Pasted", true}) {
		t.Errorf("pasting wants %v", got)
	}
}

func TestSearch(t *testing.T) {
	r := newRig(t, 1000, 760, 1, DefaultLayout())
	r.only("scenes")
	r.click("search")
	r.write("FALLS pool")
	if _, there := r.panel.items["scene:pool-drop"]; !there {
		t.Error("the words of the description are not found")
	}
	if _, there := r.panel.items["scene:honey"]; there {
		t.Error("what does not match is listed")
	}
}

// What the panel does not want reaches the camera, and nothing else does.
func TestWhatThePanelTakes(t *testing.T) {
	r := newRig(t, 1000, 760, 1, DefaultLayout())
	none := surface.Modifiers{}
	if r.move(300, 300) || r.press(surface.Left, true, none) || r.press(surface.Left, false, none) || r.wheel(1) {
		t.Error("the panel takes what happens over the picture")
	}
	x, y := r.box("column").Centre()
	if !r.move(x, y) || !r.wheel(-1) {
		t.Error("the mouse over the column reaches the picture")
	}
	// A drag that began over the picture goes on over the panel, and the other way round.
	r.move(300, 300)
	r.press(surface.Left, true, none)
	if r.panel.Handle(surface.MoveEvent{X: x, Y: y, Held: [3]bool{true}}) || r.press(surface.Left, false, none) {
		t.Error("a drag of the camera ends at the panel")
	}
	r.only("group:fluid")
	r.move(r.box("fluid.rest_density").Centre())
	if !r.press(surface.Left, true, none) || !r.panel.Handle(surface.MoveEvent{X: 300, Y: 300, Held: [3]bool{true}}) {
		t.Error("a drag of a slider turns the camera")
	}
	r.x, r.y = 300, 300
	if !r.press(surface.Left, false, none) {
		t.Error("letting go of a slider reaches the picture")
	}
	// Keys are the key map's, wherever the mouse is, but not while a text is written.
	r.move(x, y)
	for _, key := range []surface.Key{surface.KeySpace, surface.KeyTab, surface.KeyUp, "a", surface.KeyEscape} {
		if r.key(key, none) {
			t.Errorf("the panel takes %q", key)
		}
	}
	r.only("scenes")
	r.click("search")
	for _, key := range []surface.Key{surface.KeySpace, "a", surface.KeyUp, "r"} {
		if !r.key(key, none) {
			t.Errorf("%q goes past a text that is written", key)
		}
	}
	r.move(300, 300)
	r.press(surface.Left, true, none)
	r.press(surface.Left, false, none)
	if r.panel.Writing() {
		t.Error("a press beside it does not end writing")
	}
}

// The column is as wide as its edge is pulled, and leaves the picture room.
func TestEdge(t *testing.T) {
	r := newRig(t, 1200, 760, 1, DefaultLayout())
	right, bottom := r.panel.Margins(1200, 760, 1)
	if right != usualWidth || bottom != barHeight {
		t.Errorf("margins %d, %d", right, bottom)
	}
	r.drag("edge", -100, 0)
	if w := r.panel.Layout().Width; w < usualWidth+90 || w > usualWidth+110 {
		t.Errorf("pulled to %g", w)
	}
	r.drag("edge", 700, 0)
	if w := r.panel.Layout().Width; w != leastWidth {
		t.Errorf("pushed to %g", w)
	}
	for _, c := range []struct {
		width, height int
		scale         float64
		column, bar   bool
	}{{1280, 800, 1, true, true}, {640, 400, 1, true, true}, {300, 200, 1, false, true}, {900, 100, 1, true, false}, {700, 500, 2, false, true}, {640, 480, 3, false, true}, {1, 1, 1, false, false}} {
		f := arrange(DefaultLayout(), c.width, c.height, c.scale)
		if (f.column > 0) != c.column || (f.bar > 0) != c.bar {
			t.Errorf("%dx%d at %g: column %g, bar %g", c.width, c.height, c.scale, f.column, f.bar)
		}
		if f.column > 0 && float64(c.width)-float64(f.column) < 150*c.scale {
			t.Errorf("%dx%d at %g leaves %g for the picture", c.width, c.height, c.scale, float64(c.width)-float64(f.column))
		}
	}
}

func TestDialog(t *testing.T) {
	r := newRig(t, 1000, 760, 1, DefaultLayout())
	r.click("open")
	r.frames(2)
	r.take()
	r.click("entry:scenes")
	r.click("entry:..")
	if got := r.take(); !reflect.DeepEqual(got, []Event{List{filepath.Join("/home/me", "scenes")}, List{filepath.Dir("/home/me")}}) {
		t.Errorf("folders want %v", got)
	}
	r.click("browse")
	if got := r.take(); !reflect.DeepEqual(got, []Event{Browse{}}) || r.panel.opened {
		t.Errorf("the system's dialog: %v", got)
	}
	r.click("open")
	r.click("entry:my.toml")
	r.click("accept")
	if got := r.take(); !reflect.DeepEqual(got[len(got)-1], OpenFile{filepath.Join("/home/me", "my.toml")}) || r.panel.opened {
		t.Errorf("opening wants %v", got)
	}
	r.click("open")
	r.click("cancel")
	if r.panel.opened {
		t.Error("cancel does not close it")
	}
	r.only("scenes")
	r.click("save as")
	r.click("path")
	r.key(surface.KeyEnd, surface.Modifiers{})
	r.write("new.toml")
	r.take()
	r.key(surface.KeyEnter, surface.Modifiers{})
	if got := r.take(); !reflect.DeepEqual(got, []Event{Save{filepath.Join("/home/me", "new.toml")}}) || r.panel.opened {
		t.Errorf("saving as wants %v", got)
	}
	r.click("open")
	if !r.key(surface.KeyEscape, surface.Modifiers{}) || r.panel.opened {
		t.Error("Escape does not close it")
	}
	r.panel.ToggleHelp()
	r.frames(2)
	if !r.key(surface.KeyEscape, surface.Modifiers{}) || r.panel.help {
		t.Error("Escape does not close the help")
	}
}

// What is wrong stands at the top, whatever is open.
func TestTrouble(t *testing.T) {
	r := newRig(t, 1000, 760, 1, DefaultLayout())
	r.model.Play.Fault = "speeds are no numbers any more"
	r.model.Problem = "my.toml:12:9: fluid.viscosity must not be negative (got -1)\n  12 | viscosity = -1\n     |             ^^"
	r.frames(3)
	for _, name := range []string{"fault", "problem"} {
		if b := r.box(name); b[1] > r.box("sections")[1] || b[2]-b[0] < 100 {
			t.Errorf("%s is at %v", name, b)
		}
	}
	r.click("again")
	if got := r.take(); !reflect.DeepEqual(got, []Event{Act{"reset"}}) {
		t.Errorf("start again wants %v", got)
	}
	r.save("trouble", darkScene)
}

// Resting on a control explains it.
func TestTips(t *testing.T) {
	r := newRig(t, 1000, 760, 1, DefaultLayout())
	r.only("group:fluid")
	r.move(r.box("fluid.viscosity").Centre())
	r.frames(60)
	if _, there := r.panel.items["tip"]; !there {
		t.Error("nothing explains the viscosity")
	}
	r.save("tip", darkScene)
}

// Nothing is cut off or lies over something else, at any size that has a panel.
func TestNothingIsCut(t *testing.T) {
	for _, c := range []struct {
		width, height int
		scale         float64
	}{{1280, 800, 1}, {800, 600, 1}, {1600, 1200, 2}, {1920, 1080, 1.25}} {
		r := newRig(t, c.width, c.height, c.scale, DefaultLayout())
		for _, s := range r.sections() {
			r.only(s)
			column := r.box("column")
			for name, b := range r.panel.items {
				if name == "edge" || name == "bar" || b[0] < column[0] {
					continue
				}
				if b[2] > column[2]+0.5 {
					t.Errorf("%dx%d at %g: %q goes beyond the window: %v", c.width, c.height, c.scale, name, b)
				}
			}
			if len(r.panel.cut) > 0 {
				t.Errorf("%dx%d at %g: shortened in %q: %q", c.width, c.height, c.scale, s, r.panel.cut)
			}
		}
		r.panel.Release()
	}
}

// Frame after frame, neither Go nor Dear ImGui nor the device keeps anything.
func TestFramesKeepNothing(t *testing.T) {
	if runtime.GOOS != "linux" {
		return // resident memory is read from /proc
	}
	r := newRig(t, 1000, 760, 1, DefaultLayout())
	for _, s := range r.sections() {
		r.panel.layout.Open[s] = true
	}
	if err := r.target.Resize(16, 16); err != nil { // what is drawn is not the matter
		t.Fatal(err)
	}
	// The process wanders by a megabyte or two, so the least at the end is held against
	// the most at the beginning: only a steady leak parts the two.
	const warm, early, late, frames = 400, 1200, 2800, 3600
	most, least := 0, math.MaxInt
	for i := range frames {
		r.model.Play.Time = float64(i) / 60
		r.frames(1)
		e, err := r.device.NewEncoder("panel")
		if err != nil {
			t.Fatal(err)
		}
		r.overlay.DrawOn(e, r.target)
		if err := e.Submit(); err != nil {
			t.Fatal(err)
		}
		if i%100 != 0 {
			continue
		}
		if err := r.device.Wait(); err != nil {
			t.Fatal(err)
		}
		switch now := gputest.Held(t); {
		case i >= late:
			least = min(least, now)
		case i >= warm && i < early:
			most = max(most, now)
		}
	}
	// The labels of one frame alone would be 3 kB, a bind group 684 B, the triangles 60 kB.
	if grown := least - most; grown > (late-early)*300 {
		t.Errorf("%d frames grew the process by %d kB", late-early, grown>>10)
	}
}

func TestLayoutComesBack(t *testing.T) {
	l := Layout{Hidden: true, Width: 412, Theme: "light", Open: map[string]bool{"view": false, "log": true}}
	if got := ParseLayout(l.Text()); !reflect.DeepEqual(got, l) {
		t.Errorf("%v instead of %v", got, l)
	}
	for _, text := range []string{"", "{", "[]", `{"width": 5, "theme": "pink"}`, `{"width": 1e9}`, `{"open": null}`} {
		got := ParseLayout([]byte(text))
		if got.Width < leastWidth || got.Width > mostWidth || !slices.Contains(Themes, got.Theme) || got.Open == nil {
			t.Errorf("%q gives %v", text, got)
		}
	}
}

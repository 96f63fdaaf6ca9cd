//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"errors"
	"fmt"
	"math"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/cimgui-go/implot"

	"golang.org/x/image/font/gofont/gomono"

	"github.com/fluidsim/fluidsim/assets/fonts"
	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/surface"
)

// Available tells whether this program has a panel.
const Available = true

// Panel is the interface of one window. Dear ImGui keeps its state outside of it,
// so there is one panel at a time, used from one goroutine.
type Panel struct {
	overlay *pass.Overlay
	context *imgui.Context
	plots   *implot.Context
	io      *imgui.IO
	regular *imgui.Font
	heading *imgui.Font
	fixed   *imgui.Font // letters of one width
	layout  Layout
	track   bool
	place   frame
	scale   float32
	styled  string // theme and scale that the style is for
	colours palette
	sheets  map[int32]bool
	failed  error

	m      *Model // of this frame
	events []Event

	mouse    [2]float32
	grabbed  [3]bool // buttons that were pressed on the panel
	calm     int     // frames since something happened
	pointing surface.Pointer
	help     bool
	opening  bool // the dialog for opening is to be shown
	opened   bool // it is shown
	path     string
	listed   string // folder that path was written for
	search   string
	filter   string // of parameters
	edit     edit
	follow   string // the newest line of the log that was scrolled to
	naming   bool   // the dialog for a new file name is to be shown
	items    map[string]Box
	cut      []string // texts that were shortened
	vertices []pass.OverlayVertex
	indices  []uint16
	draws    []pass.OverlayDraw
	pixels   []byte
}

// Box is where something was drawn: left, top, right, bottom [pixels].
type Box [4]float32

// Centre is the middle of it.
func (b Box) Centre() (x, y float64) { return float64(b[0]+b[2]) / 2, float64(b[1]+b[3]) / 2 }

// edit is a change that goes on: the value of the control that is held, which the
// model may not have yet.
type edit struct {
	path    string
	numbers [3]float32
	text    string
}

// New makes the panel, drawn by the overlay, which stays its owner's.
func New(o *pass.Overlay, options Options) (*Panel, error) {
	if o == nil {
		return nil, errors.New("the panel has nothing to draw with")
	}
	p := &Panel{overlay: o, layout: options.Layout, track: options.Track, sheets: map[int32]bool{}, scale: 1, items: map[string]Box{}}
	if p.layout.Open == nil {
		p.layout = DefaultLayout()
	}
	// Dear ImGui tells of its callers' mistakes, which must not end the program.
	imgui.SetAssertHandler(func(expression, file string, line int) {
		if p.failed == nil {
			p.failed = fmt.Errorf("the panel made a mistake: %s", expression)
		}
	})
	p.context = imgui.CreateContext()
	p.plots = implot.CreateContext()
	p.io = imgui.CurrentIO()
	p.io.SetBackendFlags(imgui.BackendFlagsRendererHasTextures | imgui.BackendFlagsRendererHasVtxOffset | imgui.BackendFlagsHasMouseCursors)
	p.io.SetConfigWindowsMoveFromTitleBarOnly(true)
	p.io.SetConfigInputTextCursorBlink(!options.Still)
	if err := forgetFiles(p.io); err != nil {
		p.Release()
		return nil, err
	}
	p.addFonts()
	if options.Clipboard != nil {
		imgui.CurrentPlatformIO().SetClipboardHandler(clipboard{options.Clipboard})
	}
	return p, p.failed
}

// clipboard gives the system's to Dear ImGui.
type clipboard struct{ Clipboard }

func (c clipboard) GetClipboard() string { return c.Clipboard.Clipboard() }

// textSize is that of the text, before the monitor's scale [pixels].
const textSize = 15

func (p *Panel) addFonts() {
	add := func(data []byte) *imgui.Font {
		config := imgui.NewFontConfig()
		defer config.Destroy()
		config.SetFontDataOwnedByAtlas(false) // it is part of the program
		return p.io.Fonts().AddFontFromMemoryTTFV(address(data), int32(len(data)), textSize, config, nil)
	}
	p.regular = add(fonts.Regular)
	p.io.SetFontDefault(p.regular)
	p.heading = add(fonts.Medium)
	p.fixed = add(gomono.TTF)
}

// Release frees what the panel has made.
func (p *Panel) Release() {
	if p.context == nil {
		return
	}
	for number := range p.sheets {
		p.overlay.DropSheet(int(number))
	}
	_ = p.overlay.Set(nil, nil, nil)
	imgui.SetCurrentContext(p.context)
	if len(p.sheets) > 0 {
		dropSheets()
	}
	p.sheets = nil
	implot.DestroyContextV(p.plots)
	imgui.DestroyContextV(p.context)
	p.context, p.plots = nil, nil
}

// Place is the middle of a control, where the last frame has drawn one, for those
// who drive the panel from outside; it needs Options.Track.
func (p *Panel) Place(name string) (x, y float64, ok bool) {
	b, ok := p.items[name]
	x, y = b.Centre()
	return x, y, ok
}

// Err is what went wrong, if anything did; the panel is of no use after that.
func (p *Panel) Err() error { return p.failed }

// Layout is what is worth remembering.
func (p *Panel) Layout() Layout { return p.layout }

// Shown tells whether column and bar are there.
func (p *Panel) Shown() bool { return !p.layout.Hidden }

// Toggle hides the panel, or shows it again.
func (p *Panel) Toggle() {
	p.layout.Hidden = !p.layout.Hidden
	p.grabbed = [3]bool{}
	p.calm = 0
}

// ToggleHelp shows the keys, or hides them again. It is false where there is no
// help to show.
func (p *Panel) ToggleHelp() bool {
	p.help, p.calm = !p.help, 0
	return true
}

// AskForFile opens the dialog for scene files.
func (p *Panel) AskForFile() { p.opening, p.naming, p.calm = true, false, 0 }

// Close closes what is open over the picture, if anything is: Escape does it.
func (p *Panel) Close() bool {
	open := p.help || p.opened
	p.help, p.opened, p.opening = false, false, false
	p.calm = 0
	return open
}

// Writing tells whether keys are text for the panel now.
func (p *Panel) Writing() bool { return p.context != nil && p.io.WantTextInput() }

// Busy tells whether the panel wants to be drawn again soon although nothing has
// happened: something moves, or has not yet found its place.
func (p *Panel) Busy() bool { return p.calm < 8 || p.Writing() || p.grabbed != [3]bool{} }

// Pointer is the form that the mouse pointer should have.
func (p *Panel) Pointer() surface.Pointer { return p.pointing }

// Margins is what the panel leaves free of the window for nothing but itself.
func (p *Panel) Margins(width, height int, scale float64) (right, bottom int) {
	f := arrange(p.layout, width, height, scale)
	return int(f.column), int(f.bar)
}

// Frame draws the panel for a window of a size [pixels] and returns what the user
// wants. seconds is the time since the frame before.
func (p *Panel) Frame(width, height int, scale, seconds float64, m *Model) []Event {
	p.events = p.events[:0]
	if p.context == nil || p.failed != nil || width < 1 || height < 1 {
		return nil
	}
	p.calm++
	p.m, p.scale = m, float32(math.Min(math.Max(scale, 0.5), 8))
	p.place = arrange(p.layout, width, height, float64(p.scale))
	if p.track {
		clear(p.items)
		p.cut = p.cut[:0]
	}
	imgui.SetCurrentContext(p.context)
	p.io.SetDisplaySize(imgui.Vec2{X: float32(width), Y: float32(height)})
	p.io.SetDeltaTime(float32(math.Min(math.Max(seconds, 1e-4), 1)))
	p.style()
	imgui.NewFrame()
	p.draw()
	p.pointing = pointerOf(imgui.CurrentMouseCursor())
	imgui.Render()
	if err := errors.Join(p.paintSheets(), p.collect()); err != nil && p.failed == nil {
		p.failed = err
	}
	p.m = nil
	return p.events
}

func (p *Panel) draw() {
	if p.place.column > 0 {
		p.drawColumn()
	}
	if p.place.bar > 0 {
		p.drawBar()
	}
	p.drawOpening()
	if p.help {
		p.drawHelp()
	}
}

func (p *Panel) want(e Event) { p.events = append(p.events, e) }

// act is the wish for an action of the key map.
func (p *Panel) act(name string) { p.want(Act{name}) }

// fixed are the flags of the panel's own windows.
const fixed = imgui.WindowFlagsNoTitleBar | imgui.WindowFlagsNoResize | imgui.WindowFlagsNoMove | imgui.WindowFlagsNoCollapse |
	imgui.WindowFlagsNoSavedSettings | imgui.WindowFlagsNoBringToFrontOnFocus | imgui.WindowFlagsNoNav | imgui.WindowFlagsNoDocking

// at places the next window.
func at(x, y, width, height float32) {
	imgui.SetNextWindowPosV(imgui.Vec2{X: x, Y: y}, imgui.CondAlways, imgui.Vec2{})
	imgui.SetNextWindowSizeV(imgui.Vec2{X: width, Y: height}, imgui.CondAlways)
}

// vec is a point or a size in pixels of a monitor without a scale.
func (p *Panel) vec(x, y float32) imgui.Vec2 { return imgui.Vec2{X: x * p.scale, Y: y * p.scale} }

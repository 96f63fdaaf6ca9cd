//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/fluidsim/fluidsim/render/capture"
	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/surface"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/gpu/gputest"
)

// rig is a panel without a window: its events are made up, its picture is offscreen.
type rig struct {
	t             testing.TB
	device        *gpu.Device
	renderer      *pass.Renderer
	target        *pass.Target
	overlay       *pass.Overlay
	panel         *Panel
	model         *Model
	width, height int
	scale         float64
	events        []Event // all since they were taken last
	x, y          float64
	clips         clips
}

// clips is a clipboard.
type clips struct{ text string }

func (c *clips) Clipboard() string     { return c.text }
func (c *clips) SetClipboard(s string) { c.text = s }

func newRig(t testing.TB, width, height int, scale float64, layout Layout) *rig {
	t.Helper()
	r := &rig{t: t, device: gputest.Open(t), model: sample(), width: width, height: height, scale: scale}
	var err error
	if r.renderer, err = pass.New(r.device, pass.Options{Samples: 1}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.renderer.Release)
	if r.target, err = r.renderer.NewTarget(width, height); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.target.Release)
	if r.overlay, err = pass.NewOverlay(r.device); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.overlay.Release)
	if r.panel, err = New(r.overlay, Options{Layout: layout, Clipboard: &r.clips, Track: true, Still: true}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.panel.Release)
	r.frames(3)
	r.take()
	return r
}

// frames draws so many frames without drawing them onto a picture.
func (r *rig) frames(n int) {
	r.t.Helper()
	for range n {
		r.events = append(r.events, r.panel.Frame(r.width, r.height, r.scale, 1.0/60, r.model)...)
		if err := r.panel.Err(); err != nil {
			r.t.Fatal(err)
		}
	}
}

// take is what the user has wanted since the last call.
func (r *rig) take() []Event {
	all := r.events
	r.events = nil
	return all
}

func (r *rig) box(name string) Box {
	r.t.Helper()
	b, ok := r.panel.items[name]
	if !ok {
		r.t.Fatalf("there is no %q on the panel", name)
	}
	return b
}

// move puts the mouse somewhere; it tells whether the panel kept that to itself.
func (r *rig) move(x, y float64) bool {
	taken := r.panel.Handle(surface.MoveEvent{X: x, Y: y, DX: x - r.x, DY: y - r.y})
	r.x, r.y = x, y
	r.frames(2)
	return taken
}

func (r *rig) press(b surface.Button, down bool, m surface.Modifiers) bool {
	taken := r.panel.Handle(surface.ButtonEvent{Button: b, Down: down, X: r.x, Y: r.y, Modifiers: m})
	r.frames(2)
	return taken
}

// click presses the left button in the middle of a control, scrolling to it first.
func (r *rig) click(name string) { r.t.Helper(); r.clickWith(name, surface.Modifiers{}) }

func (r *rig) clickWith(name string, m surface.Modifiers) {
	r.t.Helper()
	r.reveal(name)
	r.move(r.box(name).Centre())
	r.press(surface.Left, true, m)
	r.press(surface.Left, false, m)
}

// reveal scrolls the sections until a control is in sight.
func (r *rig) reveal(name string) {
	r.t.Helper()
	for range 400 {
		b := r.box(name)
		sections, inside := r.panel.items["sections"], false
		_, y := b.Centre()
		x, _ := b.Centre()
		if x < float64(sections[0]) || r.panel.opened || r.panel.help || y < float64(sections[1]) && b[3] <= sections[1] && isHead(name) {
			return
		}
		list, ok := r.panel.items["scene list"]
		if ok && len(name) > 6 && name[:6] == "scene:" {
			if float32(y) < list[1] || float32(y) > list[3] {
				r.move(list.Centre())
				r.wheel(float64(map[bool]int{true: 1, false: -1}[float32(y) < list[1]]))
				continue
			}
		}
		inside = float32(y) > sections[1]+8 && float32(y) < sections[3]-8
		if inside || isHead(name) || isPopup(name) {
			return
		}
		// Away from lists, which would scroll themselves.
		r.move(float64(sections[0])+3, float64(sections[1])+float64(sections[3]-sections[1])/2)
		r.wheel(float64(map[bool]int{true: 1, false: -1}[float32(y) < sections[1]+8]) * 0.5)
	}
	r.t.Fatalf("%q cannot be scrolled to: %v in %v", name, r.box(name), r.panel.items["sections"])
}

func isHead(name string) bool {
	switch name {
	case "open", "save", "undo", "redo", "help", "hide", "edge", "again", "fault", "problem", "source":
		return true
	}
	return false
}

// isPopup tells entries of lists that lie over everything else.
func isPopup(name string) bool {
	for i := range name {
		if name[i] == '=' {
			return name[:i] != "domain.open" && name[:i] != "domain.periodic"
		}
	}
	return false
}

func (r *rig) wheel(notches float64) bool {
	taken := r.panel.Handle(surface.ScrollEvent{X: r.x, Y: r.y, DY: notches})
	r.frames(2)
	return taken
}

func (r *rig) key(key surface.Key, m surface.Modifiers) (taken bool) {
	taken = r.panel.Handle(surface.KeyEvent{Key: key, Down: true, Modifiers: m})
	r.frames(2)
	r.panel.Handle(surface.KeyEvent{Key: key, Modifiers: m})
	r.frames(2)
	return taken
}

func (r *rig) write(text string) {
	for _, c := range text {
		r.panel.Handle(surface.TextEvent{Text: string(c)})
		r.frames(2)
	}
}

// drag pulls from the middle of a control by so many pixels.
func (r *rig) drag(name string, dx, dy float64) { r.t.Helper(); r.dragFrom(name, 0.5, dx, dy) }

// dragFrom does so from a part of its width.
func (r *rig) dragFrom(name string, from, dx, dy float64) {
	r.t.Helper()
	r.reveal(name)
	b := r.box(name)
	_, y := b.Centre()
	x := float64(b[0]) + float64(b[2]-b[0])*from
	r.move(x, y)
	r.press(surface.Left, true, surface.Modifiers{})
	for i := 1; i <= 4; i++ {
		part := float64(i) / 4
		r.panel.Handle(surface.MoveEvent{X: x + dx*part, Y: y + dy*part, DX: dx / 4, DY: dy / 4, Held: [3]bool{true}})
		r.x, r.y = x+dx*part, y+dy*part
		r.frames(2)
	}
	r.press(surface.Left, false, surface.Modifiers{})
}

// open opens a section and closes the others, so that there is room.
func (r *rig) only(section string) {
	r.t.Helper()
	for _, name := range r.sections() {
		r.panel.layout.Open[name] = name == section
	}
	r.frames(3)
}

func (r *rig) sections() []string {
	all := []string{"scenes", "tools", "view", "record", "stats", "probes", "log"}
	for _, g := range r.model.Groups {
		all = append(all, "group:"+g.Name)
	}
	return all
}

// picture draws the panel over a backdrop.
func (r *rig) picture(background pass.Colour) *image.NRGBA {
	r.t.Helper()
	r.frames(2)
	var shot *image.NRGBA
	grabber := capture.NewGrabber(r.device, 1)
	defer grabber.Release()
	e, err := r.device.NewEncoder("panel")
	if err != nil {
		r.t.Fatal(err)
	}
	look := pass.Look{NoFloor: true, NoEdges: true, NoShadows: true, Background: background}
	r.renderer.Draw(e, r.target, view.New(view.Vector{0, 0, 2}, view.Vector{}), pass.Particles{}, look)
	r.overlay.DrawOn(e, r.target)
	keep := func(img *image.NRGBA) error { shot = img; return nil }
	if err := grabber.Copy(e, r.target, keep); err != nil {
		r.t.Fatal(err)
	}
	if err := e.Submit(); err != nil {
		r.t.Fatal(err)
	}
	if err := grabber.Flush(keep); err != nil {
		r.t.Fatal(err)
	}
	return shot
}

// save keeps a picture for people to look at, where FLUIDSIM_PANEL_PICTURES says.
func (r *rig) save(name string, background pass.Colour) {
	r.t.Helper()
	folder := os.Getenv("FLUIDSIM_PANEL_PICTURES")
	if folder == "" {
		return
	}
	f, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		r.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, r.picture(background)); err != nil {
		r.t.Fatal(err)
	}
}

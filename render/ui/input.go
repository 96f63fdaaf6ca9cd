//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"github.com/AllenDang/cimgui-go/imgui"

	"github.com/fluidsim/fluidsim/render/surface"
)

// Handle tells the panel of an event of the window. It is true when the event is
// the panel's alone: what is under it must not see it.
func (p *Panel) Handle(e surface.Event) bool {
	if p.context == nil || p.failed != nil {
		return false
	}
	p.calm = 0
	imgui.SetCurrentContext(p.context)
	switch e := e.(type) {
	case surface.MoveEvent:
		p.mouse = [2]float32{float32(e.X), float32(e.Y)}
		p.io.AddMousePosEvent(p.mouse[0], p.mouse[1])
		if e.Held != [3]bool{} {
			return p.grabbed != [3]bool{}
		}
		return p.over()
	case surface.ButtonEvent:
		return p.press(e)
	case surface.ScrollEvent:
		if p.over() {
			p.io.AddMouseWheelEvent(float32(e.DX), float32(e.DY))
			return true
		}
	case surface.TextEvent:
		if p.Writing() {
			p.io.AddInputCharactersUTF8(e.Text)
			return true
		}
	case surface.KeyEvent:
		return p.key(e)
	case surface.FocusEvent:
		p.io.AddFocusEvent(e.Focused)
		if !e.Focused {
			p.grabbed = [3]bool{}
		}
	}
	return false
}

// over tells whether the mouse is over the panel, as it stands now: Dear ImGui knows
// that only of the frame before.
func (p *Panel) over() bool {
	f := p.place
	if !p.layout.Hidden && (f.column > 0 && p.mouse[0] >= f.width-f.column || f.bar > 0 && p.mouse[1] >= f.height-f.bar) {
		return true
	}
	return p.io.WantCaptureMouse() && (p.opened || p.help || p.grabbed != [3]bool{} || imgui.IsPopupOpenStrV("", imgui.PopupFlags(imgui.PopupFlagsAnyPopup)))
}

func (p *Panel) press(e surface.ButtonEvent) bool {
	if e.Button < surface.Left || e.Button > surface.Middle {
		return false
	}
	p.mouse = [2]float32{float32(e.X), float32(e.Y)}
	p.io.AddMousePosEvent(p.mouse[0], p.mouse[1])
	if e.Down && !p.over() {
		if p.Writing() || p.anyPopup() { // a press beside it ends what was going on
			p.io.AddMouseButtonEvent(int32(e.Button), true)
			p.io.AddMouseButtonEvent(int32(e.Button), false)
		}
		return false
	}
	if !e.Down && !p.grabbed[e.Button] {
		return false
	}
	p.modifiers(e.Modifiers)
	p.grabbed[e.Button] = e.Down
	p.io.AddMouseButtonEvent(int32(e.Button), e.Down)
	return true
}

func (p *Panel) anyPopup() bool {
	return imgui.IsPopupOpenStrV("", imgui.PopupFlags(imgui.PopupFlagsAnyPopup))
}

func (p *Panel) modifiers(m surface.Modifiers) {
	p.io.AddKeyEvent(imgui.Key(imgui.ModCtrl), m.Control)
	p.io.AddKeyEvent(imgui.Key(imgui.ModShift), m.Shift)
	p.io.AddKeyEvent(imgui.Key(imgui.ModAlt), m.Alt)
	p.io.AddKeyEvent(imgui.Key(imgui.ModSuper), m.Super)
}

// named are the keys that mean something while a text is written.
var named = map[surface.Key]imgui.Key{
	surface.KeyEnter: imgui.KeyEnter, surface.KeyEscape: imgui.KeyEscape, surface.KeyTab: imgui.KeyTab,
	surface.KeyBackspace: imgui.KeyBackspace, surface.KeyDelete: imgui.KeyDelete, surface.KeyInsert: imgui.KeyInsert,
	surface.KeyLeft: imgui.KeyLeftArrow, surface.KeyRight: imgui.KeyRightArrow, surface.KeyUp: imgui.KeyUpArrow, surface.KeyDown: imgui.KeyDownArrow,
	surface.KeyHome: imgui.KeyHome, surface.KeyEnd: imgui.KeyEnd, surface.KeyPageUp: imgui.KeyPageUp, surface.KeyPageDown: imgui.KeyPageDown,
	"a": imgui.KeyA, "c": imgui.KeyC, "v": imgui.KeyV, "x": imgui.KeyX, "y": imgui.KeyY, "z": imgui.KeyZ,
}

// key gives keys to the panel only while a text is written: everything else is the
// key map's, wherever the mouse is.
func (p *Panel) key(e surface.KeyEvent) bool {
	p.modifiers(e.Modifiers)
	key, known := named[e.Key]
	if !e.Down {
		if known {
			p.io.AddKeyEvent(key, false)
		}
		return false // whoever has seen it go down must see it go up
	}
	if !p.Writing() {
		return e.Key == surface.KeyEscape && p.Close()
	}
	if known {
		if e.Repeat {
			p.io.AddKeyEvent(key, false)
		}
		p.io.AddKeyEvent(key, true)
	}
	return true
}

func pointerOf(c imgui.MouseCursor) surface.Pointer {
	switch c {
	case imgui.MouseCursorTextInput:
		return surface.Beam
	case imgui.MouseCursorHand:
		return surface.Hand
	case imgui.MouseCursorResizeEW:
		return surface.SizeAcross
	}
	return surface.Arrow
}

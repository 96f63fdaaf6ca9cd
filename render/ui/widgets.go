//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"strings"
	"unicode/utf8"

	"github.com/AllenDang/cimgui-go/imgui"
)

// note keeps where the last item was drawn, for tests.
func (p *Panel) note(name string) {
	if !p.track {
		return
	}
	low, high := imgui.ItemRectMin(), imgui.ItemRectMax()
	p.items[name] = Box{low.X, low.Y, high.X, high.Y}
}

// tip explains the last item when the mouse rests on it.
func (p *Panel) tip(text string) {
	if text == "" || !imgui.IsItemHoveredV(imgui.HoveredFlagsForTooltip|imgui.HoveredFlagsDelayNormal|imgui.HoveredFlagsAllowWhenDisabled) {
		return
	}
	imgui.PushStyleVarVec2(imgui.StyleVarWindowPadding, p.vec(10, 8))
	if imgui.BeginTooltip() {
		imgui.PushTextWrapPosV(300 * p.scale)
		imgui.TextUnformatted(text)
		imgui.PopTextWrapPos()
		if p.track {
			size := imgui.WindowSize()
			at := imgui.WindowPos()
			p.items["tip"] = Box{at.X, at.Y, at.X + size.X, at.Y + size.Y}
		}
		imgui.EndTooltip()
	}
	imgui.PopStyleVar()
}

// fit shortens a text that is wider than there is room.
func (p *Panel) fit(text string, width float32) string {
	if imgui.CalcTextSize(text).X <= width {
		return text
	}
	if p.track {
		p.cut = append(p.cut, text)
	}
	const dots = "…"
	for text != "" {
		_, size := utf8.DecodeLastRuneInString(text)
		text = strings.TrimRight(text[:len(text)-size], " ")
		if imgui.CalcTextSize(text+dots).X <= width {
			return text + dots
		}
	}
	return ""
}

// quiet writes in the colour of what matters less.
func (p *Panel) quiet(text string) {
	imgui.PushStyleColorVec4(imgui.ColText, paint(p.colours.quiet, 1))
	imgui.TextUnformatted(text)
	imgui.PopStyleColor()
}

// wrapped writes over as many lines as it takes.
func (p *Panel) wrapped(text string, rgb uint32) {
	imgui.PushStyleColorVec4(imgui.ColText, paint(rgb, 1))
	imgui.PushTextWrapPosV(0)
	imgui.TextUnformatted(text)
	imgui.PopTextWrapPos()
	imgui.PopStyleColor()
}

// room is how wide the next item may be.
func room() float32 { return imgui.ContentRegionAvail().X }

// button is a plain one; name is for tests.
func (p *Panel) button(name, label string, width float32, help string) bool {
	pressed := imgui.ButtonV(label+"##"+name, imgui.Vec2{X: width})
	p.note(name)
	p.tip(help)
	return pressed
}

// strong is a button for what one most likely wants.
func (p *Panel) strong(name, label string, width float32, help string) bool {
	c := p.colours
	imgui.PushStyleColorVec4(imgui.ColButton, paint(c.accent, 1))
	imgui.PushStyleColorVec4(imgui.ColButtonHovered, paint(c.accentHot, 1))
	imgui.PushStyleColorVec4(imgui.ColButtonActive, paint(c.accentHot, 1))
	imgui.PushStyleColorVec4(imgui.ColText, paint(c.onAccent, 1))
	imgui.PushFont(p.heading, 0)
	pressed := imgui.ButtonV(label+"##"+name, imgui.Vec2{X: width})
	imgui.PopFont()
	imgui.PopStyleColorV(4)
	p.note(name)
	p.tip(help)
	return pressed
}

// iconButton is a square with a drawn sign.
func (p *Panel) iconButton(name string, draw icon, size float32, enabled bool, help string) bool {
	imgui.BeginDisabledV(!enabled)
	pressed := imgui.InvisibleButton(name, imgui.Vec2{X: size, Y: size})
	held, over := imgui.IsItemActive(), imgui.IsItemHovered()
	low, high := imgui.ItemRectMin(), imgui.ItemRectMax()
	list := imgui.WindowDrawList()
	colour := p.colours.text
	switch {
	case !enabled:
		colour = mix(p.colours.quiet, p.colours.ground, 0.5)
	case held:
		list.AddRectFilledV(low, high, packed(p.colours.fieldHeld), 5*p.scale, 0)
	case over:
		list.AddRectFilledV(low, high, packed(p.colours.fieldHot), 5*p.scale, 0)
	}
	centre := imgui.Vec2{X: (low.X + high.X) / 2, Y: (low.Y + high.Y) / 2}
	draw(list, centre, size*0.5, packed(colour), p.scale)
	imgui.EndDisabled()
	p.note(name)
	p.tip(help)
	return pressed && enabled
}

// mix is a colour between two.
func mix(a, b uint32, part float32) uint32 {
	var out uint32
	for shift := 0; shift <= 16; shift += 8 {
		x, y := float32(a>>shift&255), float32(b>>shift&255)
		out |= uint32(x+(y-x)*part+0.5) << shift
	}
	return out
}

// section is a heading that opens and closes what is below.
func (p *Panel) section(name, label string, open bool) bool {
	if open = p.fold(name, label, open, p.heading); !open {
		p.line(imgui.ItemRectMin().X, imgui.ItemRectMax().Y+3*p.scale)
	}
	return open
}

// fold is a row that opens and closes what is below; it stays as the user has left it.
func (p *Panel) fold(name, label string, open bool, font *imgui.Font) bool {
	if set, known := p.layout.Open[name]; known {
		open = set
	}
	k := p.scale
	if imgui.InvisibleButton(name, imgui.Vec2{X: room(), Y: 24 * k}) {
		p.layout.Open[name] = !open
	}
	p.note(name)
	colour := p.colours.text
	if imgui.IsItemHovered() {
		colour = p.colours.accent
		imgui.SetMouseCursor(imgui.MouseCursorHand)
	}
	low, high := imgui.ItemRectMin(), imgui.ItemRectMax()
	list := imgui.WindowDrawList()
	middle := (low.Y + high.Y) / 2
	iconFold(list, imgui.Vec2{X: low.X + 4*k, Y: middle}, 12*k, packed(p.colours.quiet), k, open)
	imgui.PushFont(font, 0)
	list.AddTextVec2(imgui.Vec2{X: low.X + 16*k, Y: middle - imgui.TextLineHeight()/2}, packed(colour), p.fit(label, high.X-low.X-20*k))
	imgui.PopFont()
	return open
}

// sectionEnd closes what section has opened with a line.
func (p *Panel) sectionEnd() {
	imgui.Dummy(imgui.Vec2{Y: p.scale})
	low := imgui.CursorScreenPos()
	p.line(low.X, low.Y-3*p.scale)
}

// line is drawn across the column.
func (p *Panel) line(x, y float32) {
	imgui.WindowDrawList().AddLineV(imgui.Vec2{X: x, Y: y}, imgui.Vec2{X: x + room(), Y: y}, packed(p.colours.line), 1)
}

// pick is a list to choose from, as wide as there is room.
func (p *Panel) pick(name, value string, values, labels []string) (chosen string, changed bool) {
	label := func(i int) string {
		if i < len(labels) {
			return labels[i]
		}
		return values[i]
	}
	preview := value
	for i := range values {
		if values[i] == value {
			preview = label(i)
		}
	}
	imgui.SetNextItemWidth(room())
	open := imgui.BeginComboV("##"+name, preview, imgui.ComboFlagsNone)
	p.note(name)
	if !open {
		return value, false
	}
	for i, each := range values {
		if imgui.SelectableBoolV(label(i), each == value, 0, imgui.Vec2{}) && each != value {
			chosen, changed = each, true
		}
		p.note(name + "=" + each)
	}
	imgui.EndCombo()
	return chosen, changed
}

//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"math"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
)

// drawColumn is the column at the right, from its head to the last section.
func (p *Panel) drawColumn() {
	f := p.place
	at(f.width-f.column, 0, f.column, f.height)
	if imgui.BeginV("column", nil, fixed|imgui.WindowFlagsNoScrollbar|imgui.WindowFlagsNoScrollWithMouse) {
		p.noteWindow("column")
		p.drawEdge()
		p.drawHead()
		p.drawTrouble()
		imgui.PushStyleVarVec2(imgui.StyleVarWindowPadding, imgui.Vec2{})
		imgui.BeginChildStrV("sections", imgui.Vec2{X: room() + 6*p.scale}, imgui.ChildFlagsNone, imgui.WindowFlagsNoNav)
		imgui.PopStyleVar()
		p.noteWindow("sections")
		for _, each := range []func(){p.drawScenes, p.drawMain, p.drawTools, p.drawView, p.drawRecord, p.drawStats, p.drawProbes, p.drawLog, p.drawRest} {
			each()
		}
		imgui.EndChild()
	}
	imgui.End()
}

// noteWindow keeps where the window that is being filled is.
func (p *Panel) noteWindow(name string) {
	if p.track {
		low, size := imgui.WindowPos(), imgui.WindowSize()
		p.items[name] = Box{low.X, low.Y, low.X + size.X, low.Y + size.Y}
	}
}

// drawEdge is the edge that can be moved to make the column wider.
func (p *Panel) drawEdge() {
	before := imgui.CursorPos()
	imgui.SetCursorPos(imgui.Vec2{})
	imgui.InvisibleButton("edge", imgui.Vec2{X: 6 * p.scale, Y: p.place.height})
	held, over := imgui.IsItemActive(), imgui.IsItemHovered()
	p.note("edge")
	if held || over {
		imgui.SetMouseCursor(imgui.MouseCursorResizeEW)
	}
	colour := p.colours.line
	if held || over {
		colour = p.colours.accent
	}
	low := imgui.WindowPos()
	imgui.WindowDrawList().AddRectFilledV(low, imgui.Vec2{X: low.X + float32(math.Max(1, math.Round(float64(p.scale)))), Y: low.Y + p.place.height}, packed(colour), 0, 0)
	if held {
		wanted := float64((p.place.width - p.mouse[0]) / p.scale)
		p.layout.Width = math.Min(math.Max(wanted, leastWidth), mostWidth)
	}
	imgui.SetCursorPos(before)
}

// drawHead is the name of the scene, and what one needs most often.
func (p *Panel) drawHead() {
	m, size := p.m, 28*p.scale
	imgui.PushFont(p.heading, 18)
	imgui.TextUnformatted(p.fit(m.Scene, room()))
	imgui.PopFont()
	source := m.Source
	if m.Changed {
		source += ", changed"
	}
	p.quiet(p.fit(source, room()))
	p.note("source")
	imgui.PushStyleVarVec2(imgui.StyleVarItemSpacing, p.vec(4, 6))
	right := imgui.CursorPosX() + room()
	left := imgui.CursorPosX()
	for i, b := range []struct {
		name, help string
		draw       icon
		enabled    bool
		do         func()
	}{
		{"open", "Open a scene file (Ctrl-O)", iconOpen, true, func() { p.opening, p.naming = true, false }},
		{"save", "Save the scene with what you have changed (Ctrl-S)", iconSave, true, func() { p.want(Save{}) }},
		{"undo", "Undo: " + orNothing(m.CanUndo) + " (Ctrl-Z)", iconUndo, m.CanUndo != "", func() { p.want(Undo{}) }},
		{"redo", "Redo: " + orNothing(m.CanRedo) + " (Ctrl-Shift-Z)", iconRedo, m.CanRedo != "", func() { p.want(Redo{}) }},
	} {
		if i > 0 {
			imgui.SameLine()
		} else {
			imgui.SetCursorPosX(left - 5*p.scale) // the signs, not their squares, in line with the text
		}
		if p.iconButton(b.name, b.draw, size, b.enabled, b.help) {
			b.do()
		}
	}
	imgui.SameLine()
	imgui.SetCursorPosX(right - 2*size + 1*p.scale)
	if p.iconButton("help", iconHelp, size, true, "The keys (F1)") {
		p.ToggleHelp()
	}
	imgui.SameLine()
	if p.iconButton("hide", iconHide, size, true, "Hide the panel; Tab brings it back") {
		p.Toggle()
	}
	imgui.PopStyleVar()
	imgui.Separator()
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}

// drawTrouble is what must not be missed: mistakes in the scene, and a simulation
// that has stopped itself.
func (p *Panel) drawTrouble() {
	m := p.m
	if m.Play.Fault != "" {
		p.wrapped("The simulation has stopped: "+m.Play.Fault, p.colours.bad)
		p.note("fault")
		if p.strong("again", "Start again", 0, "Starts the scene from its beginning (R)") {
			p.act("reset")
		}
		imgui.Separator()
	}
	if m.Problem != "" {
		imgui.PushStyleColorVec4(imgui.ColText, paint(p.colours.bad, 1))
		imgui.TextUnformatted("The file has mistakes")
		imgui.PopStyleColor()
		p.mono("problem", m.Problem, 7)
		imgui.Separator()
	}
}

// mono is a text whose columns matter, with so many lines shown at once.
func (p *Panel) mono(name, text string, most int) {
	lines := min(strings.Count(text, "\n")+1, most)
	imgui.PushFont(p.fixed, 13)
	height := float32(lines)*imgui.TextLineHeight() + 12*p.scale + 10*p.scale
	imgui.PushStyleColorVec4(imgui.ColChildBg, paint(p.colours.field, 1))
	imgui.PushStyleVarVec2(imgui.StyleVarWindowPadding, p.vec(8, 6))
	imgui.BeginChildStrV(name, imgui.Vec2{Y: height}, imgui.ChildFlagsAlwaysUseWindowPadding, imgui.WindowFlagsHorizontalScrollbar|imgui.WindowFlagsNoNav)
	imgui.PushStyleVarVec2(imgui.StyleVarItemSpacing, imgui.Vec2{})
	imgui.TextUnformatted(text)
	imgui.PopStyleVar()
	p.noteWindow(name)
	imgui.EndChild()
	imgui.PopStyleVar()
	imgui.PopStyleColor()
	imgui.PopFont()
}

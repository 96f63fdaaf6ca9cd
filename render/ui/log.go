//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"strconv"

	"github.com/AllenDang/cimgui-go/imgui"
)

// drawLog is what the program has said.
func (p *Panel) drawLog() {
	mistakes := 0
	for _, line := range p.m.Log {
		if line.Error {
			mistakes++
		}
	}
	label := "Messages"
	if mistakes > 0 {
		label += " (" + strconv.Itoa(mistakes) + ")"
	}
	if !p.section("log", label, false) {
		return
	}
	imgui.PushStyleColorVec4(imgui.ColChildBg, paint(p.colours.field, 1))
	imgui.PushStyleVarVec2(imgui.StyleVarWindowPadding, p.vec(8, 6))
	imgui.PushFont(p.fixed, 13)
	imgui.BeginChildStrV("messages", imgui.Vec2{Y: 150 * p.scale}, imgui.ChildFlagsAlwaysUseWindowPadding, imgui.WindowFlagsHorizontalScrollbar|imgui.WindowFlagsNoNav)
	imgui.PushStyleVarVec2(imgui.StyleVarItemSpacing, imgui.Vec2{})
	last := ""
	for _, line := range p.m.Log {
		rgb := p.colours.text
		if line.Error {
			rgb = p.colours.bad
		}
		imgui.PushStyleColorVec4(imgui.ColText, paint(rgb, 1))
		imgui.TextUnformatted(line.Text)
		imgui.PopStyleColor()
		last = line.Text
	}
	if key := strconv.Itoa(len(p.m.Log)) + last; key != p.follow {
		p.follow = key
		imgui.SetScrollHereYV(1)
	}
	imgui.PopStyleVar()
	p.noteWindow("messages")
	imgui.EndChild()
	imgui.PopFont()
	imgui.PopStyleVar()
	imgui.PopStyleColor()
	if p.button("clear", "Clear", 0, "Forgets the messages") {
		p.want(ClearLog{})
	}
	if p.m.About != "" {
		p.wrapped(p.m.About, p.colours.quiet)
	}
}

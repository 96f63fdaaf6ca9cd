//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
)

// drawScenes is the list of scenes with its search.
func (p *Panel) drawScenes() {
	if !p.section("scenes", "Scenes", true) {
		return
	}
	imgui.SetNextItemWidth(room())
	imgui.InputTextWithHint("##search", "Search", &p.search, 0, nil)
	p.note("search")
	var found []SceneItem
	for _, s := range p.m.Scenes {
		if matches(p.search, s.Title, s.Name, s.Description) {
			found = append(found, s)
		}
	}
	rows := float32(min(max(len(found), 1), 6))
	line := imgui.TextLineHeight() + 6*p.scale
	imgui.PushStyleColorVec4(imgui.ColChildBg, paint(p.colours.raised, 1))
	imgui.PushStyleVarVec2(imgui.StyleVarWindowPadding, p.vec(6, 4))
	imgui.PushStyleVarVec2(imgui.StyleVarItemSpacing, p.vec(8, 6))
	imgui.BeginChildStrV("scene list", imgui.Vec2{Y: rows*line + 3*p.scale}, imgui.ChildFlagsAlwaysUseWindowPadding, imgui.WindowFlagsNoNav)
	p.noteWindow("scene list")
	for i, s := range found {
		if i > 0 && s.Path == "" && found[i-1].Path != "" {
			imgui.Separator()
		}
		if imgui.SelectableBoolV(p.fit(s.Title, room())+"##"+s.Path+":"+s.Name, s.Open, 0, imgui.Vec2{}) {
			if s.Path != "" {
				p.want(OpenFile{s.Path})
			} else {
				p.want(Open{s.Name})
			}
		}
		p.note("scene:" + s.Name)
		p.tip(s.Description)
	}
	if len(found) == 0 {
		p.quiet("No scene has that in it")
	}
	imgui.EndChild()
	imgui.PopStyleVarV(2)
	imgui.PopStyleColor()
	each := (room() - 2*8*p.scale) / 3
	if p.button("open file", "Open…", each, "A scene file of your own (Ctrl-O)") {
		p.opening, p.naming = true, false
	}
	imgui.SameLine()
	if p.button("save file", "Save", each, "With what you have changed, comments kept (Ctrl-S)") {
		p.want(Save{})
	}
	imgui.SameLine()
	if p.button("save as", "Save as…", each, "Into another file") {
		p.opening, p.naming = true, true
	}
	p.sectionEnd()
}

// matches tells whether each word of a search is in one of the texts.
func matches(search string, texts ...string) bool {
	for _, word := range strings.Fields(strings.ToLower(search)) {
		in := false
		for _, t := range texts {
			in = in || strings.Contains(strings.ToLower(t), word)
		}
		if !in {
			return false
		}
	}
	return true
}

//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"path/filepath"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
)

// drawOpening is the dialog for opening a file, or for naming a new one.
func (p *Panel) drawOpening() {
	if p.opening {
		p.opening, p.opened, p.listed = false, true, ""
		p.want(List{})
	}
	if !p.opened {
		return
	}
	k, f := p.scale, p.place
	width, height := min(460*k, f.width-16*k), min(400*k, f.height-16*k)
	at((f.width-width)/2, (f.height-height)/2, width, height)
	p.pushDialog()
	open := imgui.BeginV("files", nil, (fixed|imgui.WindowFlagsNoScrollbar)&^imgui.WindowFlagsNoBringToFrontOnFocus)
	p.popDialog()
	if open {
		p.noteWindow("files")
		p.drawFiles()
	}
	imgui.End()
}

// pushDialog makes the next window one that lies over the others.
func (p *Panel) pushDialog() {
	imgui.SetNextWindowFocus()
	imgui.PushStyleVarFloat(imgui.StyleVarWindowRounding, 8*p.scale)
	imgui.PushStyleVarFloat(imgui.StyleVarWindowBorderSize, 1)
	imgui.PushStyleVarVec2(imgui.StyleVarWindowPadding, p.vec(16, 14))
	imgui.PushStyleColorVec4(imgui.ColWindowBg, paint(p.colours.raised, 1))
}

func (p *Panel) popDialog() {
	imgui.PopStyleColor()
	imgui.PopStyleVarV(3)
}

func (p *Panel) drawFiles() {
	folder := p.m.Folder
	if p.listed != folder.Path {
		p.path, p.listed = folder.Path+string(filepath.Separator), folder.Path
	}
	title, word := "Open a scene", "Open"
	if p.naming {
		title, word = "Save the scene as", "Save"
	}
	imgui.PushFont(p.heading, 17)
	imgui.TextUnformatted(title)
	imgui.PopFont()
	imgui.SetNextItemWidth(room())
	entered := imgui.InputTextWithHint("##path", "path of a .toml file", &p.path, imgui.InputTextFlagsEnterReturnsTrue, nil)
	p.note("path")
	below := imgui.FrameHeightWithSpacing() + 4*p.scale
	imgui.PushStyleColorVec4(imgui.ColChildBg, paint(p.colours.field, 1))
	imgui.PushStyleVarVec2(imgui.StyleVarWindowPadding, p.vec(8, 6))
	imgui.BeginChildStrV("entries", imgui.Vec2{Y: -below}, imgui.ChildFlagsAlwaysUseWindowPadding, imgui.WindowFlagsNoNav)
	p.noteWindow("entries")
	if folder.Error != "" {
		p.wrapped(folder.Error, p.colours.bad)
	}
	if imgui.SelectableBoolV("..", false, 0, imgui.Vec2{}) {
		p.want(List{filepath.Dir(folder.Path)})
	}
	p.note("entry:..")
	for _, e := range folder.Entries {
		label := e.Name
		if e.Folder {
			label += "/"
		}
		full := filepath.Join(folder.Path, e.Name)
		if imgui.SelectableBoolV(label, p.path == full, imgui.SelectableFlagsAllowDoubleClick, imgui.Vec2{}) {
			switch {
			case e.Folder:
				p.want(List{full})
			case imgui.IsMouseDoubleClicked(imgui.MouseButtonLeft) && !p.naming:
				p.path, entered = full, true
			default:
				p.path = full
			}
		}
		p.note("entry:" + e.Name)
	}
	imgui.EndChild()
	imgui.PopStyleVar()
	imgui.PopStyleColor()
	wide := 90 * p.scale
	if p.button("cancel", "Cancel", wide, "") {
		p.Close()
	}
	if p.m.Dialogs && !p.naming {
		imgui.SameLine()
		if p.button("browse", "Browse…", wide, "The system's own dialog") {
			p.want(Browse{})
			p.Close()
		}
	}
	imgui.SameLine()
	imgui.SetCursorPosX(imgui.CursorPosX() + room() - wide)
	name := strings.TrimSpace(p.path)
	isFile := name != "" && !strings.HasSuffix(name, string(filepath.Separator))
	imgui.BeginDisabledV(!isFile)
	if p.strong("accept", word, wide, "") {
		entered = true
	}
	imgui.EndDisabled()
	if !entered || !isFile {
		return
	}
	if p.naming {
		p.want(Save{name})
	} else {
		p.want(OpenFile{name})
	}
	p.Close()
}

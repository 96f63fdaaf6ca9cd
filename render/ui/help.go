//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"github.com/AllenDang/cimgui-go/imgui"
)

// drawHelp is the keys, over everything.
func (p *Panel) drawHelp() {
	k, f := p.scale, p.place
	keys := p.m.Keys
	columns := 1
	line := imgui.TextLineHeight() + 6*k
	if float32(len(keys))*line+90*k > f.height && f.width > 620*k {
		columns = 2
	}
	width := min(float32(columns)*420*k, f.width-16*k)
	rows := (len(keys) + columns - 1) / columns
	height := min(float32(rows)*line+84*k, f.height-16*k)
	at((f.width-width)/2, (f.height-height)/2, width, height)
	p.pushDialog()
	open := imgui.BeginV("keys", nil, fixed&^imgui.WindowFlagsNoBringToFrontOnFocus)
	p.popDialog()
	if open {
		p.noteWindow("keys")
		imgui.PushFont(p.heading, 17)
		imgui.TextUnformatted("Keys and mouse")
		imgui.PopFont()
		imgui.SameLine()
		imgui.SetCursorPosX(imgui.CursorPosX() + room() - 70*k)
		if p.button("close help", "Close", 70*k, "F1 or Escape does, too") {
			p.help = false
		}
		p.drawKeys(keys, columns, rows, line)
	}
	imgui.End()
}

func (p *Panel) drawKeys(keys [][2]string, columns, rows int, line float32) {
	start := imgui.CursorScreenPos()
	width := room() / float32(columns)
	list := imgui.WindowDrawList()
	widest := float32(0)
	for _, key := range keys {
		widest = max(widest, imgui.CalcTextSize(key[0]).X)
	}
	widest = min(widest+16*p.scale, width/2)
	for i, key := range keys {
		at := imgui.Vec2{X: start.X + width*float32(i/rows), Y: start.Y + line*float32(i%rows) + 6*p.scale}
		list.AddTextVec2(at, packed(p.colours.accent), p.fit(key[0], widest-8*p.scale))
		list.AddTextVec2(imgui.Vec2{X: at.X + widest, Y: at.Y}, packed(p.colours.text), p.fit(key[1], width-widest-10*p.scale))
	}
	imgui.Dummy(imgui.Vec2{X: room(), Y: line*float32(rows) + 6*p.scale})
}

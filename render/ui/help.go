//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"github.com/AllenDang/cimgui-go/imgui"
)

// drawHelp is the keys, over everything.
func (p *Panel) drawHelp() {
	k, f := p.scale, p.place
	keys := p.m.Keys
	var widest [2]float32 // of the keys, and of what they do
	for _, key := range keys {
		for i, text := range key {
			widest[i] = max(widest[i], imgui.CalcTextSize(text).X)
		}
	}
	whole := widest[0] + widest[1] + 32*k
	columns, most := 1, f.width-48*k
	line := imgui.TextLineHeight() + 6*k
	if float32(len(keys))*line+90*k > f.height && most > 560*k {
		columns = 2
	}
	width := min(float32(columns)*whole, most)
	rows := (len(keys) + columns - 1) / columns
	height := min(p.tallest(keys, rows, width/float32(columns)-widest[0]-32*k)+76*k, f.height-16*k)
	at((f.width-width)/2-16*k, (f.height-height)/2, width+32*k, height)
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
		p.drawKeys(keys, rows, room()/float32(columns), widest[0])
	}
	imgui.End()
}

// rowHeight is that of what a key does, written over as many lines as it takes.
func (p *Panel) rowHeight(text string, width float32) float32 {
	return imgui.CalcTextSizeV(text, false, width).Y + 6*p.scale
}

// tallest is the height of the tallest column.
func (p *Panel) tallest(keys [][2]string, rows int, width float32) float32 {
	tallest, height := float32(0), float32(0)
	for i, key := range keys {
		if i%rows == 0 {
			height = 0
		}
		height += p.rowHeight(key[1], width)
		tallest = max(tallest, height)
	}
	return tallest
}

func (p *Panel) drawKeys(keys [][2]string, rows int, width, first float32) {
	start := imgui.CursorScreenPos()
	list, k := imgui.WindowDrawList(), p.scale
	wrap := width - first - 32*k
	everywhere := imgui.Vec4{Z: p.place.width, W: p.place.height} // the binding wants some rectangle
	y, lowest := start.Y, start.Y
	for i, key := range keys {
		if i%rows == 0 {
			y = start.Y + 6*k
		}
		x := start.X + width*float32(i/rows)
		list.AddTextVec2(imgui.Vec2{X: x, Y: y}, packed(p.colours.accent), key[0])
		list.AddTextFontPtrV(p.regular, imgui.FontSize(), imgui.Vec2{X: x + first + 16*k, Y: y}, packed(p.colours.text), key[1], wrap, &everywhere)
		y += p.rowHeight(key[1], wrap)
		lowest = max(lowest, y)
	}
	imgui.Dummy(imgui.Vec2{X: 1, Y: lowest - start.Y})
}

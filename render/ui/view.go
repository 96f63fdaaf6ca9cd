//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
)

// drawView is how the scene is shown.
func (p *Panel) drawView() {
	if !p.section("view", "View", true) {
		return
	}
	for i := range p.m.ViewParams {
		if q := &p.m.ViewParams[i]; strings.HasPrefix(q.Path, "view.") {
			p.param(q)
		}
	}
	for _, c := range p.m.View {
		p.choice(c)
	}
	p.drawRange()
	for i := range p.m.ViewParams {
		if q := &p.m.ViewParams[i]; !strings.HasPrefix(q.Path, "view.") {
			p.param(q)
		}
	}
	p.row("Panel", "The colours of the panel itself.")
	if theme, changed := p.pick("theme", p.layout.Theme, Themes, nil); changed {
		p.layout.Theme = theme
	}
	each := (room() - 2*8*p.scale) / 3
	if p.button("home", "Home", each, "The scene's own view again (Home)") {
		p.act("home")
	}
	imgui.SameLine()
	if p.button("capture", "Picture", each, "Save a picture, without the panel (C)") {
		p.act("capture")
	}
	imgui.SameLine()
	if p.button("fullscreen", "Full screen", each, "And back (F)") {
		p.act("fullscreen")
	}
	p.sectionEnd()
}

// choice is a row with a list to choose from.
func (p *Panel) choice(c Choice) {
	p.row(c.Label, c.Help)
	if value, changed := p.pick(c.Name, c.Value, c.Values, c.Labels); changed {
		p.want(Choose{c.Name, value})
	}
	p.tip(c.Help)
}

// drawRange is the colour map with the values at its ends.
func (p *Panel) drawRange() {
	r := p.m.Range
	if !r.Shown {
		return
	}
	width, height := room(), 10*p.scale
	low := imgui.CursorScreenPos()
	list := imgui.WindowDrawList()
	for i := 0; i+1 < len(r.Colours); i++ {
		n := float32(len(r.Colours) - 1)
		a, b := packedOf(r.Colours[i]), packedOf(r.Colours[i+1])
		list.AddRectFilledMultiColor(
			imgui.Vec2{X: low.X + width*float32(i)/n, Y: low.Y}, imgui.Vec2{X: low.X + width*float32(i+1)/n, Y: low.Y + height}, a, b, b, a)
	}
	imgui.Dummy(imgui.Vec2{X: width, Y: height})
	p.note("colour map")
	p.row("Range", "The values at the ends of the colour map. Automatic: a range that suits the scene from its beginning to its end.")
	auto := r.Auto
	if imgui.Checkbox("automatic##range", &auto) {
		p.want(SetRange{auto, r.Low, r.High})
	}
	p.note("range auto")
	ends := [2]float32{float32(r.Low), float32(r.High)}
	if p.edit.path == "range" {
		ends = [2]float32{p.edit.numbers[0], p.edit.numbers[1]}
	}
	p.row("From, to", "Drag to change, Ctrl and click to write.")
	imgui.SetNextItemWidth(room())
	q := &Param{Path: "range", Unit: r.Unit}
	changed := imgui.DragFloat2V("##range", &ends, float32(r.High-r.Low)/200+1e-6, 0, 0, strings.Replace(pattern(q), "%.6g", "%.4g", 1), 0)
	p.note("range")
	if changed {
		p.edit = edit{path: "range", numbers: [3]float32{ends[0], ends[1]}}
		if ends[0] < ends[1] {
			p.want(SetRange{false, exact(ends[0]), exact(ends[1])})
		}
	}
	if p.edit.path == "range" && !imgui.IsItemActive() {
		p.edit = edit{}
	}
}

func packedOf(c [3]float64) uint32 {
	return packed(uint32(c[0]*255+0.5)<<16 | uint32(c[1]*255+0.5)<<8 | uint32(c[2]*255+0.5))
}

//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
)

// drawTools is what reaches into the water: a list that others fill.
func (p *Panel) drawTools() {
	m := p.m
	if len(m.Tools) == 0 || !p.section("tools", "Hands in the water", true) {
		return
	}
	gap := 6 * p.scale
	columns := 3
	if room() < 240*p.scale {
		columns = 2
	}
	each := (room() - gap*float32(columns-1)) / float32(columns)
	help := ""
	for i, t := range m.Tools {
		if i%columns > 0 {
			imgui.SameLineV(0, gap)
		}
		chosen := t.Name == m.Tool
		tip := t.Help
		if t.Key != "" {
			tip += " (" + t.Key + ")"
		}
		pressed := false
		label := p.fit(t.Label, each-12*p.scale)
		if chosen {
			help = t.Help
			pressed = p.strong("tool:"+t.Name, label, each, tip)
		} else {
			pressed = p.button("tool:"+t.Name, label, each, tip)
		}
		if pressed {
			p.want(UseTool{t.Name})
		}
	}
	if help != "" {
		p.wrapped(help, p.colours.quiet)
	}
	p.amount("radius", "Radius", m.Radius, func(v float64) { p.want(SetTool{v, m.Strength.Value}) })
	p.amount("strength", "Strength", m.Strength, func(v float64) { p.want(SetTool{m.Radius.Value, v}) })
	p.sectionEnd()
}

// amount is a slider for something that is no parameter of the scene.
func (p *Panel) amount(name, label string, a Amount, set func(float64)) {
	if !(a.Low < a.High) {
		return
	}
	p.row(label, a.Help)
	imgui.SetNextItemWidth(room())
	v := float32(a.Value)
	if p.filled(name, &v, float32(a.Low), float32(a.High), strings.Replace(pattern(&Param{Unit: a.Unit}), "%.6g", "%.3g", 1), false) {
		set(exact(v))
	}
	p.tip(a.Help)
}

//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"fmt"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/cimgui-go/implot"
)

// palette is the colours of a theme; 0xrrggbb.
type palette struct {
	ground, raised, field, fieldHot, fieldHeld uint32 // backgrounds
	line                                       uint32
	text, quiet, onAccent                      uint32
	accent, accentHot                          uint32
	bad, good, warm                            uint32
	curves                                     []uint32
}

var palettes = map[string]palette{
	"dark": {
		ground: 0x15191f, raised: 0x1b2027, field: 0x262c35, fieldHot: 0x303844, fieldHeld: 0x3a4452,
		line: 0x2a313b, text: 0xe6eaf0, quiet: 0x98a3b3, onAccent: 0x06151f,
		accent: 0x4aa8e0, accentHot: 0x6bbcec, bad: 0xff8a7a, good: 0x6fcf97, warm: 0xf0b45c,
		curves: []uint32{0x4aa8e0, 0xf0b45c, 0x6fcf97, 0xd98be0, 0xff8a7a, 0x9db2c9},
	},
	"light": {
		ground: 0xf4f6f8, raised: 0xffffff, field: 0xe4e8ed, fieldHot: 0xd8dee5, fieldHeld: 0xc9d1da,
		line: 0xd5dbe2, text: 0x1c2530, quiet: 0x566374, onAccent: 0xffffff,
		accent: 0x1c75b3, accentHot: 0x165f93, bad: 0xb3261e, good: 0x1f7a4a, warm: 0x9a5b00,
		curves: []uint32{0x1c75b3, 0xb56a00, 0x1f7a4a, 0x8a3ea1, 0xb3261e, 0x566374},
	},
}

// paint is a colour as Dear ImGui takes it.
func paint(rgb uint32, alpha float32) imgui.Vec4 {
	return imgui.Vec4{X: float32(rgb>>16&255) / 255, Y: float32(rgb>>8&255) / 255, Z: float32(rgb&255) / 255, W: alpha}
}

// packed is a colour as its lists of triangles take it.
func packed(rgb uint32) uint32 { return 0xff000000 | rgb&255<<16 | rgb&0xff00 | rgb>>16&255 }

// style suits everything to theme and scale, when one of them has changed.
func (p *Panel) style() {
	want := fmt.Sprint(p.layout.Theme, p.scale)
	if p.styled == want {
		return
	}
	p.styled = want
	c, known := palettes[p.layout.Theme]
	if !known {
		c = palettes[Themes[0]]
	}
	p.colours = c
	s := imgui.CurrentStyle()
	k := p.scale
	s.SetFontSizeBase(textSize)
	s.SetFontScaleDpi(k)
	s.SetWindowPadding(p.vec(12, 10))
	s.SetFramePadding(p.vec(8, 4))
	s.SetItemSpacing(p.vec(8, 6))
	s.SetItemInnerSpacing(p.vec(6, 4))
	s.SetCellPadding(p.vec(4, 3))
	s.SetIndentSpacing(14 * k)
	s.SetScrollbarSize(12 * k)
	s.SetScrollbarPadding(3 * k)
	s.SetGrabMinSize(10 * k)
	for _, set := range []func(float32){s.SetFrameRounding, s.SetGrabRounding, s.SetPopupRounding, s.SetScrollbarRounding, s.SetChildRounding, s.SetTabRounding} {
		set(5 * k)
	}
	s.SetWindowRounding(0)
	s.SetWindowBorderSize(0)
	s.SetPopupBorderSize(1)
	s.SetFrameBorderSize(0)
	s.SetChildBorderSize(1)
	s.SetLogSliderDeadzone(4 * k)
	s.SetDisabledAlpha(0.45)
	s.SetHoverStationaryDelay(0.1)
	s.SetHoverDelayNormal(0.35)
	colours := s.Colors()
	for col, rgb := range map[imgui.Col]uint32{
		imgui.ColText: c.text, imgui.ColTextDisabled: c.quiet, imgui.ColWindowBg: c.ground, imgui.ColPopupBg: c.raised,
		imgui.ColBorder: c.line, imgui.ColFrameBg: c.field, imgui.ColFrameBgHovered: c.fieldHot, imgui.ColFrameBgActive: c.fieldHeld,
		imgui.ColScrollbarGrab: c.fieldHot, imgui.ColScrollbarGrabHovered: c.fieldHeld, imgui.ColScrollbarGrabActive: c.quiet,
		imgui.ColCheckMark: c.accent, imgui.ColSliderGrab: c.accent, imgui.ColSliderGrabActive: c.accentHot,
		imgui.ColButton: c.field, imgui.ColButtonHovered: c.fieldHot, imgui.ColButtonActive: c.fieldHeld,
		imgui.ColHeader: c.field, imgui.ColHeaderHovered: c.fieldHot, imgui.ColHeaderActive: c.fieldHeld,
		imgui.ColSeparator: c.line, imgui.ColSeparatorHovered: c.accent, imgui.ColSeparatorActive: c.accent,
		imgui.ColTitleBg: c.ground, imgui.ColTitleBgActive: c.ground, imgui.ColTitleBgCollapsed: c.ground,
		imgui.ColTableBorderLight: c.line, imgui.ColTableBorderStrong: c.line, imgui.ColInputTextCursor: c.text,
		imgui.ColNavCursor: c.accent, imgui.ColTextLink: c.accent,
	} {
		colours[col] = paint(rgb, 1)
	}
	colours[imgui.ColTextSelectedBg] = paint(c.accent, 0.35)
	colours[imgui.ColScrollbarBg] = paint(c.ground, 0)
	colours[imgui.ColChildBg] = paint(c.ground, 0)
	colours[imgui.ColModalWindowDimBg] = paint(0, 0.45)
	s.SetColors(&colours)
	p.stylePlots()
}

func (p *Panel) stylePlots() {
	c, s := p.colours, implot.GetStyle()
	colours := s.Colors()
	for col, rgb := range map[implot.Col]uint32{
		implot.ColPlotBg: c.field, implot.ColPlotBorder: c.line, implot.ColLegendText: c.text, implot.ColTitleText: c.text,
		implot.ColInlayText: c.text, implot.ColAxisText: c.quiet, implot.ColAxisGrid: c.quiet, implot.ColAxisTick: c.line, implot.ColCrosshairs: c.quiet,
	} {
		colours[col] = paint(rgb, 1)
	}
	colours[implot.ColFrameBg] = paint(c.ground, 0)
	colours[implot.ColLegendBg] = paint(c.raised, 0.85)
	colours[implot.ColLegendBorder] = paint(c.line, 0)
	colours[implot.ColAxisGrid] = paint(c.quiet, 0.25)
	s.SetColors(&colours)
	s.SetPlotPadding(p.vec(2, 4))
	s.SetLabelPadding(p.vec(4, 3))
	s.SetLegendPadding(p.vec(4, 4))
	s.SetLegendInnerPadding(p.vec(4, 2))
	s.SetLineWeight(1.6 * p.scale)
	s.SetPlotMinSize(p.vec(60, 40))
	s.SetPlotBorderSize(0)
	s.SetMinorAlpha(0.2)
}

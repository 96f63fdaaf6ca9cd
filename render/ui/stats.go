//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"fmt"
	"math"

	"github.com/AllenDang/cimgui-go/imgui"
	"github.com/AllenDang/cimgui-go/implot"
)

// drawStats is numbers about the run, what a frame costs, and how both went.
func (p *Panel) drawStats() {
	if !p.section("stats", "Statistics", false) {
		return
	}
	p.table("facts", len(p.m.Facts), func(i int) (string, string, string) {
		f := p.m.Facts[i]
		return f.Name, f.Value, f.Help
	})
	p.drawPasses("A frame on the graphics device", p.m.Passes)
	p.drawPasses("One step of the simulation there", p.m.Steps)
	for _, s := range p.m.Series {
		p.plot(s)
	}
	p.sectionEnd()
}

// table is two columns: names, and values at the right.
func (p *Panel) table(name string, rows int, row func(int) (label, value, help string)) {
	for i := range rows {
		label, value, help := row(i)
		width := imgui.CalcTextSize(value).X
		start, all := imgui.CursorPosX(), room()
		p.quiet(p.fit(label, all-width-12*p.scale))
		p.tip(help)
		imgui.SameLine()
		imgui.SetCursorPosX(start + all - width)
		imgui.TextUnformatted(value)
		p.note(name + ":" + label)
	}
}

// drawPasses is a bar for each part of something, as long as its share.
func (p *Panel) drawPasses(title string, passes []PassTime) {
	if len(passes) == 0 {
		return
	}
	imgui.Spacing()
	p.quiet(title)
	most := 0.0
	for _, each := range passes {
		most = math.Max(most, each.Milliseconds)
	}
	for _, each := range passes {
		low, width := imgui.CursorScreenPos(), room()
		height := imgui.TextLineHeight() + 4*p.scale
		part := float32(each.Milliseconds / math.Max(most, 1e-9))
		list := imgui.WindowDrawList()
		list.AddRectFilledV(low, imgui.Vec2{X: low.X + width*part, Y: low.Y + height}, packed(p.colours.field), 3*p.scale, 0)
		value := fmt.Sprintf("%.2f ms", each.Milliseconds)
		size := imgui.CalcTextSize(value).X
		list.AddTextVec2(imgui.Vec2{X: low.X + 6*p.scale, Y: low.Y + 2*p.scale}, packed(p.colours.text), p.fit(each.Name, width-size-24*p.scale))
		list.AddTextVec2(imgui.Vec2{X: low.X + width - size - 6*p.scale, Y: low.Y + 2*p.scale}, packed(p.colours.text), value)
		imgui.Dummy(imgui.Vec2{X: width, Y: height})
		p.note("pass:" + each.Name)
	}
}

// plot is curves over time.
func (p *Panel) plot(s Series) {
	if len(s.Curves) == 0 {
		return
	}
	imgui.Spacing()
	title := s.Title
	if s.Unit != "" {
		title += " [" + s.Unit + "]"
	}
	imgui.TextUnformatted(p.fit(title, room()))
	flags := implot.FlagsNoTitle | implot.FlagsNoMenus | implot.FlagsNoBoxSelect | implot.FlagsNoMouseText | implot.FlagsNoInputs
	if len(s.Curves) == 1 {
		flags |= implot.FlagsNoLegend
	}
	imgui.PushFont(p.regular, 12)
	defer imgui.PopFont()
	if !implot.BeginPlotV("##"+s.Title, imgui.Vec2{X: room(), Y: 104 * p.scale}, flags) {
		return
	}
	axis := implot.AxisFlagsNoLabel | implot.AxisFlagsNoTickMarks | implot.AxisFlagsNoHighlight
	implot.SetupAxesV("", "", axis, axis)
	low, high := extent(s)
	implot.SetupAxisLimitsV(implot.AxisY1, low, high, implot.CondAlways)
	if n := len(s.Times); n > 0 {
		from, to := float64(s.Times[0]), float64(s.Times[n-1])
		implot.SetupAxisLimitsV(implot.AxisX1, from, math.Max(to, from+1e-3), implot.CondAlways)
	}
	if s.Factors {
		implot.SetupAxisScalePlotScale(implot.AxisY1, implot.ScaleLog10)
	}
	implot.SetupLegendV(implot.LocationNorthWest, implot.LegendFlagsNoButtons|implot.LegendFlagsNoMenus)
	for i, c := range s.Curves {
		n := min(len(s.Times), len(c.Values))
		if n == 0 {
			continue
		}
		implot.SetNextLineStyleV(paint(p.colours.curves[i%len(p.colours.curves)], 1), 1.6*p.scale)
		implot.PlotLineFloatPtrFloatPtrV(c.Name, &s.Times[0], &c.Values[0], int32(n), 0, 0, 4)
	}
	implot.EndPlot()
	p.note("plot:" + s.Title)
}

// extent is the range of the values that a plot shows, with some air.
func extent(s Series) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, c := range s.Curves {
		for _, v := range c.Values {
			f := float64(v)
			if math.IsNaN(f) || math.IsInf(f, 0) || s.Factors && f <= 0 {
				continue
			}
			low, high = math.Min(low, f), math.Max(high, f)
		}
	}
	if low > high {
		low, high = 0, 1
		if s.Factors {
			low = 0.1
		}
		return low, high
	}
	if s.Factors {
		return low / 1.5, high * 1.5
	}
	air := math.Max((high-low)*0.1, math.Max(math.Abs(high), 1e-6)*0.01)
	return low - air, high + air
}

// drawProbes is what the gauges of the scene read.
func (p *Panel) drawProbes() {
	if !p.section("probes", "Gauges", false) {
		return
	}
	if len(p.m.Probes) == 0 {
		p.wrapped("This scene has no gauges. A [[probe]] table in its file makes one.", p.colours.quiet)
		return
	}
	for _, s := range p.m.Probes {
		p.plot(s)
	}
	p.sectionEnd()
}

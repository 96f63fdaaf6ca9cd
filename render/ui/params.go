//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"math"
	"strconv"
	"strings"

	"github.com/AllenDang/cimgui-go/imgui"
)

// drawMain is the groups of parameters that are open from the start, drawRest the
// others, below everything else.
func (p *Panel) drawMain() { p.drawParams(true) }
func (p *Panel) drawRest() { p.drawParams(false) }

// drawParams is a section for each group of parameters, all of them made from
// their descriptions.
func (p *Panel) drawParams(open bool) {
	for _, g := range p.m.Groups {
		if g.Open != open {
			continue
		}
		if !p.section("group:"+g.Name, g.Label, g.Open) {
			continue
		}
		p.rows(g.Params)
		p.sectionEnd()
	}
}

// rows are parameters, part by part.
func (p *Panel) rows(params []Param) {
	var part *Part
	open := true
	for i := range params {
		if q := &params[i]; q.Part != part {
			part, open = q.Part, true
			if part != nil {
				open = p.fold("part:"+part.Name, part.Label, part.Open, p.regular)
			}
		}
		if open {
			p.param(&params[i])
		}
	}
}

// param is one row: name, control, and a dot that resets it.
func (p *Panel) param(q *Param) {
	imgui.PushIDStr(q.Path)
	wide := q.Kind == Vector || q.Kind == Text || q.Kind == Marks
	dot := 18 * p.scale
	label := p.labelled(q.Label, wide, p.helpFor(q))
	if wide {
		dot = 18 * p.scale
	}
	_ = label
	imgui.SetNextItemWidth(room() - dot - 4*p.scale)
	p.control(q)
	if q.Kind != Marks {
		p.tip(p.helpFor(q))
	}
	if q.Changed {
		imgui.SameLineV(0, 4*p.scale)
		if p.dot(q, dot) {
			p.want(Reset{q.Path})
		}
	}
	imgui.PopID()
}

// labelled writes the name of a row; what follows stands beside it, or below.
func (p *Panel) labelled(label string, wide bool, help string) float32 {
	width := float32(math.Floor(float64(room() * 0.42)))
	if wide {
		width = room()
	}
	start := imgui.CursorPosX()
	imgui.AlignTextToFramePadding()
	p.quiet(p.fit(label, width-6*p.scale))
	p.tip(help)
	if !wide {
		imgui.SameLine()
		imgui.SetCursorPosX(start + width)
	} else {
		imgui.SetCursorPosY(imgui.CursorPosY() - 4*p.scale)
	}
	return width
}

// row is labelled for something that is no parameter.
func (p *Panel) row(label, help string) { p.labelled(label, false, help) }

func (p *Panel) helpFor(q *Param) string {
	text := q.Help
	if q.Restart {
		text += "\n\nA change starts the fluid again."
	}
	if q.Changed && q.File != "" {
		text += "\n\nIn the file: " + q.File
	}
	return text
}

// dot is the mark of a value that was changed; pressing it takes that back.
func (p *Panel) dot(q *Param, size float32) bool {
	height := imgui.FrameHeight()
	pressed := imgui.InvisibleButton("reset", imgui.Vec2{X: size, Y: height})
	low, high := imgui.ItemRectMin(), imgui.ItemRectMax()
	colour := p.colours.accent
	if imgui.IsItemHovered() {
		colour = p.colours.accentHot
		imgui.SetMouseCursor(imgui.MouseCursorHand)
	}
	iconBack(imgui.WindowDrawList(), imgui.Vec2{X: (low.X + high.X) / 2, Y: (low.Y + high.Y) / 2}, 14*p.scale, packed(colour), p.scale)
	p.note("reset:" + q.Path)
	help := "Back to what the file says"
	if q.File != "" {
		help += ": " + q.File
	}
	p.tip(help)
	return pressed
}

func (p *Panel) control(q *Param) {
	switch q.Kind {
	case Number, Integer:
		p.slider(q)
	case Vector:
		p.vector(q)
	case Text:
		p.text(q)
	case Pick:
		width := room() - 22*p.scale
		imgui.SetNextItemWidth(width)
		p.pickParam(q)
	case Switch:
		on := q.On
		if imgui.Checkbox("##"+q.Path, &on) {
			p.want(Set{q.Path, on, true})
		}
		p.note(q.Path)
	case Colour:
		p.colour(q)
	case Marks:
		p.marks(q)
	}
}

// pattern is how a number is written in its control.
func pattern(q *Param) string {
	digits := "%.6g"
	if q.Kind == Integer {
		digits = "%.0f"
	}
	if q.Unit == "" {
		return digits
	}
	return digits + " " + strings.ReplaceAll(q.Unit, "%", "%%")
}

func (p *Panel) slider(q *Param) {
	v := float32(0)
	if len(q.Numbers) > 0 {
		v = float32(q.Numbers[0])
	}
	if p.edit.path == q.Path {
		v = p.edit.numbers[0]
	}
	changed := p.filled(q.Path, &v, float32(q.Low), float32(q.High), pattern(q), q.Factors)
	p.edited(q, changed, [3]float32{v}, func() any {
		value := exact(v)
		if q.Kind == Integer {
			value = math.Round(value)
		}
		return value
	})
}

// filled is a slider that is a field filled up to its value: no handle covers the
// number. What is dragged has three digits, what is written is taken as it is.
func (p *Panel) filled(name string, v *float32, low, high float32, format string, factors bool) bool {
	at, width, height := imgui.CursorScreenPos(), imgui.CalcItemWidth(), imgui.FrameHeight()
	list, c := imgui.WindowDrawList(), p.colours
	end := imgui.Vec2{X: at.X + width, Y: at.Y + height}
	list.AddRectFilledV(at, end, packed(c.field), 5*p.scale, 0)
	if part := share(*v, low, high, factors); part > 0 {
		list.PushClipRectV(at, imgui.Vec2{X: at.X + width*part, Y: end.Y}, true)
		list.AddRectFilledV(at, end, packed(mix(c.field, c.accent, 0.55)), 5*p.scale, 0)
		list.PopClipRect()
	}
	flags := imgui.SliderFlagsNoRoundToFormat
	if factors {
		flags |= imgui.SliderFlagsLogarithmic
	}
	for _, col := range []imgui.Col{imgui.ColFrameBg, imgui.ColFrameBgHovered, imgui.ColFrameBgActive, imgui.ColSliderGrab, imgui.ColSliderGrabActive} {
		alpha := float32(0)
		if p.io.WantTextInput() && col == imgui.ColFrameBg {
			alpha = 1
		}
		imgui.PushStyleColorVec4(col, paint(c.field, alpha))
	}
	changed := imgui.SliderFloatV("##"+name, v, low, high, format, flags)
	imgui.PopStyleColorV(5)
	p.note(name)
	if imgui.IsItemHovered() || imgui.IsItemActive() {
		list.AddRectV(at, end, packed(mix(c.field, c.accent, 0.8)), 5*p.scale, 0, 1)
	}
	if changed && !p.io.WantTextInput() {
		*v = rounded(*v, low, high)
	}
	return changed
}

// share is how far along its slider a value is, as Dear ImGui reckons it.
func share(v, low, high float32, factors bool) float32 {
	if !(low < high) {
		return 0
	}
	part := (v - low) / (high - low)
	if factors {
		low, high = max(low, sliderZero), max(high, sliderZero)
		part = float32(math.Log(float64(max(v, low)/low)) / math.Log(float64(high/low)))
	}
	return min(max(part, 0), 1)
}

// sliderZero is where Dear ImGui lets a slider that rises by factors begin instead of
// at nothing: at the last digit of its format.
const sliderZero = 1e-6

// rounded is a number of three digits, inside the range.
func rounded(v, low, high float32) float32 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(float64(v), 'g', 3, 32), 32)
	if err != nil {
		return v
	}
	return min(max(float32(short), low), high)
}

// exact is a number as it was meant: 0.1, not the float32 nearest to it.
func exact(v float32) float64 {
	value, err := strconv.ParseFloat(strconv.FormatFloat(float64(v), 'g', -1, 32), 64)
	if err != nil {
		return float64(v)
	}
	return value
}

// edited follows a control that is held: what may change live is told while it
// goes on, and the end of it in any case.
func (p *Panel) edited(q *Param, changed bool, now [3]float32, value func() any) {
	if changed {
		p.edit = edit{path: q.Path, numbers: now}
	}
	done := imgui.IsItemDeactivatedAfterEdit()
	if changed && !q.Restart && !done {
		p.want(Set{q.Path, value(), false})
	}
	if done {
		p.want(Set{q.Path, value(), true})
	}
	if p.edit.path == q.Path && !changed && !imgui.IsItemActive() {
		p.edit = edit{}
	}
}

func (p *Panel) vector(q *Param) {
	n := min(len(q.Numbers), 3)
	var v [3]float32
	for i := range n {
		v[i] = float32(q.Numbers[i])
	}
	if p.edit.path == q.Path {
		v = p.edit.numbers
	}
	speed := float32(math.Max(q.High-q.Low, 1e-3) / 400)
	changed := false
	if n == 2 {
		two := [2]float32{v[0], v[1]}
		changed = imgui.DragFloat2V("##"+q.Path, &two, speed, 0, 0, "%.4g", 0)
		v[0], v[1] = two[0], two[1]
	} else {
		changed = imgui.DragFloat3V("##"+q.Path, &v, speed, 0, 0, "%.4g", 0)
	}
	p.note(q.Path)
	p.edited(q, changed, v, func() any {
		out := make([]float64, n)
		for i := range out {
			out[i] = exact(v[i])
		}
		return out
	})
}

func (p *Panel) text(q *Param) {
	text := q.Text
	if p.edit.path == q.Path {
		text = p.edit.text
	}
	if imgui.InputTextWithHint("##"+q.Path, "", &text, 0, nil) {
		p.edit = edit{path: q.Path, text: text}
	}
	p.note(q.Path)
	if imgui.IsItemDeactivatedAfterEdit() {
		p.want(Set{q.Path, text, true})
	}
	if p.edit.path == q.Path && !imgui.IsItemActive() {
		p.edit = edit{}
	}
}

func (p *Panel) pickParam(q *Param) {
	open := imgui.BeginComboV("##"+q.Path, q.Text, imgui.ComboFlagsNone)
	p.note(q.Path)
	if !open {
		return
	}
	for _, each := range q.Choices {
		if imgui.SelectableBoolV(each, each == q.Text, 0, imgui.Vec2{}) && each != q.Text {
			p.want(Set{q.Path, each, true})
		}
		p.note(q.Path + "=" + each)
	}
	imgui.EndCombo()
}

func (p *Panel) colour(q *Param) {
	rgb, _ := strconv.ParseUint(strings.TrimPrefix(q.Text, "#"), 16, 32)
	v := [3]float32{float32(rgb>>16&255) / 255, float32(rgb>>8&255) / 255, float32(rgb&255) / 255}
	if p.edit.path == q.Path {
		v = p.edit.numbers
	}
	changed := imgui.ColorEdit3V("##"+q.Path, &v, imgui.ColorEditFlagsDisplayHex|imgui.ColorEditFlagsNoOptions)
	p.note(q.Path)
	p.edited(q, changed, v, func() any {
		out := uint64(0)
		for _, c := range v {
			out = out<<8 | uint64(math.Round(math.Min(math.Max(float64(c), 0), 1)*255))
		}
		return "#" + strconv.FormatUint(1<<24|out, 16)[1:]
	})
}

// marks is a row of switches, one for each word that may be in the list.
func (p *Panel) marks(q *Param) {
	for i, word := range q.Choices {
		if i > 0 {
			imgui.SameLineV(0, 10*p.scale)
			if room() < 40*p.scale {
				imgui.NewLine()
			}
		}
		on := contains(q.Names, word)
		if imgui.Checkbox(word+"##"+q.Path, &on) {
			var names []string
			for _, each := range q.Choices {
				if each == word && on || each != word && contains(q.Names, each) {
					names = append(names, each)
				}
			}
			p.want(Set{q.Path, names, true})
		}
		p.note(q.Path + "=" + word)
	}
}

func contains(list []string, word string) bool {
	for _, each := range list {
		if each == word {
			return true
		}
	}
	return false
}

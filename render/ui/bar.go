//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"fmt"
	"math"

	"github.com/AllenDang/cimgui-go/imgui"
)

// speeds that the bar offers.
var speeds = []float64{0.05, 0.1, 0.25, 0.5, 1, 2, 4}

// drawBar is the play controls and the time line, below the picture.
func (p *Panel) drawBar() {
	f, play := p.place, p.m.Play
	width := f.width - f.column
	at(0, f.height-f.bar, width, f.bar)
	imgui.PushStyleVarVec2(imgui.StyleVarWindowPadding, p.vec(10, 8))
	imgui.PushStyleVarVec2(imgui.StyleVarItemSpacing, p.vec(6, 6))
	if imgui.BeginV("bar", nil, fixed|imgui.WindowFlagsNoScrollbar|imgui.WindowFlagsNoScrollWithMouse) {
		p.noteWindow("bar")
		low := imgui.WindowPos()
		imgui.WindowDrawList().AddRectFilledV(low, imgui.Vec2{X: low.X + width, Y: low.Y + float32(math.Max(1, math.Round(float64(p.scale))))}, packed(p.colours.line), 0, 0)
		size := 30 * p.scale
		if p.iconButton("restart", iconRestart, size, true, "From the beginning (R)") {
			p.act("reset")
		}
		imgui.SameLine()
		sign, help := icon(iconPause), "Pause (Space)"
		if play.Paused {
			sign, help = iconPlay, "Go on (Space)"
		}
		if p.iconButton("play", sign, size, play.Fault == "", help) {
			p.act("pause")
		}
		imgui.SameLine()
		if p.iconButton("step", iconStep, size, play.Fault == "", "One step, then pause (.)") {
			p.act("step")
		}
		p.drawClock(width)
	}
	imgui.End()
	imgui.PopStyleVarV(2)
}

// drawClock is what of time and speed there is room for.
func (p *Panel) drawClock(width float32) {
	play, k := p.m.Play, p.scale
	told := fmt.Sprintf("%s real time, %.0f fps", times(play.Factor), play.Rate)
	if play.Paused {
		told = "paused"
	}
	if play.Fault != "" {
		told = "stopped"
	}
	wideTold := imgui.CalcTextSize("0.0000× real time, 000 fps").X
	speedWide := 74 * k
	room := width - 20*k - 3*36*k
	withTold := room > wideTold+speedWide+230*k
	withSpeed := room > speedWide+190*k
	clock := fmt.Sprintf("%.3f s", play.Time)
	clockWide := imgui.CalcTextSize("0000.000 s").X
	y := imgui.CursorPosY()
	imgui.SameLineV(0, 10*k)
	start := imgui.CursorPosX()
	y = imgui.CursorPosY() + (30*k-imgui.TextLineHeight())/2
	if room < clockWide+20*k {
		return
	}
	imgui.SetCursorPos(imgui.Vec2{X: start, Y: y})
	imgui.TextUnformatted(clock)
	p.note("clock")
	right := width - 10*k
	if withTold {
		imgui.SameLine()
		imgui.SetCursorPos(imgui.Vec2{X: right - imgui.CalcTextSize(told).X, Y: y})
		p.quiet(told)
		p.note("told")
		right -= wideTold + 12*k
	}
	frameY := y - (imgui.FrameHeight()-imgui.TextLineHeight())/2
	if withSpeed {
		imgui.SameLine()
		imgui.SetCursorPos(imgui.Vec2{X: right - speedWide, Y: frameY})
		p.drawSpeed(speedWide)
		right -= speedWide + 12*k
	}
	left := start + clockWide + 8*k
	if right-left > 60*k {
		imgui.SameLine()
		imgui.SetCursorPos(imgui.Vec2{X: left, Y: frameY})
		p.drawTimeLine(right-left, imgui.FrameHeight())
	}
}

// times is a factor as people write it.
func times(v float64) string { return fmt.Sprintf("%.3g×", v) }

func (p *Panel) drawSpeed(width float32) {
	imgui.SetNextItemWidth(width)
	open := imgui.BeginComboV("##speed", times(p.m.Play.Speed), imgui.ComboFlagsHeightLarge)
	p.note("speed")
	if !open {
		p.tip("How fast simulated time shall pass; 1× is real time.")
		return
	}
	for _, s := range speeds {
		if imgui.SelectableBoolV(times(s), s == p.m.Play.Speed, 0, imgui.Vec2{}) {
			p.want(SetSpeed{s})
		}
		p.note("speed=" + times(s))
	}
	imgui.EndCombo()
}

// drawTimeLine shows where in its length the scene is. Pressing a place runs on to
// it, or to it from the beginning.
func (p *Panel) drawTimeLine(width, height float32) {
	play, k, c := p.m.Play, p.scale, p.colours
	length := math.Max(play.Length, 1e-3)
	if play.Time > length {
		length = play.Time
	}
	pressed := imgui.InvisibleButton("time line", imgui.Vec2{X: width, Y: height})
	over := imgui.IsItemHovered()
	low, high := imgui.ItemRectMin(), imgui.ItemRectMax()
	p.note("time line")
	list := imgui.WindowDrawList()
	middle := (low.Y + high.Y) / 2
	half := 3 * k
	place := func(t float64) float32 { return low.X + width*float32(math.Min(math.Max(t/length, 0), 1)) }
	list.AddRectFilledV(imgui.Vec2{X: low.X, Y: middle - half}, imgui.Vec2{X: high.X, Y: middle + half}, packed(c.field), half, 0)
	list.AddRectFilledV(imgui.Vec2{X: low.X, Y: middle - half}, imgui.Vec2{X: place(play.Time), Y: middle + half}, packed(c.accent), half, 0)
	for each, i := tickStep(length), 1; float64(i)*each < length*0.999; i++ {
		x := place(float64(i) * each)
		list.AddLineV(imgui.Vec2{X: x, Y: middle + half + 2*k}, imgui.Vec2{X: x, Y: middle + half + 5*k}, packed(c.quiet), k)
	}
	if play.Heading > 0 {
		x := place(play.Heading)
		list.AddLineV(imgui.Vec2{X: x, Y: low.Y + 3*k}, imgui.Vec2{X: x, Y: high.Y - 3*k}, packed(c.warm), 2*k)
	}
	list.AddCircleFilledV(imgui.Vec2{X: place(play.Time), Y: middle}, 6*k, packed(c.text), 0)
	wanted := math.Min(math.Max(float64((p.mouse[0]-low.X)/width), 0), 1) * length
	if over {
		x := place(wanted)
		list.AddLineV(imgui.Vec2{X: x, Y: low.Y + 3*k}, imgui.Vec2{X: x, Y: high.Y - 3*k}, packed(c.quiet), k)
		imgui.SetMouseCursor(imgui.MouseCursorHand)
		how := "run on to"
		if wanted < play.Time {
			how = "start again and run to"
		}
		p.tip(fmt.Sprintf("%s %.3g s", how, wanted))
	}
	if pressed {
		p.want(Seek{wanted})
	}
}

// tickStep is a round time between the marks of the time line.
func tickStep(length float64) float64 {
	step := math.Pow(10, math.Floor(math.Log10(length/4)))
	for _, by := range []float64{1, 2, 5, 10} {
		if length/(step*by) <= 10 {
			return step * by
		}
	}
	return step * 10
}

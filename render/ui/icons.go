//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"math"

	"github.com/AllenDang/cimgui-go/imgui"
)

// icon draws a sign about a centre, within a square of a size.
type icon func(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, scale float32)

func off(at imgui.Vec2, size, x, y float32) imgui.Vec2 {
	return imgui.Vec2{X: at.X + x*size, Y: at.Y + y*size}
}

// The signs, in halves of their size from the centre.

func iconPlay(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, _ float32) {
	list.AddTriangleFilled(off(at, size, -0.34, -0.5), off(at, size, 0.5, 0), off(at, size, -0.34, 0.5), colour)
}

func iconPause(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, scale float32) {
	list.AddRectFilledV(off(at, size, -0.4, -0.48), off(at, size, -0.1, 0.48), colour, scale, 0)
	list.AddRectFilledV(off(at, size, 0.1, -0.48), off(at, size, 0.4, 0.48), colour, scale, 0)
}

func iconStep(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, scale float32) {
	list.AddTriangleFilled(off(at, size, -0.44, -0.46), off(at, size, 0.22, 0), off(at, size, -0.44, 0.46), colour)
	list.AddRectFilledV(off(at, size, 0.26, -0.46), off(at, size, 0.46, 0.46), colour, scale, 0)
}

func iconRestart(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, scale float32) {
	list.AddTriangleFilled(off(at, size, 0.46, -0.46), off(at, size, -0.2, 0), off(at, size, 0.46, 0.46), colour)
	list.AddRectFilledV(off(at, size, -0.46, -0.46), off(at, size, -0.26, 0.46), colour, scale, 0)
}

// arrow is a bow with a head: undo, or redo when it is turned over.
func arrow(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, scale, side float32) {
	centre := off(at, size, 0, 0.1)
	list.PathClear()
	for i := 0; i <= 14; i++ {
		a := float64(i)/14*math.Pi*1.25 - math.Pi*0.85
		list.PathLineTo(imgui.Vec2{X: centre.X + side*0.42*size*float32(math.Cos(a)), Y: centre.Y + 0.42*size*float32(math.Sin(a))})
	}
	list.PathStrokeV(colour, 0, 1.6*scale)
	tip := imgui.Vec2{X: centre.X + side*0.42*size*float32(math.Cos(-math.Pi*0.85)), Y: centre.Y + 0.42*size*float32(math.Sin(-math.Pi*0.85))}
	a, b, c := off(tip, size, -side*0.14, 0.26), off(tip, size, -side*0.2, -0.2), off(tip, size, side*0.26, 0.06)
	if side > 0 {
		list.AddTriangleFilled(a, b, c, colour)
	} else {
		list.AddTriangleFilled(a, c, b, colour)
	}
}

func iconUndo(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, scale float32) {
	arrow(list, at, size, colour, scale, 1)
}

func iconRedo(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, scale float32) {
	arrow(list, at, size, colour, scale, -1)
}

func iconOpen(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, scale float32) {
	line := func(points ...imgui.Vec2) {
		list.PathClear()
		for _, q := range points {
			list.PathLineTo(q)
		}
		list.PathStrokeV(colour, imgui.DrawFlagsClosed, 1.4*scale)
	}
	line(off(at, size, -0.5, 0.4), off(at, size, -0.5, -0.36), off(at, size, -0.14, -0.36), off(at, size, 0, -0.2), off(at, size, 0.5, -0.2), off(at, size, 0.5, 0.4))
	list.AddLineV(off(at, size, -0.5, 0), off(at, size, 0.5, 0), colour, 1.2*scale)
}

func iconSave(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, scale float32) {
	list.AddLineV(off(at, size, 0, -0.5), off(at, size, 0, 0.1), colour, 1.6*scale)
	list.AddTriangleFilled(off(at, size, -0.26, -0.02), off(at, size, 0.26, -0.02), off(at, size, 0, 0.28), colour)
	list.PathClear()
	for _, q := range []imgui.Vec2{off(at, size, -0.48, 0.16), off(at, size, -0.48, 0.46), off(at, size, 0.48, 0.46), off(at, size, 0.48, 0.16)} {
		list.PathLineTo(q)
	}
	list.PathStrokeV(colour, 0, 1.5*scale)
}

func iconHide(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, scale float32) {
	for _, x := range []float32{-0.3, 0.1} {
		list.PathClear()
		for _, q := range []imgui.Vec2{off(at, size, x, -0.34), off(at, size, x+0.3, 0), off(at, size, x, 0.34)} {
			list.PathLineTo(q)
		}
		list.PathStrokeV(colour, 0, 1.6*scale)
	}
}

func iconHelp(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, scale float32) {
	list.AddCircleV(at, 0.54*size, colour, 0, 1.3*scale)
	width := imgui.CalcTextSize("?")
	list.AddTextVec2(imgui.Vec2{X: at.X - width.X/2, Y: at.Y - width.Y/2}, colour, "?")
}

// iconBack resets one value.
func iconBack(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, scale float32) {
	list.AddCircleFilledV(at, 0.3*size, colour, 0)
}

// iconFold points down over something that is open, and to the right otherwise.
func iconFold(list *imgui.DrawList, at imgui.Vec2, size float32, colour uint32, scale float32, open bool) {
	points := []imgui.Vec2{off(at, size, -0.16, -0.32), off(at, size, 0.2, 0), off(at, size, -0.16, 0.32)}
	if open {
		points = []imgui.Vec2{off(at, size, -0.32, -0.16), off(at, size, 0, 0.2), off(at, size, 0.32, -0.16)}
	}
	list.PathClear()
	for _, q := range points {
		list.PathLineTo(q)
	}
	list.PathStrokeV(colour, 0, 1.6*scale)
}

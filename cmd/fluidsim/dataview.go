package main

import (
	"strings"

	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// sideNames are the sides of the domain in the order of the renderer's walls.
var sideNames = []string{"-x", "+x", "-y", "+y", "-z", "+z"}

// walls are the sides to show as glass: the closed ones, but the floor has one of
// its own.
func walls(sc *scene.Scene) (there [6]bool) {
	if !sc.Data.Walls || sc.Plane() {
		return there
	}
	open := strings.Join(sc.Domain.Open, " ") + " "
	for _, axis := range sc.Domain.Periodic {
		open += "-" + axis + " +" + axis + " "
	}
	for i, side := range sideNames {
		there[i] = side != "-y" && !strings.Contains(open, side)
	}
	return there
}

// planeAt is the plane across the domain towards this side, from 0 at the low side
// to 1 at the high one.
func planeAt(sc *scene.Scene, side string, at float64) pass.Plane {
	axis := strings.IndexByte("xyz", side[1])
	place := sc.Domain.Min[axis] + at*(sc.Domain.Max[axis]-sc.Domain.Min[axis])
	var p pass.Plane
	p.Normal[axis], p.At = 1, place
	if side[0] == '-' {
		p.Normal[axis], p.At = -1, -place
	}
	return p
}

// arrowSpan is how many spacings the arrow of the largest expected speed is long.
const arrowSpan = 5

// dataView adds what the picture tells beyond the fluid.
func (l *look) dataView(to *pass.Look) {
	d, sc := l.data, l.scene
	to.Wires = d.Wireframe
	slice, half := planeAt(sc, "+z", 0.5), sc.Fluid.Spacing/2
	if d.Cut != "none" {
		to.Cut = planeAt(sc, d.Cut, d.CutAt)
		// the layer of particles just before the cut
		slice = to.Cut
		slice.At -= half
	}
	if sc.Plane() {
		half = sc.Domain.Max[2] - sc.Domain.Min[2] // all of them
	}
	if d.Arrows {
		to.Arrows = pass.Arrows{Slice: slice, Half: half, Length: arrowSpan * sc.Fluid.Spacing / max(l.scale.Speed, 1e-3)}
	}
}

// nextCut goes on to the next cut: none, then from the front, from above and from
// the right.
func (l *look) nextCut() {
	l.opened = false
	order := []string{"none", "+z", "+y", "+x"}
	if l.scene.Plane() {
		order = []string{"none", "+y", "+x"}
	}
	for i, side := range order {
		if l.data.Cut == side {
			l.data.Cut = order[(i+1)%len(order)]
			return
		}
	}
	l.data.Cut = "none"
}

// toggleArrows shows velocities, or not. Within the fluid nobody could see them: a
// cut goes with them, unless there is one.
func (l *look) toggleArrows() {
	l.data.Arrows = !l.data.Arrows
	switch {
	case l.scene.Plane():
	case l.data.Arrows && l.data.Cut == "none":
		l.data.Cut, l.opened = "+z", true
	case !l.data.Arrows && l.opened:
		l.data.Cut, l.opened = "none", false
	}
}

// toggleOverlay shows the legend, the clock and the metre marks, or none of them.
func (l *look) toggleOverlay() {
	on := !(l.data.Legend || l.data.Clock || l.data.Marks)
	l.data.Legend, l.data.Clock, l.data.Marks = on, on, on
}

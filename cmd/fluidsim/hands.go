package main

import (
	"math"

	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// tool is something to do to the fluid with the mouse.
type tool struct {
	name string
	key  action
	help string
	// hold is what the hand does while the button is down; nil: nothing.
	hold func(r reach) solver.Hand
	// gift is the fluid that it adds; nil: none.
	gift func(r reach) scene.FluidShape
	// moves is set for the one that moves obstacles.
	moves bool
}

// reach is where a tool works, and how.
type reach struct {
	centre   scene.Vec3 // [m]
	velocity scene.Vec3 // [m/s]
	radius   float64    // [m]
	strength float64    // 1 is the usual
	pull     float64    // an acceleration that is felt in the scene [m/s^2]
	up       scene.Vec3 // against gravity
	flat     bool       // the scene has two dimensions
}

// The tools, the camera first. Their numbers are in units of the scene: its gravity, and the time that a fall
// through the hand's radius takes.
var tools = []tool{
	{name: "camera", key: actToolCamera, help: "the mouse orbits"},
	{name: "stir", key: actToolStir, help: "drag the fluid along", hold: func(r reach) solver.Hand {
		return solver.Hand{Centre: r.centre, Radius: r.radius, Velocity: r.velocity, Drag: 20 * r.strength / r.fall()}
	}},
	{name: "push", key: actToolPush, help: "push the fluid away", hold: func(r reach) solver.Hand {
		return solver.Hand{Centre: r.centre, Radius: r.radius, Push: 8 * r.strength * r.pull}
	}},
	{name: "pull", key: actToolPull, help: "pull the fluid to the mouse and carry it", hold: func(r reach) solver.Hand {
		return solver.Hand{Centre: r.centre, Radius: 1.5 * r.radius, Velocity: r.velocity, Push: -6 * r.strength * r.pull, Drag: 6 * r.strength / r.fall()}
	}},
	{name: "ball", key: actToolBall, help: "drop balls of fluid", gift: func(r reach) scene.FluidShape {
		return r.place(scene.FluidShape{Type: "sphere", Radius: r.radius}, r.radius)
	}},
	{name: "block", key: actToolBlock, help: "drop blocks of fluid", gift: func(r reach) scene.FluidShape {
		side := 1.6 * r.radius
		return r.place(scene.FluidShape{Type: "box", Size: scene.Vec3{side, side, side}}, side/2)
	}},
	{name: "drain", key: actToolDrain, help: "take fluid away", hold: func(r reach) solver.Hand {
		return solver.Hand{Centre: r.centre, Radius: r.radius, Drains: true}
	}},
	{name: "move", key: actToolMove, help: "drag obstacles through the fluid", moves: true},
}

const (
	toolCamera = 0
	toolStir   = 1
)

// toolOf finds the tool that an action chooses.
func toolOf(a action) (int, bool) {
	for i, t := range tools {
		if t.key == a {
			return i, true
		}
	}
	return 0, false
}

// fall is how long fluid at rest takes through the hand's radius [s].
func (r reach) fall() float64 { return math.Sqrt(2 * r.radius / r.pull) }

// place puts a shape of half the height just above where the hand is.
func (r reach) place(shape scene.FluidShape, half float64) scene.FluidShape {
	for k := range 3 {
		shape.Position[k] = r.centre[k] + 1.1*half*r.up[k]
	}
	if r.flat {
		shape.Position[2], shape.Flat = 0, true
	}
	return shape
}

// reachOf is what a hand of a radius feels in a scene.
func reachOf(sc *scene.Scene, radius, strength float64) reach {
	r := reach{radius: radius, strength: strength, flat: sc.Plane(), up: scene.Vec3{0, 1, 0}}
	g := math.Sqrt(sc.Gravity[0]*sc.Gravity[0] + sc.Gravity[1]*sc.Gravity[1] + sc.Gravity[2]*sc.Gravity[2])
	if g == 0 {
		r.pull, r.up = sideOf(sc), scene.Vec3{} // through the domain in about a second
		return r
	}
	r.pull = g
	for k := range 3 {
		r.up[k] = -sc.Gravity[k] / g
	}
	return r
}

// sideOf is a typical side of the domain [m].
func sideOf(sc *scene.Scene) float64 {
	product, sides := 1.0, 0
	for k := range 3 {
		if k == 2 && sc.Plane() {
			continue
		}
		product *= sc.Domain.Max[k] - sc.Domain.Min[k]
		sides++
	}
	return math.Pow(product, 1/float64(sides))
}

// usualRadius is a hand that suits the scene [m].
func usualRadius(sc *scene.Scene) float64 {
	return math.Max(0.12*sideOf(sc), 3*sc.Fluid.Spacing)
}

// fastest is as fast as a hand may move: what falls through the whole domain is no faster [m/s].
func fastest(sc *scene.Scene) float64 {
	side := sideOf(sc)
	return math.Sqrt(2 * reachOf(sc, side, 1).pull * side)
}

// across is the point under the mouse in the plane through a point that faces the camera; in two dimensions in the
// plane of the fluid.
func across(c view.Camera, origin, way view.Vector, through scene.Vec3, flat bool) (at scene.Vec3, depth float64, ok bool) {
	_, _, normal := c.Axes()
	if flat {
		normal, through = view.Vector{0, 0, 1}, scene.Vec3{}
	}
	along, gap := 0.0, 0.0
	for k := range 3 {
		along += way[k] * normal[k]
		gap += (through[k] - origin[k]) * normal[k]
	}
	depth = gap / along
	if !(depth > 0) || math.IsInf(depth, 0) {
		return at, 0, false
	}
	for k := range 3 {
		at[k] = origin[k] + depth*way[k]
	}
	return at, depth, true
}

// within is the nearest point in the domain.
func within(sc *scene.Scene, at scene.Vec3) scene.Vec3 {
	for k := range at {
		at[k] = min(max(at[k], sc.Domain.Min[k]), sc.Domain.Max[k])
	}
	if sc.Plane() {
		at[2] = 0
	}
	return at
}

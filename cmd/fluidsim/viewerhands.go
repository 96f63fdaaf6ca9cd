package main

import (
	"math"
	"time"

	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/surface"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// grip is the mouse as a hand in the fluid.
type grip struct {
	tool     int     // chosen, of tools
	last     int     // chosen before the camera: what Ctrl and left drag does
	radius   float64 // [m]
	strength float64

	x, y    float64 // of the mouse [pixels]
	inside  bool    // the mouse has been seen over the picture
	look    int     // frames in which the place under the mouse is still to be asked for
	down    bool    // the button is held
	using   int     // the tool it is held with
	touched bool    // the solver has a hand
	placed  bool    // centre is where the hand is
	centre  scene.Vec3
	anchor  scene.Vec3 // and where it was
	since   float64    // at this simulated time [s]
	speed   scene.Vec3
	given   float64    // simulated time of the last gift [s]
	body    int        // the obstacle that is carried
	from    scene.Vec3 // its centre when it was taken, from where the hand was
}

// The hand's size changes by this factor a key press, within these shares of the domain.
const (
	gripStep     = 1.15
	leastGrip    = 0.02
	mostGrip     = 0.6
	lookFrames   = 3 // until the answer to a line of sight is on the screen
	strengthStep = 1.25
)

// newGrip keeps what was chosen in the scene before.
func newGrip(before grip, sc *scene.Scene) grip {
	g := grip{tool: before.tool, last: max(before.last, toolStir), radius: usualRadius(sc), strength: before.strength}
	if g.strength == 0 {
		g.strength = 1
	}
	g.x, g.y, g.inside = before.x, before.y, before.inside
	return g
}

// chooseTool takes a tool into the hand.
func (v *viewer) chooseTool(i int) {
	v.release()
	v.grip.tool = i
	if i != toolCamera {
		v.grip.last = i
	}
	v.grip.look = lookFrames
	v.dirty, v.title = true, ""
	v.app.say("%s: %s", tools[i].name, tools[i].help)
}

// resizeHand makes the hand larger or smaller by a factor.
func (v *viewer) resizeHand(by float64) {
	side := sideOf(v.run.scene)
	v.grip.radius = min(max(v.grip.radius*by, leastGrip*side), mostGrip*side)
	v.dirty = true
}

// button starts and ends what the hand does. It tells whether the hand took it.
func (v *viewer) button(e surface.ButtonEvent) bool {
	if e.Button != surface.Left {
		return false
	}
	g := &v.grip
	g.x, g.y, g.inside = e.X, e.Y, true
	if !e.Down {
		v.release()
		return false
	}
	g.using = g.tool
	if e.Modifiers.Control {
		g.using = g.last
	}
	if tools[g.using].moves && !v.grasp() {
		return false
	}
	if g.using == toolCamera || e.Modifiers.Shift || v.fault != "" {
		return false
	}
	v.interfere()
	g.down, g.look, v.dirty = true, lookFrames, true
	g.given = math.Inf(-1)
	return true
}

// hover follows the mouse.
func (v *viewer) hover(e surface.MoveEvent) {
	g := &v.grip
	g.x, g.y, g.inside = e.X, e.Y, true
	if g.tool != toolCamera || g.down {
		g.look, v.dirty = lookFrames, true
	}
}

// release lets go of the fluid.
func (v *viewer) release() {
	g := &v.grip
	g.down, g.speed, g.placed = false, scene.Vec3{}, g.placed && !tools[g.using].moves
	if g.touched {
		g.touched = false
		v.try(v.run.solver.Touch(solver.Hand{}))
	}
	v.dirty = v.dirty || g.tool != toolCamera
}

func (v *viewer) try(err error) {
	if err != nil {
		v.complain(err)
	}
}

// handle does to the fluid what the hand does in this frame.
func (v *viewer) handle() {
	g := &v.grip
	if g.tool == toolCamera && !g.down || !g.inside || v.fault != "" {
		g.placed = false
		return
	}
	v.locate()
	if !g.placed || !g.down {
		return
	}
	r := reachOf(v.run.solver.Scene(), g.radius, g.strength)
	r.centre, r.velocity = g.centre, g.speed
	t := tools[g.using]
	if t.moves {
		v.carry()
	}
	if t.hold != nil {
		g.touched = true
		v.try(v.run.solver.Touch(t.hold(r)))
	}
	// The next gift follows once this one has fallen out of its way.
	if t.gift != nil && v.last.Time-g.given > 2*r.fall() {
		g.given = v.last.Time
		v.give(t.gift(r))
	}
}

func (v *viewer) give(shape scene.FluidShape) {
	if n, err := v.run.solver.Give(shape); err != nil {
		v.complain(err)
	} else if v.last.Particles+n > v.run.solver.View().Count {
		v.app.say("no room for %s more particles: this window can hold %s", inWords(n), inWords(v.run.solver.View().Count))
	}
}

// sight is the line of sight under the mouse.
func (v *viewer) sight() (from, way view.Vector, ok bool) {
	width, height := v.canvas()
	if width < 1 || height < 1 {
		return from, way, false
	}
	x, y := 2*v.grip.x/float64(width)-1, 1-2*v.grip.y/float64(height)
	from, way = v.camera.Ray(x, y, aspect(width, height))
	return from, way, true
}

// locate finds the hand's place: on the fluid under the mouse; while it holds something, in the plane in which it
// took hold.
func (v *viewer) locate() {
	g := &v.grip
	sc := v.run.scene
	from, way, ok := v.sight()
	if !ok {
		return
	}
	through := g.centre
	if !g.down || !g.placed {
		for k := range 3 {
			through[k] = (sc.Domain.Min[k] + sc.Domain.Max[k]) / 2
		}
		if depth, ok := v.run.solver.Seen(); ok {
			for k := range 3 {
				through[k] = from[k] + depth*way[k]
			}
		}
		v.run.solver.Look(solver.Sight{From: from, Way: way, Radius: sc.Fluid.Spacing})
	}
	at, _, ok := across(v.camera, from, way, through, sc.Plane())
	if !ok {
		return
	}
	at = within(sc, at)
	v.swing(at)
	g.centre, g.placed = at, true
}

// swing learns from where the hand was how fast it moves: in simulated time, in which the fluid follows.
func (v *viewer) swing(at scene.Vec3) {
	g := &v.grip
	now := v.last.Time
	passed := now - g.since
	if !g.placed || !g.down || passed < 0 {
		g.anchor, g.since, g.speed = at, now, scene.Vec3{}
		return
	}
	if passed == 0 {
		return
	}
	size := 0.0
	for k := range 3 {
		fresh := (at[k] - g.anchor[k]) / passed
		g.speed[k] += 0.5 * (fresh - g.speed[k])
		size += g.speed[k] * g.speed[k]
	}
	g.anchor, g.since = at, now
	if most := fastest(v.run.scene); size > most*most {
		for k := range 3 {
			g.speed[k] *= most / math.Sqrt(size)
		}
	}
}

// cursor is the hand as it is drawn.
func (v *viewer) cursor() *pass.Cursor {
	g := &v.grip
	if !g.placed || g.tool == toolCamera && !g.down {
		return nil
	}
	c := &pass.Cursor{Centre: g.centre, Radius: g.radius, Held: g.down}
	if g.down {
		c.Velocity = g.speed
	}
	return c
}

// saveInputs writes what the hands have done since the start next to the scene's file, or where pictures go.
func (v *viewer) saveInputs() {
	path, err := v.inputs.save(v, time.Now())
	if err != nil {
		v.complain(err)
		return
	}
	v.app.say("wrote %s: replay it with: fluidsim %s --inputs %s", path, v.src.name, path)
}

// handsIn are hands for a run in the window, with room for what they add.
func handsIn(d *gpu.Device) solver.Options {
	room := 100_000
	if d.Info().Software {
		room = 10_000 // more would not be watched
	}
	return solver.Options{Hands: true, Room: room}
}

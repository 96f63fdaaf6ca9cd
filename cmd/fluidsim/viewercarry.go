package main

import (
	"math"

	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// grasp takes the obstacle under the mouse. It tells whether there is one that can be moved.
func (v *viewer) grasp() bool {
	sc := v.run.scene
	if len(sc.Obstacles) == 0 {
		v.app.say("%s has no obstacles to move", sc.Name)
		return false
	}
	if !v.run.solver.Moves() {
		v.app.say("obstacles cannot move on %s: it binds too few buffers at once", v.device.Info().Name)
		return false
	}
	now := withObstacles(v.run, 0)
	from, way, ok := v.sight()
	if !ok {
		return false
	}
	body, at, ok := struck(now, from, way)
	if !ok {
		return false
	}
	g := &v.grip
	g.body, g.placed, g.centre = body, true, at
	for k := range 3 {
		g.from[k] = now.Obstacles[body].Position[k] - at[k]
	}
	return true
}

// carry sends the obstacle after the hand.
func (v *viewer) carry() {
	g := &v.grip
	var goal scene.Vec3
	for k := range 3 {
		goal[k] = g.centre[k] + g.from[k]
	}
	goal = within(v.run.scene, goal)
	v.try(v.run.solver.MoveBody(solver.Move{Body: g.body, Goal: goal, Speed: fastest(v.run.scene)}))
}

// struck is the first visible obstacle on a ray, and where: the ray goes on by the distance to the nearest of them, which
// never leads past one.
func struck(sc *scene.Scene, from, way view.Vector) (body int, at scene.Vec3, ok bool) {
	var distances []func(scene.Vec3) float64
	for _, o := range sc.Obstacles {
		distances = append(distances, o.Distance())
	}
	close, far := 1e-4*sideOf(sc), 0.0
	for k := range 3 {
		far += math.Abs(from[k]) + math.Abs(sc.Domain.Min[k]) + math.Abs(sc.Domain.Max[k])
	}
	const most = 400 // a ray along a face comes on slowly
	for depth, step := 0.0, 0; depth < 2*far && step < most; step++ {
		for k := range 3 {
			at[k] = from[k] + depth*way[k]
		}
		nearest := math.Inf(1)
		for k, distance := range distances {
			if d := distance(at); sc.Obstacles[k].Visible && d < nearest {
				nearest, body = d, k
			}
		}
		if nearest < close {
			return body, at, true
		}
		depth += nearest
	}
	return 0, at, false
}

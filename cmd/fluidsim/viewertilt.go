package main

import (
	"math"

	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// tilts tells whether an action turns gravity.
func tilts(a action) bool {
	switch a {
	case actTiltAway, actTiltTowards, actTiltLeft, actTiltRight:
		return true
	}
	return false
}

// tilt turns gravity while the fluid runs, as if the camera and the tank were
// turned together the other way. What is tilted stays so when the fluid starts
// again, as the camera does, and until U or another scene: so one sees what the
// scene does under it from the beginning.
func (v *viewer) tilt(a action, degrees float64) {
	sc := v.run.scene
	now := sc.Gravity
	if v.tilted != nil {
		now = *v.tilted
	}
	switch {
	case now == scene.Vec3{}:
		v.app.say("%s has no gravity that could be tilted", sc.Name)
		return
	case sc.Plane() && (a == actTiltAway || a == actTiltTowards):
		v.app.say("%s has two dimensions: gravity tilts to the left and to the right in it", sc.Name)
		return
	}
	turned := turn(now, tiltAxis(a, v.camera, sc.Plane()), degrees)
	v.setGravity(&turned)
}

// upright is the scene's own gravity again.
func (v *viewer) upright() {
	if v.tilted != nil {
		v.setGravity(nil)
	}
}

// setGravity lets the running fluid go on with another gravity; nil is the scene's.
func (v *viewer) setGravity(g *scene.Vec3) {
	v.interfere()
	if err := v.run.solver.Change(withGravity(v.run.scene, g)); err != nil {
		v.complain(err)
		return
	}
	v.tilted, v.dirty, v.title = g, true, ""
}

// keepTilt tilts a run that has just been started as the one before was, unless
// its file has another gravity now.
func (v *viewer) keepTilt(before *scene.Scene) {
	g := v.tilted
	v.tilted = nil
	if g != nil && before.Gravity == v.run.scene.Gravity && before.Dimensions == v.run.scene.Dimensions {
		v.setGravity(g)
	}
}

// withGravity is the scene with another gravity; nil is its own.
func withGravity(sc *scene.Scene, g *scene.Vec3) *scene.Scene {
	if g == nil {
		return sc
	}
	out := *sc
	out.Gravity = *g
	return &out
}

// tiltAxis is the horizontal axis about which gravity turns, as the camera stands:
// counterclockwise about it is from straight down to where the key says. In two
// dimensions it is the one that keeps gravity in the plane.
func tiltAxis(a action, camera view.Camera, plane bool) scene.Vec3 {
	right, _, _ := camera.Axes()
	if plane {
		side := 1.0
		if right[0] < 0 {
			side = -1 // seen from behind
		}
		right = view.Vector{side, 0, 0}
	}
	// right lies in the horizon, and so does ahead = up x right.
	ahead := scene.Vec3{right[2], 0, -right[0]}
	switch a {
	case actTiltAway:
		return right
	case actTiltTowards:
		return scene.Vec3{-right[0], 0, -right[2]}
	case actTiltLeft:
		return ahead
	}
	return scene.Vec3{-ahead[0], 0, -ahead[2]}
}

// turn turns v counterclockwise about a unit vector (Rodrigues). Its length stays.
func turn(v, axis scene.Vec3, degrees float64) scene.Vec3 {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	along := axis[0]*v[0] + axis[1]*v[1] + axis[2]*v[2]
	side := scene.Vec3{axis[1]*v[2] - axis[2]*v[1], axis[2]*v[0] - axis[0]*v[2], axis[0]*v[1] - axis[1]*v[0]}
	var out scene.Vec3
	for k := range out {
		out[k] = v[k]*cos + side[k]*sin + axis[k]*along*(1-cos)
	}
	return out
}

// between is the angle between two vectors [degrees].
func between(a, b scene.Vec3) float64 {
	dot := a[0]*b[0] + a[1]*b[1] + a[2]*b[2]
	lengths := math.Sqrt((a[0]*a[0] + a[1]*a[1] + a[2]*a[2]) * (b[0]*b[0] + b[1]*b[1] + b[2]*b[2]))
	return math.Acos(math.Min(math.Max(dot/lengths, -1), 1)) * 180 / math.Pi
}

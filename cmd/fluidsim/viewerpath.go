package main

import "github.com/fluidsim/fluidsim/render/view"

// ride lets the camera of the window follow the scene's camera path, until it is
// moved by hand.
type ride struct {
	path *view.Path // nil: the scene has none
	on   bool
}

// newView takes the scene's own view: its path, or the camera that stands still.
func (v *viewer) newView() {
	v.ride = ride{path: cameraPath(v.run.scene)}
	v.ride.on = v.ride.path != nil
	width, height := v.canvas()
	v.camera = homeCamera(v.run.scene, aspect(width, height))
	v.rideTo(v.last.Time)
	v.dirty = true
}

// rideTo puts the camera where its path is at a moment of simulated time [s].
func (v *viewer) rideTo(at float64) {
	if v.ride.on {
		v.camera = v.ride.path.At(at)
	}
}

// steer takes the camera off its path: it was moved by hand.
func (v *viewer) steer(c view.Camera) {
	v.camera, v.ride.on, v.dirty = c, false, true
}

// toggleRide gets on the camera path, or off it where it is.
func (v *viewer) toggleRide() {
	if v.ride.path == nil {
		v.app.say("the scene has no camera path; [[camera.key]] tables make one")
		return
	}
	v.ride.on = !v.ride.on
	v.dirty = true
}

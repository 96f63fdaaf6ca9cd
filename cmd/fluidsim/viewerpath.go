package main

import (
	"math"

	"github.com/fluidsim/fluidsim/render/view"
)

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
	if !v.run.scene.Camera.Auto { // that one fits already
		v.camera = widened(v.camera, aspect(width, height))
	}
	v.rideTo(v.last.Time)
	v.dirty = true
}

// scenesAspect is the shape of picture that the scenes place their cameras for.
const scenesAspect = 1.6

// widened shows as much to the sides as the scene means to, where the picture is
// narrower than that: beside the panel it is.
func widened(c view.Camera, aspect float64) view.Camera {
	if aspect < scenesAspect {
		half := math.Atan(math.Tan(c.FOV*math.Pi/360) * scenesAspect / aspect)
		c.FOV = math.Min(half*360/math.Pi, 120)
	}
	return c
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

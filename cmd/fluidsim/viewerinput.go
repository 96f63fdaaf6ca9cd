package main

import (
	"math"
	"time"

	"github.com/fluidsim/fluidsim/render/surface"
)

// How fast held keys move the camera and gravity.
const (
	tiltRate  = 45.0 // degrees a second
	orbitRate = 70.0 // degrees a second
	panRate   = 0.5  // picture heights a second
	zoomRate  = 1.5  // e-foldings a second
	// tapTime is what a short press is worth, however short it was.
	tapTime = 0.06
	// dragOrbit is degrees per picture height of mouse drag.
	dragOrbit = 220.0
	wheelZoom = 0.12
)

// act does what a key asks for, once.
func (v *viewer) act(a action) {
	switch a {
	case actPause:
		v.togglePause()
	case actStep:
		v.step()
	case actReset:
		v.reset()
	case actNext:
		v.leaf(1)
	case actPrevious:
		v.leaf(-1)
	case actColor:
		v.stage.look.next()
		v.dirty = true
	case actStyle:
		v.stage.look.nextStyle()
		v.dirty = true
	case actOverlay:
		v.stage.look.toggleOverlay()
		v.dirty = true
	case actCut:
		v.stage.look.nextCut()
		v.dirty = true
	case actArrows:
		v.stage.look.toggleArrows()
		v.dirty = true
	case actCapture:
		v.capturePicture()
	case actRecord:
		v.toggleMovie()
	case actFullscreen:
		v.screen.ToggleFullscreen()
		v.dirty = true
	case actHome:
		v.newView()
	case actPath:
		v.toggleRide()
	case actUpright:
		v.upright()
	case actWider:
		v.resizeHand(gripStep)
	case actNarrower:
		v.resizeHand(1 / gripStep)
	case actInputs:
		v.saveInputs()
	case actHelp:
		v.showHelp()
	case actPrint:
		v.app.say("%s", keyTable(0))
	case actPanel:
		v.togglePanel()
	case actOpen:
		v.askForFile()
	case actSave:
		v.save("")
	case actUndo:
		v.undo()
	case actRedo:
		v.redo()
	case actQuit:
		if v.screen.Fullscreen() {
			v.screen.ToggleFullscreen()
			v.dirty = true
			return
		}
		v.quit = true
	default:
		if i, ok := toolOf(a); ok {
			v.chooseTool(i)
		} else {
			v.glide(a, tapTime)
		}
	}
	v.title = "" // say it at once
}

func (v *viewer) togglePause() {
	if v.fault != "" {
		v.app.say("the simulation has stopped itself; press R to start again")
		return
	}
	v.paused = !v.paused
	v.until, v.heading = 0, 0
	v.dirty = true
	v.pace.restart()
	v.meter = speedometer{}
}

func (v *viewer) step() {
	if v.fault != "" {
		return
	}
	if v.paused {
		v.single++
	}
	v.paused = true
}

// moves tells whether an action goes on while its key is held.
func moves(a action) bool {
	switch a {
	case actOrbitLeft, actOrbitRight, actOrbitUp, actOrbitDown, actPanLeft, actPanRight, actPanUp, actPanDown, actZoomIn, actZoomOut:
		return true
	}
	return tilts(a)
}

// glide moves the camera, or gravity, for some seconds' worth of a held key.
func (v *viewer) glide(a action, seconds float64) {
	if tilts(a) {
		v.tilt(a, tiltRate*seconds)
		return
	}
	turn, slide, zoom := orbitRate*seconds, panRate*seconds, math.Exp(zoomRate*seconds)
	width, height := v.canvas()
	ratio := aspect(width, height)
	c := v.camera
	switch a {
	case actOrbitLeft:
		c = c.Orbit(-turn, 0)
	case actOrbitRight:
		c = c.Orbit(turn, 0)
	case actOrbitUp:
		c = c.Orbit(0, turn)
	case actOrbitDown:
		c = c.Orbit(0, -turn)
	case actPanLeft:
		c = c.Pan(-slide, 0)
	case actPanRight:
		c = c.Pan(slide, 0)
	case actPanUp:
		c = c.Pan(0, slide)
	case actPanDown:
		c = c.Pan(0, -slide)
	case actZoomIn:
		c = c.Zoom(1/zoom, 0, 0, ratio)
	case actZoomOut:
		c = c.Zoom(zoom, 0, 0, ratio)
	}
	v.steer(c)
}

// move goes on with the keys that are held.
func (v *viewer) move(now time.Time) {
	if len(v.held) == 0 || v.clock.IsZero() {
		return
	}
	seconds := min(now.Sub(v.clock).Seconds(), 0.2)
	for a := range v.held {
		v.glide(a, seconds)
	}
}

// drag turns or moves the camera with the mouse.
func (v *viewer) drag(e surface.MoveEvent) {
	_, height := v.canvas()
	turn := e.Held[surface.Left] && !e.Modifiers.Shift && !v.grip.down
	pan := e.Held[surface.Right] || e.Held[surface.Middle] || e.Held[surface.Left] && e.Modifiers.Shift
	if height < 1 || !turn && !pan {
		return
	}
	dx, dy := e.DX/float64(height), e.DY/float64(height)
	if pan {
		v.steer(v.camera.Pan(-dx, dy))
	} else {
		v.steer(v.camera.Orbit(-dx*dragOrbit, dy*dragOrbit))
	}
}

// wheel zooms towards the point under the mouse.
func (v *viewer) wheel(e surface.ScrollEvent) {
	width, height := v.canvas()
	if width < 1 || height < 1 {
		return
	}
	x := 2*e.X/float64(width) - 1
	y := 1 - 2*e.Y/float64(height)
	v.steer(v.camera.Zoom(math.Exp(-wheelZoom*e.DY), x, y, aspect(width, height)))
}

// gather takes the events of the window, waiting up to some seconds for one; 0
// does not wait.
func (v *viewer) gather(wait float64) {
	events := v.screen.Poll
	if wait > 0 {
		events = func() []surface.Event { return v.screen.Wait(wait) }
	}
	for _, event := range events() {
		v.event(event)
	}
}

func (v *viewer) event(event surface.Event) {
	if v.panelTakes(event) {
		if _, moved := event.(surface.MoveEvent); moved && v.grip.inside && !v.grip.down {
			v.grip.inside, v.dirty = false, true // the hand is not over the water
		}
		return
	}
	switch e := event.(type) {
	case surface.KeyEvent:
		v.key(e)
	case surface.ButtonEvent:
		v.button(e)
	case surface.MoveEvent:
		v.hover(e)
		v.drag(e)
	case surface.ScrollEvent:
		v.wheel(e)
	case surface.DropEvent:
		v.drop(e.Paths)
	case surface.FocusEvent:
		v.release()
		clear(v.held) // releases of keys would not reach us
	case surface.CloseEvent:
		v.quit = true
	case surface.ResizeEvent, surface.RefreshEvent, surface.ScaleEvent, surface.IconifyEvent:
		v.dirty = true
	}
}

func (v *viewer) key(e surface.KeyEvent) {
	a, known := actionOf(chord(e))
	switch {
	case !e.Down:
		if plain, known := actionOf(e.Key); known {
			delete(v.held, plain) // whatever is held with it by now
		}
	case !known || e.Modifiers.Alt:
	case moves(a):
		if !e.Repeat {
			v.held[a] = true
			v.act(a)
		}
	case !e.Repeat || a == actStep:
		v.act(a)
	}
}

// chord is the name of a key with Control, and Shift with that.
func chord(e surface.KeyEvent) surface.Key {
	switch {
	case !e.Modifiers.Control && !e.Modifiers.Super:
		return e.Key
	case e.Modifiers.Shift:
		return "ctrl+shift+" + e.Key
	}
	return "ctrl+" + e.Key
}

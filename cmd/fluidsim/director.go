package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// director says where the camera of a recording is.
type director struct {
	home view.Camera
	path *view.Path // nil: it stays at home
	turn turntable
}

func newDirector(sc *scene.Scene, aspect float64, turn turntable) *director {
	return &director{home: homeCamera(sc, aspect), path: cameraPath(sc), turn: turn}
}

// at is the camera at a moment of simulated time [s], so long after the
// recording began [s], and after that share of it.
func (d *director) at(moment, since, share float64) view.Camera {
	camera := d.home
	if d.path != nil {
		camera = d.path.At(moment)
	}
	if angle := d.turn.angle(since, share); angle != 0 {
		camera = camera.Orbit(angle, 0)
	}
	return camera
}

// cameraPath is the way that the scene's camera takes; nil when it stands still.
func cameraPath(sc *scene.Scene) *view.Path {
	if len(sc.CameraKeys) == 0 {
		return nil
	}
	var keys []view.Key
	for _, k := range sc.CameraKeys {
		lens := k.FOV
		if lens == 0 {
			lens = sc.Camera.FOV
		}
		keys = append(keys, view.Key{Time: k.Time, Position: view.Vector(k.Position), Target: view.Vector(k.Target), FOV: lens})
	}
	return view.NewPath(keys)
}

// turntable is how the camera turns about its target, as a flag value: 360 are
// degrees in the whole recording, 8s is the time of one turn. Negative turns go
// the other way.
type turntable struct {
	degrees float64 // in the whole recording
	period  float64 // of a turn [s]; 0: by degrees
}

// Bounds of a turntable.
const (
	maxTurn    = 36000.0 // degrees
	leastRound = 0.01    // s a turn
)

func (t *turntable) String() string {
	switch {
	case t.period != 0:
		return strconv.FormatFloat(t.period, 'g', -1, 64) + "s"
	case t.degrees != 0:
		return strconv.FormatFloat(t.degrees, 'g', -1, 64)
	}
	return ""
}

func (t *turntable) Type() string { return "degrees" }

func (t *turntable) Set(text string) error {
	plain, timed := strings.CutSuffix(strings.TrimSpace(text), "s")
	v, err := strconv.ParseFloat(strings.TrimSpace(plain), 64)
	size := max(v, -v)
	switch {
	case err != nil:
		return fmt.Errorf("not a turn; write degrees in the whole recording, like 360, or the seconds of one turn, like 8s")
	case timed && !(size >= leastRound && size <= maxSeconds):
		return fmt.Errorf("one turn must take %g s to %g s", leastRound, maxSeconds)
	case !timed && math.IsNaN(v):
		return fmt.Errorf("not a number of degrees; write it like 360")
	case !timed && !(size <= maxTurn):
		return fmt.Errorf("the most is %g degrees, a hundred turns", maxTurn)
	}
	*t = turntable{degrees: v}
	if timed {
		*t = turntable{period: v}
	}
	return nil
}

// angle is how far the camera has turned so long after the recording began [s],
// and after that share of it [degrees].
func (t turntable) angle(since, share float64) float64 {
	if t.period != 0 {
		return 360 * since / t.period
	}
	return t.degrees * share
}

package main

import "github.com/fluidsim/fluidsim/render/pass"

// quality decides how finely water is drawn. What the scene names holds; where it says auto, pictures that nobody waits for
// get the best, and the window starts at medium, or at low on a CPU, and goes down to low when drawing takes too long.
type quality struct {
	fixed bool
	level pass.Quality
	slow  int // pictures in a row that took too long
}

// drawingTime is what drawing may take of a frame [ms]; slowFrames such pictures in a row are no hiccup.
const (
	drawingTime = 10.0
	slowFrames  = 20
)

func newQuality(named string, software, recording bool) quality {
	level, known := pass.QualityNamed(named)
	switch {
	case known:
		return quality{fixed: true, level: level}
	case recording:
		return quality{fixed: true, level: pass.High}
	case software:
		return quality{level: pass.Low}
	}
	return quality{level: pass.Medium}
}

// measured tells how long drawing a picture took [ms]; true when that has just lowered the quality.
func (q *quality) measured(drawing float64) bool {
	if q.fixed || q.level == pass.Low || drawing <= drawingTime {
		q.slow = 0
		return false
	}
	if q.slow++; q.slow < slowFrames {
		return false
	}
	q.level, q.slow = pass.Low, 0
	return true
}

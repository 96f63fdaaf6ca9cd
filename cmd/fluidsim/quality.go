package main

import "github.com/fluidsim/fluidsim/render/pass"

// quality decides how finely water is drawn. What the scene names holds; where it says auto, pictures that nobody waits for
// get the best, and the window starts at medium, or at low on a CPU, goes down to low when drawing takes too long and up again
// when there has been room for long. Each time that it has to go down again it waits twice as long before it tries to go up.
type quality struct {
	fixed bool
	level pass.Quality
	slow  int // pictures in a row that took too long
	quick int // pictures in a row that left room for a finer one
	falls int // how often it went down
}

// drawingTime is what drawing may take of a frame [ms]; slowFrames such pictures in a row are no hiccup. A picture of medium
// quality takes up to four times as long as one of low, which has a quarter of its texels: one that takes less than a fifth of
// the time leaves room, and quickFrames of them are no lull.
const (
	drawingTime = 10.0
	slowFrames  = 20
	roomFor     = 5.0
	quickFrames = 300
	mostFalls   = 8 // that make the wait longer
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

// measured tells how long drawing a picture took [ms]; true when that has just changed the quality.
func (q *quality) measured(drawing float64) bool {
	switch {
	case q.fixed:
		return false
	case q.level != pass.Low && drawing > drawingTime:
		if q.slow++; q.slow < slowFrames {
			return false
		}
		q.level, q.falls = pass.Low, min(q.falls+1, mostFalls)
	case q.level == pass.Low && drawing < drawingTime/roomFor:
		if q.quick++; q.quick < quickFrames<<q.falls {
			return false
		}
		q.level = pass.Medium
	default:
		q.slow, q.quick = 0, 0
		return false
	}
	q.slow, q.quick = 0, 0
	return true
}

package main

import "time"

// born is about when the program began to run.
var born = time.Now()

// phase is a part of the way to the first picture.
type phase struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
}

// launch notes how long the parts of starting took.
type launch struct {
	last   time.Time // end of the part before; zero: born
	phases []phase
}

// did ends a part.
func (l *launch) did(name string) {
	now := time.Now()
	if l.last.IsZero() {
		l.last = born
	}
	l.phases = append(l.phases, phase{name, now.Sub(l.last).Seconds()})
	l.last = now
}

// seconds is how long all parts together took.
func (l *launch) seconds() (all float64) {
	for _, p := range l.phases {
		all += p.Seconds
	}
	return all
}

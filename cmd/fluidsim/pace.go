package main

import (
	"math"
	"runtime"
	"time"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// pace decides how many sub-steps each displayed frame makes: as many as the
// simulated time needs to follow the clock, at most the scene's budget, and at
// most what leaves the window responsive.
//
// It reads statistics that come back a few frames late and never waits for
// them. The exact end of a frame is decided on the GPU: sub-steps beyond the
// goal do nothing there.
type pace struct {
	speed  float64 // simulated seconds per second asked for
	budget int     // sub-steps per frame that the scene allows
	frames float64 // frames per second to keep

	limit   float64 // sub-steps per frame that keep them
	rest    float64 // what whole sub-steps left of the limit in the frames before
	timed   bool    // the limit comes from the device's clock
	steps   int     // of the last frame
	goal    float64 // simulated time to reach by the end of this frame
	limited bool    // the last frame wanted more than it got
	window  frameWindow
}

// frameWindow measures the frame rate over a stretch of time.
type frameWindow struct {
	began  time.Time
	frames int
	cut    bool // some frame in it was limited
}

// Frame rates that the window keeps by making fewer sub-steps.
const (
	softwareRate = 10
	hardwareRate = 30
	// paceWindow is how often the limit is looked at.
	paceWindow = 400 * time.Millisecond
	// lateFrames is how many frames late the statistics may be.
	lateFrames = 4
	// longFrame is the longest stretch of wall time one frame makes up for.
	longFrame = 0.1
)

func newPace(speed float64, budget int, software bool) *pace {
	p := &pace{speed: speed, budget: max(budget, 1), frames: hardwareRate, limit: 16}
	if software {
		p.frames, p.limit = softwareRate, 4
	}
	return p
}

// next says how many sub-steps to encode for a frame that shows elapsed seconds
// more than the one before, and the simulated time at which they shall stop.
func (p *pace) next(elapsed float64, s solver.Stats) (steps int, goal float64) {
	wanted := min(elapsed, longFrame) * p.speed
	most := p.share()
	dt := s.Dt
	if !(dt > 0) {
		p.steps = min(most, 2)
		return p.steps, math.MaxFloat64 // the first step's length is not known yet
	}
	// What could not be made in time is not made up for later: the real-time
	// factor tells.
	p.goal = max(p.goal, s.Time) + wanted
	p.goal = min(p.goal, s.Time+lateFrames*float64(max(most, p.most()))*dt)
	need := int(math.Ceil(wanted/dt)) + 1
	p.limited = need > most
	p.steps = min(need, most)
	return p.steps, p.goal
}

// most is how many sub-steps a frame may have at all.
func (p *pace) most() int { return min(p.budget, max(int(p.limit), 1)) }

// share is how many sub-steps this frame may have: a limit of 1.8 gives most
// frames two and some one. Where a step takes long, as those of DFSPH do, cutting
// it down to one would waste half of the time.
func (p *pace) share() int {
	p.rest += min(max(p.limit, 1), float64(p.budget))
	whole := math.Floor(p.rest)
	p.rest -= whole
	return int(whole)
}

// onGPU is the share of a frame that simulation and drawing may take; the rest is
// for showing it.
const onGPU = 0.9

// measured tells what the device's clock says of a recent frame: milliseconds of
// simulation and of drawing. The simulation gets what drawing leaves of a frame,
// and never less than drawing: water that stands still is no use, however many
// frames a second show it.
func (p *pace) measured(simulation, drawing float64) {
	if p.steps < 1 || !(simulation > 0) || !(drawing > 0) {
		return
	}
	room := max(onGPU*1000/p.frames-drawing, drawing)
	fresh := min(max(room/(simulation/float64(p.steps)), 1), float64(p.budget))
	weight := 0.2
	if !p.timed {
		weight = 1
	}
	p.limit += weight * (fresh - p.limit)
	p.timed = true
}

// shown tells that a frame is on the screen, and adapts the limit where the
// device has no clock.
func (p *pace) shown(now time.Time) {
	if p.timed {
		return
	}
	w := &p.window
	if w.began.IsZero() {
		*w = frameWindow{began: now}
		return
	}
	w.frames++
	w.cut = w.cut || p.limited
	took := now.Sub(w.began)
	if took < paceWindow || w.frames < 3 {
		return
	}
	rate := float64(w.frames) / took.Seconds()
	switch {
	case rate < 0.95*p.frames:
		p.limit = max(p.limit*max(rate/p.frames, 0.5), 1)
	case rate > 1.15*p.frames && w.cut:
		p.limit = min(p.limit*min(rate/p.frames, 1.5)+0.5, float64(p.budget))
	}
	*w = frameWindow{began: now}
}

// restart forgets the goal, for another scene or a reset.
func (p *pace) restart() {
	p.goal, p.rest = 0, 0
	p.window = frameWindow{}
}

// Costs of software rendering on one processor, measured on two: seconds per
// drawn sphere, seconds per frame.
const (
	softwareSphere = 0.95e-6 * 2
	softwareFrame  = 0.01
	// softwareLeast particles still look like water.
	softwareLeast = 2000
)

// softwareCost is what a solver's sub-steps cost there.
type softwareCost struct {
	speed float64 // particle-steps a second
	batch float64 // sub-steps a frame should have room for, so that the water moves
}

// softwareCosts: the few steps of DFSPH are ten times as long as those of WCSPH
// and cost ten times as much; with either the water runs at about a seventh of
// real time.
var softwareCosts = map[string]softwareCost{
	"dfsph": {speed: 0.07e6, batch: 4},
	"pbf":   {speed: 0.08e6, batch: 3},
	"wcsph": {speed: 0.45e6, batch: 28},
}

// interactiveCount is how many particles a software adapter can show at about
// softwareRate frames a second, on this many processors.
func interactiveCount(method string, processors int) int {
	cost, known := softwareCosts[method]
	if !known {
		cost = softwareCosts["dfsph"]
	}
	room := 1.0/softwareRate - softwareFrame
	each := softwareSphere + cost.batch/cost.speed
	n := room / each * float64(processors)
	return int(math.Round(max(n, softwareLeast)/500) * 500)
}

// chooseCount is the particle count the window uses unless the user named one:
// 0, the scene's own, on a GPU; fewer on a software adapter.
func chooseCount(info gpu.AdapterInfo, method string, own int) int {
	if !info.Software {
		return 0
	}
	if n := interactiveCount(method, runtime.NumCPU()); own > n {
		return n
	}
	return 0
}

// speedometer gives the honest real-time factor: simulated time over wall time
// during the last second.
type speedometer struct{ samples []speedSample }

type speedSample struct {
	at   time.Time
	time float64
}

func (m *speedometer) add(at time.Time, simulated float64) {
	if n := len(m.samples); n > 0 && simulated < m.samples[n-1].time {
		m.samples = m.samples[:0] // started again
	}
	m.samples = append(m.samples, speedSample{at, simulated})
	for len(m.samples) > 2 && at.Sub(m.samples[1].at) >= time.Second {
		m.samples = m.samples[1:]
	}
}

func (m *speedometer) factor() float64 {
	if len(m.samples) < 2 {
		return 0
	}
	first, last := m.samples[0], m.samples[len(m.samples)-1]
	wall := last.at.Sub(first.at).Seconds()
	if wall <= 0 {
		return 0
	}
	return (last.time - first.time) / wall
}

// rate is the frames a second over the same stretch.
func (m *speedometer) rate() float64 {
	if len(m.samples) < 2 {
		return 0
	}
	wall := m.samples[len(m.samples)-1].at.Sub(m.samples[0].at).Seconds()
	return float64(len(m.samples)-1) / max(wall, 1e-9)
}

package main

import (
	"math"
	"time"

	"github.com/fluidsim/fluidsim/render/ui"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/probe"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// liveGauges reads the gauges of the scene in the window while somebody looks at
// them. The particles come back some frames late, and are looked at beside the
// frames: neither ever makes a frame wait.
type liveGauges struct {
	solver  *solver.Solver
	view    solver.View
	set     *probe.Set
	columns []probe.Column
	reads   [5]*gpu.Readback // position, velocity, density, pressure, control
	got     [5][]byte
	under   bool // a reading is under way
	asked   time.Time
	done    chan reading
	past    *history
}

// surroundings are the obstacles of a reading.
type surroundings struct {
	obstacles []scene.Obstacle
	bodies    []layout.Obstacle
}

type reading struct {
	time   float64
	values []float64
}

// gaugePause is how long to wait between readings: a hand's width of a plot.
const gaugePause = 80 * time.Millisecond

func newLiveGauges(d *gpu.Device, s *session) (g *liveGauges, err error) {
	view := s.solver.View()
	if len(s.scene.Probes) == 0 || view.Count == 0 {
		return nil, nil
	}
	g = &liveGauges{solver: s.solver, view: view, done: make(chan reading, 1)}
	defer func() {
		if err != nil {
			g.release()
			g = nil
		}
	}()
	if g.set, err = probe.New(s.scene, probe.Run{Params: s.solver.Params(), Bodies: solver.Bodies(s.scene, view.Origin), Origin: view.Origin}); err != nil {
		return g, err
	}
	g.columns = g.set.Columns()
	g.past = newHistory(len(g.columns))
	n := uint64(view.Count)
	for i, size := range []uint64{16 * n, 16 * n, 8 * n, 4 * n, view.Control.Size &^ 3} {
		if g.reads[i], err = d.NewReadback("gauges", size, 1); err != nil {
			return g, err
		}
	}
	return g, nil
}

func (g *liveGauges) release() {
	if g == nil {
		return
	}
	for _, r := range g.reads {
		r.Release()
	}
	g.reads = [5]*gpu.Readback{}
}

// copy records the copies for a reading, when one is due.
func (g *liveGauges) copy(e *gpu.Encoder, now time.Time) {
	if g == nil || g.under || now.Sub(g.asked) < gaugePause {
		return
	}
	g.under, g.asked = true, now
	for i, b := range []*gpu.Buffer{g.view.Position, g.view.Velocity, g.view.Density, g.view.Pressure, g.view.Control} {
		g.got[i] = nil
		g.reads[i].Copy(e, b, 0)
	}
}

// collect takes what has come back, and what was read from it.
func (g *liveGauges) collect() {
	if g == nil {
		return
	}
	select {
	case r := <-g.done:
		g.under = false
		g.past.add(r.time, r.values...)
	default:
	}
	whole := g.under
	for i, r := range g.reads {
		if data, ok := r.Collect(); ok {
			g.got[i] = data
		}
		whole = whole && g.got[i] != nil
	}
	if !whole {
		return
	}
	got := g.got
	g.got = [5][]byte{}
	// The newest report may be some frames ahead of the particles: obstacles are then further on by as much.
	at := surroundings{g.solver.Obstacles(0), g.solver.BodiesAt(0)}
	go func() { g.done <- g.read(got, at) }()
}

// read is what the gauges say of the particles that came back.
func (g *liveGauges) read(got [5][]byte, at surroundings) reading {
	x, v := gpu.FromBytes[[4]float32](got[0]), gpu.FromBytes[[4]float32](got[1])
	rho, p := gpu.FromBytes[[2]float32](got[2]), gpu.FromBytes[float32](got[3])
	control := gpu.FromBytes[layout.Control](got[4])[0]
	f := &probe.Frame{Time: float64(control.TimeS) + float64(control.TimeFrac)/(1<<32), Obstacles: at.obstacles, Bodies: at.bodies}
	for i := range min(int(control.Live), len(x)) {
		if x[i][3] < 0 {
			continue
		}
		var at, speed [3]float64
		for k := range 3 {
			at[k], speed[k] = float64(x[i][k])+g.view.Origin[k], float64(v[i][k])
		}
		f.Position, f.Velocity = append(f.Position, at), append(f.Velocity, speed)
		f.Density, f.Pressure = append(f.Density, float64(rho[i][0])), append(f.Pressure, float64(p[i]))
		f.Neighbours = append(f.Neighbours, int(rho[i][1]))
	}
	return reading{f.Time, g.set.Sample(f)}
}

// mostCurves bounds the curves of a plot: a profile has a hundred.
const mostCurves = 6

// series is a plot for each gauge.
func (g *liveGauges) series(names []string) []ui.Series {
	if g == nil {
		return nil
	}
	var all []ui.Series
	at := -1
	for i, c := range g.columns {
		if c.Probe != at {
			at = c.Probe
			all = append(all, ui.Series{Title: names[at], Unit: c.Unit, Times: g.past.times})
		}
		s := &all[len(all)-1]
		if len(s.Curves) < mostCurves && (math.IsNaN(c.Along) || len(s.Curves) == 0) {
			s.Curves = append(s.Curves, ui.Curve{Name: c.Name, Values: g.past.values[i]})
		}
	}
	return all
}

package main

import (
	"math"
	"testing"
	"time"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// A fast device follows the clock: after a second of frames a second of water.
func TestPaceFollowsTheClock(t *testing.T) {
	const dt = 0.001
	p := newPace(1, 400, false)
	p.limit = 400
	var device float64
	var late []solver.Stats
	stats := solver.Stats{Dt: dt}
	for range 120 {
		steps, goal := p.next(1.0/60, stats)
		for range steps {
			if device < goal {
				device += dt
			}
		}
		late = append(late, solver.Stats{Time: device, Dt: dt})
		if len(late) > 2 { // statistics are two frames late
			stats = late[len(late)-3]
		}
	}
	if math.Abs(device-2) > 0.05 {
		t.Errorf("simulated %.3f s in 2 s", device)
	}
}

// A slow device gets no more steps than the limit, and no backlog builds up.
func TestPaceLimits(t *testing.T) {
	p := newPace(1, 1000, true)
	stats := solver.Stats{Dt: 1e-4}
	for range 1000 {
		steps, goal := p.next(0.1, stats)
		if steps != 4 {
			t.Fatalf("%d steps, want the limit of 4", steps)
		}
		stats.Time += float64(steps) * stats.Dt
		if goal > stats.Time+lateFrames*4*stats.Dt {
			t.Fatalf("the goal %g has run away from %g", goal, stats.Time)
		}
	}
	if p := newPace(1, 3, false); p.limit < 3 {
		t.Error("a budget below the limit must not lower it for good")
	} else if steps, _ := p.next(0.1, solver.Stats{Dt: 1e-6}); steps != 3 {
		t.Errorf("%d steps, want the scene's budget of 3", steps)
	}
}

// The limit finds the number of steps that keep the frame rate.
func TestPaceAdapts(t *testing.T) {
	p := newPace(1, 500, true)
	now := time.Unix(0, 0)
	p.shown(now)
	for range 600 {
		steps, _ := p.next(0.1, solver.Stats{Dt: 1e-5})
		now = now.Add(20*time.Millisecond + time.Duration(steps)*4*time.Millisecond)
		p.shown(now)
	}
	// 20 ms + 20 steps * 4 ms = 100 ms.
	if p.limit < 14 || p.limit > 23 {
		t.Errorf("the limit settled at %.1f steps, want about 20", p.limit)
	}
}

// With a clock on the device the limit is there at once, and drawing that takes
// longer than a frame should does not stop the water.
func TestPaceMeasures(t *testing.T) {
	p := newPace(1, 500, true)
	p.next(0.1, solver.Stats{Dt: 1e-5})
	p.measured(4*5, 40)
	if p.limit != 10 {
		t.Errorf("limit %.1f, want the 50 ms that drawing leaves / 5 ms = 10", p.limit)
	}
	for range 100 {
		p.next(0.1, solver.Stats{Dt: 1e-5})
		p.measured(float64(p.steps)*5, 300)
	}
	if p.limit < 55 || p.limit > 61 {
		t.Errorf("limit %.1f, want as long as drawing, 300 ms / 5 ms = 60", p.limit)
	}
}

// Steps that take long come in fractions: two in most frames, one in some.
func TestPaceSharesFractions(t *testing.T) {
	p := newPace(1, 500, true)
	p.limit = 1.75
	sum := 0
	for range 100 {
		steps, _ := p.next(0.1, solver.Stats{Dt: 1e-4})
		if steps < 1 || steps > 2 {
			t.Fatalf("%d steps with a limit of 1.75", steps)
		}
		sum += steps
	}
	if sum < 174 || sum > 176 {
		t.Errorf("%d steps in 100 frames, want 175", sum)
	}
}

func TestInteractiveCount(t *testing.T) {
	for method, cost := range softwareCosts {
		two, eight := interactiveCount(method, 2), interactiveCount(method, 8)
		if two < softwareLeast || two > 20_000 || eight <= two {
			t.Errorf("%s: 2 processors %d, 8 processors %d", method, two, eight)
		}
		if steps := 2 * cost.speed / softwareRate / float64(two); steps < cost.batch || steps > 2*cost.batch {
			t.Errorf("%s: %d particles leave room for %.1f steps a frame, want %g or a little more", method, two, steps, cost.batch)
		}
	}
	if n := chooseCount(gpu.AdapterInfo{}, "dfsph", 1_000_000); n != 0 {
		t.Errorf("a GPU got %d particles instead of the scene's", n)
	}
	if n := chooseCount(gpu.AdapterInfo{Software: true}, "dfsph", 500); n != 0 {
		t.Errorf("a small scene was changed to %d particles", n)
	}
	if n := chooseCount(gpu.AdapterInfo{Software: true}, "wcsph", 1_000_000); n == 0 {
		t.Error("a large scene was left as it is")
	}
}

func TestSpeedometer(t *testing.T) {
	var m speedometer
	at := time.Unix(0, 0)
	for k := range 40 {
		m.add(at.Add(time.Duration(k)*100*time.Millisecond), 0.025*float64(k))
	}
	if f := m.factor(); math.Abs(f-0.25) > 0.001 {
		t.Errorf("factor %.3f, want 0.25", f)
	}
	if r := m.rate(); math.Abs(r-10) > 0.01 {
		t.Errorf("rate %.3f, want 10", r)
	}
	m.add(at.Add(5*time.Second), 0)
	if m.factor() != 0 {
		t.Error("a reset must not count as going backwards")
	}
}

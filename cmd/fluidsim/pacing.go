package main

import (
	"runtime"
	"slices"
	"time"

	"github.com/fluidsim/fluidsim/sim/gpu"
)

// pacing measures how evenly the window shows its frames, and what each takes of the
// processor. It is nil, and does nothing, unless somebody measures.
type pacing struct {
	want   int // frames to measure
	warm   int // frames still to let pass before that
	number int // of the frame under way
	work   time.Time
	last   time.Time // when the frame before was handed over
	panel  float64   // what the panel took of this frame [ms]
	steps  float64   // and recording the simulation's steps
	spans  []span

	// Which frames the device has finished is seen by what it copies at their end.
	token   *gpu.Buffer
	finish  *gpu.Readback
	flying  []int // frames under way, oldest first
	latency []int // frames from taking an input to a finished picture with what it does

	device  *gpu.Device
	groups  uint64 // bind groups and bytes of buffers before the first measured frame
	bytes   uint64
	mallocs uint64
	made    made
}

// made is what frames have made that should have been made before.
type made struct{ groups, bytes, mallocs float64 }

// span is one frame [ms].
type span struct {
	whole   float64 // from the frame before
	work    float64 // of the program itself: input, panel, recording the commands
	steps   float64 // of that, recording the simulation's
	panel   float64 // of that, the panel
	handing float64 // the commands over to the driver
	waiting float64 // for the screen, or the device
}

// pacingDepth is how many frames are watched at a time: more are never under way.
const pacingDepth = 8

func newPacing(d *gpu.Device, warm, want int) (p *pacing, err error) {
	p = &pacing{device: d, warm: warm, want: want}
	if p.token, err = d.NewBuffer("frame", 16, 0); err == nil {
		p.finish, err = d.NewReadback("frame", 16, pacingDepth)
	}
	if err != nil {
		p.release()
	}
	return p, err
}

func (p *pacing) release() {
	if p == nil {
		return
	}
	p.token.Release()
	if p.finish != nil {
		p.finish.Release()
	}
}

// begin starts a frame: what the user does is taken next.
func (p *pacing) begin() {
	if p == nil {
		return
	}
	p.work, p.panel, p.steps = time.Now(), 0, 0
	p.number++
	p.finish.CollectAll(func([]byte) {
		if p.warm <= 0 {
			p.latency = append(p.latency, p.number-p.flying[0])
		}
		p.flying = p.flying[1:]
	})
}

// drew tells what the panel took of this frame [ms].
func (p *pacing) drew(panel float64) {
	if p != nil {
		p.panel = panel
	}
}

// recorded tells when recording the simulation's steps began; it has ended now.
func (p *pacing) recorded(began time.Time) {
	if p != nil {
		p.steps = time.Since(began).Seconds() * 1e3
	}
}

// mark records the end of a picture's drawing.
func (p *pacing) mark(e *gpu.Encoder) {
	if p != nil && p.finish.Copy(e, p.token, 0) {
		p.flying = append(p.flying, p.number)
	}
}

// shown ends a frame that the screen has taken.
func (p *pacing) shown(waiting, handing time.Duration) {
	if p == nil {
		return
	}
	now := time.Now()
	before := p.last
	p.last = now
	if p.warm > 0 {
		if p.warm--; p.warm == 0 {
			p.groups, p.bytes, p.mallocs = p.device.Groups(), p.device.Allocated(), mallocs()
		}
		return
	}
	ms := func(d time.Duration) float64 { return d.Seconds() * 1e3 }
	p.spans = append(p.spans, span{
		whole: ms(now.Sub(before)), work: ms(now.Sub(p.work) - waiting - handing),
		steps: p.steps, panel: p.panel, handing: ms(handing), waiting: ms(waiting),
	})
	if p.done() {
		n := float64(len(p.spans))
		p.made = made{
			groups: float64(p.device.Groups()-p.groups) / n, bytes: float64(int64(p.device.Allocated()-p.bytes)) / n,
			mallocs: float64(mallocs()-p.mallocs) / n,
		}
	}
}

// done tells whether all frames are measured.
func (p *pacing) done() bool { return len(p.spans) >= p.want }

// mallocs is the number of pieces of memory that Go has given out so far.
func mallocs() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Mallocs
}

// spread is how a number varies.
type spread struct {
	Median float64 `json:"median"`
	P99    float64 `json:"p99"`
	Most   float64 `json:"most"`
}

func spreadOf(values []float64) spread {
	if len(values) == 0 {
		return spread{}
	}
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return spread{Median: sorted[n/2], P99: sorted[min(n*99/100, n-1)], Most: sorted[n-1]}
}

// hitchRatio is how many times the median a frame must take to be seen as a hitch.
const hitchRatio = 2

// hitches counts the frames that took much longer than the median, and says what most of
// the time of each went into.
func hitches(spans []span, median float64) (n int, into map[string]int) {
	into = map[string]int{}
	for _, s := range spans {
		if s.whole <= hitchRatio*median {
			continue
		}
		n++
		rest := s.whole - s.work - s.handing - s.waiting
		name, most := "resting", rest
		for _, each := range []struct {
			name string
			ms   float64
		}{{"panel", s.panel}, {"steps", s.steps}, {"work", s.work - s.panel - s.steps}, {"handing over", s.handing}, {"waiting", s.waiting}} {
			if each.ms > most {
				name, most = each.name, each.ms
			}
		}
		into[name]++
	}
	return n, into
}

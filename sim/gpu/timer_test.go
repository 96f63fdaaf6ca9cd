//go:build !js

package gpu

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
)

func TestPeriodBetween(t *testing.T) {
	for _, c := range []struct{ low, high, want float64 }{
		{0.98, 1.004, 1}, {1.005, 1.02, 1}, {0.4, 2.5, 1}, {9.9, 10.3, 10}, {52, 52.5, 1000 / 19.2}, {82, 84, 1000 / 12.0},
		{79.5, 81, 80}, {4, 9, 6}, {1.2, 1.2, 1.2},
	} {
		if got := between(c.low, c.high); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("from %g to %g: %g, want %g", c.low, c.high, got, c.want)
		}
	}
}

func TestDeltas(t *testing.T) {
	var raw []byte
	for _, tick := range []uint64{1000, 3000, 3000, 2500, 1002500} {
		raw = binary.LittleEndian.AppendUint64(raw, tick)
	}
	want := []float64{0.02, 0, 0, 10}
	for i, ms := range deltas(raw, 10) {
		if math.Abs(ms-want[i]) > 1e-12 {
			t.Errorf("delta %d is %g ms, want %g", i, ms, want[i])
		}
	}
	if deltas(raw[:8], 1) != nil || deltas(nil, 1) != nil {
		t.Error("one mark has a delta")
	}
}

// Marks around known work must sum to the wall time, and the longer part must be seen as longer. On a busy machine
// the wall clock runs while the work waits for its turn, so one attempt of several must agree.
func TestTimerAgainstWallTime(t *testing.T) {
	d := open(t, Options{Timestamps: true})
	if !d.Timestamps() {
		t.Fatal("this adapter has no timestamps; use the software driver")
	}
	timer, err := d.NewTimer(3)
	if err != nil {
		t.Fatal(err)
	}
	defer timer.Release()
	h := newHeavy(t, d)
	rounds := h.roundsFor(t, 0.03)
	var seen []string
	for range 20 {
		e := encoder(t, d)
		e.Timestamp(timer, 0)
		h.record(e, rounds)
		e.Timestamp(timer, 1)
		h.record(e, 3*rounds)
		e.Timestamp(timer, 2)
		e.ResolveTimer(timer)
		start := time.Now()
		submit(t, e)
		if ms := timer.Collect(); ms != nil {
			t.Errorf("times %v before the work can be done", ms)
		}
		if err := d.Wait(); err != nil {
			t.Fatal(err)
		}
		wall := time.Since(start).Seconds() * 1000
		ms := timer.Collect()
		if len(ms) != 2 {
			t.Fatalf("times %v", ms)
		}
		sum, ratio := ms[0]+ms[1], ms[1]/ms[0]
		if sum > 1.05*wall {
			t.Fatalf("the marks say %.1f ms, the wall clock only %.1f", sum, wall)
		}
		if sum > 0.85*wall && ratio > 2 && ratio < 4.5 {
			return
		}
		seen = append(seen, fmt.Sprintf("%.1f of %.1f ms, ratio %.2f", sum, wall, ratio))
	}
	t.Errorf("no attempt agrees with the wall clock and a ratio of 3: %s", strings.Join(seen, "; "))
}

// More results under way than there is room for are lost, nothing else.
func TestTimerOverrun(t *testing.T) {
	d := open(t, Options{Timestamps: true})
	timer, err := d.NewTimer(2)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 * timerDepth {
		e := encoder(t, d)
		e.Timestamp(timer, 0)
		e.Timestamp(timer, 1)
		e.ResolveTimer(timer)
		submit(t, e)
	}
	n := 0
	timer.WaitAll(func(ms []float64) { n += len(ms) })
	if n != timerDepth {
		t.Errorf("%d results, want %d", n, timerDepth)
	}
	for _, i := range []int{-1, 2} {
		e := encoder(t, d)
		e.Timestamp(timer, i)
		wantError(t, e.Submit(), "timer mark")
	}
	timer.Release()
	timer.Release()
	e := encoder(t, d)
	e.Timestamp(timer, 0)
	wantError(t, e.Submit(), "timer mark")
	for _, n := range []int{-1, 0, 1, 1 << 20} {
		_, err := d.NewTimer(n)
		wantError(t, err, "marks")
	}
}

// Without the feature a timer is nil and everything about it does nothing.
func TestNoTimer(t *testing.T) {
	d := open(t, Options{})
	timer, err := d.NewTimer(2)
	if timer != nil || err != nil {
		t.Fatalf("%v, %v", timer, err)
	}
	e := encoder(t, d)
	e.Timestamp(timer, 0)
	e.ResolveTimer(timer)
	submit(t, e)
	if timer.Collect() != nil {
		t.Error("a nil timer has times")
	}
	timer.CollectAll(func([]float64) { t.Error("a nil timer has times") })
	timer.WaitAll(func([]float64) { t.Error("a nil timer has times") })
	timer.Release()
}

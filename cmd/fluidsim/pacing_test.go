package main

import (
	"math"
	"testing"
)

func TestSpreadOf(t *testing.T) {
	var values []float64
	for i := 1000; i > 0; i-- {
		values = append(values, float64(i))
	}
	if got, want := spreadOf(values), (spread{Median: 501, P99: 991, Most: 1000}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := spreadOf(nil); got != (spread{}) {
		t.Errorf("of nothing: %v", got)
	}
	if got := spreadOf([]float64{3}); got != (spread{3, 3, 3}) {
		t.Errorf("of one: %v", got)
	}
}

// A frame of exactly twice the median is none, and each goes to what took most of it.
func TestHitches(t *testing.T) {
	spans := []span{
		{whole: 10, waiting: 8}, {whole: 20, waiting: 18},
		{whole: 21, work: 20, panel: 15}, {whole: 30, work: 25, steps: 20}, {whole: 30, work: 28},
		{whole: 40, handing: 39}, {whole: 41, waiting: 39}, {whole: 50, work: 1, waiting: 2},
	}
	n, in := hitches(spans, 10)
	if n != 6 {
		t.Errorf("%d hitches", n)
	}
	for _, name := range []string{"panel", "steps", "work", "handing over", "waiting", "resting"} {
		if in[name] != 1 {
			t.Errorf("%d in %s, want 1", in[name], name)
		}
	}
}

func TestLaunchAddsUp(t *testing.T) {
	var l launch
	l.did("one")
	l.did("two")
	sum := 0.0
	for _, p := range l.phases {
		sum += p.Seconds
	}
	if len(l.phases) != 2 || math.Abs(sum-l.seconds()) > 1e-9 || math.Abs(l.last.Sub(born).Seconds()-sum) > 1e-6 {
		t.Errorf("%v are %g s, %g since the beginning", l.phases, sum, l.last.Sub(born).Seconds())
	}
}

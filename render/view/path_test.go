package view

import (
	"math"
	"math/rand/v2"
	"testing"
)

// journey is a path with uneven times, a rest and a turn.
func journey() []Key {
	return []Key{
		{0.5, Vector{3, 1, 0}, Vector{0, 0, 0}, 40},
		{1, Vector{0, 1, 3}, Vector{0, 0.5, 0}, 30},
		{2, Vector{0, 1, 3}, Vector{0, 0.5, 0}, 20}, // rests, and zooms in
		{2.1, Vector{-1, 2, 2}, Vector{0, 0.5, 0}, 60},
		{5, Vector{-3, 1, 0}, Vector{1, 0, 0}, 50},
	}
}

func apart(a, b Camera) float64 {
	return length(sub(a.Position, b.Position)) + length(sub(a.Target, b.Target)) + math.Abs(a.FOV-b.FOV)
}

func TestPathMeetsItsKeys(t *testing.T) {
	p := NewPath(journey())
	for _, k := range journey() {
		want := New(k.Position, k.Target)
		want.FOV = k.FOV
		if got := p.At(k.Time); got != want {
			t.Errorf("at %g s: %+v, want %+v", k.Time, got, want)
		}
	}
	if p.At(-1) != p.At(0.5) || p.At(99) != p.At(5) || p.End() != 5 {
		t.Error("the camera does not rest before the first key and after the last")
	}
	one := NewPath(journey()[:1])
	if one.At(0) != one.At(7) || one.At(0).Position != (Vector{3, 1, 0}) {
		t.Error("one key is not a camera that stands still")
	}
}

// Half the step, half the way: neither places nor speeds jump.
func TestPathIsSmooth(t *testing.T) {
	p := NewPath(journey())
	const step = 1e-4
	worst := 0.0
	for at := 0.0; at < 6; at += step {
		before, now, after := p.At(at-step), p.At(at), p.At(at+step)
		// A jump of the speed by v shows as v step; the largest acceleration, about
		// 6 (40 degrees)/(0.1 s)^2, as 24000 step^2.
		bend := Camera{
			Position: sub(add(before.Position, after.Position), scale(now.Position, 2)),
			Target:   sub(add(before.Target, after.Target), scale(now.Target, 2)),
			FOV:      before.FOV + after.FOV - 2*now.FOV,
		}
		worst = max(worst, apart(bend, Camera{}))
	}
	if most := 1.5 * 24000 * step * step; worst > most {
		t.Errorf("the speed jumps: a second difference of %g, at most %g", worst, most)
	}
}

// The lens stays between its keys, and what rests is at rest.
func TestPathDoesNotOvershoot(t *testing.T) {
	source := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		var keys []Key
		at := 0.0
		for range 8 {
			at += 0.01 + source.ExpFloat64()
			keys = append(keys, Key{at, Vector{at * at, 0, 0}, Vector{0, 0, 0}, 5 + 100*source.Float64()})
		}
		p := NewPath(keys)
		for i := range len(keys) - 1 {
			a, b := keys[i], keys[i+1]
			for u := 0.0; u <= 1; u += 0.02 {
				c := p.At(a.Time + u*(b.Time-a.Time))
				if c.FOV < min(a.FOV, b.FOV)-1e-9 || c.FOV > max(a.FOV, b.FOV)+1e-9 {
					t.Fatalf("between %g and %g degrees the lens reaches %g", a.FOV, b.FOV, c.FOV)
				}
				if x := c.Position[0]; x < a.Position[0]-1e-9 || x > b.Position[0]+1e-9 {
					t.Fatalf("on a straight way from %g to %g the camera is at %g", a.Position[0], b.Position[0], x)
				}
			}
		}
	}
	p := NewPath(journey())
	for at := 1.0; at <= 2; at += 0.05 {
		if got := p.At(at).Position; length(sub(got, Vector{0, 1, 3})) > 1e-12 {
			t.Fatalf("at %g s a camera that rests is at %v", at, got)
		}
	}
}

// Four keys around a circle are nearly that circle, from wherever they begin.
func TestPathRoundsCorners(t *testing.T) {
	for _, turn := range []float64{0, 0.3, math.Pi / 4} {
		var keys []Key
		for i := range 9 {
			angle := turn + float64(i)*math.Pi/2
			keys = append(keys, Key{float64(i), Vector{math.Cos(angle), 0, math.Sin(angle)}, Vector{}, 40})
		}
		p := NewPath(keys)
		for at := 1.0; at <= 7; at += 0.01 {
			// The chord comes as close as cos 45°, velocities of length 1 bring it out to 0.7071 + 0.1768.
			if r := length(p.At(at).Position); r < 0.883 || r > 1.02 {
				t.Fatalf("the round path is %g from its middle at %g s", r, at)
			}
		}
	}
}

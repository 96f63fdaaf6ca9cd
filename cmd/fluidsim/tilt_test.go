package main

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// Gravity goes where the key says as the camera sees it, from wherever it looks, and keeps its size.
func TestTilt(t *testing.T) {
	down := scene.Vec3{0, -9.81, 0}
	for _, from := range []view.Vector{{0, 1, 3}, {2, 0.5, -1}, {-3, 4, 0.1}} {
		camera := view.New(from, view.Vector{})
		right, _, back := camera.Axes()
		for a, want := range map[action][2]float64{ // to the right, away
			actTiltAway: {0, 1}, actTiltTowards: {0, -1}, actTiltLeft: {-1, 0}, actTiltRight: {1, 0},
		} {
			g := turn(down, tiltAxis(a, camera, false), 30)
			level := math.Hypot(back[0], back[2])
			toRight := g[0]*right[0] + g[2]*right[2]
			away := -(g[0]*back[0] + g[2]*back[2]) / level
			side := 9.81 * math.Sin(math.Pi/6)
			if math.Abs(toRight-side*want[0]) > 1e-9 || math.Abs(away-side*want[1]) > 1e-9 || math.Abs(between(g, down)-30) > 1e-6 {
				t.Errorf("from %v, %s: %v is %.3g to the right and %.3g away", from, a, g, toRight, away)
			}
			if size := math.Sqrt(g[0]*g[0] + g[1]*g[1] + g[2]*g[2]); math.Abs(size-9.81) > 1e-9 {
				t.Errorf("%s: gravity is %g now", a, size)
			}
		}
	}
	// In two dimensions it stays in the plane, seen from the side, and from behind the other way round.
	for from, x := range map[view.Vector]float64{{1, 2, 3}: 1, {1, 2, -3}: -1} {
		g := turn(down, tiltAxis(actTiltRight, view.New(from, view.Vector{}), true), 90)
		if math.Abs(g[0]-9.81*x) > 1e-9 || math.Abs(g[1]) > 1e-9 || g[2] != 0 {
			t.Errorf("in the plane, seen from %v: %v", from, g)
		}
	}
}

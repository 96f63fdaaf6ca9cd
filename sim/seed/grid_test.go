package seed

import (
	"testing"

	"github.com/fluidsim/fluidsim/sim/scene"
)

func TestGridAgainstAllPairs(t *testing.T) {
	// Far from zero and spread unevenly, so that cells crowd and the table grows.
	var points []scene.Vec3
	for i := range 600 {
		p := jitter(1, uint64(i), 1)
		scale := 1.0
		if i%3 == 0 {
			scale = 30
		}
		points = append(points, scene.Vec3{-1e7 + scale*p[0], scale * p[1], 1e7 + scale*p[2]})
	}
	for _, edge := range []float64{0.1, 0.5, 3} {
		g := newGrid(points, edge)
		if len(g.order) != len(points) || len(g.cells) != len(g.start)-1 {
			t.Fatalf("edge %g: %d entries in %d cells", edge, len(g.order), len(g.cells))
		}
		for i, p := range points {
			probe := p
			probe[i%3] += edge * 0.7
			want := false
			for _, q := range points {
				want = want || squared(probe, q) < 0.81*edge*edge
			}
			if got := g.crowded(probe, 0.9*edge); got != want {
				t.Fatalf("edge %g: crowded at %v is %v, want %v", edge, probe, got, want)
			}
			found := map[int32]bool{}
			for _, k := range g.around(g.cell(p), nil) {
				if found[k] {
					t.Fatalf("edge %g: point %d found twice", edge, k)
				}
				found[k] = true
			}
			for k, q := range points {
				if squared(p, q) < edge*edge && !found[int32(k)] {
					t.Fatalf("edge %g: neighbour %d of %d not found", edge, k, i)
				}
			}
		}
	}
	if newGrid(nil, 1).crowded(scene.Vec3{}, 1) {
		t.Error("an empty grid is crowded")
	}
}

package ref

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// upright is a body whose axes are the world's.
func upright(kind uint32, centre Vec, half [4]float32) layout.Obstacle {
	return layout.Obstacle{
		Kind: kind, HalfSize: half, Position: [4]float32{float32(centre[0]), float32(centre[1]), float32(centre[2])},
		AxisX: [4]float32{1}, AxisY: [4]float32{0, 1}, AxisZ: [4]float32{0, 0, 1},
	}
}

// alone is what a flat wall at this distance multiplies the density by.
func alone(p *layout.SimParams, s float64) float64 {
	u := max(0, (float64(p.WallReach)-max(s, 0))*float64(p.InvWallSpan))
	return math.Exp(float64(p.WallLog) * math.Pow(u, 4))
}

// A point far from everything feels nothing at all, one that feels several walls the product of them, one that feels the same
// wall twice feels it once.
func TestShareOfWalls(t *testing.T) {
	p := testParams(3)
	d := float64(p.Spacing)
	reach := float64(p.WallReach)
	one := func(s ...float64) (n float64) {
		n = 1
		for _, s := range s {
			n *= alone(&p, s)
		}
		return n
	}
	flush := []layout.Obstacle{ // two boxes side by side, their tops at y = 0
		upright(layout.SolidBox, Vec{-4 * d, -4 * d, 0}, [4]float32{float32(4 * d), float32(4 * d), 0.5}),
		upright(layout.SolidBox, Vec{4 * d, -4 * d, 0}, [4]float32{float32(4 * d), float32(4 * d), 0.5}),
	}
	standing := []layout.Obstacle{upright(layout.SolidBox, Vec{0, -1 + 4*d, 0}, [4]float32{float32(4 * d), float32(4 * d), 0.5})}
	slab := []layout.Obstacle{upright(layout.SolidBox, Vec{0, -1 + 0.25*d, 0}, [4]float32{float32(8 * d), float32(0.25 * d), 0.5})}
	slot := []layout.Obstacle{
		upright(layout.SolidBox, Vec{-4.4 * d, 0, 0}, [4]float32{float32(4 * d), 0.5, 0.5}),
		upright(layout.SolidBox, Vec{4.4 * d, 0, 0}, [4]float32{float32(4 * d), 0.5, 0.5}),
	}
	many := append(slot[:2:2], upright(layout.SolidSphere, Vec{0, 1.5 * d, 0}, [4]float32{3: float32(d)}))
	for _, c := range []struct {
		name      string
		x         Vec
		obstacles []layout.Obstacle
		n         float64
		parts     int
	}{
		{"nowhere", Vec{0, 0.5, 0}, flush, 1, 0},
		{"at the reach", Vec{0, -1 + reach, 0}, nil, 1, 0},
		{"a hair within it", Vec{0, -1 + reach - 1e-6*d, 0}, nil, 1, 1},
		{"at the floor", Vec{0, -1 + d/2, 0}, nil, math.Exp(float64(p.WallLog)), 1},
		{"at an edge", Vec{0.3, 1 - 0.7*d, -1 + 0.4*d}, nil, one(0.7*d, 0.4*d), 2},
		{"in a corner", Vec{1 - 0.6*d, -1 + 0.5*d, 1 - d}, nil, one(0.6*d, 0.5*d, d), 3},
		{"where two boxes meet", Vec{0, d / 2, 0}, flush, one(d / 2), 2},
		{"beside where they meet", Vec{0.25 * d, 0.75 * d, 0}, flush, 1.0003 * one(0.75*d), 2}, // the other's edge is not quite the same wall
		{"where a box stands on the floor", Vec{4*d + 0.5*d, -1 + 0.6*d, 0}, standing, one(0.5*d, 0.6*d), 2},
		{"above a slab on the floor", Vec{0, -1 + d, 0}, slab, one(d / 2), 2},
		{"in a slot", Vec{0.1 * d, 0, 0}, slot, one(0.3*d, 0.5*d), 2},
		{"in a slot, a third body further away", Vec{0.1 * d, 0, 0}, many, one(0.3*d, 0.5*d), 2},
	} {
		p.ObstacleCount = uint32(len(c.obstacles))
		got, parts := ShareAt(&p, c.x, c.obstacles)
		if math.Abs(got.N-c.n) > 3e-5*c.n || len(parts) != c.parts {
			t.Errorf("%s: N = %v of %d walls, want %v of %d", c.name, got.N, len(parts), c.n, c.parts)
		}
		if c.parts == 0 && got != (Share{N: 1}) {
			t.Errorf("%s: %+v, want nothing", c.name, got)
		}
		var sum Vec
		for _, part := range parts {
			sum = sum.plus(part.Slope)
		}
		if sum.minus(got.Slope).length() > 1e-12*(1+sum.length()) {
			t.Errorf("%s: parts add up to %v, the whole is %v", c.name, sum, got.Slope)
		}
	}
}

// The gradient is that of ln N: near sides, edges, corners and outside of bodies of every kind.
func TestShareSlopeIsDerivative(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	p := testParams(3)
	d := float64(p.Spacing)
	f := func(x float64) float32 { return float32(x * d) }
	for name, c := range map[string]struct {
		around    Vec
		obstacles []layout.Obstacle
	}{
		"corner":   {Vec{-1 + d, 1 - d, 1 - d}, nil},
		"box":      {Vec{}, []layout.Obstacle{upright(layout.SolidBox, Vec{-d, -d, -d}, [4]float32{f(1), f(1), f(1)})}},
		"sphere":   {Vec{}, []layout.Obstacle{upright(layout.SolidSphere, Vec{}, [4]float32{3: f(0.6)})}},
		"cylinder": {Vec{}, []layout.Obstacle{upright(layout.SolidCylinder, Vec{}, [4]float32{0, f(0.4), 0, f(0.6)})}},
		"capsule":  {Vec{}, []layout.Obstacle{upright(layout.SolidCapsule, Vec{}, [4]float32{0, f(0.4), 0, f(0.6)})}},
		"thin slab": {Vec{0, -1 + 1.4*d, 0},
			[]layout.Obstacle{upright(layout.SolidBox, Vec{0, -1 + 0.25*d, 0}, [4]float32{f(9), f(0.25), f(9)})}}, // the floor is felt through it
	} {
		p.ObstacleCount = uint32(len(c.obstacles))
		felt := 0
		for range 400 {
			x, e := c.around, 1e-5*d
			for axis := range x {
				x[axis] += 2 * d * (random.Float64() - 0.5)
			}
			inside := x[1] < -1+e || x[1] > 1-e || x[2] > 1-e
			for _, b := range c.obstacles {
				inside = inside || Distance(b, x) < 2*e
			}
			if inside {
				continue
			}
			var want Vec
			for axis := range x {
				up, down := x, x
				up[axis] += e
				down[axis] -= e
				a, _ := ShareAt(&p, up, c.obstacles)
				b, _ := ShareAt(&p, down, c.obstacles)
				want[axis] = (math.Log(a.N) - math.Log(b.N)) / (2 * e)
			}
			got, _ := ShareAt(&p, x, c.obstacles)
			if got.N > 1 {
				felt++
			}
			if got.Slope.minus(want).length() > 1e-3*(1+want.length()) {
				t.Errorf("%s, at %v: slope %v, want %v", name, x, got.Slope, want)
				break
			}
		}
		if felt < 30 {
			t.Errorf("%s: only %d points feel something", name, felt)
		}
	}
}

// Behind a surface, where only what overlaps another solid can be, N and the push out stay as they are on it.
func TestShareBehindSurfaces(t *testing.T) {
	p := testParams(3)
	d := float64(p.Spacing)
	on, _ := ShareAt(&p, Vec{0, -1, 0}, nil)
	for _, depth := range []float64{0.01, 0.5, 3, 1000} {
		if got, _ := ShareAt(&p, Vec{0, -1 - depth*d, 0}, nil); got != on {
			t.Errorf("%g spacings behind the floor: %+v, on it %+v", depth, got, on)
		}
	}
	if on.N < 2 || on.N > 100 || on.Slope[1] >= 0 {
		t.Errorf("on the floor: %+v", on)
	}
}

// The factor is that of where a particle is, the gradient that of half a step ahead.
func TestNearWallsLooksAhead(t *testing.T) {
	p := testParams(3)
	p.WallAhead = 0.5
	d := float64(p.Spacing)
	particles := []Particle{{X: Vec{0, -1 + 0.9*d, 0}, V: Vec{0, -2, 0}}, {X: Vec{0, -1 + 0.9*d, 0}}}
	NearWalls(&p, &layout.Control{Dt: float32(0.3 * d)}, particles, nil)
	ahead, _ := ShareAt(&p, Vec{0, -1 + 0.6*d, 0}, nil)
	here, _ := ShareAt(&p, particles[0].X, nil)
	if got := particles[0].Wall; math.Abs(got.N-here.N) > 1e-12 || got.Slope.minus(ahead.Slope).length() > 1e-5*ahead.Slope.length() {
		t.Errorf("%+v, want N of %+v and the slope of %+v", got, here, ahead)
	}
	if got := particles[1].Wall; got != here {
		t.Errorf("standing still: %+v, want %+v", got, here)
	}
}

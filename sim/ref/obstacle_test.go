package ref

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Distances to bodies at points where they are known, and everywhere with a slope of one.
func TestDistance(t *testing.T) {
	axes := layout.Obstacle{AxisX: [4]float32{1}, AxisY: [4]float32{0, 1}, AxisZ: [4]float32{0, 0, 1}}
	solid := func(kind uint32, half [4]float32) layout.Obstacle {
		b := axes
		b.Kind, b.HalfSize = kind, half
		return b
	}
	box := solid(layout.SolidBox, [4]float32{1, 2, 3, 0})
	sphere := solid(layout.SolidSphere, [4]float32{0, 0, 0, 2})
	cylinder := solid(layout.SolidCylinder, [4]float32{0, 2, 0, 1})
	capsule := solid(layout.SolidCapsule, [4]float32{0, 2, 0, 1})
	turned := box // its x axis along world y
	turned.AxisX, turned.AxisY = [4]float32{0, 1}, [4]float32{-1}
	turned.Position = [4]float32{10, 0, 0}
	for _, c := range []struct {
		name string
		body layout.Obstacle
		x    Vec
		want float64
	}{
		{"box centre", box, Vec{}, -1},
		{"box face", box, Vec{0, 2.5, 0}, 0.5},
		{"box edge", box, Vec{4, 6, 0}, 5},
		{"box corner", box, Vec{2, 4, 5}, 3},
		{"turned box along x", turned, Vec{13, 0, 0}, 1},
		{"turned box along y", turned, Vec{10, 3, 0}, 2},
		{"sphere", sphere, Vec{0, 3, 4}, 3},
		{"cylinder side", cylinder, Vec{3, 1, 0}, 2},
		{"cylinder lid", cylinder, Vec{0, 3, 0.5}, 1},
		{"cylinder rim", cylinder, Vec{4, 6, 0}, 5},
		{"cylinder inside", cylinder, Vec{0.25, 0, 0}, -0.75},
		{"capsule side", capsule, Vec{0, 2, 3}, 2},
		{"capsule end", capsule, Vec{0, 5, 4}, 4},
		{"capsule inside", capsule, Vec{0, 2.5, 0}, -0.5},
	} {
		if got := Distance(c.body, c.x); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		n := Outward(c.body, c.x)
		if on := c.x.minus(n.times(c.want)); math.Abs(Distance(c.body, on)) > 1e-12 {
			t.Errorf("%s: following the normal by the distance ends %g from the surface", c.name, Distance(c.body, on))
		}
	}
}

// The way out is a unit vector along which the distance grows as fast as it can, inside and outside of turned bodies.
func TestOutward(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	half := [4]float32{1, 2, 3, 0.75}
	turned := layout.Obstacle{Position: [4]float32{0.5, -1, 2}, HalfSize: half,
		AxisX: [4]float32{0.8, 0, 0.6}, AxisY: [4]float32{0, 1, 0}, AxisZ: [4]float32{-0.6, 0, 0.8}}
	// The axes are rounded, so lengths in the body's coordinates are off by 2^-24.
	const e, off = 1e-6, 1e-6
	for _, kind := range []uint32{layout.SolidBox, layout.SolidSphere, layout.SolidCylinder, layout.SolidCapsule} {
		turned.Kind = kind
		inside := 0
		for range 300 {
			x := Vec{5*random.Float64() - 2, 8*random.Float64() - 5, 8*random.Float64() - 2}
			n := Outward(turned, x)
			if math.Abs(n.length()-1) > off {
				t.Fatalf("kind %d at %v: a normal of length %v", kind, x, n.length())
			}
			if up := (Distance(turned, x.plus(n.times(e))) - Distance(turned, x.minus(n.times(e)))) / (2 * e); math.Abs(up-1) > 1e-5 {
				t.Errorf("kind %d at %v: along the normal the distance grows by %v", kind, x, up)
			}
			if Distance(turned, x) < 0 {
				inside++
			}
		}
		if inside < 2 {
			t.Errorf("kind %d: %d points inside", kind, inside)
		}
	}
	for kind, centre := range map[uint32]Vec{layout.SolidSphere: {0, 1, 0}, layout.SolidCylinder: {0.8, 0, 0.6}, layout.SolidCapsule: {0.8, 0, 0.6}} {
		turned.Kind = kind
		if n := Outward(turned, xyz(turned.Position)); n.minus(centre).length() > off {
			t.Errorf("kind %d, from its centre: %v, want %v", kind, n, centre)
		}
	}
}

// A particle shot into a body ends on its surface without its inward speed, one past an open side is gone, one past a
// closed side is held, one past a periodic side comes in on the other.
func TestIntegrateContacts(t *testing.T) {
	p := testParams(3)
	p.OpenSides, p.ClosedSides = 1<<1, 1<<0|3<<2 // open +x, periodic z
	p.Period[2], p.InvPeriod[2] = 2, 0.5
	ball := layout.Obstacle{
		Kind: layout.SolidSphere, HalfSize: [4]float32{0, 0, 0, 0.5},
		AxisX: [4]float32{1}, AxisY: [4]float32{0, 1}, AxisZ: [4]float32{0, 0, 1},
	}
	far := ball // it reaches through the periodic side
	far.Position, far.HalfSize[3] = [4]float32{0.75, 0.75, 0.95}, 0.1
	particles := []Particle{
		{ID: 0, X: Vec{0, 0.55, 0}, V: Vec{1, -10, 0}},
		{ID: 1, X: Vec{0.99, 0, 0}, V: Vec{10, 0, 0}},
		{ID: 2, X: Vec{-0.99, 0.9, 0}, V: Vec{-10, 1, 0}},
		{ID: 3, X: Vec{-0.5, 0.9, 0}, V: Vec{-100, 0, 0}},
		{ID: 4, X: Vec{-0.5, 0.8, 0}, V: Vec{math.NaN(), 0, 0}},
		{ID: 5, X: Vec{0, 0.8, 0.99}, V: Vec{0, 0, 2}},
		{ID: 6, X: Vec{0, 0.8, -0.99}, V: Vec{1, 0, -2}},
		{ID: 7, X: Vec{0.75, 0.75, -0.94}, V: Vec{0, 0, -2}},
	}
	tally := NewTally()
	Integrate(&p, 0.01, particles, []layout.Obstacle{ball, far}, &tally)
	if a := particles[0]; math.Abs(a.X.length()-0.5) > 1e-9 || a.V.dot(a.X) < -1e-9 || a.V[0] < 0.9 {
		t.Errorf("shot into a ball: %+v", a)
	}
	if a := particles[1]; !a.Gone || a.X[0] != 1 {
		t.Errorf("past an open side: %+v", a)
	}
	if a := particles[2]; a.Gone || a.X[0] != -1 || a.V != (Vec{0, 1, 0}) {
		t.Errorf("past a closed side: %+v", a)
	}
	if a := particles[3]; a.X != (Vec{-0.5, 0.9, 0}) || a.V[0] != -100 {
		t.Errorf("too fast, yet it moved: %+v", a)
	}
	if a := particles[5]; a.Gone || math.Abs(a.X[2]+0.99) > 1e-12 || a.V[2] != 2 {
		t.Errorf("past a periodic side: %+v", a)
	}
	if a := particles[6]; a.Gone || math.Abs(a.X[2]-0.99) > 1e-12 || a.V != (Vec{1, 0, -2}) {
		t.Errorf("past the other: %+v", a)
	}
	if a := particles[7]; math.Abs(a.X[2]-(0.95+0.1-2)) > 1e-7 || math.Abs(a.V[2]) > 1e-7 {
		t.Errorf("shot into a ball that reaches through a periodic side: %+v", a)
	}
	if tally.Fault != FaultIntegrateTooFast|FaultIntegrateNonFinite || tally.IntegrateParticle != 3 || tally.WallClamps != 3 {
		t.Errorf("tally %+v", tally)
	}
}

// What comes back in from a hair below a periodic side is in the domain, not on its far end.
func TestIntegrateWrapsInside(t *testing.T) {
	p := testParams(3)
	p.ClosedSides, p.Period, p.InvPeriod = 0, [4]float32{2, 2, 2}, [4]float32{0.5, 0.5, 0.5}
	for _, hair := range []float64{0, 1e-30, 1e-17, 1e-16, 1e-9} {
		particles := []Particle{{X: Vec{-1, 0, 0}, V: Vec{-hair, 0, 0}}}
		tally := NewTally()
		Integrate(&p, 1, particles, nil, &tally)
		if x := particles[0].X[0]; !(x >= -1 && x < 1) || particles[0].Gone || tally.WallClamps != 0 {
			t.Errorf("%g below: at %v, %+v", hair, x, tally)
		}
	}
}

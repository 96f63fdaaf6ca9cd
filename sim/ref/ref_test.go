package ref

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// testParams are water with spacing 0.1 m in a tank of 2 m, without gravity.
func testParams() layout.SimParams {
	const d, rho, c = 0.1, 1000.0, 20.0
	return layout.SimParams{
		GridOrigin: [4]float32{-1.2, -1.2, -1.2, 5}, GridSize: [4]uint32{13, 13, 13, 13 * 13 * 13},
		DomainMin: [4]float32{-1, -1, -1}, DomainMax: [4]float32{1, 1, 1},
		SupportRadius: 2 * d, SmoothingLength: d, Spacing: d, Mass: float32(rho * d * d * d / LatticeDensity(2)),
		RestDensity: rho, SoundSpeed: c, Cfl: 0.4, MaxStep: 0.01, MaxKick: 2 * d,
	}
}

// scattered is n particles in a block, packed more densely than at rest, with walls beside them.
func scattered(n int) (particles []Particle, walls []Sample) {
	random := rand.New(rand.NewPCG(1, 2))
	at := func(scale float64) Vec {
		return Vec{scale * random.Float64(), scale * random.Float64(), scale * random.Float64()}
	}
	for i := range n {
		particles = append(particles, Particle{ID: i, X: at(0.35), V: at(1)})
	}
	for range n / 2 {
		x := at(0.35)
		x[1] = -0.05
		walls = append(walls, Sample{X: x, Volume: 0.0004 + 0.0006*random.Float64()})
	}
	return particles, walls
}

// A cubic lattice at the seeding distance has the rest density and 26 neighbours (the six at exactly h add nothing), so
// no pressure.
func TestLatticeIsAtRest(t *testing.T) {
	p := testParams()
	var particles []Particle
	for i := range 7 * 7 * 7 {
		particles = append(particles, Particle{ID: i, X: Vec{float64(i % 7), float64(i / 7 % 7), float64(i / 49)}.times(0.1)})
	}
	var tally layout.Tally
	Density(&p, particles, nil, &tally)
	middle := particles[len(particles)/2]
	if math.Abs(middle.Density-1000) > 1e-3 || middle.Neighbours < 26 || middle.Neighbours > 32 {
		t.Errorf("density %v, %d neighbours", middle.Density, middle.Neighbours)
	}
	if corner := particles[0]; corner.PressureTerm != 0 || corner.Density > 700 {
		t.Errorf("a corner of the block has density %v, pressure term %v", corner.Density, corner.PressureTerm)
	}
}

// Without walls, forces between particles cancel, whatever the particles do.
func TestForcesCancel(t *testing.T) {
	p := testParams()
	p.Viscosity, p.ArtificialViscosity = 0.01, 0.3
	particles, _ := scattered(80)
	var tally layout.Tally
	Density(&p, particles, nil, &tally)
	Force(&p, particles, nil, &tally)
	var sum Vec
	size := 0.0
	for _, own := range particles {
		sum = sum.plus(own.Acceleration)
		size += own.Acceleration.length()
	}
	if size < 100 || sum.length() > 1e-12*size {
		t.Errorf("accelerations add up to %v, their sizes to %g", sum, size)
	}
}

// The pressure force is minus the slope of the energy that its equation of state stores, sum m e(rho) with
// de/drho = p / rho^2, walls included: nothing is gained by going round in a circle.
func TestPressureComesFromAnEnergy(t *testing.T) {
	p := testParams()
	particles, walls := scattered(60)
	rho0, c, m := float64(p.RestDensity), float64(p.SoundSpeed), float64(p.Mass)
	energy := func() (sum float64) {
		for _, own := range particles {
			rho, _ := DensityAt(&p, own.X, particles, walls)
			if x := rho.Value / rho0; x > 1 {
				sum += m * c * c / 7 * (math.Pow(x, 6)/6 + 1/x - 7.0/6)
			}
		}
		return sum
	}
	for i := range particles {
		particles[i].V = Vec{}
	}
	var tally layout.Tally
	Density(&p, particles, walls, &tally)
	Force(&p, particles, walls, &tally)
	const e = 1e-6
	for i := range particles {
		for axis := range 3 {
			at := particles[i].X[axis]
			particles[i].X[axis] = at + e
			up := energy()
			particles[i].X[axis] = at - e
			down := energy()
			particles[i].X[axis] = at
			want := -(up - down) / (2 * e) / m
			if got := particles[i].Acceleration[axis]; math.Abs(got-want) > 1e-5*(100+math.Abs(want)) {
				t.Fatalf("particle %d, axis %d: acceleration %g, slope of the energy %g", i, axis, got, want)
			}
		}
	}
}

// Viscosity takes energy from any motion but a common one.
func TestViscosityOnlyTakes(t *testing.T) {
	p := testParams()
	p.Viscosity, p.ArtificialViscosity, p.WallViscosity = 0.01, 0.3, 0.02
	particles, walls := scattered(60) // with no density evaluated there is no pressure
	var tally layout.Tally
	Force(&p, particles, walls, &tally)
	power := 0.0
	for _, own := range particles {
		power += own.V.dot(own.Acceleration)
	}
	if power >= 0 {
		t.Errorf("viscosity does work %g", power)
	}
	for i := range particles {
		particles[i].V = Vec{1, 2, 3}
	}
	Force(&p, particles, nil, &tally)
	for _, own := range particles {
		if own.Acceleration.length() > 1e-12 {
			t.Fatalf("a common motion is braked by %v", own.Acceleration)
		}
	}
}

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
		n := Outward(c.body, c.x, 1e-6)
		if on := c.x.minus(n.times(c.want)); c.name != "box centre" && math.Abs(Distance(c.body, on)) > 1e-4 {
			t.Errorf("%s: following the normal by the distance ends %g from the surface", c.name, Distance(c.body, on))
		}
	}
}

// A particle shot into a body ends on its surface without its inward speed, one past an open side is gone, one past a
// closed side is held.
func TestIntegrateContacts(t *testing.T) {
	p := testParams()
	p.OpenSides = 1 << 1 // +x
	ball := layout.Obstacle{
		Kind: layout.SolidSphere, HalfSize: [4]float32{0, 0, 0, 0.5},
		AxisX: [4]float32{1}, AxisY: [4]float32{0, 1}, AxisZ: [4]float32{0, 0, 1},
	}
	particles := []Particle{
		{ID: 0, X: Vec{0, 0.55, 0}, V: Vec{1, -10, 0}},
		{ID: 1, X: Vec{0.99, 0, 0}, V: Vec{10, 0, 0}},
		{ID: 2, X: Vec{-0.99, 0.9, 0}, V: Vec{-10, 1, 0}},
		{ID: 3, X: Vec{-0.5, 0.9, 0}, V: Vec{-100, 0, 0}},
		{ID: 4, X: Vec{-0.5, 0.8, 0}, V: Vec{math.NaN(), 0, 0}},
	}
	tally := NewTally()
	Integrate(&p, 0.01, particles, []layout.Obstacle{ball}, &tally)
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
	if tally.Fault != FaultIntegrateTooFast|FaultIntegrateNonFinite || tally.IntegrateParticle != 3 || tally.WallClamps != 2 {
		t.Errorf("tally %+v", tally)
	}
}

// A lone particle falls as symplectic Euler says, and time is the exact sum of the steps.
func TestStepFalls(t *testing.T) {
	p := testParams()
	p.Gravity = [4]float32{0, -10}
	s := State{Params: p, Tally: NewTally(), Particles: []Particle{{X: Vec{0, 0.5, 0}}}}
	s.Control = layout.Control{Live: 1, StepLimit: 20, GoalS: 1, Prime: 1}
	Step(&s)
	if s.Control.Step != 0 || s.Particles[0].X[1] != 0.5 || s.Control.Prime != 0 {
		t.Fatalf("priming moved something: %+v, %+v", s.Control, s.Particles[0])
	}
	y, v, now := 0.5, 0.0, 0.0
	for range 25 { // five more than the limit
		before := s.Control.Step
		Step(&s)
		if s.Control.Step > before {
			dt := float64(s.Control.Dt)
			v -= 10 * dt
			y += dt * v
			now += dt
		}
	}
	if s.Control.Step != 20 || math.Abs(s.Particles[0].X[1]-y) > 1e-12 || float64(s.Control.TimeFrac)/(1<<32) != now {
		t.Errorf("after %d steps at %v, want %v; time %v, want %v", s.Control.Step, s.Particles[0].X[1], y, float64(s.Control.TimeFrac)/(1<<32), now)
	}
}

// Particles that leave are counted at the next step, and the others stay.
func TestStepCountsTheLost(t *testing.T) {
	p := testParams()
	p.OpenSides = 63
	s := State{Params: p, Tally: NewTally(), Particles: []Particle{{ID: 0, X: Vec{0.999, 0, 0}, V: Vec{5, 0, 0}}, {ID: 1}}}
	s.Control = layout.Control{Live: 2, StepLimit: 9, GoalS: 1}
	Step(&s)
	if !s.Particles[0].Gone || s.Control.Lost != 0 {
		t.Fatalf("after one step: %+v", s)
	}
	Step(&s)
	if len(s.Particles) != 1 || s.Particles[0].ID != 1 || s.Control.Lost != 1 || s.Control.Live != 1 {
		t.Errorf("after two steps: %+v", s)
	}
}

// A fault ends the run at the next step, before anybody leaves it.
func TestStepStopsAtFaults(t *testing.T) {
	p := testParams()
	s := State{Params: p, Tally: NewTally(), Particles: []Particle{{ID: 0, X: Vec{0.5, 0, 0}, V: Vec{math.MaxFloat32, 0, 0}}, {ID: 1, Gone: true}}}
	s.Control = layout.Control{Live: 2, StepLimit: 9, GoalS: 1}
	Step(&s)
	if s.Control.Fault != FaultForceNonFinite || s.Control.Step != 0 || len(s.Particles) != 2 || s.Control.Live != 2 || s.Control.Lost != 0 {
		t.Errorf("a fault in force: %+v", s)
	}
	s.Control.Fault, s.Tally, s.Control.StepLimit = 0, NewTally(), 9
	s.Tally.Fault = FaultIntegrateTooFast
	Step(&s)
	if s.Control.Fault != FaultIntegrateTooFast || s.Control.Step != 0 || len(s.Particles) != 2 {
		t.Errorf("a fault of the last integrate: %+v", s)
	}
}

// The parts of the sort come to what Reorder does at once.
func TestSortParts(t *testing.T) {
	p := testParams()
	random := rand.New(rand.NewPCG(3, 4))
	var position [][4]float32
	for i := range 500 {
		w := float32(i)
		if i%9 == 0 {
			w = -1 - w
		}
		position = append(position, [4]float32{2*random.Float32() - 1, 2*random.Float32() - 1, 2*random.Float32() - 1, w})
	}
	tally := NewTally()
	cells, slot := Count(&p, position, &tally)
	whole := slices.Clone(cells)
	sums := ScanBlocks(cells)
	total := PrefixSum(sums)
	ScanAdd(cells, sums)
	PrefixSum(whole)
	if !slices.Equal(cells, whole) || total != 500 || tally != NewTally() {
		t.Errorf("the scan in blocks is not the scan; total %d, tally %+v", total, tally)
	}
	order := Scatter(&p, position, cells, slot)
	sorted, _ := Reorder(&p, position, position)
	for k, x := range sorted {
		if position[order[k]] != x {
			t.Fatalf("place %d: %v by parts, %v at once", k, position[order[k]], x)
		}
	}
	control := layout.Control{Sorted: 500, Live: 500, Lost: 1}
	var dispatch layout.Dispatch
	Compact(&p, &control, &tally, cells, &dispatch)
	if control.Live != uint32(len(sorted)) || control.Lost != 1+500-control.Live || dispatch.Live != [4]uint32{7, 1, 1, 0} {
		t.Errorf("%+v, %+v, want %d live", control, dispatch, len(sorted))
	}
}

// Dispatches cover their work, in as few rows as they fit.
func TestGroups(t *testing.T) {
	for _, n := range []int{0, 1, 64, 65, 65535 * 64, 65535*64 + 1, 3 * 65535 * 64, 1 << 28} {
		g := Groups(n)
		most := int(g[0]) * int(g[1]) * 64
		if most < n || g[0] > 65535 || g[1] > 65535 || g[1] > 1 && most-int(g[0])*64 >= n || n == 0 && most != 0 {
			t.Errorf("%d invocations: groups %v", n, g)
		}
	}
}

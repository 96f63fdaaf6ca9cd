package ref

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// A lone particle falls as symplectic Euler says, and time is the exact sum of the steps.
func TestStepFalls(t *testing.T) {
	p := testParams(3)
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
	p := testParams(3)
	p.OpenSides, p.ClosedSides = 63, 0
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
	p := testParams(3)
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
	p := testParams(3)
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

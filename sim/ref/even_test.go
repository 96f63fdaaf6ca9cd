package ref

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// fast is a step in which particles are shifted as far as they can be.
func fast(p *layout.SimParams) *layout.Control {
	return &layout.Control{Running: 1, Dt: 0.01, MaxSpeed: 1000 * p.Spacing}
}

// room is a periodic box full of a lattice of n a side, whose particles are off their places by up to so many spacings.
func room(p layout.SimParams, n int, off float64) (layout.SimParams, []Particle) {
	axes := 3
	if p.ReachZ == 0 {
		axes = 2
	}
	p = filled(p)
	for axis := range axes {
		p.DomainMin[axis], p.DomainMax[axis] = 0, float32(n)*p.Spacing
	}
	p = wrapped(p, []int{0, 1, 2}[:axes]...)
	random := rand.New(rand.NewPCG(5, 9))
	particles := lattice(&p, n, Vec{})
	for i := range particles {
		for axis := range axes {
			particles[i].X[axis] += off * float64(p.Spacing) * random.Float64()
		}
	}
	tally := NewTally()
	Density(&p, particles, &tally)
	return p, particles
}

// On a lattice, up to a wall, nobody is shifted.
func TestLatticeIsEven(t *testing.T) {
	p := filled(testParams(2))
	particles := floored(&p)
	for i := range particles {
		particles[i].Density = 1000 // as if the lattice had no end on the other sides
	}
	Even(&p, fast(&p), particles)
	for j := range 4 {
		if off := particles[middle(&p, 7, j)].Shift.length(); off > 1e-4*float64(p.Spacing) {
			t.Errorf("layer %d is shifted by %g spacings", j, off/float64(p.Spacing))
		}
	}
}

// Shifts make disorder smaller from step to step, as large as they can be, and keep away from doing so in fluid that does not move.
func TestShiftsMakeEven(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		n := map[uint32]int{0: 12, 1: 6}[p.ReachZ]
		p, particles := room(p, n, 0.5)
		uneven := func() (sum float64) {
			for _, own := range particles {
				sum += (own.Density - 1000) * (own.Density - 1000)
			}
			return math.Sqrt(sum/float64(len(particles))) / 1000
		}
		first, tally := uneven(), NewTally()
		Even(&p, &layout.Control{Running: 1, Dt: 0.01}, particles)
		for _, own := range particles {
			if own.Shift != (Vec{}) {
				t.Fatalf("a particle of fluid at rest is shifted by %v", own.Shift)
			}
		}
		for range 20 {
			Even(&p, fast(&p), particles)
			for _, own := range particles {
				if far := own.Shift.length() / float64(p.Spacing); far > EvenMost*(1+1e-12) {
					t.Fatalf("a shift of %g spacings", far)
				}
			}
			Shift(fast(&p), particles)
			Density(&p, particles, &tally)
		}
		last := uneven()
		t.Logf("density off by %.2f %% at first, by %.2f %% at last", 100*first, 100*last)
		if last > 0.6*first {
			t.Errorf("density off by %g at first and by %g at last", first, last)
		}
	})
}

// A shifted particle takes the velocity of the place where it goes: exactly, on a lattice and in a flow that changes evenly.
func TestShiftKeepsTheFlow(t *testing.T) {
	p := filled(testParams(2))
	particles := lattice(&p, 9, Vec{})
	flow := func(x Vec) Vec { return Vec{3*x[1] - x[0], 2*x[0] + x[1], 0} }
	for i := range particles {
		particles[i].V = flow(particles[i].X)
	}
	shift := Vec{0.003, -0.002, 0}
	i := middle(&p, 9, 4)
	want := flow(particles[i].X.plus(shift)).minus(particles[i].V)
	for axis, sum := range ChangeOf(&p, i, shift, particles) {
		if math.Abs(sum.Value-want[axis]) > 8*single*sum.Size+1e-15 {
			t.Errorf("axis %d: velocity changes by %g, want %g", axis, sum.Value, want[axis])
		}
	}
}

// A wave of displacements of a lattice grows or fades as its calibration says: the most crowded one is turned round by the share evenly of
// twice what would be stable.
func TestCrowdedIsTheLatticesStiffest(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		n := map[uint32]int{0: 8, 1: 6}[p.ReachZ]
		p, particles := room(p, n, 0)
		random := rand.New(rand.NewPCG(2, 6))
		places := append([]Particle(nil), particles...)
		away := make([]Vec, len(particles))
		for i := range away {
			for axis := range map[uint32]int{0: 2, 1: 3}[p.ReachZ] {
				away[i][axis] = random.Float64() - 0.5
			}
		}
		grown := 0.0
		for range map[uint32]int{0: 150, 1: 25}[p.ReachZ] {
			sum := 0.0
			for i := range particles {
				particles[i].X = places[i].X.plus(away[i].times(1e-5 * float64(p.Spacing)))
			}
			for i := range particles {
				crowding := CrowdingOf(&p, i, particles)
				for axis := range 3 {
					away[i][axis] = crowding[axis].Value * float64(p.Even)
					sum += away[i][axis] * away[i][axis]
				}
			}
			grown = math.Sqrt(sum) / (1e-5 * float64(p.Spacing))
			for i := range away {
				away[i] = away[i].times(1 / math.Sqrt(sum))
			}
		}
		t.Logf("the stiffest wave is shifted by %.3f of itself", grown)
		if math.Abs(grown-2*evenly) > 0.06 {
			t.Errorf("the stiffest wave is shifted by %g of itself, want %g", grown, 2*evenly)
		}
	})
}

package ref

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// solveParams are testParams in space with what DFSPH needs.
func solveParams() layout.SimParams { return solving(testParams(3)) }

func solving(p layout.SimParams) layout.SimParams {
	p.MaxIterations, p.DensityTolerance, p.DivergenceTolerance = 50, 0.0005, 0.001
	return p
}

// Without walls, pressure forces cancel, whatever the pressures.
func TestPressureCancels(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		particles := scattered(&p, 80)
		for i := range particles {
			particles[i].Kappa = float64(i*i%17) / 3
		}
		Pressure(&p, particles)
		sum, size := sumOf(particles)
		if size < 100 || sum.length() > 1e-12*size {
			t.Errorf("accelerations add up to %v, their sizes to %g", sum, size)
		}
	})
}

// The rate is the slope of the density along the motion, walls included, as a share of what they multiply.
func TestRateIsDerivative(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		particles, obstacles := cornered(&p, 60)
		const e = 1e-6
		moved := func(dt float64) []Particle {
			out := append([]Particle(nil), particles...)
			for i := range out {
				out[i].X = out[i].X.plus(out[i].V.times(dt))
			}
			feel(&p, out, obstacles)
			return out
		}
		later, earlier := moved(e), moved(-e)
		tally := NewTally()
		Factor(&p, particles, &tally) // for G
		for i, own := range particles {
			up, _ := DensityAt(&p, later[i].X, later[i].Wall.N, later)
			down, _ := DensityAt(&p, earlier[i].X, earlier[i].Wall.N, earlier)
			want := (up.Value - down.Value) / (2 * e) / 1000 / own.Wall.N
			if got := RateOf(&p, i, particles, VelocityOf).Value; math.Abs(got-want) > 1e-5*(1+math.Abs(want)) {
				t.Errorf("particle %d: rate %g, slope %g", i, got, want)
			}
		}
	})
}

// A particle's factor is one over what its own pressure does to its own density: the diagonal of the system.
func TestFactorIsDiagonal(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		particles, _ := cornered(&p, 60)
		particles = append(particles, Particle{ID: 60, X: Vec{-0.5, 0.9, 0}, Wall: Share{N: 1}})
		tally := NewTally()
		Factor(&p, particles, &tally)
		for i := range particles[:60] {
			for k := range particles {
				particles[k].Kappa = 0
			}
			particles[i].Kappa = 1
			Pressure(&p, particles)
			own := -RateOf(&p, i, particles, PushOf).Value
			if math.Abs(own*particles[i].Factor-1) > 1e-9 {
				t.Errorf("particle %d: a diagonal of %g, a factor of %g", i, own, particles[i].Factor)
			}
		}
		if particles[60].Factor != 0 || tally.Fault != 0 {
			t.Errorf("alone: factor %g, tally %+v", particles[60].Factor, tally)
		}
	})
}

// Links go both ways and are those of Neighbours; one neighbour too many is a fault that names the smallest particle.
func TestFactorLinks(t *testing.T) {
	p := solveParams()
	particles := scattered(&p, 60)
	x := make([]Vec, len(particles))
	for i, own := range particles {
		x[i] = own.X
	}
	tally := NewTally()
	all := Factor(&p, particles, &tally)
	near, pairs := Neighbours(x, float64(p.SupportRadius)), 0
	for i, links := range all {
		if !slices.Equal(links, near[i]) || particles[i].Neighbours != len(near[i]) {
			t.Errorf("particle %d: linked to %v, %d neighbours, want %v", i, links, particles[i].Neighbours, near[i])
		}
		pairs += len(links)
	}
	if pairs < 100 || tally.Fault != 0 {
		t.Errorf("%d links, %+v", pairs, tally)
	}

	for _, neighbours := range []int{LinksMost, LinksMost + 1} {
		heap := make([]Particle, neighbours+1)
		for i := range heap {
			heap[i].ID, heap[i].Wall.N = neighbours+7-i, 1
		}
		tally := NewTally()
		links := Factor(&p, heap, &tally)
		if full := tally.Fault == FaultFactorOverflow && tally.FactorParticle == 7; full != (neighbours > LinksMost) {
			t.Errorf("%d neighbours: %+v", neighbours, tally)
		}
		if kept := len(links[3]) == neighbours; kept != (neighbours <= LinksMost) || heap[3].Neighbours != neighbours {
			t.Errorf("%d neighbours: links %v", neighbours, links[3])
		}
	}
}

// Once solved, the density after the step is nowhere above what it was meant to be, and below it only where there is no pressure.
// The same for its rate.
func TestRelaxSolves(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		for _, solve := range []uint32{SolveDivergence, SolveDensity} {
			checkSolved(t, solving(p), solve)
		}
	})
}

func checkSolved(t *testing.T, p layout.SimParams, solve uint32) {
	p.SoundSpeed = 1e4 // long steps, as the waves' times go: all that is compressed is put right
	s := State{Params: p, Tally: NewTally()}
	s.Particles = crammed(&p)
	s.Control = layout.Control{Running: 1, Live: 64, Dt: 0.002, PreviousDt: 0.002}
	Factor(&p, s.Particles, &s.Tally)
	var dispatch layout.Dispatch
	begin(solve, &s.Control, &s.Tally, &dispatch)
	Source(&p, &s.Control, s.Particles, &s.Tally)
	for range 250 { // far more than any tolerance asks for
		Pressure(&p, s.Particles)
		Relax(&p, &s.Control, s.Particles, &s.Tally)
		s.Control.Iterations++
	}
	Pressure(&p, s.Particles)
	if s.Tally.Fault != 0 {
		t.Fatalf("%+v, %+v", s.Control, s.Tally)
	}
	dt, pressed, helped := float64(s.Control.Dt), 0, 0
	before := append([]Particle(nil), s.Particles...)
	Kick(dt, s.Particles)
	for i, own := range s.Particles {
		rate := func(list []Particle) float64 {
			r := RateOf(&p, i, list, VelocityOf).Value * dt
			if solve == SolveDensity {
				// So much is corrected at once and no more.
				over := max(own.Density/1000-1, 0)
				return (own.Density/1000-1-over+min(over, MostAtOnce))/own.Wall.N + r
			}
			return r
		}
		if solve == SolveDivergence && Around(&p, own) < float64(p.EnoughNeighbours) {
			continue
		}
		was, is := rate(before), rate(s.Particles)
		if is > 1e-6 || own.Kappa > 1e-3 && was > 0 && math.Abs(is) > 1e-6 {
			t.Errorf("system %d, particle %d: compressed by %g before and by %g after, kappa %g", solve, i, was, is, own.Kappa)
		}
		if own.Kappa > 0 {
			pressed++
		}
		if was > 1e-3 && is < 1e-6 {
			helped++
		}
	}
	if pressed < 10 || helped < 5 {
		t.Errorf("system %d: %d under pressure, %d helped", solve, pressed, helped)
	}
}

// The iteration stops at its tolerance, at its limit, and for the density never after the first.
func TestRelaxCheckStops(t *testing.T) {
	for _, c := range []struct {
		solve, done uint32
		mean        float64
		stops       bool
	}{
		{SolveDivergence, 0, 0.0009, true}, {SolveDivergence, 0, 0.0011, false}, {SolveDivergence, 49, 1, true},
		{SolveDensity, 0, 0, false}, {SolveDensity, 1, 0.0004, true}, {SolveDensity, 1, 0.0009, false}, {SolveDensity, 48, 1, false},
	} {
		p := solveParams()
		control := layout.Control{Running: 1, Live: 1000, Solve: c.solve, Iterations: c.done, Dt: 1}
		tally := layout.Tally{Residual: uint32(c.mean * ResidualUnit * 1000)}
		dispatch := layout.Dispatch{Iterate: Groups(1000)}
		RelaxCheck(&p, &control, &tally, &dispatch)
		if stopped := dispatch.Iterate == Groups(0); stopped != c.stops || control.Iterations != c.done+1 || tally.Residual != 0 {
			t.Errorf("%+v: stopped %t, %+v", c, stopped, control)
		}
	}
}

// The residual's whole units saturate, each workgroup's at its share, so that their sum never wraps.
func TestResidualSaturates(t *testing.T) {
	for _, groups := range []int{1, 3, 7, 1000, 1 << 18} {
		if sum := uint64(ResidualUnits(1e30, groups)) * uint64(groups); sum > math.MaxUint32 || sum < math.MaxUint32-1<<18 {
			t.Errorf("%d groups at most make %d", groups, sum)
		}
	}
	if got := ResidualUnits(0.75/ResidualUnit, 9); got != 1 {
		t.Errorf("0.75 units round to %d", got)
	}
}

// A lone particle falls as with any method, after a priming step that moves nothing.
func TestStepDFSPHFalls(t *testing.T) {
	p := solveParams()
	p.Gravity = [4]float32{0, -10}
	s := State{Params: p, Tally: NewTally(), Particles: []Particle{{X: Vec{0, 0.5, 0}}}}
	s.Control = layout.Control{Live: 1, StepLimit: 20, GoalS: 1, Prime: 1}
	StepDFSPH(&s)
	if s.Control.Step != 0 || s.Particles[0].X[1] != 0.5 || s.Particles[0].V != (Vec{}) || s.Control.Prime != 0 {
		t.Fatalf("priming moved something: %+v, %+v", s.Control, s.Particles[0])
	}
	y, v, now := 0.5, 0.0, 0.0
	for range 25 { // five more than the limit
		before := s.Control.Step
		StepDFSPH(&s)
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

// A fault moves nothing, and takes those back that had just left.
func TestStepDFSPHStopsAtFaults(t *testing.T) {
	p := solveParams()
	start := []Particle{{ID: 0, X: Vec{0.5, 0, 0}, V: Vec{math.MaxFloat32, 0, 0}}, {ID: 1, Gone: true}}
	s := State{Params: p, Tally: NewTally(), Particles: append([]Particle(nil), start...)}
	s.Control = layout.Control{Live: 2, StepLimit: 9, GoalS: 1, Dt: 0.001}
	StepDFSPH(&s)
	if s.Control.Fault != FaultNonPressureNonFinite || s.Tally.NonPressureParticle != 0 || s.Control.Step != 0 ||
		len(s.Particles) != 2 || s.Particles[0] != start[0] || s.Control.Live != 2 || s.Control.Lost != 0 {
		t.Errorf("a fault: %+v", s)
	}
}

// Two blobs that run into each other are turned round: nobody ends up much denser than rest, and momentum is kept.
func TestStepDFSPHKeepsDensityAndMomentum(t *testing.T) {
	s := State{Params: solveParams(), Tally: NewTally()}
	for i := range 2 * 4 * 4 * 4 {
		half := float64(i / 64)
		x := Vec{float64(i % 4), float64(i / 4 % 4), float64(i / 16 % 4)}.times(1.0 / 16).plus(Vec{0.26*half - 0.4, 0.008 * half, 0})
		s.Particles = append(s.Particles, Particle{ID: i, X: x, V: Vec{1 - 2*half, 0.3, 0}})
	}
	s.Control = layout.Control{Live: 128, StepLimit: 100, GoalS: 1, Prime: 1}
	worst, iterations := 0.0, uint32(0)
	for range 12 {
		StepDFSPH(&s)
		var sum, error float64
		for _, own := range s.Particles {
			sum += own.V[1]
			error += max(own.Density/1000-1, 0) / 128
		}
		if math.Abs(sum-0.3*128) > 1e-9 {
			t.Fatalf("step %d: momentum along y %g, want %g", s.Control.Step, sum, 0.3*128)
		}
		worst, iterations = max(worst, error), max(iterations, s.Control.DensityIterations)
	}
	if s.Tally.Fault != 0 || s.Control.Step != 11 || worst > 0.01 || iterations < 3 {
		t.Errorf("mean density error %g, %d iterations, %+v", worst, iterations, s.Control)
	}
}

// Where fluid fills its domain, disorder sums to more than the rest density everywhere, which no motion can mend: what all
// sources have in common is taken off, or each step would use all its iterations and leave more pressure behind than the last.
func TestFullDomainIsAtPeace(t *testing.T) {
	const n = 8
	stir := func(full float32) (iterations uint32, pressure float64) {
		p := solving(wrapped(testParams(2), 0, 1))
		p.DensityTolerance, p.Full, p.Pulls = 1e-4, full, full
		for axis := range 2 {
			p.Period[axis] = n * p.Spacing
			p.InvPeriod[axis] = 1 / p.Period[axis]
			p.DomainMin[axis], p.DomainMax[axis] = 0, p.Period[axis]
		}
		s := State{Params: p, Tally: NewTally(), Particles: lattice(&p, n, Vec{})}
		random, d := rand.New(rand.NewPCG(5, 9)), float64(p.Spacing)
		for i := range s.Particles {
			s.Particles[i].X = s.Particles[i].X.plus(Vec{0.2 * random.Float64(), 0.2 * random.Float64(), 0}.times(d))
		}
		s.Control = layout.Control{Live: n * n, StepLimit: 100, GoalS: 1, Prime: 1}
		for range 20 {
			StepDFSPH(&s)
		}
		if s.Tally.Fault != 0 || s.Control.Step != 19 {
			t.Fatalf("%+v, %+v", s.Control, s.Tally)
		}
		for _, own := range s.Particles {
			pressure += own.Kappa / (n * n)
		}
		return s.Control.DensityIterations, pressure
	}
	iterations, pressure := stir(1)
	wasted, piled := stir(0)
	t.Logf("%d iterations, kappa %.3g; with what all have in common %d, %.3g", iterations, pressure, wasted, piled)
	if wasted < 2*iterations || piled < 4*pressure {
		t.Errorf("%d iterations, kappa %g; with what all have in common %d, %g", iterations, pressure, wasted, piled)
	}
}

// A step that is short asks for less than a long one, but not for more than single precision can tell.
func TestRelaxCheckScalesWithTheStep(t *testing.T) {
	p := solveParams()
	whole := CatchUp * float64(p.Cfl) * float64(p.Spacing) / float64(p.SoundSpeed)
	for _, c := range []struct {
		dt, mean float64
		stops    bool
	}{
		{whole, 0.9, true}, {whole, 1.1, false}, {0.1 * whole, 0.09, true}, {0.1 * whole, 0.11, false}, {10 * whole, 0.9, true},
		{10 * whole, 1.1, false}, {0, 0.9e-6 / 0.0005, true}, {0, 2e-5 / 0.0005, false},
	} {
		control := layout.Control{Running: 1, Live: 1 << 16, Solve: SolveDensity, Iterations: 5, Dt: float32(c.dt)}
		tally := layout.Tally{Residual: uint32(c.mean * float64(p.DensityTolerance) * ResidualUnit * (1 << 16))}
		dispatch := layout.Dispatch{Iterate: Groups(1 << 16)}
		RelaxCheck(&p, &control, &tally, &dispatch)
		if stopped := dispatch.Iterate == Groups(0); stopped != c.stops {
			t.Errorf("a step of %g s, a mean of %g times the tolerance: stopped %t", c.dt, c.mean, stopped)
		}
	}
}

// What is kept is the pressure that in this step would have done what both solves did.
func TestKeptPressure(t *testing.T) {
	p := solveParams()
	p.Stress = 0.5
	particles := []Particle{{Kappa: 3}, {}}
	KeepImpulse(&layout.Control{Dt: 0.25}, particles)
	particles[0].Kappa, particles[1].Kappa = 5, 2
	KeepPressure(&p, &layout.Control{Dt: 0.125}, particles)
	if a, b := particles[0], particles[1]; a.Pressure != 500*(5+6) || a.PressureTerm != 0.005 || b.Pressure != 1000 || b.PressureTerm != 0.002 {
		t.Errorf("%+v, %+v", a, b)
	}
	KeepPressure(&p, &layout.Control{}, particles)
	if particles[0].Pressure != 2500 {
		t.Errorf("a priming step: %+v", particles[0])
	}
}

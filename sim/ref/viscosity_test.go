package ref

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// thick makes the fluid of a test so viscous that implicit steps of dt are `times` as long as diffusion over a spacing takes.
func thick(p *layout.SimParams, dt, times float64) {
	lattice := calibration(p)
	p.ViscousStrength, p.ViscousFriction = float32(times/dt*lattice.Shear), float32(times/dt*lattice.Friction)
}

// flow is K of a random field, and the field.
func flow(p *layout.SimParams, particles []Particle, seed uint64) (u, k []Vec) {
	random := rand.New(rand.NewPCG(seed, 41))
	u = make([]Vec, len(particles))
	for i := range u {
		for axis := range u[i] {
			if axis < 2 || p.ReachZ > 0 {
				u[i][axis] = 2*random.Float64() - 1
			}
		}
	}
	field := func(own Particle) (Vec, Vec) { return u[own.ID], sizes(u[own.ID]) }
	for i := range particles {
		k = append(k, values(ViscousOf(p, i, particles, field)))
	}
	return u, k
}

func product(a, b []Vec) (sum float64) {
	for i := range a {
		sum += a[i].dot(b[i])
	}
	return sum
}

// Conjugate gradients need an operator that is symmetric and positive, at walls too.
func TestViscosityIsSymmetric(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		thick(&p, 0.01, 10)
		particles, _ := cornered(&p, 80)
		u, ku := flow(&p, particles, 1)
		v, kv := flow(&p, particles, 2)
		if a, b := product(u, kv), product(v, ku); math.Abs(a-b) > 1e-12*math.Abs(product(u, ku)) {
			t.Errorf("u.Kv = %g, v.Ku = %g", a, b)
		}
		if product(u, ku) <= 0 || product(v, kv) <= 0 {
			t.Errorf("u.Ku = %g, v.Kv = %g", product(u, ku), product(v, kv))
		}
	})
}

// Without walls neither momentum nor angular momentum comes from viscosity, and a rigid motion feels none.
func TestViscosityKeepsMomenta(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		thick(&p, 0.01, 10)
		particles := scattered(&p, 80)
		_, ku := flow(&p, particles, 1)
		var sum, spin Vec
		size := 0.0
		for i, own := range particles {
			sum, spin = sum.plus(ku[i]), spin.plus(cross(own.X, ku[i]))
			size += ku[i].length()
		}
		if sum.length() > 1e-12*size || spin.length() > 1e-12*size {
			t.Errorf("momentum %v, angular momentum %v, of %g", sum, spin, size)
		}
		turn := Vec{0, 0, 3}
		if p.ReachZ > 0 {
			turn = Vec{1, -2, 3}
		}
		rigid := func(own Particle) (Vec, Vec) { return Vec{5, 6, 0}.plus(cross(turn, own.X)), Vec{} }
		for i := range particles {
			if k := values(ViscousOf(&p, i, particles, rigid)); k.length() > 1e-12*size {
				t.Errorf("particle %d of a rigid motion: %v", i, k)
			}
		}
	})
}

func cross(a, b Vec) Vec {
	return Vec{a[1]*b[2] - a[2]*b[1], a[2]*b[0] - a[0]*b[2], a[0]*b[1] - a[1]*b[0]}
}

// On the lattice a parabola of speeds along a direction feels nu times its curvature, within 2 % along the axes and the
// diagonals, and exactly in the mean over all directions: that of a plane is the mean of the two.
func TestViscosityIsAlikeInAllDirections(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		const nu = 0.25
		d := float64(p.Spacing)
		thick(&p, 1, nu/(d*d))
		particles := lattice(&p, 7, Vec{})
		i := middle(&p, 7, 3)
		root := math.Sqrt(0.5)
		var both []float64
		for name, axes := range map[string][2]Vec{
			"axes": {{1, 0, 0}, {0, 1, 0}}, "diagonals": {{root, root, 0}, {root, -root, 0}},
		} {
			along, across := axes[0], axes[1]
			field := func(own Particle) (Vec, Vec) {
				y := own.X.minus(particles[i].X).dot(across)
				return along.times(y * y), Vec{}
			}
			k := values(ViscousOf(&p, i, particles, field)).times(-1)
			both = append(both, k.dot(along)/(2*nu))
			if math.Abs(k.dot(along)/(2*nu)-1) > 0.02 || math.Abs(k.dot(across)) > 1e-9 {
				t.Errorf("%s: %v, want %g along %v", name, k, 2*nu, along)
			}
		}
		if mean := (both[0] + both[1]) / 2; p.ReachZ == 0 && math.Abs(mean-1) > 1e-6 {
			t.Errorf("in the mean %g of what it should be", mean)
		}
	})
}

// The solve ends with what it set out for, in fewer rounds than it may take, whatever it starts from.
func TestViscositySolves(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		const dt = 0.01
		for _, times := range []float64{0.01, 1, 10} {
			thick(&p, dt, times)
			particles, _ := cornered(&p, 80)
			s := &State{Params: p, Particles: particles, Control: layout.Control{Live: 80, Running: 1, Dt: dt, PreviousDt: dt}}
			for i := range s.Particles {
				s.Particles[i].Acceleration, s.Particles[i].Viscous.Change = Vec{0, -9.81, 0}, Vec{float64(i % 5), 0, 0}
			}
			before := append([]Particle(nil), s.Particles...)
			s.viscosity(&layout.Dispatch{Viscous: Groups(80)})
			var missing, done float64
			after := func(own Particle) (Vec, Vec) { return own.V, Vec{} }
			for i, own := range s.Particles {
				b := before[i].V.plus(before[i].Acceleration.times(dt))
				left := own.V.plus(values(ViscousOf(&p, i, s.Particles, after)).times(dt)).minus(b)
				missing += left.dot(left)
				done += own.Viscous.Change.dot(own.Viscous.Change)
			}
			// A hair more than the tolerance: alpha and beta are rounded to float32, the residual is kept up, not taken anew.
			if missing > 1.01*ViscosityTolerance*ViscosityTolerance*done || s.Control.ViscosityIterations == 0 || s.Control.ViscosityIterations >= ViscosityRounds {
				t.Errorf("%g times: missing %g of %g after %d rounds", times, math.Sqrt(missing), math.Sqrt(done), s.Control.ViscosityIterations)
			}
		}
	})
}

// Fluid as thick as can be moves on as a rigid body with the momenta that it had.
func TestViscosityStiffens(t *testing.T) {
	p := testParams(2)
	const dt = 0.01
	thick(&p, dt, 1e4)
	s := &State{Params: p, Particles: scattered(&p, 60), Control: layout.Control{Live: 60, Running: 1, Dt: dt, PreviousDt: dt}}
	momenta := func() (centre, mean Vec, spin, inertia float64) {
		for _, own := range s.Particles {
			centre, mean = centre.plus(own.X.times(1.0/60)), mean.plus(own.V.times(1.0/60))
		}
		for _, own := range s.Particles {
			away := own.X.minus(centre)
			spin += cross(away, own.V)[2]
			inertia += away.dot(away)
		}
		return centre, mean, spin, inertia
	}
	centre, mean, spin, inertia := momenta()
	// More solves than one: each may leave a hundredth of the change that it makes.
	for range 4 {
		s.Control.ViscosityIterations = 0
		s.viscosity(&layout.Dispatch{Viscous: Groups(60)})
		for i := range s.Particles {
			s.Particles[i].Acceleration, s.Particles[i].Viscous = Vec{}, Viscous{}
		}
	}
	_, now, turned, _ := momenta()
	if now.minus(mean).length() > 1e-6 || math.Abs(turned-spin) > 1e-6*math.Sqrt(inertia) {
		t.Errorf("mean velocity %v, was %v; spin %g, was %g", now, mean, turned, spin)
	}
	for i, own := range s.Particles {
		rigid := mean.plus(cross(Vec{0, 0, spin / inertia}, own.X.minus(centre)))
		if own.V.minus(rigid).length() > 0.01 {
			t.Errorf("particle %d: %v, rigid %v", i, own.V, rigid)
		}
	}
}

// Each way in which the solve may end.
func TestViscosityCheckStops(t *testing.T) {
	for name, c := range map[string]struct {
		rounds uint32
		sums   [4]float64
		goes   bool
	}{
		"in full swing":           {3, [4]float64{4, 90, 100, 1000}, true},
		"little beside change":    {3, [4]float64{0.009, 90, 100, 1000}, false},
		"enough beside change":    {3, [4]float64{0.011, 90, 100, 1000}, true},
		"little beside velocity":  {3, [4]float64{0.9e-7, 90, 0, 1000}, false},
		"enough beside velocity":  {3, [4]float64{1.1e-7, 90, 0, 1000}, true},
		"last round":              {ViscosityRounds - 1, [4]float64{4, 90, 100, 1000}, true},
		"no round left":           {ViscosityRounds, [4]float64{4, 90, 100, 1000}, false},
		"not a number":            {3, [4]float64{math.NaN(), 90, 100, 1000}, false},
		"no curvature":            {3, [4]float64{4, 0, 100, 1000}, false},
		"nothing is wrong":        {0, [4]float64{0, 0, 0, 0}, false},
		"first round, no history": {0, [4]float64{4, 90, 0, 0}, true},
	} {
		control := layout.Control{Running: 1, Live: 100, ViscosityIterations: c.rounds, ViscousStep: 0.1, ViscousResidual: 40}
		dispatch := layout.Dispatch{Viscous: Groups(100)}
		ViscosityCheck(&control, c.sums, &dispatch)
		if goes := dispatch.Viscous[0] != 0; goes != c.goes || (control.ViscosityIterations == c.rounds+1) != c.goes {
			t.Errorf("%s: goes on %v, %d rounds, were %d", name, goes, control.ViscosityIterations, c.rounds)
		}
	}
}

// Honey that falls freely keeps its momentum in steps a thousand times as long as an explicit one could be, and its density.
func TestStepDFSPHIsViscous(t *testing.T) {
	p := solveParams()
	p.MaxStep = 0.01
	thick(&p, 0.01, 125)
	s := State{Params: p, Tally: NewTally(), Particles: lattice(&p, 5, Vec{}), Control: layout.Control{Live: 125, StepLimit: 100, GoalS: 1, Prime: 1}}
	u, _ := flow(&p, s.Particles, 3)
	var before Vec
	for i := range s.Particles {
		s.Particles[i].V = Vec{1, 2, 3}.plus(u[i])
		before = before.plus(s.Particles[i].V)
	}
	for range 6 {
		StepDFSPH(&s)
	}
	var after Vec
	for _, own := range s.Particles {
		after = after.plus(own.V)
	}
	// The solve ends with a hundredth of the change missing, and what is missing adds up to nothing but for the guess.
	if after.minus(before).length() > 1e-3*before.length() || s.Control.ViscosityIterations == 0 || s.Tally.Fault != 0 {
		t.Errorf("momentum %v, was %v; %+v", after, before, s.Control)
	}
}

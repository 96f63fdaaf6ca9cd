package ref

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// A lattice at the seeding distance has the rest density and, in space, 32 neighbours, in the plane 12, so no pressure.
func TestLatticeIsAtRest(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		particles := lattice(&p, 7, Vec{})
		var tally layout.Tally
		Density(&p, particles, &tally)
		middle := particles[len(particles)/2]
		want := map[uint32]int{0: 12, 1: 32}[p.ReachZ]
		if math.Abs(middle.Density-1000) > 1e-9 || middle.Neighbours != want {
			t.Errorf("density %v, %d neighbours", middle.Density, middle.Neighbours)
		}
		if corner := particles[0]; corner.PressureTerm != 0 || corner.Density > 800 {
			t.Errorf("a corner of the block has density %v, pressure term %v", corner.Density, corner.PressureTerm)
		}
	})
}

// Without walls, forces between particles cancel, whatever the particles do.
func TestForcesCancel(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		p.Viscosity, p.ArtificialViscosity = 0.01, 0.3
		particles := scattered(&p, 80)
		var tally layout.Tally
		Density(&p, particles, &tally)
		Force(&p, particles, &tally)
		sum, size := sumOf(particles)
		if size < 100 || sum.length() > 1e-12*size {
			t.Errorf("accelerations add up to %v, their sizes to %g", sum, size)
		}
	})
}

// sumOf adds the accelerations, and their sizes.
func sumOf(particles []Particle) (sum Vec, size float64) {
	for _, own := range particles {
		sum = sum.plus(own.Acceleration)
		size += own.Acceleration.length()
	}
	return sum, size
}

// The pressure force is minus the slope of the energy that its equation of state stores, sum m e(rho) with
// de/drho = p / rho^2, walls and obstacles included: nothing is gained by going round in a circle.
func TestPressureComesFromAnEnergy(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		particles, obstacles := cornered(&p, 60)
		checkEnergy(t, &p, particles, obstacles)
	})
}

// checkEnergy compares accelerations with differences of the energy.
func checkEnergy(t *testing.T, p *layout.SimParams, particles []Particle, obstacles []layout.Obstacle) {
	t.Helper()
	rho0, c, m := float64(p.RestDensity), float64(p.SoundSpeed), float64(p.Mass)
	energy := func() (sum float64) {
		for _, own := range particles {
			wall, _ := ShareAt(p, own.X, obstacles)
			rho, _ := DensityAt(p, own.X, wall.N, particles)
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
	feel(p, particles, obstacles)
	Density(p, particles, &tally)
	Force(p, particles, &tally)
	walled := 0
	for i := range particles {
		if particles[i].Wall.N > 1 && particles[i].PressureTerm > 0 {
			walled++
		}
		e := 1e-5 * float64(p.Spacing)
		for axis := range 3 {
			if p.ReachZ == 0 && axis == 2 {
				continue
			}
			at := particles[i].X[axis]
			particles[i].X[axis] = at + e
			up := energy()
			particles[i].X[axis] = at - e
			down := energy()
			particles[i].X[axis] = at
			want := -(up - down) / (2 * e) / m
			if got := particles[i].Acceleration[axis]; math.Abs(got-want) > 1e-5*(1000+math.Abs(want)) {
				t.Fatalf("particle %d at %v, axis %d: acceleration %g, slope of the energy %g", i, particles[i].X, axis, got, want)
			}
		}
	}
	if walled < 10 {
		t.Errorf("only %d particles under pressure feel a wall", walled)
	}
}

// Viscosity and friction take energy from any motion, viscosity alone from any but a common one.
func TestViscosityOnlyTakes(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		p.Viscosity, p.ArtificialViscosity, p.WallFriction = 0.01, 0.3, 20
		particles, _ := cornered(&p, 60) // with no density evaluated there is no pressure
		var tally layout.Tally
		Force(&p, particles, &tally)
		for i, own := range particles {
			free := own
			free.Wall.N = 1
			braked := NonPressureOf(&p, i, append(append(append([]Particle(nil), particles[:i]...), free), particles[i+1:]...))
			if own.Wall.N > 1 && own.V.dot(own.Acceleration) >= own.V.dot(Vec{braked[0].Value, braked[1].Value, braked[2].Value}) {
				t.Errorf("particle %d: friction does not brake it", i)
			}
		}
		power := 0.0
		for _, own := range particles {
			power += own.V.dot(own.Acceleration)
		}
		if power >= 0 {
			t.Errorf("viscosity does work %g", power)
		}
		for i := range particles {
			particles[i].V, particles[i].Wall = Vec{1, 2, 3}, Share{N: 1}
		}
		Force(&p, particles, &tally)
		for _, own := range particles {
			if own.Acceleration.length() > 1e-12 {
				t.Fatalf("a common motion is braked by %v", own.Acceleration)
			}
		}
	})
}

package ref

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// spinning gives parameters particles that spin.
func spinning(p *layout.SimParams) {
	lattice := calibration(p)
	h := float64(p.SupportRadius)
	sigma := 21 / (2 * math.Pi * h * h * h)
	if p.ReachZ == 0 {
		sigma = 7 / (math.Pi * h * h)
	}
	p.GradientNorm = float32(-20 * sigma / (lattice.Density * h * h))
	p.CurlNorm = float32(float64(p.GradientNorm) * float64(p.Volume) * lattice.Viscosity)
	p.SpinTransfer, p.SpinRate = 0.01, 5
}

// A lattice that turns as a whole has twice the curl of its angular velocity inside.
func TestCurlOnTheLattice(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		spinning(&p)
		particles := lattice(&p, 7, Vec{})
		turn := Vec{0, 0, 3}
		for i := range particles {
			x := particles[i].X
			particles[i].V = Vec{-turn[2] * x[1], turn[2] * x[0], 0}
		}
		for axis, sum := range CurlAround(&p, len(particles)/2, particles) {
			if math.Abs(sum.Value-2*turn[axis]) > 1e-6 {
				t.Errorf("curl %d is %g, want %g", axis, sum.Value, 2*turn[axis])
			}
		}
	})
}

// Spin and flow change each other's energy so that the sum falls, by 2 transfer |slip|^2 V rho; momentum is kept.
func TestSpinTakesEnergy(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		spinning(&p)
		particles := scattered(&p, 80)
		for i := range particles {
			particles[i].Spin = Vec{0, 0, float64(i%7) - 3}
		}
		var control layout.Control // of no length: slips as they are
		Spin(&p, &control, particles)
		Swirl(&p, particles)
		var work, spins, slips float64
		var sum Vec
		for _, own := range particles {
			work += own.V.dot(own.Pulled)
			// The inertia is 2 transfer / rate; the spin loses rate times the slip.
			spins -= 2 * float64(p.SpinTransfer) * own.Spin.dot(own.Slip)
			slips += own.Slip.dot(own.Slip)
			sum = sum.plus(own.Pulled)
		}
		if want := -2 * float64(p.SpinTransfer) * slips; math.Abs(work+spins-want) > 1e-9*math.Abs(want) {
			t.Errorf("energy changes by %g and %g, want %g", work, spins, want)
		}
		if slips == 0 || sum.length() > 1e-10*slips {
			t.Errorf("slips %g, momentum changes by %v", slips, sum)
		}
	})
}

package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Signal is how fast a particle moves, and by how much sound is faster in it than
// at rest, for steps to follow: c^2 = c0^2 + 7 p/rho at most, so c - c0 is at most
// 7 p / (2 rho c0), with N p for p.
func Signal(p *layout.SimParams, own *Particle) float64 {
	return own.V.length() + 3.5*float64(p.RestDensity)*own.PressureTerm/float64(p.SoundSpeed)
}

// Force gives every particle its acceleration, and the tally the largest
// Signal, squared, and acceleration. One whose square is no finite float32 raises a fault
// instead.
func Force(p *layout.SimParams, particles []Particle, tally *layout.Tally) {
	speed, acceleration := 0.0, 0.0
	for i := range particles {
		own := &particles[i]
		for axis, sum := range AccelerationOf(p, i, particles) {
			own.Acceleration[axis] = sum.Value
		}
		v, a := Signal(p, own), own.Acceleration.dot(own.Acceleration)
		v *= v
		if !fits(v) || !fits(a) {
			raise(tally, FaultForceNonFinite, &tally.ForceParticle, own.ID)
			continue
		}
		speed, acceleration = max(speed, v), max(acceleration, a)
	}
	// Floats that are not negative order like their bits.
	tally.MaxSpeedSquared = max(tally.MaxSpeedSquared, math.Float32bits(float32(speed)))
	tally.MaxAccelerationSquared = max(tally.MaxAccelerationSquared, math.Float32bits(float32(acceleration)))
}

// AccelerationOf is particle i's acceleration, in three parts.
//
// Pressure, from fluid and walls. The walls' term is the derivative of the
// particle's own energy by its position, no more: a mirrored p_i/rho0^2, often
// added for weakly compressible fluids, has no energy it derives from, and
// water then never comes to rest.
//
//   - sum_j m (N_i p_i/rho_i^2 + N_j p_j/rho_j^2) grad W_ij
//   - rho0 N_i p_i/rho_i^2 G_i
//
// Gravity, viscosity and friction at walls: see NonPressureOf.
//
// Source: Monaghan (1992), eq. 3.3.
func AccelerationOf(p *layout.SimParams, i int, particles []Particle) [3]Sum {
	own, m := particles[i], float64(p.Mass)
	total := drivenOf(p, i, particles)
	pairs(p, i, particles, func(j int, away Vec, r float64) {
		strength := m * (own.PressureTerm + particles[j].PressureTerm)
		addAlong(&total, away, -strength*slope(p, r), strength*slopeSize(p, r))
	})
	addVector(&total, own.Wall.Slope.times(-float64(p.RestDensity)*own.PressureTerm))
	return total
}

package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Force gives every particle its acceleration, and the tally the largest
// speed and acceleration. One whose square is no finite float32 raises a fault
// instead.
func Force(p *layout.SimParams, particles []Particle, walls []Sample, tally *layout.Tally) {
	speed, acceleration := 0.0, 0.0
	for i := range particles {
		own := &particles[i]
		for axis, sum := range AccelerationOf(p, i, particles, walls) {
			own.Acceleration[axis] = sum.Value
		}
		v, a := own.V.dot(own.V), own.Acceleration.dot(own.Acceleration)
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
// water then never comes to rest (measured: 0.13 m/s rms for ever in a
// 0.2 m deep tank, against 0.004 m/s without it).
//
//   - sum_j m (p_i/rho_i^2 + p_j/rho_j^2) grad W_ij
//   - rho0 sum_b V_b p_i/rho_i^2 grad W_ib
//
// Viscosity, physical for every pair plus artificial for approaching pairs;
// against walls, which stand still, both always act:
//
//	sum_j m/rho0 (2(D+2) nu + [v_ij.x_ij < 0] alpha c h_s) (v_ij.x_ij)/(r^2 + 0.01 h_s^2) grad W_ij
//	sum_b V_b (2(D+2) nu + alpha_w c h_s) (v_i.x_ib)/(r^2 + 0.01 h_s^2) grad W_ib
//
// And gravity.
//
// Source: Monaghan (1992), eq. 3.3 and 4.1; Weiler et al. (2018), eq. 6;
// Akinci et al. (2012), eq. 9.
func AccelerationOf(p *layout.SimParams, i int, particles []Particle, walls []Sample) [3]Sum {
	var (
		h, hs   = float64(p.SupportRadius), float64(p.SmoothingLength)
		m, rho0 = float64(p.Mass), float64(p.RestDensity)
		nu      = float64(p.Viscosity)
		alpha   = float64(p.ArtificialViscosity)
		nuWall  = float64(p.WallViscosity)
		own     = particles[i]
		total   [3]Sum
	)
	// addPair adds (viscous - pressure) grad W. `away` is x_i minus the other's
	// position, dv the velocities' difference, nuMax what nu may be at most.
	addPair := func(away, dv Vec, volume, nu, nuMax, pressure float64) {
		r2 := away.dot(away)
		r := math.Sqrt(r2)
		soft := r2 + 0.01*hs*hs
		strength := volume*nu*dv.dot(away)/soft - pressure
		size := volume*nuMax*dv.absDot(away)/soft + math.Abs(pressure)
		for axis := range total {
			total[axis].AddSized(
				away[axis]*GradFactor(r, h)*strength,
				math.Abs(away[axis])*gradFactorSize(r, h)*size)
		}
	}
	for axis := range total {
		total[axis].Add(float64(p.Gravity[axis]))
	}
	for _, other := range particles {
		// The particle itself is at distance zero and adds nothing.
		away := own.X.minus(other.X)
		if !(away.length() < h) {
			continue
		}
		dv := own.V.minus(other.V)
		nuPair := nu
		if dv.dot(away) < 0 {
			nuPair += alpha
		}
		addPair(away, dv, m/rho0, nuPair, nu+alpha, m*(own.PressureTerm+other.PressureTerm))
	}
	for _, b := range walls {
		if away := own.X.minus(b.X); away.length() < h {
			addPair(away, own.V, b.Volume, nuWall, nuWall, rho0*b.Volume*own.PressureTerm)
		}
	}
	return total
}

// gradFactorSize is |G| + |r dG/dr| of the gradient factor G: what a relative
// error in r is multiplied by.
func gradFactorSize(r, h float64) float64 {
	q := r / h
	return math.Abs(GradFactor(r, h)) + 60*wendlandSigma(h)/(h*h)*q*(1-q)*(1-q)
}

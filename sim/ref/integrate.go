package ref

import "github.com/fluidsim/fluidsim/sim/layout"

// Integrate moves every particle by symplectic Euler,
//
//	v += dt a,  x += dt v
//
// puts it back outside solids and inside closed walls, and marks it gone where
// a side is open. A motion that is not finite, or longer than one step allows,
// raises a fault and does not happen.
//
// Source: Monaghan (2005), sec. 5.3.
func Integrate(p *layout.SimParams, dt float64, particles []Particle, obstacles []layout.Obstacle, tally *layout.Tally) {
	for i := range particles {
		own := &particles[i]
		v := own.V.plus(own.Acceleration.times(dt))
		move := v.times(dt)
		switch x := own.X.plus(move); {
		case !x.finite() || !v.finite():
			raise(tally, FaultIntegrateNonFinite, &tally.IntegrateParticle, own.ID)
		case move.length() > float64(p.MaxKick):
			raise(tally, FaultIntegrateTooFast, &tally.IntegrateParticle, own.ID)
		default:
			own.X, own.V = x, v
		}
		pushed := false
		for _, body := range obstacles {
			pushed = pushOut(p, body, own) || pushed
		}
		held := holdInside(p, own)
		if (pushed || held) && !own.Gone {
			tally.WallClamps++
		}
	}
}

// pushOut moves a particle that is inside a body, or nearer than the margin,
// out along the normal, and takes the inward part of its velocity.
func pushOut(p *layout.SimParams, body layout.Obstacle, own *Particle) bool {
	x := seen(p, body, own.X)
	depth := Distance(body, x) - float64(p.WallMargin)
	if !(depth < 0) {
		return false
	}
	n := Outward(body, x)
	own.X = own.X.minus(n.times(depth))
	if into := own.V.minus(BodyVelocity(body, x)).dot(n); into < 0 {
		own.V = own.V.minus(n.times(into))
	}
	return true
}

// holdInside stops a particle a margin before the domain's closed sides; past
// an open one it is gone, past a periodic one it comes back in on the other.
func holdInside(p *layout.SimParams, own *Particle) (held bool) {
	for axis := range own.X {
		low, high, margin := float64(p.DomainMin[axis]), float64(p.DomainMax[axis]), float64(p.WallMargin)
		closed := func(side int) bool { return p.ClosedSides>>(2*axis+side)&1 == 1 }
		x, v := &own.X[axis], &own.V[axis]
		if closed(0) && *x < low+margin {
			*x, *v, held = low+margin, max(*v, 0), true
		}
		if closed(1) && *x > high-margin {
			*x, *v, held = high-margin, min(*v, 0), true
		}
	}
	own.Gone = own.Gone || Outside(p, own.X)
	own.X = BringIn(p, own.X)
	return held
}

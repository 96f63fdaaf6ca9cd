package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

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
	depth := Distance(body, own.X) - float64(p.WallMargin)
	if !(depth < 0) {
		return false
	}
	n := Outward(body, own.X, 0.05*float64(p.Spacing))
	own.X = own.X.minus(n.times(depth))
	if into := own.V.dot(n); into < 0 {
		own.V = own.V.minus(n.times(into))
	}
	return true
}

// holdInside stops a particle a margin before the domain's closed sides; past
// an open one it is gone.
func holdInside(p *layout.SimParams, own *Particle) bool {
	held := false
	for axis := range own.X {
		low, high := float64(p.DomainMin[axis]), float64(p.DomainMax[axis])
		open := func(side int) bool { return p.OpenSides>>(2*axis+side)&1 == 1 }
		if !open(0) {
			low += float64(p.WallMargin)
		}
		if !open(1) {
			high -= float64(p.WallMargin)
		}
		if own.X[axis] < low {
			own.X[axis], own.V[axis] = low, max(own.V[axis], 0)
			own.Gone = own.Gone || open(0)
			held = true
		}
		if own.X[axis] > high {
			own.X[axis], own.V[axis] = high, min(own.V[axis], 0)
			own.Gone = own.Gone || open(1)
			held = true
		}
	}
	return held
}

// Outward is the direction in which the distance to a body grows, by central
// differences over e to each side; zero where it has none (a centre).
func Outward(body layout.Obstacle, x Vec, e float64) Vec {
	var slope Vec
	for axis := range slope {
		var step Vec
		step[axis] = e
		slope[axis] = Distance(body, x.plus(step)) - Distance(body, x.minus(step))
	}
	if length := slope.length(); length > 0 {
		return slope.times(1 / length)
	}
	return Vec{}
}

// Distance is the signed distance of a point to a body, negative inside.
//
// Source: Quilez, Distance functions (box, cylinder, capsule).
func Distance(body layout.Obstacle, x Vec) float64 {
	away := x.minus(xyz(body.Position))
	local := Vec{away.dot(xyz(body.AxisX)), away.dot(xyz(body.AxisY)), away.dot(xyz(body.AxisZ))}
	half, radius := xyz(body.HalfSize), float64(body.HalfSize[3])
	switch body.Kind {
	case layout.SolidBox:
		return boxLike(math.Abs(local[0])-half[0], math.Abs(local[1])-half[1], math.Abs(local[2])-half[2])
	case layout.SolidSphere:
		return local.length() - radius
	case layout.SolidCylinder:
		return boxLike(math.Hypot(local[0], local[2])-radius, math.Abs(local[1])-half[1])
	default: // capsule: all points within the radius of a segment along y
		nearest := Vec{0, max(-half[1], min(half[1], local[1])), 0}
		return local.minus(nearest).length() - radius
	}
}

// boxLike joins distances to perpendicular faces: outside, the distance to the
// edge or corner that they form; inside, to the nearest face.
func boxLike(faces ...float64) float64 {
	outside, nearest := 0.0, math.Inf(-1)
	for _, d := range faces {
		outside += max(d, 0) * max(d, 0)
		nearest = max(nearest, d)
	}
	return math.Sqrt(outside) + min(nearest, 0)
}

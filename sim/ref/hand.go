package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Touch is what the hand does to particles in the ball of radius R around its
// centre c in a step of length dt: they are gone if it drains, else
//
//	v += w dt a (x - c)/|x - c| + (1 - exp(-w f dt)) (u - v),  w = (1 - |x - c|^2/R^2)^2
//
// It tells which particles are inside.
func Touch(p *layout.SimParams, hand *layout.Hand, dt float64, particles []Particle) (inside []bool) {
	inside = make([]bool, len(particles))
	centre, radius, u := xyz(hand.Place), float64(hand.Place[3]), xyz(hand.Motion)
	for i := range particles {
		own := &particles[i]
		away := apart(p, own.X, centre)
		r := away.length()
		if own.Gone || r >= radius {
			continue
		}
		inside[i] = true
		if hand.Drains == 1 {
			own.Gone = true
			continue
		}
		edge := 1 - r*r/(radius*radius)
		weight := edge * edge
		own.V = own.V.plus(away.times(weight * dt * float64(hand.Push) / max(r, 1e-6*radius)))
		own.V = own.V.plus(u.minus(own.V).times(-math.Expm1(-weight * float64(hand.Motion[3]) * dt)))
	}
	return inside
}

// Note writes down after which step an input took effect.
func Note(control *layout.Control, hand *layout.Hand, answer *layout.Answer, applied []uint32) {
	applied[int(hand.Sequence)%len(applied)] = control.Step
	answer.Depth, answer.Pick = math.MaxUint32, hand.Sequence
}

// Pick is how far along the line of sight the nearest particle close to it is, and +Inf where there is none.
func Pick(hand *layout.Hand, particles []Particle) float64 {
	nearest := math.Inf(1)
	way := xyz(hand.Sight)
	for i := range particles {
		away := particles[i].X.minus(xyz(hand.Ray))
		depth := away.dot(way)
		if !particles[i].Gone && depth >= 0 && away.minus(way.times(depth)).length() < float64(hand.Ray[3]) {
			nearest = min(nearest, depth)
		}
	}
	return nearest
}

// Admit tells whether no live particle is closer to x than four fifths of a
// spacing, and no obstacle than half of one.
func Admit(p *layout.SimParams, x Vec, particles []Particle, obstacles []layout.Obstacle) bool {
	for _, body := range obstacles[:p.ObstacleCount] {
		if Distance(body, seen(p, body, x)) < 0.5*float64(p.Spacing) {
			return false
		}
	}
	for i := range particles {
		if !particles[i].Gone && apart(p, x, particles[i].X).length() < 0.8*float64(p.Spacing) {
			return false
		}
	}
	return true
}

// Emit tells which of the candidates become particles: as many of those
// admitted as there is room for and numbers are left, in their order.
func Emit(control *layout.Control, admitted []bool, room int) (made []int) {
	for k, yes := range admitted {
		if yes && int(control.Live)+len(made) < room && int(control.Born)+len(made) < layout.MaxParticles {
			made = append(made, k)
		}
	}
	return made
}

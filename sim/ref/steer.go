package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Steer moves the bodies as far as they came in the last step, and turns them
// towards their goals: no faster than a quarter of a spacing in a step of the same
// length, and no faster than in four such steps.
func Steer(p *layout.SimParams, control *layout.Control, obstacles []layout.Obstacle) {
	dt := max(float64(control.Dt), 1e-6)
	for k := range obstacles[:p.ObstacleCount] {
		body := &obstacles[k]
		x := xyz(body.Position).plus(xyz(body.Velocity).times(float64(control.Dt)))
		way := xyz(body.Goal).minus(x)
		left := way.length()
		speed := min(float64(body.Goal[3]), 0.25*float64(p.Spacing)/dt, left/(4*dt))
		v := way.times(speed / max(left, 1e-12))
		for axis := range 3 {
			body.Position[axis], body.Velocity[axis] = float32(x[axis]), float32(v[axis])
		}
	}
}

// WallMotion gives every particle the velocity of the walls that it feels: each
// counts as much as it adds to ln N.
func WallMotion(p *layout.SimParams, particles []Particle, obstacles []layout.Obstacle) {
	for i := range particles {
		own := &particles[i]
		sum, all := WallPull(p, own.X, own.Wall.N, obstacles)
		own.Wall.V = sum.times(1 / max(all, 1e-12))
	}
}

// WallPull is sum_b l(s_b) u_b over the bodies, and what it is divided by.
func WallPull(p *layout.SimParams, x Vec, n float64, obstacles []layout.Obstacle) (sum Vec, all float64) {
	felt := 0.0
	for _, body := range obstacles[:p.ObstacleCount] {
		l := WallLog(p, Distance(body, seen(p, body, x)))
		sum, felt = sum.plus(xyz(body.Velocity).times(l)), felt+l
	}
	return sum, max(math.Log(n), felt)
}

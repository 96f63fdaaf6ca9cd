package ref

import (
	"cmp"
	"math"
	"slices"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Share is the factor N by which walls and obstacles multiply the density at a
// point, and a gradient: that of ln N, or, once a particle's density is known, G =
// sum_j V W_ij grad ln N. Far from walls N is 1.
type Share struct {
	N     float64
	Slope Vec
	V     Vec     // of the walls that are felt, where bodies move,
	Press float64 // and sum_b u_b.grad l_b, how fast they come
}

// steepness is the exponent of a wall's logarithm.
const steepness = 4

// Wall is one wall as a particle feels it: the way out, its part of ln N and how
// that changes with the distance.
type Wall struct {
	Normal Vec
	Log    float64
	Slope  float64
	Body   int // number of the obstacle, -1: a side of the domain
}

// NearWalls gives every particle the factor of the walls where it is, and the
// gradient ahead, by half a step with most solvers: where a particle nears a wall fast, that is closer
// to the mean over the step than the gradient at its beginning.
func NearWalls(p *layout.SimParams, control *layout.Control, particles []Particle, obstacles []layout.Obstacle) {
	for i := range particles {
		own := &particles[i]
		here, _ := ShareAt(p, own.X, obstacles)
		ahead, _ := ShareAt(p, own.X.plus(own.V.times(float64(p.WallAhead)*float64(control.Dt))), obstacles)
		own.Wall = Share{N: here.N, Slope: ahead.Slope}
	}
}

// ShareAt is what all walls together multiply the density at x by, and the
// gradient of ln N that each of them has in it:
//
//	ln N = sum_k l(s_k),  l(s) = (l0 - l2) ((R1 - s) / (R1 - d/2))^4 + l2 (1 - ((s - d/2) / (R2 - d/2))^2)^2
//
// with the distances s_k to the closed sides of the domain and to the two nearest
// obstacles. Of two walls with the same normal the lesser one is taken off again.
//
// Source: Koschier & Bender (2017), Density maps, for a wall as a function of its
// distance; factor and calibration are our own (see shaders/common/wall.wgsl).
func ShareAt(p *layout.SimParams, x Vec, obstacles []layout.Obstacle) (total Share, parts []Part) {
	near, sum := wallsAt(p, x, obstacles), 0.0
	for b, wall := range near {
		log, slope := wall.Log, wall.Normal.times(wall.Slope)
		for _, other := range near[:b] {
			t := min(max((other.Normal.dot(wall.Normal)-0.5)/0.5, 0), 1)
			less := wall
			if other.Log < wall.Log {
				less = other
			}
			log -= t * t * (3 - 2*t) * less.Log
			slope = slope.minus(less.Normal.times(t * t * (3 - 2*t) * less.Slope))
		}
		part := Part{Body: wall.Body}
		if log > 0 {
			part.Slope = slope
			sum += log
		}
		parts = append(parts, part)
		total.Slope = total.Slope.plus(part.Slope)
	}
	total.N = math.Exp(sum)
	return total, parts
}

// Part is what one wall, obstacle number Body or a side of the domain (-1), has in the gradient of ln N.
type Part struct {
	Body  int
	Slope Vec
}

func wallsAt(p *layout.SimParams, x Vec, obstacles []layout.Obstacle) (near []Wall) {
	add := func(body int, s float64, normal Vec) {
		if !(s < float64(p.WallReach)) {
			return
		}
		near = append(near, Wall{
			Normal: normal, Body: body,
			Log:   WallLog(p, s),
			Slope: wallSlope(p, s),
		})
	}
	for axis := range x {
		for side, sign := range []float64{1, -1} {
			if p.ClosedSides>>(2*axis+side)&1 == 0 {
				continue
			}
			var normal Vec
			normal[axis] = sign
			add(-1, []float64{x[axis] - float64(p.DomainMin[axis]), float64(p.DomainMax[axis]) - x[axis]}[side], normal)
		}
	}
	order := make([]int, min(len(obstacles), int(p.ObstacleCount)))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(Distance(obstacles[a], seen(p, obstacles[a], x)), Distance(obstacles[b], seen(p, obstacles[b], x)))
	})
	for _, k := range order[:min(len(order), 2)] {
		body, at := obstacles[k], seen(p, obstacles[k], x)
		add(k, Distance(body, at), Outward(body, at))
	}
	return near
}

// wallSlope is how that changes with the distance.
func wallSlope(p *layout.SimParams, s float64) float64 {
	u, x, span := wallParts(p, s)
	return -float64(p.WallLog-p.WallDeep)*steepness*float64(p.InvWallSpan)*math.Pow(u, steepness-1) - 4*float64(p.WallDeep)*x*(1-x*x)/span
}

// WallLog is what a wall at a distance adds to ln N.
func WallLog(p *layout.SimParams, s float64) float64 {
	u, x, _ := wallParts(p, s)
	return float64(p.WallLog-p.WallDeep)*math.Pow(u, steepness) + float64(p.WallDeep)*(1-x*x)*(1-x*x)
}

// wallParts are where a distance lies in the part that only the first layer feels, from 1 there to 0, and in the part that
// the second one feels, from 0 to 1, and how long that is.
func wallParts(p *layout.SimParams, s float64) (u, x, span float64) {
	first := float64(p.Spacing) / 2
	span = float64(p.WallReach) - first
	u = max((float64(p.WallNear)-max(s, 0))*float64(p.InvWallSpan), 0)
	return u, min(max(s-first, 0)/span, 1), span
}

// seen is a point as a body's nearest periodic image sees it.
func seen(p *layout.SimParams, body layout.Obstacle, x Vec) Vec {
	centre := xyz(body.Position)
	return centre.plus(apart(p, x, centre))
}

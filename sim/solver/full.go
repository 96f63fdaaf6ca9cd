package solver

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// fills is the share of the room that fluid takes which fills it: less than one particle in a hundred missing is not a surface.
const fills = 0.99

// full is whether the fluid fills a domain without a way out, all but what obstacles take: no surface, so nothing that could give way.
// Obstacles that travel or turn leave room behind. Fluid that weighs on a wall does not count: its weight holds it together as that
// of any other, and without its density in what is solved for it would fall off the lid and be shifted back for ever.
func full(sc *scene.Scene, particles uint64) bool {
	if len(sc.Domain.Open) > 0 || weighs(sc) {
		return false
	}
	room, taken := 1.0, 0.0
	for k := range 3 {
		room *= (sc.Domain.Max[k] - sc.Domain.Min[k]) / sc.Fluid.Spacing
	}
	for _, o := range sc.Obstacles {
		if o.Motion.Displaces() {
			return false
		}
		least, largest := o.Bounds()
		box := 1.0
		for k := range 3 {
			box *= max(min(largest[k], sc.Domain.Max[k])-max(least[k], sc.Domain.Min[k]), 0) / sc.Fluid.Spacing
		}
		taken += box
	}
	if float64(particles) >= fills*room {
		return true
	}
	// Mostly empty domains need no closer look.
	return float64(particles) >= fills*(room-taken) && float64(particles) >= fills*free(sc)
}

// free is the room that obstacles leave, in cubes (squares) of the spacing: as many as have their middle in none.
func free(sc *scene.Scene) (cells float64) {
	d := sc.Fluid.Spacing
	var inside []func(scene.Vec3) float64
	for _, o := range sc.Obstacles {
		inside = append(inside, o.Distance())
	}
	var n [3]int
	for k := range n {
		n[k] = max(int(math.Round((sc.Domain.Max[k]-sc.Domain.Min[k])/d)), 1)
	}
	for k := range n[2] {
		for j := range n[1] {
			for i := range n[0] {
				var x scene.Vec3
				for axis, at := range [3]int{i, j, k} {
					x[axis] = sc.Domain.Min[axis] + (float64(at)+0.5)*(sc.Domain.Max[axis]-sc.Domain.Min[axis])/float64(n[axis])
				}
				if outside(inside, x) {
					cells++
				}
			}
		}
	}
	return cells
}

func outside(bodies []func(scene.Vec3) float64, x scene.Vec3) bool {
	for _, distance := range bodies {
		if distance(x) < 0 {
			return false
		}
	}
	return true
}

// weighs is whether gravity presses the fluid on a wall.
func weighs(sc *scene.Scene) bool {
	for axis := range sc.Dimensions {
		if sc.Gravity[axis] != 0 && !sc.Domain.IsPeriodic(axis) {
			return true
		}
	}
	return false
}

// allPeriodic is whether a domain has no walls.
func allPeriodic(sc *scene.Scene) bool {
	for axis := range sc.Dimensions {
		if !sc.Domain.IsPeriodic(axis) {
			return false
		}
	}
	return true
}

// makesRoom is whether fluid that filled its domain may not do so any more after an input.
func (in *Input) makesRoom() bool {
	return in.Hand != nil && in.Hand.Drains || in.Gift != nil || in.Move != nil
}

// onDevice are numbers as the device has them: fluid that filled its domain until hands made room in it has a surface from then
// on. What plan and buffers hang on stays as it is.
func (s *Solver) onDevice(p layout.SimParams) layout.SimParams {
	if s.surfaced {
		p.Full, p.Pulls, p.Even = 0, 0, 0
	}
	return p
}

// writeParams sends the numbers to the device.
func (s *Solver) writeParams(p layout.SimParams) error {
	p = s.onDevice(p)
	return s.write("params", gpu.BytesOf(&p))
}

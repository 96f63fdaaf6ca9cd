package solver

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// withMoving is the plan of a run whose bodies move, by themselves or in a hand.
func (p Plan) withMoving(room, bodies uint64) Plan {
	if bodies == 0 {
		return p
	}
	p.Step = slices.Insert(p.Step, 1, Pass{Label: "steer", Kernel: "steer", Work: Work{"fixed", -1, bodies}})
	near := slices.IndexFunc(p.Step, func(pass Pass) bool { return pass.Kernel == "near_walls" })
	p.Step = slices.Insert(p.Step, near+1, Pass{Label: "wall_motion", Kernel: "wall_motion", Work: Work{"live", argsLive, room}})
	return p
}

// movingBuffers are what a run needs besides when bodies move.
func movingBuffers(room, bodies uint64) []bufferSize {
	const storage = gpu.UsageStorage | gpu.UsageCopySrc | gpu.UsageCopyDst
	return []bufferSize{
		{"wall_velocities", 16 * max(room, 1), storage},
		{"motions", uint64(sizeOf[layout.Motion]()) * max(bodies, 1), storage},
	}
}

// canMove is why bodies cannot move on a device that binds so many storage buffers at once, and nil where they can.
func canMove(sc *scene.Scene, limits gpu.Limits, split bool) error {
	want := movingBindings(listsOf(sc), split)
	if have := limits.MaxStorageBuffers; have < want {
		advice := ""
		if fewer := movingBindings(false, false); listsOf(sc) && have >= fewer {
			advice = "; choose solver.type=wcsph and solver.viscosity=explicit"
		}
		return fmt.Errorf("%s has obstacles that move, which takes %d buffers bound at once with the solver %s; this device binds %d%s", sc.Name, want, sc.Solver.Type, have, advice)
	}
	return nil
}

// ticks are a time as the device counts it: seconds and 2^-32 s, rounded.
func ticks(t float64) (s, frac uint32) {
	n := uint64(math.RoundToEven(min(max(t, 0), math.MaxUint32) * fractions))
	return uint32(n >> 32), uint32(n)
}

// step is the part of a rate [1/s] that no whole number of turns is, in 2^-32 of one.
func step(rate float64) uint32 {
	part := rate - math.Floor(rate)
	return uint32(uint64(math.RoundToEven(part * fractions)))
}

// motions converts how the scene's obstacles move by themselves for the kernel steer.
func motions(sc *scene.Scene, origin [3]float64) []layout.Motion {
	bodies := solids(sc, origin)
	out := make([]layout.Motion, 0, len(bodies))
	for k, o := range sc.Obstacles {
		m, body := o.Motion, &bodies[k]
		motion := layout.Motion{Anchor: body.Position, RestX: body.AxisX, RestY: body.AxisY, RestZ: body.AxisZ, LastS: math.MaxUint32, LastFrac: math.MaxUint32}
		axis := m.UnitAxis()
		for l := range 3 {
			motion.Arm[l] = float32(-m.Pivot[l])
			motion.Axis[l] = float32(axis[l])
			motion.Velocity[l] = float32(m.Velocity[l])
			motion.Stroke[l] = float32(m.Stroke[l])
			motion.Slide[l] = float32(m.SurfaceVelocity[l])
		}
		motion.Axis[3] = float32(m.RPM / 60)
		motion.Velocity[3] = float32(m.Rock / 360)
		motion.Stroke[3] = float32(m.Phase / 360)
		if m.Period > 0 {
			motion.Arm[3], motion.SwingStep = float32(1/m.Period), step(1/m.Period)
		}
		motion.TurnStep = step(m.RPM / 60)
		motion.StartS, motion.StartFrac = ticks(m.Start)
		if m.Stop > 0 {
			motion.LastS, motion.LastFrac = ticks(m.Stop - m.Start)
		}
		out = append(out, motion)
	}
	return out
}

// Move sends an obstacle somewhere. The fluid gives way to it, so it may take longer than its speed says. Where it moves by
// itself, it goes on doing so from where it has come to once it has no speed any more.
type Move struct {
	Body  int        `json:"body"`  // number in the scene
	Goal  [3]float64 `json:"goal"`  // its centre [m]
	Speed float64    `json:"speed"` // at most [m/s]
}

// obstacleGoal is where the goal lies in layout.Obstacle; a test compares.
const obstacleGoal = 96

// MoveBody sends an obstacle to a place from the next submit on; with a speed of 0 it is let go.
func (s *Solver) MoveBody(m Move) error {
	if !s.hands.on {
		return errNoHands
	}
	if !s.moving {
		return errors.New("the obstacles of this run stand still: the device binds too few buffers at once for obstacles that move")
	}
	sum := m.Speed
	for k := range 3 {
		sum += m.Goal[k]
	}
	if math.IsNaN(sum-sum) || m.Speed < 0 || m.Body < 0 || m.Body >= int(s.params.ObstacleCount) {
		return fmt.Errorf("obstacle %d cannot go to %v at %g m/s", m.Body, m.Goal, m.Speed)
	}
	s.hands.enqueue(Input{Move: &m})
	return nil
}

// Moves is whether MoveBody may be used.
func (s *Solver) Moves() bool { return s.hands.on && s.moving }

// Bodies are the obstacles in the newest report as the kernels have them, in the scene's order, relative to the origin of
// View; empty where nothing can move. Steps begin with moving them: they are where they were a step before the fluid.
func (s *Solver) Bodies() []layout.Obstacle { return s.bodies }

// Obstacles are the scene's obstacles where they were so long [s] before the state of the newest report.
func (s *Solver) Obstacles(ago float64) []scene.Obstacle {
	if len(s.bodies) == 0 {
		return s.scene.Obstacles
	}
	list := slices.Clone(s.scene.Obstacles)
	for k, body := range s.bodies[:len(list)] {
		placeBody(&list[k], body, s.origin, s.stats.Dt-ago)
	}
	return list
}

// BodiesAt are the obstacles of Obstacles as the kernels have them, with how they move.
func (s *Solver) BodiesAt(ago float64) []layout.Obstacle {
	now := *s.scene
	now.Obstacles = s.Obstacles(ago)
	list := solids(&now, s.origin)
	for k := range min(len(s.bodies), len(list)) {
		list[k].Velocity, list[k].Spin = s.bodies[k].Velocity, s.bodies[k].Spin
	}
	return list
}

// placeBody puts an obstacle to where its body is a while [s] later.
func placeBody(o *scene.Obstacle, body layout.Obstacle, origin [3]float64, later float64) {
	for k := range 3 {
		o.Position[k] = float64(body.Position[k]) + float64(body.Velocity[k])*later + origin[k]
	}
	if o.Motion.RPM == 0 && o.Motion.Rock == 0 {
		return
	}
	// A step turns a body by a small part of a radian at most: the spin does as well as a rotation by it.
	var turned scene.Mat3
	for j, axis := range [3][4]float32{body.AxisX, body.AxisY, body.AxisZ} {
		for i := range 3 {
			a, b := (i+1)%3, (i+2)%3
			turned[i][j] = float64(axis[i]) + later*(float64(body.Spin[a])*float64(axis[b])-float64(body.Spin[b])*float64(axis[a]))
		}
	}
	o.Rotation = turned.Angles()
}

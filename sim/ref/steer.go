package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Steer moves the bodies to where they are now. By itself a body is where its time
// says,
//
//	x = anchor + v t + stroke c(t) + R(t) arm - arm,  c = (cos phase - cos(2 pi t/period + phase)) / 2
//
// In a hand it goes as far as it came in the last step, and turns towards its goal:
// no faster than a quarter of a spacing in a step of the same length, and no faster
// than in four such steps. Let go of, it goes on from where it is.
func Steer(p *layout.SimParams, control *layout.Control, obstacles []layout.Obstacle, motions []layout.Motion) {
	dt := max(float64(control.Dt), 1e-6)
	for k := range obstacles[:p.ObstacleCount] {
		body, motion := &obstacles[k], &motions[k]
		pose := PoseOf(control, motion)
		x := xyz(motion.Anchor).plus(pose.Shift)
		if motion.Anchor[3] == 1 {
			x = xyz(body.Position).plus(xyz(body.Velocity).times(float64(control.Dt)))
			narrow(&motion.Anchor, x.minus(pose.Shift))
		}
		v := pose.Velocity
		motion.Anchor[3] = 0
		if body.Goal[3] > 0 {
			way := xyz(body.Goal).minus(x)
			left := way.length()
			speed := min(float64(body.Goal[3]), 0.25*float64(p.Spacing)/dt, left/(4*dt))
			v = way.times(speed / max(left, 1e-12))
			motion.Anchor[3] = 1
		}
		narrow(&body.Position, x)
		narrow(&body.Velocity, v)
		narrow(&body.AxisX, pose.Turn(xyz(motion.RestX)))
		narrow(&body.AxisY, pose.Turn(xyz(motion.RestY)))
		narrow(&body.AxisZ, pose.Turn(xyz(motion.RestZ)))
		narrow(&body.Spin, pose.Spin)
		narrow(&body.Slide, pose.Slide)
	}
}

// Pose is what a body's own motion comes to at a moment.
type Pose struct {
	Shift    Vec           // of its centre [m]
	Turn     func(Vec) Vec // of its axes
	Velocity Vec           // of its centre [m/s]
	Spin     Vec           // angular velocity [1/s]
	Slide    Vec           // velocity of its surface [m/s]
}

// PoseOf is where a motion is at the time of a run.
func PoseOf(control *layout.Control, motion *layout.Motion) Pose {
	ticks := func(s, frac uint32) uint64 { return uint64(s)<<32 | uint64(frac) }
	now, start, last := ticks(control.TimeS, control.TimeFrac), ticks(motion.StartS, motion.StartFrac), ticks(motion.LastS, motion.LastFrac)
	moves := 0.0
	if now >= start && now-start < last {
		moves = 1
	}
	spent := min(max(now, start)-start, last)
	const second = 1 << 32
	t := float64(spent) / second
	turns := func(step uint32, rate float32) float64 {
		return float64(step)*float64(spent/second)/second + float64(rate)*float64(spent%second)/second
	}

	frequency, phase := float64(motion.Arm[3]), float64(motion.Stroke[3])
	swung := 2 * math.Pi * (turns(motion.SwingStep, motion.Arm[3]) + phase)
	there := (math.Cos(2*math.Pi*phase) - math.Cos(swung)) / 2
	rate := moves * math.Pi * frequency * math.Sin(swung)
	axis := xyz(motion.Axis)
	angle := 2 * math.Pi * (turns(motion.TurnStep, motion.Axis[3]) + float64(motion.Velocity[3])*there)
	spin := axis.times(2 * math.Pi * (moves*float64(motion.Axis[3]) + float64(motion.Velocity[3])*rate))
	turn := func(v Vec) Vec {
		return v.times(math.Cos(angle)).plus(axis.cross(v).times(math.Sin(angle))).plus(axis.times(axis.dot(v) * (1 - math.Cos(angle))))
	}
	arm := turn(xyz(motion.Arm))
	return Pose{
		Shift:    xyz(motion.Velocity).times(t).plus(xyz(motion.Stroke).times(there)).plus(arm.minus(xyz(motion.Arm))),
		Turn:     turn,
		Velocity: xyz(motion.Velocity).times(moves).plus(xyz(motion.Stroke).times(rate)).plus(spin.cross(arm)),
		Spin:     spin,
		Slide:    xyz(motion.Slide).times(moves),
	}
}

func narrow(into *[4]float32, v Vec) {
	for axis := range v {
		into[axis] = float32(v[axis])
	}
}

// WallMotion gives every particle the velocity of the walls that it feels: each
// counts as much as it adds to ln N; and how fast they come, for which each counts
// with its own velocity, and where NearWalls looks.
func WallMotion(p *layout.SimParams, control *layout.Control, particles []Particle, obstacles []layout.Obstacle) {
	for i := range particles {
		own := &particles[i]
		pull := WallPullOf(p, own.X, own.X.plus(own.V.times(float64(p.WallAhead)*float64(control.Dt))), own.Wall.N, obstacles)
		own.Wall.V = pull.Sum.times(1 / max(pull.All, 1e-12))
		own.Wall.Press = pull.Press * pull.Share
	}
}

// WallPull is sum_b l(s_b) u_b over the bodies, and what it is divided by; sum_b
// u_b.grad l(s_b), and what it is multiplied by where some of it counts only once.
type WallPull struct {
	Sum          Vec
	All          float64
	Press, Share float64
	Size         float64 // of the terms of Press
}

// WallPullOf is that of bodies at x, their gradients ahead. u_b is how fast the
// body moves where it is nearest, and its surface there.
func WallPullOf(p *layout.SimParams, x, ahead Vec, n float64, obstacles []layout.Obstacle) (pull WallPull) {
	felt := 0.0
	for _, body := range obstacles[:p.ObstacleCount] {
		at := seen(p, body, x)
		s := Distance(body, at)
		if l := WallLog(p, s); l > 0 {
			out, slide := Outward(body, at), xyz(body.Slide)
			u := BodyVelocity(body, at.minus(out.times(s))).plus(slide.minus(out.times(slide.dot(out))))
			pull.Sum, felt = pull.Sum.plus(u.times(l)), felt+l
		}
		at = seen(p, body, ahead)
		slope, u := wallSlope(p, Distance(body, at)), BodyVelocity(body, at)
		out := Outward(body, at)
		pull.Press += slope * u.dot(out)
		pull.Size += math.Abs(slope) * u.absDot(out)
	}
	pull.All, pull.Share = max(math.Log(n), felt), min(math.Log(n)/max(felt, 1e-12), 1)
	return pull
}

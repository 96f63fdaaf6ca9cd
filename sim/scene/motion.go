package scene

import "math"

// Motion is what an obstacle does by itself. At the start it is where its other
// keys say, whatever the phase. The zero Motion is none.
type Motion struct {
	Velocity        Vec3    // m/s, from Start to Stop
	Stroke          Vec3    // m, there and back in a Period
	Rock            float64 // degrees, there and back in a Period
	Period          float64 // s
	Phase           float64 // degrees
	RPM             float64 // turns a minute
	Axis            Vec3    // of RPM and Rock, not zero
	Pivot           Vec3    // m, a point of the axis, from the centre
	SurfaceVelocity Vec3    // m/s, along the surface, as of a conveyor belt
	Start, Stop     float64 // s; Stop 0: never
}

// Moves tells whether the body goes or turns, or its surface does.
func (m Motion) Moves() bool { return m.Displaces() || m.SurfaceVelocity != (Vec3{}) }

// Displaces tells whether the body itself goes or turns.
func (m Motion) Displaces() bool { return m.travels() || m.turns() }

func (m Motion) travels() bool { return m.Velocity != (Vec3{}) || m.Stroke != (Vec3{}) }

func (m Motion) turns() bool { return m.RPM != 0 || m.Rock != 0 }

// Moves tells whether an obstacle of the scene moves by itself.
func (s *Scene) Moves() bool {
	for _, o := range s.Obstacles {
		if o.Motion.Moves() {
			return true
		}
	}
	return false
}

// UnitAxis is the axis with length 1.
func (m Motion) UnitAxis() Vec3 {
	size := length(m.Axis)
	if size == 0 {
		return Vec3{0, 0, 1}
	}
	return Vec3{m.Axis[0] / size, m.Axis[1] / size, m.Axis[2] / size}
}

// At is where the body's centre is, and how the body is turned against how it was
// at the start, at time t [s].
func (o Obstacle) At(t float64) (centre Vec3, turned Mat3) {
	m := o.Motion
	t -= m.Start
	if m.Stop > 0 {
		t = math.Min(t, m.Stop-m.Start)
	}
	t = math.Max(t, 0)
	there := 0.0
	if m.Period > 0 {
		_, from := sincosDegrees(m.Phase)
		_, now := sincosDegrees(360*math.Mod(t/m.Period, 1) + m.Phase)
		there = (from - now) / 2
	}
	turned = turnAbout(m.UnitAxis(), 360*math.Mod(m.RPM/60*t, 1)+m.Rock*there)
	arm := turned.Mul(Vec3{-m.Pivot[0], -m.Pivot[1], -m.Pivot[2]})
	for k := range centre {
		centre[k] = o.Position[k] + m.Velocity[k]*t + m.Stroke[k]*there + arm[k] + m.Pivot[k]
	}
	return centre, turned
}

// turnAbout is the rotation about a unit vector by an angle in degrees,
// right-handed.
func turnAbout(n Vec3, degrees float64) Mat3 {
	s, c := sincosDegrees(degrees)
	m := Mat3{{c, -s * n[2], s * n[1]}, {s * n[2], c, -s * n[0]}, {-s * n[1], s * n[0], c}}
	for i := range m {
		for j := range m[i] {
			m[i][j] += (1 - c) * n[i] * n[j]
		}
	}
	return m
}

// reach is how far the points of the body are from its centre at most; of a flat
// one, in the plane.
func (o Obstacle) reach() float64 {
	switch o.Type {
	case "box":
		if o.Flat {
			return math.Hypot(o.Size[0], o.Size[1]) / 2
		}
		return length(o.Size) / 2
	case "cylinder":
		return math.Hypot(o.Radius, o.Height/2)
	case "capsule":
		return o.Radius + o.Height/2
	}
	return o.Radius
}

// wallSpeed is a bound of the speed of every point of the body [m/s]. Of swings
// that are smaller than a spacing it is what they would have if they were one: so
// a step that such a speed allows sees every period.
func (o Obstacle) wallSpeed(spacing float64) float64 {
	m := o.Motion
	arm := length(m.Pivot) + o.reach()
	speed := length(m.Velocity) + length(m.SurfaceVelocity) + 2*math.Pi*math.Abs(m.RPM)/60*arm
	if m.Period > 0 {
		swing := length(m.Stroke) + math.Abs(m.Rock)*math.Pi/180*arm
		if swing > 0 {
			speed += math.Pi * math.Max(swing, spacing) / m.Period
		}
	}
	return speed
}

// WallSpeed is a bound of the speed of all obstacles [m/s].
func (s *Scene) WallSpeed() float64 {
	speed := 0.0
	for _, o := range s.Obstacles {
		speed = math.Max(speed, o.wallSpeed(s.Fluid.Spacing))
	}
	return speed
}

// WallStep is the longest step in which no obstacle that moves by itself goes
// further than the share time.cfl of a spacing; without one it is infinite.
func (s *Scene) WallStep() float64 { return s.Time.CFL * s.Fluid.Spacing / s.WallSpeed() }

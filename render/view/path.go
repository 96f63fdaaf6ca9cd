package view

import "math"

// Key is where the camera is at a moment.
type Key struct {
	Time             float64 // [s]
	Position, Target Vector
	FOV              float64 // vertical opening angle [degrees]
}

// Path moves a camera through keys, which it meets exactly. Before the first key and after the last
// it rests, and everywhere its speed has no jumps: between keys each coordinate is a cubic Hermite
// spline in time.
type Path struct {
	keys     []Key
	position []Vector // velocities at the keys
	target   []Vector
	fov      []float64
}

// NewPath makes a path through keys in the order of their times, which all differ.
func NewPath(keys []Key) *Path {
	p := &Path{keys: append([]Key(nil), keys...)}
	var lens []Vector
	pick := func(of func(Key) Vector) (all []Vector) {
		for _, k := range p.keys {
			all = append(all, of(k))
		}
		return all
	}
	p.position = p.velocities(pick(func(k Key) Vector { return k.Position }))
	p.target = p.velocities(pick(func(k Key) Vector { return k.Target }))
	lens = pick(func(k Key) Vector { return Vector{k.FOV} })
	for i, v := range p.velocities(lens) {
		// A lens must not open or close farther than its keys say: where it turns back, it stops.
		if i > 0 && i < len(lens)-1 && (lens[i][0]-lens[i-1][0])*(lens[i+1][0]-lens[i][0]) <= 0 {
			v[0] = 0
		}
		p.fov = append(p.fov, v[0])
	}
	return p
}

// velocities are those of a parabola through each key and its two neighbours (E. Catmull and R. Rom,
// "A class of local interpolating splines", 1974, for keys at uneven times). None is more than three
// times the mean speed on either side: along a straight line that keeps the spline from running past
// its keys (F. Fritsch and R. Carlson, "Monotone piecewise cubic interpolation", 1980), and a camera
// that rests between two keys rests from one to the other.
func (p *Path) velocities(at []Vector) []Vector {
	out := make([]Vector, len(at))
	for i := 1; i < len(at)-1; i++ {
		before, after := p.keys[i].Time-p.keys[i-1].Time, p.keys[i+1].Time-p.keys[i].Time
		in, on := scale(sub(at[i], at[i-1]), 1/before), scale(sub(at[i+1], at[i]), 1/after)
		v := scale(add(scale(in, after), scale(on, before)), 1/(before+after))
		most := 3 * math.Min(length(in), length(on))
		if speed := length(v); speed > most {
			v = scale(v, most/speed)
		}
		out[i] = v
	}
	return out
}

// At is the camera at a moment.
func (p *Path) At(t float64) Camera {
	i := 0
	for i < len(p.keys)-1 && t >= p.keys[i+1].Time {
		i++
	}
	a := p.keys[i]
	camera := New(a.Position, a.Target)
	camera.FOV = a.FOV
	if i == len(p.keys)-1 || t <= a.Time {
		return camera
	}
	b := p.keys[i+1]
	span := b.Time - a.Time
	u := (t - a.Time) / span
	// The Hermite basis: values and velocities at both ends.
	h00, h10 := (1+2*u)*(1-u)*(1-u), u*(1-u)*(1-u)*span
	h01, h11 := u*u*(3-2*u), u*u*(u-1)*span
	for axis := range 3 {
		camera.Position[axis] = h00*a.Position[axis] + h10*p.position[i][axis] + h01*b.Position[axis] + h11*p.position[i+1][axis]
		camera.Target[axis] = h00*a.Target[axis] + h10*p.target[i][axis] + h01*b.Target[axis] + h11*p.target[i+1][axis]
	}
	camera.FOV = h00*a.FOV + h10*p.fov[i] + h01*b.FOV + h11*p.fov[i+1]
	return camera
}

// End is the time of the last key.
func (p *Path) End() float64 { return p.keys[len(p.keys)-1].Time }

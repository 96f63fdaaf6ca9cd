package seed

import (
	"math"
	"slices"

	"github.com/fluidsim/fluidsim/sim/scene"
)

const (
	// slack is how much closer than planned, in spacings, a particle may start
	// to a wall or obstacle: scenes are written in decimals.
	slack = 0.05
	// maxStretch is how far a lattice's pitch may leave the spacing to fit
	// exactly between two walls. Density errors are of second order where
	// another axis can make up for it (0.4 % at worst), see fitAxes.
	maxStretch = 0.05
)

// interval is a shape's extent along one of its own axes, in the world's
// measure of that axis, and the walls that it could rest against.
type interval struct {
	lo, hi         float64
	wallLo, wallHi float64 // -inf, +inf without a wall
	onLow, onHigh  bool    // the extent reaches the wall (or beyond)
	closed         bool    // both ends are one: the shape spans a periodic axis
	reversed       bool    // the world's axis runs against the shape's
	origin         float64 // the shape's centre in this measure
	pitch          float64
	first          float64 // the lowest layer's coordinate
	layers         int
}

// divide is the pitch at which layers fit between two walls: their number is the
// nearest whole one, or one less where that would squeeze them. On a periodic
// axis they must fit exactly.
func (iv *interval) divide(d float64) float64 {
	length := iv.wallHi - iv.wallLo
	n := math.Max(1, math.Round(length/d))
	if length/n < (1-maxStretch)*d && n > 1 && !iv.closed {
		n--
	}
	return iv.stretch(length/n, (1-maxStretch)*d, d)
}

// stretch keeps a pitch near the spacing, at the cost of a gap at both walls.
// There is no such gap between the ends of a periodic axis.
func (iv *interval) stretch(pitch, least, d float64) float64 {
	if iv.closed {
		return pitch
	}
	return clamp(pitch, least, (1+maxStretch)*d)
}

// newInterval describes the axis `axis` of a shape with half extent `half`.
func newInterval(dom *domain, turn scene.Mat3, position scene.Vec3, axis int, half, d float64) interval {
	iv := interval{lo: -half, hi: half, wallLo: math.Inf(-1), wallHi: math.Inf(1)}
	for world := range turn {
		c := turn[world][axis]
		if math.Abs(c) < 1-1e-12 {
			continue
		}
		iv.reversed, iv.origin = c < 0, position[world]
		iv.lo, iv.hi = position[world]-half, position[world]+half
		if !dom.openLow[world] {
			iv.wallLo = dom.min[world]
		}
		if !dom.openHigh[world] {
			iv.wallHi = dom.max[world]
		}
		// A shape that ends within a quarter spacing of a wall was meant to
		// touch it; one that lies beyond the wall was not.
		if iv.hi > iv.wallLo+d/4 && iv.lo < iv.wallHi-d/4 {
			iv.onLow = iv.lo <= iv.wallLo+d/4
			iv.onHigh = iv.hi >= iv.wallHi-d/4
		}
		iv.closed = dom.periodic[world] && iv.onLow && iv.onHigh
	}
	return iv
}

// fitAxes chooses the pitch of each axis. It is the spacing, except where a
// shape spans the domain from wall to wall and the gap is no whole number of
// spacings: there it is what fits, and the free axes give way so that the
// volume per particle, and with it the density, stays. `free` counts axes of
// the shape that are not in the list; the pitch of all free axes is returned.
func fitAxes(axes []interval, free int, d float64) float64 {
	excess := 1.0
	for i := range axes {
		iv := &axes[i]
		if iv.onLow && iv.onHigh {
			iv.pitch = iv.divide(d)
			excess *= iv.pitch / d
		} else {
			free++
		}
	}
	loose := d
	if free > 0 {
		loose = d * math.Pow(excess, -1/float64(free))
	} else if excess < 1 {
		// Walls all around and no axis can give: rather a gap than a fluid
		// that starts compressed.
		for i := range axes {
			iv := &axes[i]
			length := iv.wallHi - iv.wallLo
			n := math.Max(1, math.Floor(length/d*(1+1e-9)))
			iv.pitch = iv.stretch(length/n, d, d)
		}
	}
	for i := range axes {
		if iv := &axes[i]; !(iv.onLow && iv.onHigh) {
			iv.pitch = loose
		}
		axes[i].place()
	}
	return loose
}

// place sets the layers: from a wall half a pitch inwards, else centred.
func (iv *interval) place() {
	p := iv.pitch
	count := func(length float64) int { return int(math.Max(0, math.Round(length/p))) }
	switch {
	case iv.onLow && iv.onHigh:
		// What sticks out of the walls is laid out as well: it is counted as
		// outside when it is left out.
		length := iv.wallHi - iv.wallLo
		n := int(math.Max(1, math.Floor(length/p*(1+1e-9))))
		below, above := count(iv.wallLo-iv.lo), count(iv.hi-iv.wallHi)
		iv.first = iv.wallLo + (length-float64(n-1)*p)/2 - float64(below)*p
		iv.layers = below + n + above
	case iv.onLow:
		below := count(iv.wallLo - iv.lo)
		iv.first = iv.wallLo + p/2 - float64(below)*p
		iv.layers = below + max(1, count(iv.hi-iv.wallLo))
	case iv.onHigh:
		above := count(iv.hi - iv.wallHi)
		n := max(1, count(iv.wallHi-iv.lo))
		iv.first = iv.wallHi - p/2 - float64(n-1)*p
		iv.layers = n + above
	default:
		iv.layers = max(1, count(iv.hi-iv.lo))
		iv.first = (iv.lo+iv.hi)/2 - float64(iv.layers-1)*p/2
	}
}

// coordinates are the layers in the shape's own frame, ascending.
func (iv *interval) coordinates() []float64 {
	c := make([]float64, iv.layers)
	for k := range c {
		c[k] = iv.first + float64(k)*iv.pitch - iv.origin
	}
	if iv.reversed {
		for i, j := 0, len(c)-1; i <= j; i, j = i+1, j-1 {
			c[i], c[j] = -c[j], -c[i]
		}
	}
	return c
}

// lattice is the candidate points of one fluid shape.
type lattice struct {
	axes     [3][]float64 // coordinates in the shape's frame
	kind     string
	radius2  float64 // squared, of what is kept of a sphere or cylinder
	turn     scene.Mat3
	position scene.Vec3
}

func newLattice(dom *domain, bodies []body, f scene.FluidShape, d float64) *lattice {
	l := &lattice{kind: f.Type, turn: scene.RotationMatrix(f.Rotation), position: f.Position}
	if f.Flat {
		l.axes[2] = []float64{0}
	}
	switch f.Type {
	case "sphere":
		round := centred(f.Radius, d)
		l.axes[0], l.axes[1] = round, round
		if !f.Flat {
			l.axes[2] = round
		}
		l.radius2 = roundest(round, !f.Flat, f.Radius, d)
	case "cylinder":
		along := []interval{newInterval(dom, l.turn, f.Position, 1, f.Height/2, d)}
		along[0].rest(dom, bodies, f, l.turn, 1, d)
		pitch := fitAxes(along, 2, d)
		round := centred(f.Radius, pitch)
		l.radius2 = roundest(round, false, f.Radius, pitch)
		l.axes = [3][]float64{round, along[0].coordinates(), round}
	default:
		axes := make([]interval, dom.axes)
		for a := range axes {
			axes[a] = newInterval(dom, l.turn, f.Position, a, f.Size[a]/2, d)
			axes[a].rest(dom, bodies, f, l.turn, a, d)
		}
		fitAxes(axes, 0, d)
		for a := range axes {
			l.axes[a] = axes[a].coordinates()
		}
	}
	return l
}

// centred is a lattice line that covers -radius..radius, symmetric and without
// a point in the middle: for round shapes that gives the truer volume.
func centred(radius, pitch float64) []float64 {
	n := int(math.Max(1, math.Ceil(radius/pitch+0.25)))
	c := make([]float64, 2*n)
	for k := range c {
		c[k] = (float64(k-n) + 0.5) * pitch
	}
	return c
}

// roundest is the squared radius to cut a ball (or disc) out of a lattice so
// that its points stand for the true volume (or area). Lattice points come in
// shells, so a small ball cut at its own radius is up to 5 % too heavy or light.
func roundest(line []float64, ball bool, radius, pitch float64) float64 {
	const large = 16 // from here the shells average out to within a percent
	if radius > large*pitch {
		return radius * radius
	}
	outer := line[len(line)/2:] // one octant (or quadrant) stands for all
	want := math.Pi / 4 * radius * radius / (pitch * pitch)
	third := []float64{0}
	if ball {
		want = math.Pi / 6 * radius * radius * radius / (pitch * pitch * pitch)
		third = outer
	}
	var shells []float64
	for _, x := range outer {
		for _, y := range outer {
			for _, z := range third {
				shells = append(shells, x*x+y*y+z*z)
			}
		}
	}
	slices.Sort(shells)
	best, cut := math.Inf(1), 0.0
	for i := 1; i <= len(shells); i++ {
		if i < len(shells) && shells[i]-shells[i-1] < 1e-9*pitch*pitch {
			continue // in the middle of a shell
		}
		if off := math.Abs(float64(i) - want); off < best {
			best, cut = off, shells[i-1]+1e-9*pitch*pitch
		}
	}
	return cut
}

// size is the number of candidates, as a float: it may be past any integer.
func (l *lattice) size() float64 {
	return float64(len(l.axes[0])) * float64(len(l.axes[1])) * float64(len(l.axes[2]))
}

// each calls fn for every point of the shape, x fastest, with its number.
func (l *lattice) each(fn func(index uint64, p scene.Vec3)) {
	var along [3][]scene.Vec3 // the world's vector of each coordinate
	for a := range along {
		along[a] = make([]scene.Vec3, len(l.axes[a]))
		for i, c := range l.axes[a] {
			var v scene.Vec3
			v[a] = c
			along[a][i] = l.turn.Mul(v)
		}
	}
	index := uint64(0)
	for k, vz := range along[2] {
		for j, vy := range along[1] {
			off := scene.Vec3{
				l.position[0] + vz[0] + vy[0],
				l.position[1] + vz[1] + vy[1],
				l.position[2] + vz[2] + vy[2],
			}
			outer := l.axes[2][k] * l.axes[2][k]
			if l.kind == "sphere" {
				outer += l.axes[1][j] * l.axes[1][j]
			}
			for i, vx := range along[0] {
				index++
				if l.kind != "box" && outer+l.axes[0][i]*l.axes[0][i] > l.radius2 {
					continue
				}
				fn(index, scene.Vec3{off[0] + vx[0], off[1] + vx[1], off[2] + vx[2]})
			}
		}
	}
}

// jitter moves a point by at most amplitude along each axis. It depends on the
// shape's and the point's numbers alone, so no other shape's presence and no
// order of work changes it.
func jitter(shape int, index uint64, amplitude float64) scene.Vec3 {
	h := mix(mix(uint64(shape)+1)*0x9e3779b97f4a7c15 ^ index)
	var v scene.Vec3
	for a := range v {
		h = mix(h + 0x9e3779b97f4a7c15)
		v[a] = (float64(h>>11)/(1<<52) - 1) * amplitude
	}
	return v
}

// mix is the finaliser of a 64-bit hash: every input bit reaches every output bit.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

func clamp(x, lo, hi float64) float64 { return math.Max(lo, math.Min(hi, x)) }

package seed

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// inset is how deep below the surface the samples of a body of a half width
// lie: half a spacing, or in the middle where the layers from both sides would
// come closer than half a spacing to each other.
func inset(half, d float64) float64 {
	if half < 0.75*d {
		return half
	}
	return d / 2
}

// sampleObstacle covers one obstacle's inset surface, as far as it is within
// reach of the domain.
func sampleObstacle(to *samples, index int, o scene.Obstacle, reach box, d float64) error {
	turn := scene.RotationMatrix(o.Rotation)
	put := func(x, y, z float64) {
		p := turn.Mul(scene.Vec3{x, y, z})
		for a := range p {
			p[a] += o.Position[a]
		}
		if reach.holds(p) {
			to.add(p, int16(index))
		}
	}
	need := float64(len(to.points))
	var surface func()
	if o.Type == "box" {
		n := [3][]float64{}
		for a := range n {
			lo, hi := seen(turn, o.Position, a, reach)
			e := o.Size[a]/2 - inset(o.Size[a]/2, d)
			if hi < -e || lo > e {
				return nil
			}
			line, err := edgeLine(e, lo, hi, d)
			if err != nil {
				return fmt.Errorf("obstacle.%d: %w", index, err)
			}
			n[a] = line
		}
		need += 2 * float64(len(n[0])*len(n[1])+len(n[1])*len(n[2])+len(n[2])*len(n[0]))
		surface = func() { sampleBox(n, put, o.Size, d) }
	} else {
		need += o.Area() / (d * d)
		surface = func() { revolve(profile(o, d), d, put) }
	}
	if !(need <= MaxSamples) {
		return fmt.Errorf("obstacle.%d: its surface needs about %.2g samples at a fluid.spacing of %g, with all others the most is %d; choose a larger spacing or a smaller obstacle", index, need, d, MaxSamples)
	}
	surface()
	return nil
}

// seen is the part of a body's own axis, from its centre, that the reach covers.
func seen(turn scene.Mat3, position scene.Vec3, axis int, reach box) (lo, hi float64) {
	for w := range position {
		a := turn[w][axis] * (reach.min[w] - position[w])
		b := turn[w][axis] * (reach.max[w] - position[w])
		lo += math.Min(a, b)
		hi += math.Max(a, b)
	}
	return lo, hi
}

// edgeLine divides -e..e into steps of about d, both ends included, and
// returns those between lo and hi: an obstacle may be far larger than the domain.
func edgeLine(e, lo, hi, d float64) ([]float64, error) {
	if e == 0 {
		return []float64{0}, nil
	}
	n := math.Max(1, math.Round(2*e/d))
	step := 2 * e / n
	from := math.Max(0, math.Ceil((lo+e)/step))
	to := math.Min(n, math.Floor((hi+e)/step))
	if !(to-from < MaxSamples) {
		return nil, fmt.Errorf("too large for a fluid.spacing of %g", d)
	}
	var line []float64
	for k := from; k <= to; k++ {
		line = append(line, -e+k*step)
	}
	return line, nil
}

// sampleBox puts the lattice points that are at an end along any axis, so faces
// share their edges and corners.
func sampleBox(n [3][]float64, put func(x, y, z float64), size scene.Vec3, d float64) {
	var ends scene.Vec3
	for a := range ends {
		ends[a] = size[a]/2 - inset(size[a]/2, d)
	}
	end := func(a int, x float64) bool { return math.Abs(x) > ends[a]-1e-6*d }
	var xEnds []float64
	for _, x := range n[0] {
		if end(0, x) {
			xEnds = append(xEnds, x)
		}
	}
	for _, z := range n[2] {
		for _, y := range n[1] {
			row := xEnds
			if end(2, z) || end(1, y) {
				row = n[0]
			}
			for _, x := range row {
				put(x, y, z)
			}
		}
	}
}

// ring is a circle about a body's y axis.
type ring struct{ radius, y float64 }

// profile is the inset outline of a round body from the bottom of its axis to
// the top, in steps of about d.
func profile(o scene.Obstacle, d float64) []ring {
	r := o.Radius - inset(o.Radius, d)
	half := o.Height / 2
	if o.Type == "sphere" {
		half = 0
	}
	if o.Type == "cylinder" {
		e := half - inset(half, d)
		disc := steps(r, d)
		var p []ring
		for k := range disc {
			p = append(p, ring{r * float64(k) / float64(disc), -e})
		}
		up := steps(2*e, d)
		for k := 0; k <= up; k++ {
			p = append(p, ring{r, -e + 2*e*float64(k)/math.Max(1, float64(up))})
		}
		if e > 0 {
			for k := disc - 1; k >= 0; k-- {
				p = append(p, ring{r * float64(k) / float64(disc), e})
			}
		}
		return p
	}
	quarter := steps(r*math.Pi/2, d)
	up := steps(2*half, d)
	if up == 0 && quarter > 0 {
		// A sphere: pole to pole in one go rounds once and not twice.
		whole := max(2, steps(r*math.Pi, d))
		var p []ring
		for k := 0; k <= whole; k++ {
			a := math.Pi * (float64(k)/float64(whole) - 0.5)
			p = append(p, ring{r * math.Cos(a), r * math.Sin(a)})
		}
		return p
	}
	var p []ring
	for k := range quarter {
		a := math.Pi / 2 * (1 - float64(k)/float64(quarter))
		p = append(p, ring{r * math.Cos(a), -half - r*math.Sin(a)})
	}
	for k := 0; k <= up; k++ {
		p = append(p, ring{r, -half + 2*half*float64(k)/math.Max(1, float64(up))})
	}
	for k := quarter - 1; k >= 0; k-- {
		a := math.Pi / 2 * (1 - float64(k)/float64(quarter))
		p = append(p, ring{r * math.Cos(a), half + r*math.Sin(a)})
	}
	return p
}

// steps is how many steps of about d a length takes, zero for a length of zero.
func steps(length, d float64) int {
	if length <= 0 {
		return 0
	}
	return int(math.Max(1, math.Round(length/d)))
}

// revolve puts points d apart on each ring, every other ring turned by half a
// step so that points do not line up into gaps.
func revolve(rings []ring, d float64, put func(x, y, z float64)) {
	for k, r := range rings {
		if r.radius < 1e-6*d {
			put(0, r.y, 0)
			continue
		}
		n := int(math.Max(2, math.Round(2*math.Pi*r.radius/d)))
		for i := range n {
			sin, cos := math.Sincos(2 * math.Pi * (float64(i) + float64(k%2)/2) / float64(n))
			put(r.radius*cos, r.y, r.radius*sin)
		}
	}
}

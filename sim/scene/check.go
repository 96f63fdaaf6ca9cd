package scene

import (
	"fmt"
	"math"
	"strings"
)

const (
	// maxParticles is the largest number of particles: their ids are stored as
	// single-precision numbers, which are exact up to here.
	maxParticles = 1<<24 - 1
	// maxCells bounds the grid of the neighbour search, whose cells are as long
	// as the support radius.
	maxCells = 1 << 28
	// maxAcross bounds the spacings along the domain: single-precision positions
	// still resolve a thousandth of a spacing.
	maxAcross = 1 << 15
	minAcross = 4 // spacings across the domain
)

// check looks at what keys mean together; each by itself is in range already.
func check(s *Scene, r *report) {
	if !checkDomain(s, r) {
		return
	}
	checkColors(s, r)
	checkCamera(s, r)
	checkProbes(s, r)
	checkSolver(s, r)
	if !checkSpacing(s, r) {
		return
	}
	checkPeriodic(s, r)
	checkFluid(s, r)
	checkMotion(s, r)
	checkStep(s, r)
}

func checkDomain(s *Scene, r *report) bool {
	for axis, name := range s.axes() {
		if low, high := s.Domain.Min[axis], s.Domain.Max[axis]; low >= high {
			r.fail("domain.max", "min is the lowest corner, max the highest", "the domain is empty along %s: max %s is not above min %s", name, number(high), number(low))
			return false
		}
	}
	return true
}

func checkColors(s *Scene, r *report) {
	if c := s.Colors; (c.Min != 0 || c.Max != 0) && c.Min >= c.Max {
		r.fail("colors.max", "leave both out to have a range that suits the scene", "colors.max %s is not above colors.min %s", number(c.Max), number(c.Min))
	}
}

func checkCamera(s *Scene, r *report) {
	if !s.Camera.Auto && distanceBetween(s.Camera.Position, s.Camera.Target) < 1e-6 {
		r.fail("camera.target", "", "the camera's position and target are the same point")
	}
	for i, k := range s.CameraKeys {
		at := fmt.Sprintf("camera.key.%d", i)
		if distanceBetween(k.Position, k.Target) < 1e-6 {
			r.fail(at+".target", "", "the position and target of %s are the same point", at)
		}
		if k.FOV != 0 && k.FOV < 5 {
			r.fail(at+".fov", "fov is 5 to 120, in degrees; 0 is camera.fov", "fov must be at least 5 degrees (got %s)", number(k.FOV))
		}
		if i > 0 && k.Time <= s.CameraKeys[i-1].Time {
			r.fail(at+".time", "write the keys in the order of time, each later than the one before",
				"camera.key.%d is at %s s, not after the %s s of the key before it", i, number(k.Time), number(s.CameraKeys[i-1].Time))
		}
	}
}

func checkSolver(s *Scene, r *report) {
	if s.Solver.Type == "dfsph" && s.Solver.MaxIterations == 1 {
		r.fail("solver.max_iterations", "use at least 2, or 0 for dfsph's own", "one round is too few for dfsph: it needs one to see the error and one to reduce it")
	}
}

// checkSpacing compares the spacing with the size of the domain.
func checkSpacing(s *Scene, r *report) bool {
	d := s.Fluid.Spacing
	size := s.Domain.size()
	short, long := 0, 0
	cells := 1.0
	var lengths []string
	for axis := range s.axes() {
		if size[axis] < size[short] {
			short = axis
		}
		if size[axis] > size[long] {
			long = axis
		}
		cells *= size[axis] / (2 * d)
		lengths = append(lengths, number(tidy(size[axis])))
	}
	// A hair of tolerance: 0.4 / 0.1 is not quite 4.
	if across := size[short] / d; across < minAcross-1e-6 {
		r.fail("fluid.spacing", fmt.Sprintf("use a spacing of at most %s", quantity(size[short]/minAcross)),
			"spacing %s m is too coarse: only %s fit across the domain, which is %s m long in %s; at least %d must",
			number(d), number(math.Round(across*10)/10), number(tidy(size[short])), axisNames[short], minAcross)
		return false
	}
	if size[long]/d > maxAcross || cells > maxCells {
		coarse := math.Max(size[long]/maxAcross, d*s.Side(cells/maxCells))
		r.fail("fluid.spacing", fmt.Sprintf("use a spacing of at least %s, or a smaller domain", quantity(roundUp(coarse))),
			"spacing %s m is too fine for a domain of %s m", number(d), strings.Join(lengths, " x "))
		return false
	}
	return true
}

// Side is the length of a cube, in two dimensions a square, of that content: how
// lengths go with numbers of particles.
func (s *Scene) Side(content float64) float64 {
	if s.Plane() {
		return math.Sqrt(content)
	}
	return math.Cbrt(content)
}

// checkFluid looks for fluid that is not there, and for more than can be.
func checkFluid(s *Scene, r *report) {
	if len(s.Fluid.Shapes) == 0 {
		r.fail("fluid", "add a [[fluid.shape]] with its type, position and size", "the scene has no fluid")
		return
	}
	total := 0.0
	for i, shape := range s.Fluid.Shapes {
		inside := s.Domain.volumeInside(shape.solid())
		if inside == 0 {
			low, high := shape.Bounds()
			r.fail(fmt.Sprintf("fluid.shape.%d.%s", i, "position"), fmt.Sprintf("it reaches from %s to %s, the domain from %s to %s", s.vector(low), s.vector(high), s.vector(s.Domain.Min), s.vector(s.Domain.Max)),
				"fluid.shape.%d (%s) lies outside the domain", i, shape.Type)
		}
		total += inside
	}
	if r.failed() {
		return
	}
	size, d := s.Domain.size(), s.Fluid.Spacing
	room, particle := 1.0, 1.0
	for axis := range s.axes() {
		room *= size[axis]
		particle *= d
	}
	total = math.Min(total, room)
	switch count := total / particle; {
	case count < 0.5:
		r.fail("fluid.spacing", fmt.Sprintf("use a spacing of at most %s, or larger shapes", quantity(s.Side(total))), "the fluid is empty: its shapes are smaller than one particle of spacing %s m", number(d))
	case count > maxParticles:
		r.fail("fluid.spacing", fmt.Sprintf("use a spacing of at least %s", quantity(roundUp(s.Side(total/maxParticles)))),
			"spacing %s m gives about %s particles, at most %d are possible", number(d), count3(count), maxParticles)
	}
}

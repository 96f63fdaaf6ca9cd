package seed

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// Where shapes meet, their lattices do not fit into each other. A particle of
// the later shape is left out within tooClose spacings of an earlier particle,
// and within shapeGap spacings of the earlier shape's surface: distances alone
// would let particles into the gaps of the other lattice, and fluid that starts
// a third too dense explodes.
const (
	tooClose = 0.85
	shapeGap = 0.4
)

// fill is how a scene's fluid is laid out.
type fill struct {
	scene    *scene.Scene
	domain   *domain
	bodies   []body
	lattices []*lattice
	bounds   []box // of the fluid shapes
	distance []func(scene.Vec3) float64
}

func planFill(s *scene.Scene) (*fill, error) {
	d := s.Fluid.Spacing
	f := &fill{scene: s, domain: newDomain(s)}
	for _, o := range s.Obstacles {
		f.bodies = append(f.bodies, newBody(o))
	}
	total := 0.0
	for i, shape := range s.Fluid.Shapes {
		lo, hi := shape.Bounds()
		points := 1.0
		for a := range f.domain.axes {
			points *= math.Max(1, (hi[a]-lo[a])/d)
		}
		// Rejected before a list of its layers is made: a shape may be as
		// large as a number can be.
		const most = 64 * MaxParticles
		if total += points; !(total <= most) {
			return nil, fmt.Errorf("the fluid shapes up to fluid.shape.%d would be laid out with about %.2g particles at a fluid.spacing of %g, the most is %d; choose a larger spacing or smaller shapes", i, total, d, MaxParticles)
		}
		f.lattices = append(f.lattices, newLattice(f.domain, f.bodies, shape, d))
		f.bounds = append(f.bounds, box{lo, hi}.grown(d))
		f.distance = append(f.distance, shape.Distance())
	}
	return f, nil
}

// expected is about how many particles there will be, for sizing arrays.
func (f *fill) expected() int {
	sum := 0.0
	for _, l := range f.lattices {
		n := l.size()
		switch {
		case l.kind == "sphere" && f.domain.axes == 3:
			n *= 1.05 * math.Pi / 6
		case l.kind != "box":
			n *= 1.05 * math.Pi / 4
		}
		sum += n
	}
	room := 1.1
	for a := range f.domain.axes {
		room *= (f.domain.max[a]-f.domain.min[a])/f.scene.Fluid.Spacing + 1
	}
	return int(math.Min(MaxParticles, math.Min(sum, room)))
}

// run lays out every shape in turn and gives each particle to emit, if any.
func (f *fill) run(emit func(shape int, p scene.Vec3)) Report {
	var report Report
	var earlier []scene.Vec3 // particles that a later shape could meet
	d := f.scene.Fluid.Spacing
	for shape, l := range f.lattices {
		region := f.bounds[shape]
		bodies := near(f.bodies, region, d/2)
		var rivals []func(scene.Vec3) float64
		for k := range shape {
			if f.bounds[k].meets(region) {
				rivals = append(rivals, f.distance[k])
			}
		}
		var taken *grid
		if len(rivals) > 0 {
			var inRegion []scene.Vec3
			for _, p := range earlier {
				if region.holds(p) {
					inRegion = append(inRegion, p)
				}
			}
			taken = newGrid(inRegion, tooClose*d)
		}
		var later []box
		for k := shape + 1; k < len(f.lattices); k++ {
			if f.bounds[k].meets(region) {
				later = append(later, f.bounds[k])
			}
		}
		l.each(func(index uint64, p scene.Vec3) {
			if !f.domain.holds(p, (0.5-slack)*d) {
				report.RemovedOutside++
				return
			}
			for i := range bodies {
				b := &bodies[i]
				if b.bounds.holds(p) && b.distance(p) < (0.5-slack)*d {
					report.RemovedInObstacles++
					return
				}
			}
			j := jitter(shape, index, f.scene.Fluid.Jitter*d)
			for a := range f.domain.axes {
				p[a] += j[a]
			}
			p = f.domain.foldBack(p)
			for _, distance := range rivals {
				// Well beyond its surface a shape has no particles.
				away := distance(p)
				if away < shapeGap*d || away < 1.5*d && taken.crowded(p, tooClose*d) {
					report.RemovedOverlapping++
					return
				}
			}
			for _, b := range later {
				if b.holds(p) {
					earlier = append(earlier, p)
					break
				}
			}
			report.Fluid++
			if emit != nil && report.Fluid <= MaxParticles {
				emit(shape, p)
			}
		})
	}
	return report
}

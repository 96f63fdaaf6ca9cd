package seed

import (
	"fmt"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// MaxParticles is the largest number of particles: the simulation carries a
// particle's id as a float32, which is exact up to here.
const MaxParticles = 1<<24 - 1

// Set is the first state. Positions are relative to Origin, the domain's
// centre, where float32 resolves finest.
type Set struct {
	Position, Velocity [][3]float32
	Shape              []uint16 // which of the scene's fluid shapes a particle came from
	Origin             [3]float64
	Report             Report
}

// Report counts what was made and what was left out. A particle that could be
// left out for several reasons is counted under the first: outside, in an
// obstacle, overlapping.
type Report struct {
	Fluid              int
	RemovedOutside     int // outside the domain, or closer than half a spacing to a wall
	RemovedInObstacles int // inside an obstacle, or closer than half a spacing to it
	RemovedOverlapping int // too close to a particle of an earlier shape
}

// Build makes the particles of a scene. A scene without
// fluid shapes gives zero particles; shapes that lose every particle are an
// error that says to what.
func Build(s *scene.Scene) (*Set, error) {
	plan, err := planFill(s)
	if err != nil {
		return nil, err
	}
	set := &Set{Origin: centre(s)}
	expected := plan.expected()
	set.Position = make([][3]float32, 0, expected)
	set.Velocity = make([][3]float32, 0, expected)
	set.Shape = make([]uint16, 0, expected)
	set.Report = plan.run(func(shape int, p scene.Vec3) {
		set.Position = append(set.Position, relative(p, set.Origin))
		v := s.Fluid.Shapes[shape].Velocity
		set.Velocity = append(set.Velocity, [3]float32{float32(v[0]), float32(v[1]), float32(v[2])})
		set.Shape = append(set.Shape, uint16(shape))
	})
	if err := checkReport(s, set.Report); err != nil {
		return nil, err
	}
	return set, nil
}

// Count is how many particles Build would make, without making them.
func Count(s *scene.Scene) (int, error) {
	plan, err := planFill(s)
	if err != nil {
		return 0, err
	}
	report := plan.run(nil)
	return report.Fluid, checkReport(s, report)
}

func checkReport(s *scene.Scene, r Report) error {
	if r.Fluid > MaxParticles {
		return fmt.Errorf("a fluid.spacing of %g gives %d particles, the most is %d; choose a spacing of at least %.4g", s.Fluid.Spacing, r.Fluid, MaxParticles, spacingFor(s, r.Fluid, MaxParticles))
	}
	if r.Fluid > 0 || len(s.Fluid.Shapes) == 0 {
		return nil
	}
	switch {
	case r.RemovedInObstacles > 0 && r.RemovedInObstacles >= r.RemovedOutside:
		return fmt.Errorf("no fluid is left: obstacles cover all of it (%d particles lay inside an obstacle or closer than half a spacing to one); move the fluid or the obstacles apart", r.RemovedInObstacles)
	case r.RemovedOutside > 0:
		return fmt.Errorf("no fluid is left: all of it lies outside the domain (%d particles lay outside or closer than half a spacing to a wall); move the fluid inside, or choose a fluid.spacing smaller than %g", r.RemovedOutside, s.Fluid.Spacing)
	}
	return fmt.Errorf("no fluid fits: every shape is too small for one particle at a fluid.spacing of %g; choose a smaller spacing or larger shapes", s.Fluid.Spacing)
}

func centre(s *scene.Scene) [3]float64 {
	var c [3]float64
	for a := range c {
		c[a] = (s.Domain.Min[a] + s.Domain.Max[a]) / 2
	}
	return c
}

func relative(p scene.Vec3, origin [3]float64) [3]float32 {
	return [3]float32{float32(p[0] - origin[0]), float32(p[1] - origin[1]), float32(p[2] - origin[2])}
}

package seed

import (
	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// Mass returns the mass of one particle [kg; in two dimensions kg per metre of
// depth], calibrated so that a cubic (square) lattice at the scene's spacing has
// exactly its rest density under the Wendland C2 kernel.
func Mass(s *scene.Scene) float64 {
	d := s.Fluid.Spacing
	if s.Plane() {
		return s.Fluid.RestDensity * d * d / ref.LatticeDensity2(supportOverD)
	}
	return s.Fluid.RestDensity * d * d * d / ref.LatticeDensity(supportOverD)
}

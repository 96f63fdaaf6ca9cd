package seed

import (
	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// Mass returns the mass of one particle [kg], calibrated so that a cubic lattice at the scene's spacing has exactly
// its rest density under the Wendland C2 kernel.
func Mass(s *scene.Scene) float64 {
	d := s.Fluid.Spacing
	return s.Fluid.RestDensity * d * d * d / ref.LatticeDensity(supportOverD)
}

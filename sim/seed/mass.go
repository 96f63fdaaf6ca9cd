package seed

import "github.com/fluidsim/fluidsim/sim/scene"

// Mass returns the mass of one particle [kg; in two dimensions kg per metre of
// depth]: that of the fluid in a cube (square) of the scene's spacing.
func Mass(s *scene.Scene) float64 {
	d := s.Fluid.Spacing
	if s.Plane() {
		return s.Fluid.RestDensity * d * d
	}
	return s.Fluid.RestDensity * d * d * d
}

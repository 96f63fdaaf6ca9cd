package solver

import (
	"math"
	"sync"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// surfaceFits hold for every scene of so many dimensions.
var surfaceFits = map[int]func() ref.SurfaceFit{
	2: sync.OnceValue(func() ref.SurfaceFit { return ref.FitSurface(2) }),
	3: sync.OnceValue(func() ref.SurfaceFit { return ref.FitSurface(3) }),
}

// deriveSurface fills in what surface tension needs.
func deriveSurface(p *layout.SimParams, sc *scene.Scene) {
	sigma, rho, d := sc.Fluid.SurfaceTension, sc.Fluid.RestDensity, sc.Fluid.Spacing
	if sigma == 0 {
		return
	}
	fit := surfaceFits[sc.Dimensions]()
	wall, wetting := fit.Walls(sc.Fluid.ContactAngle)
	radius := fit.Reach * d
	p.SurfaceRadius, p.InvSurface = float32(radius), float32(1/radius)
	p.SurfaceNorm = float32(fit.Norm)
	p.SurfaceBulk = float32(fit.Bulk * sigma / (rho * d))
	p.SurfaceGradient = float32(fit.Gradient * sigma * d / rho)
	p.SurfaceWall = float32(wall)
	p.SurfaceWetting = float32(wetting * sigma / (rho * d * fit.Layers))
	p.MaxStep = min(p.MaxStep, float32(sc.Time.CFL*capillaryStep(rho, d, sigma)))
}

// capillaryStep is the time that bounds steps with surface tension: in so long the shortest wave that a surface of particles can
// carry, two spacings from crest to crest, turns by sqrt(pi^2/2), a little more than a third of a period.
//
// Source: Brackbill, Kothe & Zemach (1992), J. Comput. Phys. 100:335, eq. 61, for one fluid.
func capillaryStep(rho, d, sigma float64) float64 {
	return math.Sqrt(rho * d * d * d / (2 * math.Pi * sigma))
}

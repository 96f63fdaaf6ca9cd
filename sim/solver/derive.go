package solver

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
)

// supportRatio is h/d: with it a Wendland C2 particle has about 30 neighbours in 3-D.
const supportRatio = 2

// wallMargin is how close a particle may come to a wall, in spacings. Fluid under pressure stays further away by itself;
// a lone particle, which has none, then lies on the floor instead of half in it.
const wallMargin = 0.1

// pairFactor is 2(D+2) of the viscosity formula (Weiler et al. 2018) in three dimensions.
const pairFactor = 10

// derive turns a scene into the numbers the kernels use. Coordinates are relative to the set's origin.
func derive(sc *scene.Scene, set *seed.Set, maxCells uint64) layout.SimParams {
	d := sc.Fluid.Spacing
	h := supportRatio * d
	sigma := 21 / (2 * math.Pi * h * h * h)
	rho := sc.Fluid.RestDensity
	c := sc.SoundSpeed()
	smoothing := h / 2
	nu := sc.Fluid.Viscosity / rho
	artificial := sc.Solver.ArtificialViscosity * c * smoothing
	wall := pairFactor*nu + sc.Solver.WallViscosity*c*smoothing

	p := layout.SimParams{
		SupportRadius:       float32(h),
		InvSupport:          float32(1 / h),
		SupportSquared:      float32(h * h),
		Spacing:             float32(d),
		Mass:                float32(seed.Mass(sc)),
		RestDensity:         float32(rho),
		KernelNorm:          float32(sigma),
		GradientNorm:        float32(-20 * sigma / (h * h)),
		Stiffness:           float32(rho * c * c / 7),
		SoundSpeed:          float32(c),
		Viscosity:           float32(pairFactor * nu),
		ArtificialViscosity: float32(artificial),
		WallViscosity:       float32(wall),
		SmoothingLength:     float32(smoothing),
		EffectiveViscosity:  float32(math.Max(nu+artificial/pairFactor, wall/pairFactor)),
		Cfl:                 float32(sc.Time.CFL),
		MaxStep:             float32(sc.Time.MaxStep),
		MaxKick:             float32(h),
		WallMargin:          float32(wallMargin * d),
		ObstacleCount:       uint32(len(sc.Obstacles)),
		BoundaryCount:       uint32(len(set.Boundary)),
		OpenSides:           openSides(sc.Domain.Open),
		Volume:              float32(seed.Mass(sc) / rho),
		DensityTolerance:    float32(sc.Solver.DensityTolerance),
		DivergenceTolerance: float32(sc.Solver.DivergenceTolerance),
		MaxIterations:       uint32(sc.Solver.MaxIterations),
	}
	for k := range 3 {
		p.DomainMin[k] = float32(sc.Domain.Min[k] - set.Origin[k])
		p.DomainMax[k] = float32(sc.Domain.Max[k] - set.Origin[k])
		p.Gravity[k] = float32(sc.Gravity[k])
	}
	chooseGrid(&p, h, uint64(len(set.Position)), maxCells)
	return p
}

// openSides packs the names of open sides into bits: -x, +x, -y, +y, -z, +z from the lowest.
func openSides(sides []string) uint32 {
	var bits uint32
	for _, side := range sides {
		bit := uint32(0)
		if len(side) == 2 {
			bit = uint32(side[1]-'x') * 2
			if side[0] == '+' {
				bit++
			}
			bits |= 1 << bit
		}
	}
	return bits
}

// chooseGrid lays cells over the domain and one support radius beyond, where the wall samples are. Cells of h/2
// leave fewer strangers among the candidates than cells of h (measured: 0.7 to 0.8 of the time), but there are eight times
// as many to clear and scan: a large and mostly empty domain gets cells of h, or larger ones where even these
// would not fit.
func chooseGrid(p *layout.SimParams, h float64, particles, maxCells uint64) {
	affordable := min(maxCells, max(1<<20, 16*particles))
	p.Reach = 2
	edge := h / 2
	size, cells := gridSize(p, h, edge)
	if cells > affordable {
		p.Reach = 1
		edge = h
		size, cells = gridSize(p, h, edge)
	}
	for cells > maxCells {
		edge *= 1.1
		size, cells = gridSize(p, h, edge)
	}
	for k := range 3 {
		p.GridOrigin[k] = p.DomainMin[k] - float32(h)
		p.GridSize[k] = uint32(size[k])
	}
	p.GridOrigin[3] = float32(1 / edge)
	p.GridSize[3] = uint32(cells)
}

func gridSize(p *layout.SimParams, margin, edge float64) (size [3]uint64, cells uint64) {
	cells = 1
	for k := range 3 {
		length := float64(p.DomainMax[k]) - float64(p.DomainMin[k]) + 2*margin
		size[k] = uint64(math.Ceil(length/edge)) + 1
		cells *= size[k]
	}
	return size, cells
}

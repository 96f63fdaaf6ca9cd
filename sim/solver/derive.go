package solver

import (
	"math"
	"sync"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
)

// wallMargin is how close a particle may come to a wall, in spacings. Fluid under pressure stays further away by itself;
// a lone particle, which has none, then lies on the floor instead of half in it.
const wallMargin = 0.1

// enough is the share of a full neighbourhood with which a particle is fluid, and not spray whose divergence is noise: 20 of 32
// neighbours in three dimensions, 7 of 12 in two.
const enough = 0.63

// lattices are the sums that hold for every scene of so many dimensions, with a surface or without. Taking them costs milliseconds,
// and gravity that is tilted live derives everything anew for each frame.
var lattices = map[kind]func() ref.Calibration{
	{2, false}: calibrated(2, false), {2, true}: calibrated(2, true), {3, false}: calibrated(3, false), {3, true}: calibrated(3, true),
}

type kind struct {
	dimensions int
	full       bool
}

func calibrated(dimensions int, full bool) func() ref.Calibration {
	return sync.OnceValue(func() ref.Calibration { return ref.Calibrate(dimensions, ref.SupportRatio(dimensions, full)) })
}

// derive turns a scene, filled with so many particles, into the numbers the kernels use. Coordinates are relative to the origin.
func derive(sc *scene.Scene, origin [3]float64, particles, maxCells uint64) layout.SimParams {
	d := sc.Fluid.Spacing
	filled := full(sc, particles)
	h := ref.SupportRatio(sc.Dimensions, filled) * d
	dimensions := 3
	sigma := 21 / (2 * math.Pi * h * h * h)
	if sc.Plane() {
		dimensions = 2
		sigma = 7 / (math.Pi * h * h)
	}
	lattice := lattices[kind{dimensions, filled}]()
	rho := sc.Fluid.RestDensity
	c := sc.SoundSpeed()
	smoothing := h / 2
	nu := sc.Fluid.Viscosity / rho
	artificial := sc.Solver.ArtificialViscosity * c * smoothing
	// Monaghan (2005), sec. 4.4: alpha c h_s acts like a viscosity of this part of it.
	equivalent := 1 / (2 * (float64(dimensions) + 2))
	wall := nu + sc.Solver.WallViscosity*c*smoothing*equivalent

	p := layout.SimParams{
		SupportRadius:       float32(h),
		InvSupport:          float32(1 / h),
		SupportSquared:      float32(h * h),
		Spacing:             float32(d),
		Mass:                float32(seed.Mass(sc)),
		RestDensity:         float32(rho),
		KernelNorm:          float32(sigma / lattice.Density),
		GradientNorm:        float32(-20 * sigma / (lattice.Density * h * h)),
		Stiffness:           float32(rho * c * c / 7),
		SoundSpeed:          float32(c),
		Viscosity:           float32(2 * nu * lattice.Viscosity),
		ArtificialViscosity: float32(artificial),
		WallFriction:        float32(wall * lattice.Friction / (d * d)),
		SmoothingLength:     float32(smoothing),
		EffectiveViscosity:  float32(math.Max(nu+artificial*equivalent, wall)),
		Cfl:                 float32(sc.Time.CFL),
		MaxStep:             float32(sc.Time.MaxStep),
		MaxKick:             float32(h),
		WallMargin:          float32(wallMargin * d),
		ObstacleCount:       uint32(len(sc.Obstacles)),
		OpenSides:           sidesOf(sc.Domain.Open),
		Volume:              float32(seed.Mass(sc) / rho),
		DensityTolerance:    float32(sc.Solver.DensityTolerance),
		DivergenceTolerance: float32(sc.Solver.DivergenceTolerance),
		MaxIterations:       uint32(sc.Solver.Iterations()),
		WallLog:             float32(lattice.WallLog),
		WallReach:           float32(lattice.WallReach * d),
		WallNear:            float32(lattice.WallNear * d),
		WallDeep:            float32(lattice.WallDeep),
		InvWallSpan:         float32(1 / ((lattice.WallNear - 0.5) * d)),
		InvWallSlope:        float32(d / lattice.WallSlope),
		WallNeighbours:      float32(lattice.WallNeighbours),
		EnoughNeighbours:    float32(math.Floor(enough * lattice.Neighbours)),
		HeadShare:           1,
		WallAhead:           0.5,
		Omega:               float32(lattice.Omega),
		Stress:              float32(lattice.Stress),
		Even:                float32(lattice.Even * d * d),
	}
	if filled {
		p.Full = 1
		if p.Pulls = 1; len(sc.Obstacles) > 0 || !allPeriodic(sc) {
			p.Pulls = 0
		}
	}
	if implicit(sc) {
		p.ViscousStrength = float32(nu * lattice.Shear / (d * d))
		p.Viscosity, p.ViscousFriction, p.WallFriction = 0, p.WallFriction, 0
		// Thick fluid damps what a step twice as long would stir up; without any bound, what is crushed into a corner is shot out of it.
		p.HeadShare = 0.25
		// What the fluid's own viscosity does, artificial viscosity need not.
		artificial = math.Max(artificial-nu/equivalent, 0)
		p.ArtificialViscosity, p.EffectiveViscosity = float32(artificial), float32(artificial*equivalent)
	}
	if sc.Solver.Type == pbf {
		derivePBF(&p, sc, &lattice)
	}
	p.ClosedSides = allSides &^ p.OpenSides
	for k := range 3 {
		p.DomainMin[k] = float32(sc.Domain.Min[k] - origin[k])
		p.DomainMax[k] = float32(sc.Domain.Max[k] - origin[k])
		p.Gravity[k] = float32(sc.Gravity[k])
		if sc.Domain.IsPeriodic(k) {
			p.ClosedSides &^= 3 << (2 * k)
			p.Period[k] = p.DomainMax[k] - p.DomainMin[k]
			p.InvPeriod[k] = 1 / p.Period[k]
		}
	}
	if dimensions == 2 {
		p.ClosedSides &^= 3 << 4
	}
	deriveSurface(&p, sc)
	deriveForces(&p, sc, dimensions, &lattice)
	p.MaxStep = float32(math.Min(float64(p.MaxStep), sc.WallStep()))
	chooseGrid(&p, h, particles, maxCells, dimensions)
	return p
}

// implicit is whether the scene's viscosity is solved for, which needs neighbour lists.
func implicit(sc *scene.Scene) bool { return sc.ImplicitViscosity() && sc.Fluid.Viscosity > 0 }

// allSides is the six sides of the domain: -x, +x, -y, +y, -z, +z from the lowest bit.
const allSides = 63

// sidesOf packs the names of sides into bits.
func sidesOf(sides []string) uint32 {
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

// chooseGrid lays cells over the domain. Cells of h/2
// leave fewer strangers among the candidates than cells of h (measured: 0.7 to 0.8 of the time), but there are eight times
// as many to clear and scan: a large and mostly empty domain gets cells of h, or larger ones where even these
// would not fit. Along a periodic axis a whole number of cells fills the domain exactly; in two dimensions the grid is one
// cell thick.
func chooseGrid(p *layout.SimParams, h float64, particles, maxCells uint64, dimensions int) {
	affordable := min(maxCells, max(1<<20, 16*particles))
	p.Reach = 2
	edge := h / 2
	cells := layGrid(p, edge, dimensions)
	if cells > affordable {
		p.Reach = 1
		edge = h
		cells = layGrid(p, edge, dimensions)
	}
	for cells > maxCells {
		edge *= 1.1
		cells = layGrid(p, edge, dimensions)
	}
	p.ReachZ = p.Reach
	p.SurfaceReach = uint32(math.Ceil(float64(p.SurfaceRadius) / edge * (1 - 1e-6)))
	if dimensions == 2 {
		p.ReachZ = 0
	}
	p.GridSize[3] = uint32(cells)
}

// layGrid sets the grid's size, origin and cell edges, none of which is shorter than edge, and returns the number of cells.
func layGrid(p *layout.SimParams, edge float64, dimensions int) (cells uint64) {
	cells = 1
	for k := range 3 {
		length := float64(p.DomainMax[k]) - float64(p.DomainMin[k])
		n := uint64(math.Ceil(length/edge)) + 1
		inverse := 1 / edge
		if p.Period[k] > 0 {
			// No axis is shorter than three support radii, so there are at least three cells.
			n = max(uint64(math.Floor(length/edge*(1+1e-6))), 3)
			inverse = float64(n) / length
		}
		if k == 2 && dimensions == 2 {
			n = 1
		}
		p.GridOrigin[k] = p.DomainMin[k]
		p.GridSize[k] = uint32(n)
		p.CellInverse[k] = float32(inverse)
		cells *= n
	}
	return cells
}

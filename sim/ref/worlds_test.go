package ref

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// testParams are water with spacing 1/16 m in a closed tank of 2 m, without gravity, for 2 or 3 dimensions. Lengths on
// the lattice are exact numbers then.
func testParams(dimensions int) layout.SimParams {
	const d, rho, c = 1.0 / 16, 1000.0, 20.0
	p := layout.SimParams{
		GridOrigin: [4]float32{-1, -1, -1}, GridSize: [4]uint32{17, 17, 17, 17 * 17 * 17}, CellInverse: [4]float32{8, 8, 8},
		DomainMin: [4]float32{-1, -1, -1}, DomainMax: [4]float32{1, 1, 1}, ClosedSides: 63, Reach: 1, ReachZ: 1,
		Spacing: d, Mass: rho * d * d * d, Volume: d * d * d,
		RestDensity: rho, SoundSpeed: c, Cfl: 0.4, MaxStep: 0.01, MaxKick: 2 * d, EnoughNeighbours: 20,
	}
	if dimensions == 2 {
		p.Mass, p.Volume, p.ReachZ, p.EnoughNeighbours = rho*d*d, d*d, 0, 7
		p.DomainMin[2], p.DomainMax[2], p.ClosedSides = -d/2, d/2, 15
		p.GridOrigin[2], p.GridSize = -d/2, [4]uint32{17, 17, 1, 17 * 17}
	}
	return calibrated(p, dimensions, false)
}

// filled are those of fluid without a surface.
func filled(p layout.SimParams) layout.SimParams {
	dimensions := 3
	if p.ReachZ == 0 {
		dimensions, p.EnoughNeighbours = 2, 17
	}
	p.Full, p.Pulls = 1, 1
	return calibrated(p, dimensions, true)
}

func calibrated(p layout.SimParams, dimensions int, full bool) layout.SimParams {
	ratio, d := SupportRatio(dimensions, full), float64(p.Spacing)
	lattice := Calibrate(dimensions, ratio)
	p.GradientNorm = -1 // as far as its ratio to the other goes
	p.CurlNorm = -p.Volume * float32(lattice.Viscosity)
	p.SupportRadius, p.SmoothingLength = float32(ratio*d), float32(ratio*d/2)
	p.WallLog, p.WallDeep = float32(lattice.WallLog), float32(lattice.WallDeep)
	p.WallReach, p.WallNear = float32(lattice.WallReach*d), float32(lattice.WallNear*d)
	p.InvWallSpan, p.InvWallSlope = float32(1/((lattice.WallNear-0.5)*d)), float32(d/lattice.WallSlope)
	p.WallNeighbours, p.Omega, p.Even = float32(lattice.WallNeighbours), float32(lattice.Omega), float32(lattice.Even*d*d)
	return p
}

// calibration is what the lattice of these parameters says.
func calibration(p *layout.SimParams) Calibration {
	return Calibrate(map[uint32]int{0: 2, 1: 3}[p.ReachZ], float64(p.SupportRadius)/float64(p.Spacing))
}

// feel gives the particles the walls as they are where they stand.
func feel(p *layout.SimParams, particles []Particle, obstacles []layout.Obstacle) {
	NearWalls(p, &layout.Control{}, particles, obstacles)
}

// scattered is n particles in a block in the middle of the tank, packed more densely than at rest.
func scattered(p *layout.SimParams, n int) (particles []Particle) {
	random := rand.New(rand.NewPCG(1, 2))
	at := func(scale float64) (x Vec) {
		for axis := range x {
			if axis < 2 || p.ReachZ > 0 {
				x[axis] = scale * random.Float64()
			}
		}
		return x
	}
	size := 3.5 * float64(p.Spacing)
	if p.ReachZ == 0 {
		size = 6.5 * float64(p.Spacing)
	}
	for i := range n {
		particles = append(particles, Particle{ID: i, X: at(size), V: at(1), Wall: Share{N: 1}})
	}
	return particles
}

// cornered is the same block where two sides of the tank meet, from a third of a spacing on, and a ball that presses it there.
func cornered(p *layout.SimParams, n int) (particles []Particle, obstacles []layout.Obstacle) {
	particles = scattered(p, n)
	d := float64(p.Spacing)
	for i := range particles {
		particles[i].X = particles[i].X.plus(Vec{-1 + 0.3*d, -1 + 0.3*d, 0})
	}
	ball := layout.Obstacle{Kind: layout.SolidSphere, HalfSize: [4]float32{3: float32(3 * d)},
		Position: [4]float32{float32(-1 + 5.9*d), float32(-1 + 5.9*d), float32(d)}}
	if p.ReachZ == 0 {
		ball.Position = [4]float32{float32(-1 + 9*d), float32(-1 + 9*d)}
	}
	ball.AxisX, ball.AxisY, ball.AxisZ = [4]float32{1}, [4]float32{0, 1}, [4]float32{0, 0, 1}
	p.ObstacleCount = 1
	feel(p, particles, []layout.Obstacle{ball})
	return particles, []layout.Obstacle{ball}
}

// lattice is n particles a side, one spacing apart, in their seeded order from a corner on.
func lattice(p *layout.SimParams, n int, corner Vec) (particles []Particle) {
	layers, d := n, float64(p.Spacing)
	if p.ReachZ == 0 {
		layers = 1
	}
	for k := range layers {
		for j := range n {
			for i := range n {
				x := corner.plus(Vec{float64(i), float64(j), float64(k)}.times(d))
				particles = append(particles, Particle{ID: len(particles), X: x, Wall: Share{N: 1}})
			}
		}
	}
	return particles
}

// crammed is a jittered lattice, a tenth too dense, in the same corner, running about.
func crammed(p *layout.SimParams) (particles []Particle) {
	random, d := rand.New(rand.NewPCG(3, 5)), float64(p.Spacing)
	n, axes := 4, 3
	if p.ReachZ == 0 {
		n, axes = 8, 2
	}
	particles = lattice(p, n, Vec{})
	for i := range particles {
		own := &particles[i]
		own.X = own.X.times(math.Pow(0.9, 1/float64(axes)))
		for axis := range axes {
			own.X[axis] += 0.1 * d * (2*random.Float64() - 1)
			own.V[axis] = random.Float64()
		}
		own.X = own.X.plus(Vec{-1 + 0.5*d, -1 + 0.5*d, 0})
	}
	feel(p, particles, nil)
	return particles
}

// dimensions runs a test in two and in three of them.
func dimensions(t *testing.T, test func(t *testing.T, p layout.SimParams)) {
	for _, n := range []int{2, 3} {
		t.Run(fmt.Sprintf("%d dimensions", n), func(t *testing.T) { test(t, testParams(n)) })
	}
}

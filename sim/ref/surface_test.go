package ref

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// tense gives parameters water's surface tension as a scene of this spacing has it, with walls that it wets a little.
func tense(p *layout.SimParams, angle float64) SurfaceFit {
	const sigma = 0.0728
	dimensions := 3
	if p.ReachZ == 0 {
		dimensions = 2
	}
	fit := FitSurface(dimensions)
	d, rho := float64(p.Spacing), float64(p.RestDensity)
	wall, wetting := fit.Walls(angle)
	p.SurfaceRadius, p.InvSurface, p.SurfaceNorm = float32(fit.Reach*d), float32(1/(fit.Reach*d)), float32(fit.Norm)
	p.SurfaceBulk, p.SurfaceGradient = float32(fit.Bulk*sigma/(rho*d)), float32(fit.Gradient*sigma*d/rho)
	p.SurfaceWall, p.SurfaceWetting = float32(wall), float32(wetting*sigma/(rho*d*fit.Layers))
	return fit
}

// pull evaluates surface tension where the particles are.
func pull(p *layout.SimParams, particles []Particle, obstacles []layout.Obstacle) {
	Surface(p, particles, obstacles)
	Tension(p, particles, obstacles)
}

// Surface tension is the way down its energy, walls, corners and wetting in it: central differences of the whole energy agree to what
// their steps of 1e-5 spacings leave.
func TestTensionIsTheGradientOfItsEnergy(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		for _, angle := range []float64{30, 150} {
			tense(&p, angle)
			particles, ball := cornered(&p, 30)
			checkTension(t, &p, particles, nil, 1e-6)
			// The normal of a bent wall turns over a distance, which the force leaves out. A ball of 3 spacings is as bent as can be.
			checkTension(t, &p, particles, ball, 0.1)
		}
	})
}

// checkTension compares accelerations with differences of the energy, to a share of the largest.
func checkTension(t *testing.T, p *layout.SimParams, particles []Particle, obstacles []layout.Obstacle, share float64) {
	t.Helper()
	pull(p, particles, obstacles)
	size := 0.0
	for i := range particles {
		size = max(size, particles[i].Pulled.length())
	}
	step := 1e-5 * float64(p.Spacing)
	for i := range particles {
		for axis := range 2 + int(p.ReachZ) {
			moved := append([]Particle(nil), particles...)
			moved[i].X[axis] += step
			up := SurfaceEnergy(p, moved, obstacles)
			moved[i].X[axis] -= 2 * step
			down := SurfaceEnergy(p, moved, obstacles)
			if got, want := particles[i].Pulled[axis], (down-up)/(2*step); math.Abs(got-want) > share*size {
				t.Errorf("acceleration %d of particle %d is %g, the energy falls by %g (the largest is %g)", axis, i, got, want, size)
			}
		}
	}
}

// Far from walls neither momentum nor angular momentum changes, to rounding.
func TestTensionKeepsMomenta(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		tense(&p, 90)
		particles := scattered(&p, 60)
		pull(&p, particles, nil)
		var sum, turn Vec
		size := 0.0
		for _, own := range particles {
			a, x := own.Pulled, own.X
			sum = sum.plus(a)
			turn = turn.plus(Vec{x[1]*a[2] - x[2]*a[1], x[2]*a[0] - x[0]*a[2], x[0]*a[1] - x[1]*a[0]})
			size += a.length()
		}
		if size < 1e-3 || sum.length() > 1e-12*size || turn.length() > 1e-12*size {
			t.Errorf("momentum changes by %g, angular momentum by %g, of %g", sum.length(), turn.length(), size)
		}
	})
}

// Inside fluid on the lattice nothing is pulled anywhere, and at a wall that has the fluid's colour hardly.
func TestTensionLeavesTheInsideAlone(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		tense(&p, 90)
		d := float64(p.Spacing)
		floor := Vec{-0.5, -1 + d/2, 0}
		n := 19
		if p.ReachZ == 1 {
			n = 17
		}
		particles := lattice(&p, n, floor)
		pull(&p, particles, nil)
		largest := 0.0
		for i := range particles {
			largest = max(largest, particles[i].Pulled.length())
		}
		// The middle of the lowest layer, and of the block.
		at := func(i, j int) int {
			if p.ReachZ == 1 {
				return i + n*j + n*n*(n/2)
			}
			return i + n*j
		}
		if a := particles[at(n/2, n/2)].Pulled.length(); a > 1e-9*largest {
			t.Errorf("a particle inside is pulled by %g, one at the surface by %g", a, largest)
		}
		if a := particles[at(n/2, 0)].Pulled.length(); a > 0.05*largest {
			t.Errorf("a particle at the floor is pulled by %g, one at the surface by %g", a, largest)
		}
	})
}

// FluidShare is the kernel's integral over the half space behind a plane, in space and in the plane, and its derivatives are its own.
func TestFluidShare(t *testing.T) {
	for _, t0 := range []float64{0, 0.1, 0.35, 0.6, 0.9, 1} {
		share, slope, turn := FluidShare(t0)
		for _, dimensions := range []int{2, 3} {
			behind, all := 0.0, 0.0
			const n = 400
			for i := range n {
				z := -1 + (float64(i)+0.5)*2/n
				layer := 0.0
				for k := range n {
					r := (float64(k) + 0.5) / n
					w, _, _ := colourShape(dimensions, z*z+r*r, 1, 1)
					if dimensions == 3 {
						w *= r
					}
					layer += w
				}
				all += layer
				if z < t0 {
					behind += layer
				}
			}
			// The sums miss half a layer of 2/n at most: 1.3/n of the integral.
			if math.Abs(behind/all-share) > 1.4/n {
				t.Errorf("%d dimensions: the share at %g is %g, the integral %g", dimensions, t0, share, behind/all)
			}
		}
		if t0 == 0 || t0 == 1 {
			continue
		}
		const step = 1e-5
		up, upSlope, _ := FluidShare(t0 + step)
		down, downSlope, _ := FluidShare(t0 - step)
		if math.Abs((up-down)/(2*step)-slope) > 1e-8 || math.Abs((upSlope-downSlope)/(2*step)-turn) > 1e-7 {
			t.Errorf("derivatives at %g: %g, %g", t0, slope, turn)
		}
	}
}

// The layers of a flat surface of the lattice pass on at most 0.4 sigma/d to each other, pushing or pulling; fluid of pairs that attract
// each other over the same distance passes on 2 sigma/d.
func TestLayersHardlyPress(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		fit := FitSurface(dimensions)
		for _, diagonal := range []bool{false, true} {
			for layer, stress := range fit.layers(diagonal) {
				if math.Abs(stress) > 0.45 {
					t.Errorf("%d dimensions, diagonal: %t: layer %d is pressed by %g sigma/d", dimensions, diagonal, layer, stress)
				}
			}
		}
	}
}

// layers are the forces by area that go inward through each layer of a flat surface, in sigma/d.
func (f *SurfaceFit) layers(diagonal bool) (stresses []float64) {
	apart, depth := 1.0, func(x Vec) float64 { return x[1] }
	if diagonal {
		apart = math.Sqrt(0.5)
		depth = func(x Vec) float64 { return (x[0] + x[1]) * apart }
	}
	state := func(s float64) (push, pull float64) {
		c, n := 0.0, 0.0
		f.lattice(func(x Vec, r2 float64) {
			if s+depth(x) > 0 {
				w, slope, _ := f.colour(r2)
				c, n = c+w, n-depth(x)*slope
			}
		})
		return -f.Bulk * max(1-c, 0), f.Gradient * n
	}
	total := 0.0
	for s := apart / 2; s < f.Reach+1; s += apart {
		ownPush, ownPull := state(s)
		f.lattice(func(x Vec, r2 float64) {
			if s+depth(x) <= 0 {
				return
			}
			push, pull := state(s + depth(x))
			_, slope, turn := f.colour(r2)
			away := -depth(x)
			total -= apart * ((slope+turn*away*away)*(ownPull-pull) + (ownPush+push)*slope*away)
		})
		stresses = append(stresses, total)
	}
	return stresses
}

// A flat wall costs -sigma cos(angle) on each m^2 that is wetted: for walls that repel, since they lack colour, and for those that attract.
func TestWalls(t *testing.T) {
	for _, dimensions := range []int{2, 3} {
		fit := FitSurface(dimensions)
		for _, angle := range []float64{0, 30, 90, 120, 150, 180} {
			wall, wetting := fit.Walls(angle)
			bulk, gradient := fit.flat(false, wall, true)
			cost := surfaceSettled*(fit.Bulk*bulk+fit.Gradient*gradient) - wetting
			// What the lattice and the integral over the half space differ by costs 0.2 % of sigma at a wall of the fluid's colour, and
			// faces of the lattice cost some per cent more than the mean over directions.
			if want := -math.Cos(angle * math.Pi / 180); math.Abs(cost-want) > 0.005 && angle < 180 {
				t.Errorf("%d dimensions, angle %g: a wetted wall costs %g sigma, want %g", dimensions, angle, cost, want)
			}
			if wall < 0 || wall > 1 {
				t.Errorf("angle %g: the wall's colour is %g", angle, wall)
			}
		}
	}
}

package ref

import (
	"math"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// single is the rounding of one float32 number: the parameters are such numbers.
const single = 0x1p-24

// middle is the particle nearest to the middle of a lattice of n a side along x and z, in layer number j from below.
func middle(p *layout.SimParams, n, j int) int {
	if p.ReachZ == 0 {
		return j*n + n/2
	}
	return (n/2*n+j)*n + n/2
}

// floored is a lattice of 7 a side that stands on the floor, far from the other sides. G is known.
func floored(p *layout.SimParams) []Particle {
	d := float64(p.Spacing)
	particles := lattice(p, 7, Vec{-3 * d, -1 + d/2, 0})
	NearWalls(p, particles, nil)
	var tally layout.Tally
	Density(p, particles, &tally)
	return particles
}

// A lattice half a spacing from a wall has the rest density in its first layer as in the others: l0 is a float32 number,
// and so is the kernel's sum in it.
func TestWallMakesUpForTheMissingLayer(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		particles := floored(&p)
		for j := range 4 {
			own := particles[middle(&p, 7, j)]
			if math.Abs(own.Density-1000) > 8*single*1000 {
				t.Errorf("layer %d has density %.6f", j, own.Density)
			}
			full := map[uint32]float64{0: 8, 1: 26}[p.ReachZ]
			if around := Around(&p, own); math.Abs(around-full) > 8*single*full {
				t.Errorf("layer %d has %v neighbours around it, want %v", j, around, full)
			}
		}
		if n := particles[middle(&p, 7, 0)].Wall.N; n < 1.1 {
			t.Errorf("the wall multiplies by %v: it is not felt", n)
		}
	})
}

// Where walls meet at right angles, their factors multiply: within one per cent that is what a lattice in the corner lacks
// (1.03 % where three walls meet, measured).
func TestCornersAreNearlyAtRest(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		d := float64(p.Spacing)
		corner := Vec{-1 + d/2, -1 + d/2, -1 + d/2}
		if p.ReachZ == 0 {
			corner[2] = 0
		}
		particles := lattice(&p, 6, corner)
		NearWalls(&p, particles, nil)
		var tally layout.Tally
		Density(&p, particles, &tally)
		where := map[string]int{"corner": 0}
		if p.ReachZ > 0 {
			where["edge"] = 2 * 6 * 6
		}
		for name, i := range where {
			own := particles[i]
			t.Logf("%s: %d neighbours, density off by %.3f %%", name, own.Neighbours, own.Density/10-100)
			if math.Abs(own.Density-1000) > 10.3 {
				t.Errorf("%s: density %v", name, own.Density)
			}
		}
	})
}

// With the same pressure everywhere nothing moves, up to the wall.
func TestUniformPressureIsInBalance(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		particles := floored(&p)
		for i := range particles {
			particles[i].Kappa = 1
		}
		for j := range 4 {
			i := middle(&p, 7, j)
			for axis, sum := range PressureOf(&p, i, particles) {
				// The reach and the slope are rounded to float32 numbers, the power of eight is taken of them. In the plane the
				// wall reaches a little beyond the second layer, whose pull it does not have to balance: (0.037 / 1.037)^7.
				if math.Abs(sum.Value) > 32*single*sum.Size+1e-10*sum.Size {
					t.Errorf("layer %d, axis %d: acceleration %g of terms of %g", j, axis, sum.Value, sum.Size)
				}
			}
		}
		first := PressureOf(&p, middle(&p, 7, 0), particles)
		if slope := particles[middle(&p, 7, 0)].Wall.Slope[1]; -slope*p64(p.InvWallSlope) < 0.99 || first[1].Size < -1.9*slope {
			t.Errorf("G = %g half a spacing from the floor, want %g, and as much from the fluid", slope, -1/p.InvWallSlope)
		}
	})
}

func p64(v float32) float64 { return float64(v) }

// Fluid whose pressure carries its weight stays where it is, up to the floor: kappa grows with the depth by g over the
// stress that a kappa of 1 stands for.
func TestHydrostaticPressureCarries(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		p.Gravity = [4]float32{0, -10}
		stress := Calibrate(map[uint32]int{0: 2, 1: 3}[p.ReachZ], 2).Stress
		particles := floored(&p)
		for i := range particles {
			particles[i].Kappa = 10 * (1 - particles[i].X[1]) / stress
		}
		for j := range 4 {
			i := middle(&p, 7, j)
			pressure, rest := PressureOf(&p, i, particles), NonPressureOf(&p, i, particles)
			for axis := range 3 {
				off := pressure[axis].Value + rest[axis].Value
				if math.Abs(off) > 1e-6*pressure[axis].Size+1e-9 {
					t.Errorf("layer %d, axis %d: acceleration %g", j, axis, off)
				}
			}
		}
	})
}

// The stress is the force that pairs pass through a plane, by its area.
func TestStressIsForceByArea(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		const n = 7
		particles, force, d := lattice(&p, n, Vec{}), 0.0, float64(p.Spacing)
		for i := range particles {
			particles[i].Kappa = 1
		}
		// A column of the lattice through the middle, above the plane y = 2.5 d, pushed by all below it.
		for j := 3; j < n; j++ {
			i := middle(&p, n, j)
			pairs(&p, i, particles, func(k int, away Vec, r float64) {
				if particles[k].X[1] < 2.5*d {
					force -= float64(p.Mass) * float64(p.Volume) * 2 * away[1] * slope(&p, r)
				}
			})
		}
		area := float64(p.Volume) / d
		want := 1000 * Calibrate(map[uint32]int{0: 2, 1: 3}[p.ReachZ], 2).Stress
		if got := force / area; math.Abs(got-want) > 1e-9*want {
			t.Errorf("%v Pa, want %v", got, want)
		}
	})
}

// On the lattice viscosity is exact for a flow whose profile is a parabola, and nothing for a straight one, also next to a wall that
// holds the fluid.
func TestViscosityIsCalibrated(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		lattice := Calibrate(map[uint32]int{0: 2, 1: 3}[p.ReachZ], 2)
		const nu = 0.25
		d := float64(p.Spacing)
		p.Viscosity, p.WallFriction = float32(2*nu*lattice.Viscosity), float32(nu*lattice.Friction/(d*d))
		for name, c := range map[string]struct {
			speed func(y float64) float64
			want  float64
			walls int // layers that feel the wall
		}{
			"straight": {func(y float64) float64 { return 3 * y }, 0, 0},
			"parabola": {func(y float64) float64 { return 3 * y * y }, 6 * nu, 1},
		} {
			particles := floored(&p)
			for i := range particles {
				particles[i].V = Vec{c.speed(particles[i].X[1] + 1), 0, 0}
			}
			for j := c.walls; j < 4; j++ {
				for axis, sum := range NonPressureOf(&p, middle(&p, 7, j), particles) {
					want := 0.0
					if axis == 0 {
						want = c.want
					}
					if math.Abs(sum.Value-want) > 16*single*sum.Size+1e-12 {
						t.Errorf("%s, layer %d, axis %d: %v, want %v", name, j, axis, sum.Value, want)
					}
				}
			}
		}
	})
}

package ref

import (
	"math"
	"math/rand/v2"
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
	feel(p, particles, nil)
	var tally layout.Tally
	Density(p, particles, &tally)
	return particles
}

// layerBehind is what a wall does not make up for: of the layer two spacings behind the first, the part in its density, S in
// its slope, and its number of neighbours.
func layerBehind(p *layout.SimParams) (part, push float64, neighbours int) {
	d, deep := float64(p.Spacing), 2
	if p.ReachZ == 0 {
		deep = 0
	}
	for k := -deep; k <= deep; k++ {
		for i := -2; i <= 2; i++ {
			if r := (Vec{float64(i), 2, float64(k)}).times(d).length(); r < float64(p.SupportRadius) {
				part += float64(p.Volume) * kernel(p, r)
				push -= float64(p.Volume) * 2 * d * slope(p, r)
				neighbours++
			}
		}
	}
	return part, push, neighbours
}

// A lattice half a spacing from a wall has the rest density in its first layer as in the others, but for what the layer two
// spacings behind it would add, less than a hundredth of a per cent: l0 is a float32 number, and so is the kernel's sum in it.
func TestWallMakesUpForTheMissingLayer(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		particles := floored(&p)
		n := particles[middle(&p, 7, 0)].Wall.N
		part, _, neighbours := layerBehind(&p)
		t.Logf("the second layer behind the wall would add %.4f %%", 100*part)
		if n < 1.1 || part > 1e-4 {
			t.Errorf("the wall multiplies by %v, and leaves %v out", n, part)
		}
		for j, lacks := range []float64{n * part, part, 0, 0} {
			own := particles[middle(&p, 7, j)]
			if want := 1000 * (1 - lacks); math.Abs(own.Density-want) > 8*single*want {
				t.Errorf("layer %d has density %.6f, want %.6f", j, own.Density, want)
			}
			full := map[uint32]float64{0: 12, 1: 32}[p.ReachZ]
			if lacks > 0 {
				full -= float64(neighbours)
			}
			if around := Around(&p, own); math.Abs(around-full) > 8*single*full {
				t.Errorf("layer %d has %v neighbours around it, want %v", j, around, full)
			}
		}
	})
}

// Where walls meet at right angles, their factors multiply: within one per cent that is what a lattice in the corner
// lacks.
func TestCornersAreNearlyAtRest(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		d := float64(p.Spacing)
		corner := Vec{-1 + d/2, -1 + d/2, -1 + d/2}
		if p.ReachZ == 0 {
			corner[2] = 0
		}
		particles := lattice(&p, 6, corner)
		feel(&p, particles, nil)
		var tally layout.Tally
		Density(&p, particles, &tally)
		where := map[string]int{"corner": 0}
		if p.ReachZ > 0 {
			where["edge"] = 2 * 6 * 6
		}
		for name, i := range where {
			own := particles[i]
			t.Logf("%s: %d neighbours, density off by %.3f %%", name, own.Neighbours, own.Density/10-100)
			if math.Abs(own.Density-1000) > 10 {
				t.Errorf("%s: density %v", name, own.Density)
			}
		}
	})
}

// With the same pressure everywhere nothing moves, up to the wall, but for what the second layer behind it would push.
func TestUniformPressureIsInBalance(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		particles := floored(&p)
		for i := range particles {
			particles[i].Kappa = 1
		}
		first := particles[middle(&p, 7, 0)].Wall
		part, push, _ := layerBehind(&p)
		for j, lacks := range []float64{2*push - first.Slope[1]*first.N*part, 2 * push, 0, 0} {
			for axis, sum := range PressureOf(&p, middle(&p, 7, j), particles) {
				want := 0.0
				if axis == 1 {
					want = -lacks
				}
				// The reach and the slope are rounded to float32 numbers, the power of four is taken of them.
				if math.Abs(sum.Value-want) > 32*single*sum.Size {
					t.Errorf("layer %d, axis %d: acceleration %g of terms of %g, want %g", j, axis, sum.Value, sum.Size, want)
				}
			}
		}
		balance := PressureOf(&p, middle(&p, 7, 0), particles)
		if slope := first.Slope[1]; -slope*float64(p.InvWallSlope) < 0.99 || balance[1].Size < -1.9*slope {
			t.Errorf("G = %g half a spacing from the floor, want %g, and as much from the fluid", slope, -1/p.InvWallSlope)
		}
	})
}

// With the support radius of fluid without a surface, a wall cuts off neighbours of two layers, and makes up for both: in their density
// and against a pressure that is the same everywhere. Of a third one a millionth of the
// density is cut off, and a ten thousandth of the push.
func TestWallMakesUpForTwoLayers(t *testing.T) {
	p := filled(testParams(2))
	particles := floored(&p)
	for i := range particles {
		particles[i].Kappa = 1
	}
	for j := range 4 {
		i := middle(&p, 7, j)
		if off := particles[i].Density/1000 - 1; math.Abs(off) > 2e-6 {
			t.Errorf("layer %d: density off by %g", j, off)
		}
		push := PressureOf(&p, i, particles)[1]
		t.Logf("layer %d: wall %.4f, acceleration %.2g of terms of %.3g", j, particles[i].Wall.N, push.Value, push.Size)
		if math.Abs(push.Value) > 2e-4*float64(1/p.InvWallSlope) {
			t.Errorf("layer %d: acceleration %g", j, push.Value)
		}
	}
	if second := particles[middle(&p, 7, 1)].Wall.N; second < 1.02 {
		t.Errorf("the wall multiplies the second layer by %v", second)
	}
}

// A lattice whose pressure carries its weight stays where it is, up to the floor: kappa grows with the depth by g over the
// stress that a kappa of 1 stands for there. The second layer behind the floor is missed as above.
func TestHydrostaticPressureCarries(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		p.Gravity = [4]float32{0, -10}
		top, d, stress := -1+7*float64(p.Spacing), float64(p.Spacing), 1/calibration(&p).Viscosity
		particles := floored(&p)
		for i := range particles {
			particles[i].Kappa = 10 * (top - particles[i].X[1]) / stress
		}
		part, push, _ := layerBehind(&p)
		for j := range 4 {
			i := middle(&p, 7, j)
			lacks := 0.0
			if j < 2 {
				lacks = (particles[i].Kappa + 10*d) * (2*push - particles[i].Wall.Slope[1]*particles[i].Wall.N*part)
			}
			pressure, rest := PressureOf(&p, i, particles), NonPressureOf(&p, i, particles)
			for axis := range 3 {
				off := pressure[axis].Value + rest[axis].Value
				if math.Abs(off) > 32*single*pressure[axis].Size+1.1*lacks {
					t.Errorf("layer %d, axis %d: acceleration %g", j, axis, off)
				}
				if depth := (top - particles[i].X[1]) / d; math.Abs(off) > 0.004*depth*10 {
					t.Errorf("layer %d, axis %d: acceleration %g is more than 4 per mille of what lies above", j, axis, off)
				}
			}
		}
	})
}

// The lattice's stress is the force that pairs pass through a plane, by its area; settled fluid's is a little less.
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
		lattice := calibration(&p)
		want := 1000 / lattice.Viscosity
		if got := force / area; math.Abs(got-want) > 1e-9*want {
			t.Errorf("%v Pa, want %v", got, want)
		}
		if ratio := lattice.Stress * lattice.Viscosity; ratio < 0.96 || ratio > 0.985 {
			t.Errorf("settled fluid has %g of the lattice's stress, want 2 or 3 per cent less", ratio)
		}
	})
}

// On the lattice viscosity is exact for a flow whose profile is a parabola, and nothing for a straight one, also next to a wall that
// holds the fluid.
func TestViscosityIsCalibrated(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		lattice := calibration(&p)
		const nu = 0.25
		d := float64(p.Spacing)
		p.Viscosity, p.WallFriction = float32(2*nu*lattice.Viscosity), float32(nu*lattice.Friction/(d*d))
		for name, c := range map[string]struct {
			speed func(y float64) float64
			want  float64
			free  int // layers that feel the wall
		}{
			"straight": {func(y float64) float64 { return 3 * y }, 0, 0},
			"parabola": {func(y float64) float64 { return 3 * y * y }, 6 * nu, 2},
		} {
			particles := floored(&p)
			for i := range particles {
				particles[i].V = Vec{c.speed(particles[i].X[1] + 1), 0, 0}
			}
			_, push, _ := layerBehind(&p)
			for j := c.free; j < 5; j++ {
				for axis, sum := range NonPressureOf(&p, middle(&p, 7, j), particles) {
					want := 0.0
					if axis == 0 {
						want = c.want
						if j < 2 { // what the second layer behind the wall would hold
							want += 3 * float64(p.Viscosity) * push
						}
					}
					if math.Abs(sum.Value-want) > 16*single*sum.Size+1e-12 {
						t.Errorf("%s, layer %d, axis %d: %v, want %v", name, j, axis, sum.Value, want)
					}
				}
			}
		}
	})
}

// Sheared at constant area, the lattice sums to the same density but for a small share of the strain squared: pressure does not
// hold it in shape. At h = 2 d it would.
func TestLatticeIsNoSolid(t *testing.T) {
	stiffness := func(dimensions int, ratio float64) (axes, diagonals float64) {
		const strain = 0.02
		grow := math.Exp(strain)
		sum := func(bend func(x, y float64) (float64, float64)) (total float64) {
			deep := 4
			if dimensions == 2 {
				deep = 0
			}
			for k := -deep; k <= deep; k++ {
				for j := -4; j <= 4; j++ {
					for i := -4; i <= 4; i++ {
						x, y := bend(float64(i), float64(j))
						r := Vec{x, y, float64(k)}.length()
						if dimensions == 2 {
							total += W2(r, ratio)
						} else {
							total += W(r, ratio)
						}
					}
				}
			}
			return total
		}
		rest := sum(func(x, y float64) (float64, float64) { return x, y })
		// The same strain with its axes between those of the lattice.
		along, across := (grow+1/grow)/2, (grow-1/grow)/2
		axes = sum(func(x, y float64) (float64, float64) { return x * grow, y / grow })/rest - 1
		diagonals = sum(func(x, y float64) (float64, float64) { return along*x + across*y, across*x + along*y })/rest - 1
		return axes / (strain * strain), diagonals / (strain * strain)
	}
	for dimensions, solid := range map[int][2]float64{2: {0.14, 0.07}, 3: {0.35, 0.07}} {
		ratio := SupportRatio(dimensions, false)
		axes, diagonals := stiffness(dimensions, ratio)
		t.Logf("%d dimensions, h = %g d: %.3f along the axes, %.3f along the diagonals", dimensions, ratio, axes, diagonals)
		if math.Abs(axes) > 0.05 || math.Abs(diagonals) > 0.05 {
			t.Errorf("%d dimensions, h = %g d: %g along the axes, %g along the diagonals, want next to nothing", dimensions, ratio, axes, diagonals)
		}
		if a, b := stiffness(dimensions, 2); math.Abs(a-solid[0]) > 0.01 || math.Abs(b-solid[1]) > 0.01 {
			t.Errorf("%d dimensions, h = 2 d: %g and %g, want %v", dimensions, a, b, solid)
		}
	}
}

// Omega is one over the largest eigenvalue of the pressure system over its diagonal: on a periodic lattice, repeated
// application of the system to any kappa grows by that.
func TestOmegaIsTheLatticesStiffest(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		n := map[uint32]int{0: 8, 1: 6}[p.ReachZ]
		p = wrapped(p, 0, 1, 2)
		if p.ReachZ == 0 {
			p = wrapped(testParams(2), 0, 1)
		}
		for axis := range 3 {
			if p.Period[axis] > 0 {
				p.Period[axis] = float32(n) * p.Spacing
			}
		}
		particles, tally := lattice(&p, n, Vec{}), NewTally()
		Factor(&p, particles, &tally)
		random, grown := rand.New(rand.NewPCG(1, 3)), 0.0
		for i := range particles {
			particles[i].Kappa = random.Float64() - 0.5
		}
		for range map[uint32]int{0: 200, 1: 12}[p.ReachZ] {
			Pressure(&p, particles)
			squares := 0.0
			for i := range particles {
				particles[i].Source = -RateOf(&p, i, particles, PushOf).Value * particles[i].Factor
				squares += particles[i].Source * particles[i].Source
			}
			grown = math.Sqrt(squares)
			for i := range particles {
				particles[i].Kappa = particles[i].Source / grown
			}
		}
		// In the plane a fifth is kept back for disorder.
		least := map[uint32]float64{0: 0.8, 1: 1}[p.ReachZ] / float64(p.Omega)
		t.Logf("the largest eigenvalue is %.3f, 1 / omega %.3f", grown, 1/p.Omega)
		if grown > 1.0001*least || grown < 0.9*least {
			t.Errorf("the largest eigenvalue is %v, 1 / omega %v", grown, 1/p.Omega)
		}
	})
}

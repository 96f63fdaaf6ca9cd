package solver_test

import (
	"math"
	"math/rand/v2"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// surfaceParams gives a tank surface tension, with walls of half the fluid's colour that draw it, too. The colour reaches 3/2 h, but
// only h where a periodic axis is so short that particles would be met from both sides.
func surfaceParams(p *layout.SimParams) {
	dimensions := 3
	if p.ReachZ == 0 {
		dimensions = 2
	}
	fit := ref.FitSurface(dimensions)
	radius := 1.5 * p.SupportRadius
	for axis, length := range p.Period[:dimensions] {
		if length > 0 && length < 2*radius+1/p.CellInverse[axis] {
			radius = p.SupportRadius
		}
	}
	p.SurfaceRadius, p.InvSurface = radius, 1/radius
	p.SurfaceNorm, p.SurfaceBulk, p.SurfaceGradient = float32(fit.Norm), 7, 0.25*radius*radius
	p.SurfaceWall, p.SurfaceWetting = 0.5, 3
	p.SurfaceReach = uint32(math.Ceil(float64(radius * p.CellInverse[1])))
}

// stretch fills in what the surface is and does: anything.
func (w *world) stretch() {
	random := rand.New(rand.NewPCG(uint64(w.control.Live), 31))
	for range w.positionSorted {
		w.surfaces = append(w.surfaces, [4]float32{speed(random), speed(random), speed(random), -random.Float32()})
		for _, list := range []*[][4]float32{&w.pulls, &w.spins, &w.spinsSorted, &w.slips, &w.shifts} {
			*list = append(*list, [4]float32{speed(random), speed(random), speed(random), 0})
		}
	}
}

// tenseWorlds are tanks in whose corners and around whose bodies there is fluid.
func tenseWorlds() []*world {
	open := newWorld("180 in corners, an open side", corners(180), options{open: 1})
	return append(particleWorlds(), newWorld("200 in corners", corners(200), options{}), open)
}

// colourUnits bound what a term loses to rounding. u = 1 - r^2/L^2: r^2 5 units, 1/L^2 3, the product and the difference 2, together
// 10 of 1, which the oracle's sizes count by what u does. Norm 1, powers of u with its root 12, scale and factors 8, products with
// x_ij and with p 6.
const colourUnits = 10 + 1 + 12 + 8 + 6

// solidBound is how far U, its gradient and that one's change along a vector of length 1 may be off. With a = max C' L and so on, C
// being at least 1/2: a wall's distance, its normal and 20 units of the polynomial.
func solidBound(p *layout.SimParams, x ref.Vec, list []layout.Obstacle) (share, slope, second float64) {
	l := float64(p.SurfaceRadius)
	a, b, c := 1.25/l, 2.4/(l*l), 9.9/(l*l*l)
	walls := 0.0
	add := func(s, off, normal float64) {
		if !(s < l+off) {
			return
		}
		walls++
		off += 4 * unit * l
		normal += 40 * unit
		share += a*off + 20*unit
		slope += (2*b+4*a*a)*off + 2*a*normal
		second += (2*c+12*a*b+16*a*a*a)*off + (2*b+4*a*a)*2*normal
	}
	for axis := range x {
		for side, sign := range []float64{1, -1} {
			if p.ClosedSides>>(2*axis+side)&1 == 1 {
				s := sign * (x[axis] - float64([]float32{p.DomainMin[axis], p.DomainMax[axis]}[side]))
				add(s, unit*math.Abs(s), 0)
			}
		}
	}
	for _, body := range list[:p.ObstacleCount] {
		at := imageAt(p, body, x)
		off := distanceUnits * unit * sizeOf(p, body, at)
		normal, _ := normalBound(body, at, off)
		add(ref.Distance(body, at), off, normal)
	}
	// What the product of all shares and sums over the walls are off.
	second = second + 2*2*a*walls*slope + share*walls*(2*b+8*walls*a*a) + walls*20*unit*(2*b+8*a*a)
	slope = slope + 2*a*walls*(share+20*unit)
	return share + walls*unit, slope, second
}

func colourTerms(p *layout.SimParams, x ref.Vec, particles []ref.Particle) float64 {
	n := 0.0
	l := float64(p.SurfaceRadius)
	for _, other := range particles {
		r2 := 0.0
		for axis := range 3 {
			away := x[axis] - other.X[axis]
			if length := float64(p.Period[axis]); length > 0 {
				away -= math.Round(away/length) * length
			}
			r2 += away * away
		}
		if r2 < l*l {
			n++
		}
	}
	return n
}

// surfaceCase: both derivatives within bounds.
func surfaceCase() kernelCase {
	return kernelCase{
		worlds: tenseWorlds,
		stage:  func(w *world) { fillVectors(w.surfaces) },

		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			particles := want.live()
			for i, own := range particles {
				k := colourTerms(p, own.X, particles) + colourUnits
				colour, slope := ref.ColourOf(p, i, particles, want.obstacles)
				offShare, offSlope, _ := solidBound(p, own.X, want.obstacles)
				bulk, gradient, wall := float64(p.SurfaceBulk), float64(p.SurfaceGradient), float64(p.SurfaceWall)
				push := -bulk * max(1-colour.Value, 0)
				j.near(&want.surfaces[i][3], got.surfaces[i][3], push, bulk*(k*unit*colour.Size+wall*offShare+3*unit), "r of %d", i)
				for axis, sum := range slope {
					bound := k*unit*sum.Size + wall*offSlope
					j.near(&want.surfaces[i][axis], got.surfaces[i][axis], gradient*sum.Value, gradient*bound+2*unit*gradient*math.Abs(sum.Value), "p %d of %d", axis, i)
				}
			}
		},
		faults: append(colourFaults(),
			planted{"colour += w.x", "colour += w.x * 1.0001"},
			planted{"slope += away * w.y", "slope += away * w.z"},
			planted{"params.surface_wall * solid.share.w", "solid.share.w"},
			planted{"slope += params.surface_wall * solid.share.xyz;", ""},
			planted{"max(1.0 - colour, 0.0)", "(1.0 - colour)"},
			planted{"params.surface_gradient * slope", "slope"},
			planted{"base * u * u, ", "base * u, "},
		),
	}
}

// colourFaults are those of the search, the kernel and the walls, which both kernels share.
func colourFaults() []planted {
	return []planted{
		{"select(3.0, 3.5, plane)", "3.0"},
		{"select(1.0, sqrt(u), plane)", "1.0"},
		{"-2.0 * m * scale", "-m * scale"},
		{"let square = params.surface_radius * params.surface_radius", "let square = params.support_squared"},
		{"let reach = i32(params.surface_reach)", "let reach = i32(params.surface_reach) - 1"},
		{"select(reach, 0, params.reach_z == 0u)", "0"},
		{"padded(square) - gap", "padded(params.support_squared) - gap"},
		{"part < ROW_PARTS", "part < 1"},
		{"= seen - position_sorted[j].xyz", "= x - position_sorted[j].xyz"},
		{"0.5 + 1.23046875 * t", "0.5 + 1.2 * t"},
		{"1.23046875 * u * u * u * u", "1.23046875 * u * u * u"},
		{"before.share.w * c.x", "before.share.w"},
		{"let slope = c.y / c.x", "let slope = c.y"},
		{"s < params.surface_radius) {\n                var normal", "s < params.wall_reach) {\n                var normal"},
		{"select(1.0, -1.0, high == 1u)", "1.0"},
		{"k < params.obstacle_count", "k < 1u"},
		{"obstacle_outward(obstacles[k], x)", "vec3<f32>(0.0, 1.0, 0.0)"},
		{"vec4<f32>(-rest * slope, 1.0 - rest)", "vec4<f32>(-slope, 1.0 - rest)"},
		{"control.running == 0u || ", ""},
		{"i >= control.live", "i > control.live"},
	}
}

// tensionCase: every component within bounds.
func tensionCase() kernelCase {
	return kernelCase{
		worlds: tenseWorlds,
		stage:  func(w *world) { fillVectors(w.pulls) },

		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			particles := want.live()
			for i, own := range particles {
				k := colourTerms(p, own.X, particles) + colourUnits
				_, offSlope, offSecond := solidBound(p, own.X, want.obstacles)
				length := math.Sqrt(own.Interface.Pull[0]*own.Interface.Pull[0] + own.Interface.Pull[1]*own.Interface.Pull[1] + own.Interface.Pull[2]*own.Interface.Pull[2])
				walls := float64(p.SurfaceWall)*(offSecond*length+math.Abs(own.Interface.Push)*offSlope) + float64(p.SurfaceWetting)*offSlope
				for axis, sum := range ref.TensionOf(p, i, particles, want.obstacles) {
					j.near(&want.pulls[i][axis], got.pulls[i][axis], sum.Value, k*unit*sum.Size+walls, "tension %d of %d", axis, i)
				}
				want.pulls[i][3] = 0
			}
		},
		faults: append(colourFaults(),
			planted{"own.xyz - other.xyz", "own.xyz + other.xyz"},
			planted{"own.w + other.w", "own.w - other.w"},
			planted{"pull += turn * w.y + away", "pull += away"},
			planted{"w.z * dot(away, turn)", "dot(away, turn)"},
			planted{"4.0 * m * (m - 1.0)", "4.0 * m * m"},
			planted{"solid_at(x, own.xyz)", "solid_at(x, vec3<f32>(0.0))"},
			planted{"solid.second + own.w * solid.share.xyz", "solid.second"},
			planted{"- params.surface_wetting * solid.share.xyz", ""},
			planted{"c.z / c.x - slope * slope", "c.z / c.x"},
			planted{"-9.84375 * t", "9.84375 * t"},
			planted{"slope * dot(slope, along) + total.second", "total.second"},
			planted{"vec4<f32>(-pull, 0.0)", "vec4<f32>(pull, 0.0)"},
		),
	}
}

// addPullsCase: one sum; the largest square of 5 units.
func addPullsCase() kernelCase {
	return kernelCase{
		worlds: func() []*world {
			lost := newWorld("one is no number", cloud(65), options{})
			lost.pulls[20][1] = float32(math.NaN())
			far := newWorld("one too large to square", cloud(65), options{})
			far.acceleration[7][0] = 1e25
			known := newWorld("a larger maximum already known", cloud(63), options{})
			known.tally.MaxAccelerationSquared = math.Float32bits(1e30)
			return append(particleWorlds(), lost, far, known)
		},
		stage: func(w *world) {
			for i := range w.acceleration[:w.control.Live] {
				w.acceleration[i][3] = 0.5
			}
		},
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			particles := want.live()
			before := want.tally
			for i, own := range particles {
				for axis := range 3 {
					a, b := own.Acceleration[axis], own.Pulled[axis]
					j.near(&want.acceleration[i][axis], got.acceleration[i][axis], a+b, unit*math.Abs(a+b), "acceleration %d of %d", axis, i)
				}
			}
			ref.AddPulls(particles, &want.tally)
			most := 0.0
			for i := range particles {
				if a := squared(got.acceleration[i]); a <= math.MaxFloat32 {
					most = max(most, a)
				}
			}
			j.nearBits(&want.tally.MaxAccelerationSquared, got.tally.MaxAccelerationSquared, before.MaxAccelerationSquared, most, "largest acceleration squared")
		},
		faults: []planted{
			{"before.xyz + pulls[i].xyz", "before.xyz - pulls[i].xyz"},
			{"before.xyz + pulls[i].xyz", "before.xyz"},
			{"vec4<f32>(a, before.w)", "vec4<f32>(a, 0.0)"},
			{"other += 8u) {\n        accelerations[lane] = max(accelerations[lane], accelerations[other])", "other += 8u) {\n        accelerations[lane] = accelerations[other]"},
			{"!finite(acceleration_squared)", "false"},
			{"particle_id(position_sorted[i].w)", "i"},
			{"i < control.live", "i <= control.live"},
			{"control.running == 1u && ", ""},
		},
	}
}

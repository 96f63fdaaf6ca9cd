package solver_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
)

// block is a box whose axes are the world's, from one corner to the other.
func block(low, high [3]float32) layout.Obstacle {
	var centre, half [3]float32
	for axis := range low {
		centre[axis], half[axis] = (low[axis]+high[axis])/2, (high[axis]-low[axis])/2
	}
	return body(layout.SolidBox, centre, half, 0, [3]float64{})
}

// beside are bodies that touch the block of points that cloud makes.
func beside() []layout.Obstacle {
	return []layout.Obstacle{
		body(layout.SolidSphere, [3]float32{-0.35, -0.12, 0}, [3]float32{}, 0.06, [3]float64{}),
		body(layout.SolidBox, [3]float32{-0.22, -0.25, 0.05}, [3]float32{0.03, 0.06, 0.1}, 0, [3]float64{0.3, -0.7, 1.1}),
		body(layout.SolidCapsule, [3]float32{-0.4, -0.3, 0.08}, [3]float32{0, 0.05, 0}, 0.03, [3]float64{-0.6, 0.2, 0.9}),
	}
}

// post is a turned box that reaches through the plane, as scenes in two dimensions have them.
func post() layout.Obstacle {
	return body(layout.SolidBox, [3]float32{-0.35, -0.2, 0}, [3]float32{0.05, 0.03, 1e6}, 0, [3]float64{0, 0, 0.4})
}

// within is n random points in a box.
func within(n int, low, high [3]float32) [][3]float32 {
	random := rand.New(rand.NewPCG(uint64(n), 29))
	points := make([][3]float32, n)
	for i := range points {
		for axis := range 3 {
			points[i][axis] = low[axis] + random.Float32()*(high[axis]-low[axis])
		}
	}
	return points
}

// walled is a world whose particles may lie in walls and bodies, or on them.
func walled(name string, points [][3]float32, o options) *world {
	bodies := o.bodies
	o.unwalled, o.bodies = true, nil
	w := blankWorld(name, points, o)
	w.params.ClosedSides = closedSides(o)
	w.control.Dt = 1.0 / 128 // a tenth of a spacing on, at the speeds there are
	if len(bodies) > 0 {
		w.obstacles, w.params.ObstacleCount = bodies, uint32(len(bodies))
	}
	return w
}

func nearWallsWorlds() (list []*world) {
	add := func(name string, points [][3]float32, o options) *world {
		w := walled(name, points, o)
		list = append(list, w)
		return w
	}
	for _, n := range []int{0, 1, 63, 64, 65} {
		add(fmt.Sprintf("%d in corners", n), corners(n), options{})
	}
	add("edges and corners", corners(400), options{})
	add("faces, edges and corners of cells", faces(), options{})
	for side := range uint32(6) {
		add(fmt.Sprintf("side %d open", side), corners(100), options{open: 1 << side})
	}
	exact := add("exactly at the reach", [][3]float32{
		{-0.5 + 47*grain, 0, 0}, {0.5 - 47*grain, -0.375 + 47*grain, 0}, {0, 0.375 - 48*grain, 0.25 - 47*grain}, {-0.5 + 46*grain, 0, 0},
		// Within it by so little that l is no float32 number: nothing divided by nothing.
		{-0.5 + 46.9995*grain, -0.375 + 46.9995*grain, 0},
	}, options{})
	exact.params.WallReach, exact.params.WallNear = 47*grain, 47*grain
	exact.params.InvWallSpan = 1 / (31 * grain)
	exact.control.Dt = 0

	all := bodies()
	for k, b := range all {
		add(fmt.Sprintf("in and around a solid of kind %d", b.Kind), around(300, all[k:k+1]), options{bodies: all[k : k+1]})
	}
	add("among all bodies", around(600, all), options{bodies: all})
	none := add("bodies that are not counted", around(65, all), options{bodies: all})
	none.params.ObstacleCount = 0

	const d = 1.0 / 32
	above := within(200, [3]float32{-2 * d, 0, -0.1}, [3]float32{2 * d, 2 * d, 0.1})
	left, right := block([3]float32{-0.3, -0.2, -0.2}, [3]float32{0, 0, 0.2}), block([3]float32{0, -0.2, -0.2}, [3]float32{0.3, 0, 0.2})
	add("two boxes with one face", above, options{bodies: []layout.Obstacle{left, right}})
	add("a box on the floor", within(200, [3]float32{0, -0.375, -0.1}, [3]float32{2 * d, -0.375 + 2*d, 0.1}),
		options{bodies: []layout.Obstacle{block([3]float32{-0.2, -0.375, -0.2}, [3]float32{0, 0, 0.2})}})
	add("a slot", within(200, [3]float32{-0.9 * d, -0.1, -0.1}, [3]float32{0.9 * d, 0.1, 0.1}), options{bodies: []layout.Obstacle{
		block([3]float32{-0.3, -0.2, -0.2}, [3]float32{-d, 0.2, 0.2}), block([3]float32{d, -0.2, -0.2}, [3]float32{0.3, 0.2, 0.2}),
	}})
	over := within(200, [3]float32{-3 * d, -0.375 + 0.3*d, -0.1}, [3]float32{3 * d, -0.375 + 1.6*d, 0.1})
	add("above slabs on the floor", over, options{bodies: []layout.Obstacle{
		block([3]float32{-0.3, -0.375, -0.2}, [3]float32{0, -0.375 + 0.3*d, 0.2}), block([3]float32{0, -0.375, -0.2}, [3]float32{0.3, -0.375 + 0.25*d, 0.2}),
	}})
	ball := func(x, y float32) layout.Obstacle {
		return body(layout.SolidSphere, [3]float32{x, y, 0}, [3]float32{}, 1.5*d, [3]float64{})
	}
	balls := []layout.Obstacle{ball(2*d, 0), ball(-1.9*d, 0.2*d), ball(0.1*d, 2.1*d), ball(0, -2.2*d)}
	among := within(400, [3]float32{-3 * d, -3 * d, -2 * d}, [3]float32{3 * d, 3 * d, 2 * d})
	add("four balls near each other", among, options{bodies: balls})
	half := add("two of four that count", among, options{bodies: balls})
	half.params.ObstacleCount = 2
	add("in the plane", flat(200), options{plane: true, bodies: []layout.Obstacle{post()}})
	through := body(layout.SolidSphere, [3]float32{0.47, 0.34, 0.22}, [3]float32{}, 0.05, [3]float64{})
	add("a body at periodic sides", across(400), options{periodic: "xz", bodies: []layout.Obstacle{through}})
	for _, w := range list[len(list)-2:] {
		deep := w.clone()
		deep.name += ", two layers deep"
		deepen(&deep.params)
		list = append(list, deep)
	}
	return list
}

// deepen gives walls the shape that they have where they cut off neighbours of two layers.
func deepen(p *layout.SimParams) {
	d := float64(p.Spacing)
	lattice := ref.Calibrate(2, ref.SupportRatio(2, true))
	p.WallLog, p.WallDeep = float32(lattice.WallLog), float32(lattice.WallDeep)
	p.WallReach, p.WallNear = float32(lattice.WallReach*d), float32(lattice.WallNear*d)
	p.InvWallSpan = float32(1 / ((lattice.WallNear - 0.5) * d))
}

// nearWallsCase: N and its gradient within bounds, exactly 1 and 0 where no wall is within reach.
func nearWallsCase() kernelCase {
	return kernelCase{
		worlds:      nearWallsWorlds,
		stage:       func(w *world) { fillVectors(w.walls) },
		invocations: liveCount,
		expect: func(j *judge, want, got *world) {
			p := &want.params
			list := want.obstacles[:p.ObstacleCount]
			particles := want.live()
			ref.NearWalls(p, &want.control, particles, want.obstacles)
			for i, own := range particles {
				_, log := shareBound(j, p, own, list, 0)
				ahead, shift := own, 0.0
				for axis := range 3 {
					// dt and v: two products; a sum.
					half := own.V[axis] * float64(want.control.Dt) / 2
					ahead.X[axis] += half
					shift += unit * (math.Abs(ahead.X[axis]) + 2*math.Abs(half))
				}
				slope, _ := shareBound(j, p, ahead, list, shift)
				for axis, g := range own.Wall.Slope {
					j.near(&want.walls[i][axis], got.walls[i][axis], g, slope, "gradient %d of %d", axis, i)
				}
				// WGSL grants exp 3 + 2 |l| ulp.
				off := math.Expm1(log) + (6+4*math.Log(own.Wall.N))*unit
				if own.Wall.N == 1 {
					off = 0
				}
				j.near(&want.walls[i][3], got.walls[i][3], own.Wall.N, off*own.Wall.N, "N of %d", i)
			}
		},
		faults: []planted{
			{"sides(params.domain_max.xyz - x, 2u", "sides(x - params.domain_max.xyz, 2u"},
			{"first_bit << 2u", "first_bit << 1u"},
			{"first_bit << 4u", "first_bit << 2u"},
			{"&& s < params.wall_reach", "&& s < 0.5 * params.wall_reach"},
			{"2u, -1.0)", "2u, 1.0)"},
			{"inward * vec3<f32>(x.y, y.y, z.y)", "inward * vec3<f32>(x.y, z.y, y.y)"},
			{"bodies = vec2<u32>(k, bodies.x)", "bodies.x = k"},
			{"distances = vec2<f32>(s, distances.x)", "distances.x = s"},
			{"if (s < distances.y)", "if (s > distances.y)"},
			{"k < params.obstacle_count; k++", "k < arrayLength(&obstacles); k++"},
			{"smoothstep(vec3<f32>(0.5), vec3<f32>(1.0), cosines)", "vec3<f32>(0.0)"},
			{"smoothstep(vec3<f32>(0.5),", "smoothstep(vec3<f32>(0.0),"},
			{"select(vec3<f32>(0.0), others.slopes, lesser)", "others.slopes"},
			{"+ mine * own.xyz", ""},
			{"min(others.logs, vec3<f32>(own.w))", "others.logs"},
			{"common_with(felt, -normal, high)", "common_with(felt, normal, high)"},
			{".x * felt;", ".x * own;"},
			{"first_normal = normal;", ""},
			{"select(vec4<f32>(0.0), own, own.w > 0.0)", "own"},
			{"exp(here.w)", "1.0 + here.w"},
			{"const STEEPNESS = 4.0", "const STEEPNESS = 3.0"},
			{"params.inv_wall_span * u2 * u)", "params.inv_wall_span * u2)"},
			{"params.wall_near - max(s, 0.0)", "params.wall_near - s"},
			{"(params.wall_log - params.wall_deep)", "params.wall_log"},
			{"params.wall_deep * t * vec2<f32>", "params.wall_deep * vec2<f32>"},
			{"1.0 / (params.wall_reach - 0.5 * params.spacing)", "1.0 / params.wall_reach"},
			{"(s - 0.5 * params.spacing) * inv_span", "s * inv_span"},
			{"-4.0 * inv_span * x", "-2.0 * inv_span * x"},
			{"* inv_span, 0.0, 1.0)", "* inv_span, -1.0, 1.0)"},
			{"params.wall_ahead * control.dt", "control.dt"},
			{"walls_at(x + ahead).xyz", "walls_at(x).xyz"},
			{"exp(here.w)", "exp(walls_at(x + ahead).w)"},
			{"* params.inv_wall_span, 0.0)", "* params.inv_wall_span, 1e-3)"},
			{"length(local) - radius", "length(local)"},
			{"length(local.xz) - radius, abs(local.y)", "length(local.xz) - radius, local.y"},
			{"vec3<f32>(0.0, on_axis, 0.0)) - radius", "vec3<f32>(on_axis, 0.0, 0.0)) - radius"},
			{"length(max(q, vec3<f32>(0.0))) + min(max(q.x, max(q.y, q.z)), 0.0)", "length(max(q, vec3<f32>(0.0))) + min(max(q.x, q.y), 0.0)"},
			{"dot(away, body.axis_x.xyz)", "away.x"},
			{"q.x >= q.y && q.x >= q.z", "q.x >= q.y"},
			{"!along_x && q.y >= q.z", "!along_x"},
			{"vec3<f32>(0.0, 1.0, 0.0)) * sign_of(local)", "vec3<f32>(0.0, 1.0, 0.0))"},
			{"select(end, radial, q.x >= q.y)", "select(end, radial, q.x < q.y)"},
			{"radial * max(q.x, 0.0) + end * max(q.y, 0.0)", "radial + end"},
			{"vec3<f32>(0.0, sign_of(local).y, 0.0)", "vec3<f32>(0.0, 1.0, 0.0)"},
			{"unit_or(local - vec3<f32>(0.0, on_axis, 0.0), vec3<f32>(1.0, 0.0, 0.0))", "unit_or(local, vec3<f32>(1.0, 0.0, 0.0))"},
			{"body.axis_x.xyz * n.x + body.axis_y.xyz * n.y + body.axis_z.xyz * n.z", "n"},
			{"- round(away * params.inv_period.xyz) * params.period.xyz", ""},
			{"control.running == 0u || ", ""},
		},
	}
}

// feltWall is one wall: ln N of it and its slope, the normal, and how far each may be off.
type feltWall struct {
	log, slope, distance        float64
	normal                      ref.Vec
	offLog, offSlope, offNormal float64
}

// shareBound is how far the gradient and the logarithm of N may be off. The kernel subtracts, of two walls with about the same
// normal, the lesser: where rounding decides which that is, it may be the other.
// The point itself may be off by e.
func shareBound(j *judge, p *layout.SimParams, own ref.Particle, list []layout.Obstacle, e float64) (slope, log float64) {
	near := feltWalls(j, p, own, list, e)
	for b, wall := range near {
		log += wall.offLog + 8*unit*wall.log
		slope += wall.offSlope + wall.slope*(wall.offNormal+8*unit)
		left := wall.log
		doubt := wall.offLog
		for _, other := range near[:b] {
			cos, et := 0.0, 2*(wall.offNormal+other.offNormal+4*unit)+5*unit
			for axis := range 3 {
				cos += wall.normal[axis] * other.normal[axis]
			}
			t := min(max(2*cos-1, 0), 1)
			same := t * t * (3 - 2*t)
			offSame := 6*t*(1-t)*et + 3*et*et + 4*unit*same
			less := wall
			if other.log < wall.log {
				less = other
			}
			left -= same * less.log
			doubt += same*less.offLog + offSame*less.log
			log += same*less.offLog + offSame*less.log
			slope += same*(less.offSlope+less.slope*less.offNormal) + offSame*less.slope
			if math.Abs(other.log-wall.log) <= other.offLog+wall.offLog {
				slope += same * (wall.slope + other.slope)
			}
		}
		if math.Abs(left) <= doubt+8*unit*wall.log {
			slope += 2 * wall.slope
		}
	}
	return slope, log
}

// feltWalls are the closed sides and the two nearest bodies within reach, or beyond by no more than rounding may add.
func feltWalls(j *judge, p *layout.SimParams, own ref.Particle, list []layout.Obstacle, e float64) (near []feltWall) {
	reach, end, span, l0 := float64(p.WallReach), float64(p.WallNear), float64(p.InvWallSpan), float64(p.WallLog-p.WallDeep)
	first, deep := float64(p.Spacing)/2, float64(p.WallDeep)
	inverse := 1 / (reach - first)
	add := func(s, off float64, normal ref.Vec, offNormal float64) {
		// u = (R - s) / span: a difference 1 and a product 1. l: two squares 1 + 2, times l0 1. The slope: a square and a
		// product 2, l0, 4 and the span 3. What is too small for a float32 number may be zero.
		u := max((end-max(s, 0))*span, 0)
		eu := off*span + 2*unit*u
		w := feltWall{log: l0 * math.Pow(u, 4), slope: 4 * span * l0 * math.Pow(u, 3), distance: s, normal: normal, offNormal: offNormal}
		w.offLog = l0*(math.Pow(u+eu, 4)-math.Pow(u, 4)) + 4*unit*w.log + 0x1p-126
		w.offSlope = 4*span*l0*(math.Pow(u+eu, 3)-math.Pow(u, 3)) + 5*unit*w.slope + 0x1p-120
		offLog, offSlope := w.offLog, w.offSlope
		// x: two differences, a division and a product 8; its square, t and the products with it 5, and x enters all.
		x := min(max(s-first, 0)*inverse, 1)
		ex, t := off*inverse+8*unit*(x+first*inverse), 1-x*x
		w.log += deep * t * t
		w.slope += 4 * deep * inverse * x * t
		w.offLog += deep*(4*x*ex+4*ex*ex) + 6*unit*(deep+w.log)
		w.offSlope += 4*deep*inverse*(3*ex+3*ex*ex) + 12*unit*(deep*inverse+w.slope)
		if deep == 0 {
			w.offLog, w.offSlope = offLog, offSlope
		}
		if s < reach {
			near = append(near, w)
		}
	}
	for axis := range 3 {
		for side, sign := range []float64{1, -1} {
			if p.ClosedSides>>(2*axis+side)&1 == 1 {
				s := sign * (own.X[axis] - float64([]float32{p.DomainMin[axis], p.DomainMax[axis]}[side]))
				normal := ref.Vec{}
				normal[axis] = sign
				add(s, unit*math.Abs(s)+e, normal, 0)
			}
		}
	}
	sides := len(near)
	var distances []float64
	for _, b := range list {
		x := imageAt(p, b, own.X)
		s, off := ref.Distance(b, x), distanceUnits*unit*sizeOf(p, b, x)+e
		distances = append(distances, s)
		offNormal, clear := normalBound(b, x, off)
		if s < reach && !clear {
			j.fail("badly chosen: particle %d has two nearest faces in a body", own.ID)
		}
		add(s, off, ref.Outward(b, x), offNormal)
	}
	slices.Sort(distances)
	if len(distances) > 2 && distances[2] < reach && distances[2]-distances[1] < 1e-6 {
		j.fail("badly chosen: particle %d has three nearest bodies", own.ID)
	}
	bodies := near[sides:]
	slices.SortStableFunc(bodies, func(a, b feltWall) int { return cmp.Compare(a.distance, b.distance) })
	return near[:sides+min(len(bodies), 2)]
}

// distanceUnits: a body's distance is a few sums, products (the three local coordinates: 1 + 3 units each) and a root (9) of
// numbers no larger than those of sizeOf: at most 12 units of these in its value, since the root's argument is a squared
// length and halves its error.
const distanceUnits = 12

// sizeOf adds the sizes of the coordinates of a point and of a body.
func sizeOf(p *layout.SimParams, b layout.Obstacle, x ref.Vec) (size float64) {
	for axis := range 3 {
		size += math.Abs(x[axis]) + math.Abs(float64(b.Position[axis])) + float64(p.Period[axis])
		if half := float64(b.HalfSize[axis]); half < 1e3 { // a body that reaches through the plane is flat there
			size += half
		}
	}
	return size + float64(b.HalfSize[3])
}

// imageAt is a point as the nearest image of a body sees it.
func imageAt(p *layout.SimParams, b layout.Obstacle, x ref.Vec) ref.Vec {
	for axis := range x {
		if length := float64(p.Period[axis]); length > 0 {
			x[axis] -= math.Round((x[axis]-float64(b.Position[axis]))/length) * length
		}
	}
	return x
}

// normalBound is how far the way out of a body may be off at a point whose coordinates in the body are off by e, and whether it
// is clear which face is the nearest: a direction turns by e over its length, and rounding adds 20 units: length 2.5 + 9, division 5,
// back to the world 1 + 1 + 2.
func normalBound(b layout.Obstacle, x ref.Vec, e float64) (bound float64, clear bool) {
	var local ref.Vec
	for k, axis := range [][4]float32{b.AxisX, b.AxisY, b.AxisZ} {
		for c := range 3 {
			local[k] += float64(axis[c]) * (x[c] - float64(b.Position[c]))
		}
	}
	half, radius := b.HalfSize, float64(b.HalfSize[3])
	clear = true
	switch b.Kind {
	case layout.SolidBox:
		bound, clear = facesBound(e, math.Abs(local[0])-float64(half[0]), math.Abs(local[1])-float64(half[1]), math.Abs(local[2])-float64(half[2]))
	case layout.SolidSphere:
		bound = 2 * e / math.Sqrt(local[0]*local[0]+local[1]*local[1]+local[2]*local[2])
	case layout.SolidCylinder:
		across := math.Hypot(local[0], local[2])
		bound, clear = facesBound(e, across-radius, math.Abs(local[1])-float64(half[1]))
		bound += 2 * e / across
	default:
		local[1] -= max(-float64(half[1]), min(local[1], float64(half[1])))
		bound = 2 * e / math.Sqrt(local[0]*local[0]+local[1]*local[1]+local[2]*local[2])
	}
	return min(bound, 2) + 20*unit, clear
}

// facesBound is the like for perpendicular faces at these distances: outside of two of them, the direction from their edge.
func facesBound(e float64, q ...float64) (bound float64, clear bool) {
	slices.Sort(q)
	slices.Reverse(q)
	switch {
	case q[0] <= 0:
		return 0, q[0]-q[1] > 2*e
	case q[1] < -e:
		return 0, true
	}
	var squares float64
	for _, v := range q {
		squares += max(v, 0) * max(v, 0)
	}
	return 2 * e / math.Sqrt(squares), true
}

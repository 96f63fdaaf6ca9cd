package solver_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// grain is the step of the coordinates of test particles. On multiples of 2^-10 m within 1 m, float32 differences,
// squares and their sums are exact: every implementation agrees on which pairs are neighbours, exact hits included.
const grain = 0x1p-10

const (
	junkWord  = 0xDEADBEEF
	junkFloat = -12345.5
)

// options vary a world of particles.
type options struct {
	support  float32 // h; 0 means 1/16 m, whose cell faces are exact numbers
	full     bool    // the fluid fills its domain
	reach    uint32  // 1: cells of h; 2: cells of h/2
	stretch  float64 // cells larger than that by this factor; 0 means 1
	plane    bool    // two dimensions
	periodic string  // axes, "xz"
	open     uint32  // sides
	unwalled bool    // no other side is closed either: for points that lie where walls are
	bodies   []layout.Obstacle
	moving   bool // and they move
	gone     func(i int) bool
}

// newParams describes a tank of 1 m x 0.75 m x 0.5 m around the origin.
func newParams(o options) layout.SimParams {
	if o.support == 0 {
		o.support = 1.0 / 16
	}
	if o.reach == 0 {
		o.reach = 1
	}
	h := float64(o.support)
	sigma, dimensions := 21/(2*math.Pi*h*h*h), 3
	if o.plane {
		sigma, dimensions = 7/(math.Pi*h*h), 2
	}
	lattice := calibrations()[dimensions]
	d := h / ref.SupportRatio(dimensions, false)
	volume := math.Pow(d, float64(dimensions))
	const rho, c, nu, alpha = 1000.0, 30.0, 0.005, 0.08
	p := layout.SimParams{
		DomainMin: [4]float32{-0.5, -0.375, -0.25}, DomainMax: [4]float32{0.5, 0.375, 0.25},
		Gravity:       [4]float32{0.5, -9.81, 1.25},
		SupportRadius: float32(h), InvSupport: float32(1 / h), SupportSquared: float32(h * h),
		Spacing: float32(d), Mass: float32(rho * volume), Volume: float32(volume), RestDensity: rho,
		KernelNorm: float32(sigma / lattice.Density), GradientNorm: float32(-20 * sigma / (lattice.Density * h * h)),
		Stiffness: float32(rho * c * c / 7), SoundSpeed: c,
		Viscosity: float32(2 * nu * lattice.Viscosity), ArtificialViscosity: float32(alpha * c * d),
		WallFriction:    float32((nu + 0.02*c*d/10) * lattice.Friction / (d * d)),
		ViscousStrength: float32(nu * lattice.Shear / (d * d)), ViscousFriction: float32(1.25 * nu * lattice.Friction / (d * d)),
		SmoothingLength: float32(h / 2), EffectiveViscosity: float32(nu + alpha*c*d/10),
		Cfl: 0.4, MaxStep: 0.005, MaxKick: float32(h), WallMargin: float32(d / 4), Reach: o.reach, ReachZ: o.reach, OpenSides: o.open,
		DensityTolerance: 0.0005, DivergenceTolerance: 0.001, MaxIterations: 50, EnoughNeighbours: 20,
		WallLog: float32(lattice.WallLog), WallReach: float32(lattice.WallReach * d),
		WallNear: float32(lattice.WallNear * d), WallDeep: float32(lattice.WallDeep), InvWallSpan: float32(1 / ((lattice.WallNear - 0.5) * d)), InvWallSlope: float32(d / lattice.WallSlope),
		WallNeighbours: float32(lattice.WallNeighbours), Omega: float32(lattice.Omega), HeadShare: 1, WallAhead: 0.5, Stress: float32(lattice.Stress),
		Even:       float32(lattice.Even * d * d),
		RoundRatio: 1.125, RoundHalf: 1.5, RoundMost: 0.125, RoundCycle: 5, WarmStart: 0.5, AirDrag: 40, InvFullNeighbours: 1.0 / 32, SpinTransfer: 0.02, SpinRate: 60,
		ObstacleCount: uint32(len(o.bodies)),
	}
	if o.full {
		p.Full, p.Pulls = 1, 1
	}
	if o.plane {
		p.DomainMin[2], p.DomainMax[2], p.Gravity[2], p.ReachZ, p.EnoughNeighbours = float32(-d/2), float32(d/2), 0, 0, 7
	}
	p.ClosedSides = closedSides(o)
	if o.unwalled {
		p.ClosedSides = 0
	}
	for _, axis := range o.periodic {
		k := axis - 'x'
		p.Period[k] = p.DomainMax[k] - p.DomainMin[k]
		p.InvPeriod[k] = 1 / p.Period[k]
	}
	edge := h / float64(o.reach)
	if o.stretch != 0 {
		edge *= o.stretch
	}
	solver.LayGrid(&p, edge, dimensions)
	surfaceParams(&p)
	p.CurlNorm = float32(float64(p.GradientNorm) * volume * lattice.Viscosity)
	return p
}

// calibrations are the lattice's in 2 and 3 dimensions.
var calibrations = sync.OnceValue(func() map[int]ref.Calibration {
	return map[int]ref.Calibration{2: ref.Calibrate(2, ref.SupportRatio(2, false)), 3: ref.Calibrate(3, ref.SupportRatio(3, false))}
})

// closedSides are those that are neither open nor periodic nor off the plane.
func closedSides(o options) uint32 {
	sides := 63 &^ o.open
	for _, axis := range o.periodic {
		sides &^= 3 << (2 * (axis - 'x'))
	}
	if o.plane {
		sides &^= 3 << 4
	}
	return sides
}

// newWorld is a tank with particles at these points, and everything that a sub-step computes on the way filled in by
// the oracles, so that any kernel can be started in the middle. Points in or close to bodies are left out, and those
// beyond a periodic side come in on the other.
func newWorld(name string, points [][3]float32, o options) *world {
	w, random := sortedWorld(name, points, o)
	w.evaluate(random)
	w.addTail()
	w.link()
	w.mark()
	w.halfway()
	return w
}

// sortedWorld is a world in which nothing but the sort is done.
func sortedWorld(name string, points [][3]float32, o options) (*world, *rand.Rand) {
	random := rand.New(rand.NewPCG(uint64(len(points)), 7))
	w := &world{name: name, params: newParams(o), tally: ref.NewTally(), obstacles: o.bodies}
	points = w.admit(points)
	n := len(points)
	// Numbers in another order than the particles stand in: nothing may depend on their being the same.
	for i, id := range random.Perm(n) {
		tag := float32(id)
		if o.gone != nil && o.gone(i) {
			tag = -1 - tag
		}
		x := points[i]
		v := [4]float32{speed(random), speed(random), speed(random), 50 * random.Float32()}
		if o.plane {
			v[2] = 0
		}
		w.position = append(w.position, [4]float32{x[0], x[1], x[2], tag})
		w.velocity = append(w.velocity, v)
	}
	w.control = layout.Control{
		Live: uint32(n), Sorted: uint32(n), Running: 1, StepLimit: 100, GoalS: 10, Dt: 1.0 / 1024, Step: 3, Lost: 5,
		PreviousDt: 1.0 / 900, Iterations: 3, DivergenceIterations: 4, DensityIterations: 5, Residual: 0.25,
	}
	w.sort(random)
	if o.moving {
		for k := range w.obstacles {
			w.obstacles[k].Velocity = [4]float32{speed(random), speed(random), speed(random), 0}
		}
		for range n {
			w.wallVelocities = append(w.wallVelocities, [4]float32{speed(random), speed(random), speed(random), 20 * speed(random)})
		}
	}
	return w, random
}

// blankWorld is a sorted world with nothing in the arrays that come after the sort: for kernels that do not read them.
func blankWorld(name string, points [][3]float32, o options) *world {
	w, _ := sortedWorld(name, points, o)
	n := len(w.positionSorted)
	w.densities, w.factors, w.unknowns = make([][2]float32, n), make([]float32, n), make([][2]float32, n)
	w.walls, w.acceleration, w.lastKappa = make([][4]float32, n), make([][4]float32, n), make([]float32, n)
	w.pressures = make([]float32, n)
	w.surfaces, w.pulls = make([][4]float32, n), make([][4]float32, n)
	w.spins, w.spinsSorted, w.slips, w.shifts = make([][4]float32, n), make([][4]float32, n), make([][4]float32, n), make([][4]float32, n)
	w.addTail()
	w.linkCounts, w.links = make([]uint32, len(w.factors)), make([]uint32, ref.LinksMost*len(w.factors))
	return w
}

func speed(random *rand.Rand) float32 { return 4*random.Float32() - 2 }

// admit folds points into the tank along periodic axes, and leaves out those beyond its other sides, in bodies, or closer
// than a quarter of a spacing to either, where a wall alone makes the fluid many times as dense as water.
func (w *world) admit(points [][3]float32) (inside [][3]float32) {
	p := &w.params
	for _, x := range points {
		free := true
		for axis := range x {
			low, high, margin := p.DomainMin[axis], p.DomainMax[axis], float32(0)
			if p.ClosedSides>>(2*axis)&3 != 0 {
				margin = p.Spacing / 4
			}
			if x[axis] >= high && p.Period[axis] > 0 {
				x[axis] -= p.Period[axis]
			}
			free = free && x[axis] >= low+margin && x[axis] <= high-margin
		}
		for _, b := range w.obstacles[:p.ObstacleCount] {
			free = free && ref.Distance(b, ref.Vec{float64(x[0]), float64(x[1]), float64(x[2])}) > float64(p.Spacing)/4
		}
		if free {
			inside = append(inside, x)
		}
	}
	return inside
}

func onGrain(x float32) float32 { return float32(math.Round(float64(x)/grain) * grain) }

// sort fills in what the sorting kernels leave, with the arrivals in each cell in random order.
func (w *world) sort(random *rand.Rand) {
	var tally layout.Tally
	w.cells, w.slot = ref.Count(&w.params, w.position, &tally)
	shuffleSlots(w, random)
	ref.PrefixSum(w.cells)
	w.order = ref.Scatter(&w.params, w.position, w.cells, w.slot)
	w.positionSorted, w.velocitySorted = ref.Reorder(&w.params, w.position, w.velocity)
	w.control.Live = uint32(len(w.positionSorted))
}

// shuffleSlots deals the slots of each bucket out anew.
func shuffleSlots(w *world, random *rand.Rand) {
	members := map[uint32][]int{}
	for i, x := range w.position {
		b := ref.Bucket(&w.params, x)
		members[b] = append(members[b], i)
	}
	for b := range uint32(len(w.cells)) {
		for slot, k := range random.Perm(len(members[b])) {
			w.slot[members[b][k]] = uint32(slot)
		}
	}
}

// evaluate fills in what walls are felt, densities, pressures, accelerations and factors; and a system half solved, whose
// kappa and source are anything.
func (w *world) evaluate(random *rand.Rand) {
	p := &w.params
	particles := ref.Particles(w.positionSorted, w.velocitySorted, len(w.positionSorted))
	ref.NearWalls(p, &w.control, particles, w.obstacles)
	w.bare = shares(particles)
	ref.Feel(particles, w.bare)
	var tally layout.Tally
	ref.Density(p, particles, &tally)
	w.walls = shares(particles)
	ref.Force(p, particles, &tally)
	ref.Feel(particles, w.bare)
	ref.Factor(p, particles, &tally)
	for i, own := range particles {
		w.velocitySorted[i][3] = float32(own.PressureTerm)
		w.densities = append(w.densities, [2]float32{float32(own.Density), float32(own.Neighbours)})
		a := own.Acceleration
		w.acceleration = append(w.acceleration, [4]float32{float32(a[0]), float32(a[1]), float32(a[2]), 0})
		w.factors = append(w.factors, float32(own.Factor))
		w.unknowns = append(w.unknowns, [2]float32{20 * random.Float32(), 0.1 * (random.Float32() - 0.5)})
		w.lastKappa = append(w.lastKappa, 20*random.Float32())
		w.pressures = append(w.pressures, random.Float32())
	}
	w.stretch()
}

// shares are what walls are to the particles, as the device keeps it.
func shares(particles []ref.Particle) (list [][4]float32) {
	for _, own := range particles {
		g := own.Wall.Slope
		list = append(list, [4]float32{float32(g[0]), float32(g[1]), float32(g[2]), float32(own.Wall.N)})
	}
	return list
}

// barely takes the walls back to what near_walls leaves.
func (w *world) barely() { copy(w.walls, w.bare) }

// addTail gives every particle array room behind the last particle, filled with junk that must stay. It is at least a
// whole workgroup, so that a kernel that does not stop in time is seen.
func (w *world) addTail() {
	n := len(w.position) + 70
	for _, list := range []*[][4]float32{&w.position, &w.velocity, &w.positionSorted, &w.velocitySorted, &w.acceleration, &w.walls,
		&w.predicted, &w.predictedSpeed, &w.pushed, &w.surfaces, &w.pulls,
		&w.spins, &w.spinsSorted, &w.slips, &w.shifts} {
		for len(*list) < n {
			*list = append(*list, [4]float32{junkFloat, junkFloat, junkFloat, junkFloat})
		}
	}
	for len(w.densities) < n {
		w.densities = append(w.densities, [2]float32{junkFloat, junkFloat})
	}
	for len(w.factors) < n {
		w.factors = append(w.factors, junkFloat)
		w.lastKappa, w.pressures = append(w.lastKappa, junkFloat), append(w.pressures, junkFloat)
		w.unknowns = append(w.unknowns, [2]float32{junkFloat, junkFloat})
	}
	for _, list := range []*[]uint32{&w.slot, &w.order} {
		for len(*list) < n {
			*list = append(*list, junkWord)
		}
	}
	if len(w.wallVelocities) > 0 {
		for len(w.wallVelocities) < n {
			w.wallVelocities = append(w.wallVelocities, [4]float32{junkFloat, junkFloat, junkFloat, junkFloat})
		}
	}
	if len(w.obstacles) == 0 {
		w.obstacles = make([]layout.Obstacle, 1)
	}
}

// link fills in the neighbour lists, each in random order, for the particles as they are now.
func (w *world) link() {
	random := rand.New(rand.NewPCG(uint64(w.control.Live), 23))
	w.linkCounts = make([]uint32, len(w.factors))
	w.links = make([]uint32, ref.LinksMost*len(w.linkCounts))
	fillWords(w.linkCounts)
	fillWords(w.links)
	tally := ref.NewTally()
	for i, links := range ref.Factor(&w.params, w.live(), &tally) {
		random.Shuffle(len(links), func(a, b int) { links[a], links[b] = links[b], links[a] })
		w.setLinks(i, links)
	}
	w.collapsed = tally.Fault&ref.FaultFactorOverflow != 0
}

// mark notes every particle's neighbours in its marks, with room that stays junk.
func (w *world) mark() {
	w.marks = ref.Mark(&w.params, w.cells, w.live(), w.positionSorted, len(w.positionSorted))
	for k := range w.marks {
		if k%len(w.positionSorted) >= int(w.control.Live) {
			w.marks[k] = junkWord
		}
	}
}

// setLinks writes particle i's list.
func (w *world) setLinks(i int, links []int) {
	w.linkCounts[i] = uint32(len(links))
	for k, j := range links {
		*w.entry(i, k) = uint32(j)
	}
}

// entry is entry k of particle i's column.
func (w *world) entry(i, k int) *uint32 { return &w.links[k*len(w.linkCounts)+i] }

// particles are those that enter the sort, live those that leave it.
func (w *world) particles() [][4]float32 { return w.position[:w.control.Sorted] }

func (w *world) live() []ref.Particle {
	particles := ref.Particles(w.positionSorted, w.velocitySorted, int(w.control.Live))
	ref.Feel(particles, w.walls)
	for i := range particles {
		particles[i].Density = float64(w.densities[i][0])
		particles[i].Neighbours = int(w.densities[i][1])
		particles[i].Factor = float64(w.factors[i])
		particles[i].Kappa, particles[i].Source = float64(w.unknowns[i][0]), float64(w.unknowns[i][1])
		particles[i].LastKappa, particles[i].Pressure = float64(w.lastKappa[i]), float64(w.pressures[i])
		if len(w.wallVelocities) > 0 {
			for axis := range 3 {
				particles[i].Wall.V[axis] = float64(w.wallVelocities[i][axis])
			}
			particles[i].Wall.Press = float64(w.wallVelocities[i][3])
		}
		particles[i].Interface.Push = float64(w.surfaces[i][3])
		for axis := range 3 {
			particles[i].Acceleration[axis] = float64(w.acceleration[i][axis])
			particles[i].Interface.Pull[axis] = float64(w.surfaces[i][axis])
			particles[i].Spin[axis], particles[i].Slip[axis] = float64(w.spinsSorted[i][axis]), float64(w.slips[i][axis])
			particles[i].Pulled[axis] = float64(w.pulls[i][axis])
		}
	}
	return particles
}

// particleWorlds are the tanks that every kernel that works on particles must manage: in space, in the plane, with
// walls, bodies and periodic axes, the small ones first, since a planted fault is often noticed there. They are made once;
// verify works on copies.
var particleWorlds = sync.OnceValue(func() []*world {
	var list []*world
	for _, n := range []int{0, 1, 63, 64, 65, 1000} {
		list = append(list, newWorld(fmt.Sprintf("%d in a block", n), cloud(n), options{}))
	}
	everySeventh := func(i int) bool { return i%7 == 0 }
	list = append(list,
		newWorld("700 in a block, cells of h/2", cloud(700), options{reach: 2}),
		newWorld("900 all over, some gone", spread(900), options{unwalled: true, gone: everySeventh}),
		newWorld("65 all gone", cloud(65), options{gone: func(int) bool { return true }}),
		newWorld("on cell faces", faces(), options{unwalled: true}),
		newWorld("on cell faces, cells of h/2", faces(), options{unwalled: true, reach: 2}),
		newWorld("86 in one place", clump(86), options{}),
		newWorld("500 in a block", cloud(500), options{}),
		newWorld("81 in one place", clump(81), options{}),
		newWorld("pairs at the support radius", pairs(1.0/16), options{}),
		newWorld("pairs at the support radius, cells of h/2", pairs(1.0/16), options{reach: 2}),
		newWorld("askew pairs at the support radius", diagonal(), options{support: 80 * grain}),
		newWorld("450 among bodies", cloud(450), options{bodies: beside()}),
		newWorld("300 among moving bodies", cloud(300), options{bodies: beside(), moving: true}),
		newWorld("200 in the plane", flat(200), options{plane: true}),
		newWorld("300 in the plane, cells of h/2, a body", flat(300), options{plane: true, reach: 2, bodies: []layout.Obstacle{post()}}),
		newWorld("200 across x", across(200), options{periodic: "x"}),
		newWorld("400 across all sides", across(400), options{periodic: "xyz"}),
		newWorld("300 across y and z, cells of h/2", across(300), options{periodic: "yz", reach: 2}),
		newWorld("100 across an axis of three cells", across(100), options{periodic: "z", support: 1.0 / 6}),
		newWorld("pairs across all sides", pairsAcross(1.0/16), options{periodic: "xyz"}),
		newWorld("200 in the plane across x and y", onPlane(across(200)), options{plane: true, periodic: "xy", reach: 2}),
	)
	slices.SortStableFunc(list, func(a, b *world) int { return cmp.Compare(len(a.position), len(b.position)) })
	return slices.Clip(list)
})

// linkedWorlds are those in which every particle's list holds all its neighbours.
func linkedWorlds() []*world {
	return slices.DeleteFunc(slices.Clone(particleWorlds()), func(w *world) bool { return w.collapsed })
}

package solver_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
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
	support float32 // h; 0 means 1/16 m, whose cell faces are exact numbers
	reach   uint32  // 1: cells of h; 2: cells of h/2
	stretch float64 // cells larger than that by this factor; 0 means 1
	open    uint32
	gone    func(i int) bool
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
	d, sigma := h/2, 21/(2*math.Pi*h*h*h)
	const rho, c, nu, alpha = 1000.0, 30.0, 0.001, 0.08
	p := layout.SimParams{
		DomainMin: [4]float32{-0.5, -0.375, -0.25}, DomainMax: [4]float32{0.5, 0.375, 0.25},
		Gravity:       [4]float32{0.5, -9.81, 1.25},
		SupportRadius: float32(h), InvSupport: float32(1 / h), SupportSquared: float32(h * h),
		Spacing: float32(d), Mass: float32(rho * d * d * d / 1.0338), RestDensity: rho,
		KernelNorm: float32(sigma), GradientNorm: float32(-20 * sigma / (h * h)),
		Stiffness: float32(rho * c * c / 7), SoundSpeed: c,
		Viscosity: 10 * nu, ArtificialViscosity: float32(alpha * c * d), WallViscosity: float32(10*nu + 0.02*c*d),
		SmoothingLength: float32(d), EffectiveViscosity: float32(nu + alpha*c*d/10),
		Cfl: 0.4, MaxStep: 0.005, MaxKick: float32(h), WallMargin: float32(d / 4), Reach: o.reach, OpenSides: o.open,
		DensityTolerance: 0.0005, DivergenceTolerance: 0.001, MaxIterations: 50,
	}
	p.Volume = p.Mass / rho
	edge := h / float64(o.reach)
	if o.stretch != 0 {
		edge *= o.stretch
	}
	p.GridOrigin[3] = float32(1 / edge)
	p.GridSize[3] = 1
	for k := range 3 {
		p.GridOrigin[k] = p.DomainMin[k] - o.support
		length := float64(p.DomainMax[k]) - float64(p.DomainMin[k]) + 2*h
		p.GridSize[k] = uint32(math.Ceil(length/edge)) + 1
		p.GridSize[3] *= p.GridSize[k]
	}
	return p
}

// newWorld is a tank with particles at these points, and everything that a sub-step computes on the way filled in by
// the oracles, so that any kernel can be started in the middle.
func newWorld(name string, points [][3]float32, o options) *world {
	random := rand.New(rand.NewPCG(uint64(len(points)), 7))
	n := len(points)
	w := &world{name: name, params: newParams(o), tally: ref.NewTally()}
	// Numbers in another order than the particles stand in: nothing may depend on their being the same.
	for i, id := range random.Perm(n) {
		tag := float32(id)
		if o.gone != nil && o.gone(i) {
			tag = -1 - tag
		}
		x := points[i]
		w.position = append(w.position, [4]float32{x[0], x[1], x[2], tag})
		w.velocity = append(w.velocity, [4]float32{speed(random), speed(random), speed(random), 50 * random.Float32()})
	}
	w.control = layout.Control{
		Live: uint32(n), Sorted: uint32(n), Running: 1, StepLimit: 100, GoalS: 10, Dt: 1.0 / 1024, Step: 3, Lost: 5,
		PreviousDt: 1.0 / 900, Iterations: 3, DivergenceIterations: 4, DensityIterations: 5, Residual: 0.25,
	}
	w.addFloor()
	w.sort(random)
	w.evaluate(random)
	w.addTail()
	w.link()
	return w
}

func speed(random *rand.Rand) float32 { return 4*random.Float32() - 2 }

// addFloor puts boundary samples half a spacing below the floor and beyond the -x side, on the grain.
func (w *world) addFloor() {
	p := &w.params
	d := p.Spacing
	volume := func(k int) float32 { return d * d * d * (0.7 + 0.01*float32(k%31)) }
	k := 0
	for a := p.DomainMin[2] + d/2; a < p.DomainMax[2]; a += d {
		for b := p.DomainMin[0] + d/2; b < p.DomainMax[0]; b += d {
			w.boundary = append(w.boundary, [4]float32{onGrain(b), onGrain(p.DomainMin[1] - d/2), onGrain(a), volume(k)})
			k++
		}
		for b := p.DomainMin[1] + d/2; b < p.DomainMax[1]; b += d {
			w.boundary = append(w.boundary, [4]float32{onGrain(p.DomainMin[0] - d/2), onGrain(b), onGrain(a), volume(k)})
			k++
		}
	}
	w.boundary, w.boundaryCells = binSamples(p, w.boundary)
	p.BoundaryCount = uint32(len(w.boundary))
}

func onGrain(x float32) float32 { return float32(math.Round(float64(x)/grain) * grain) }

// binSamples sorts boundary samples by cell. boundaryCells[c] is the first sample of cell c, and its top bit says that
// a sample lies within `reach` cells of c.
func binSamples(p *layout.SimParams, samples [][4]float32) (sorted [][4]float32, cells []uint32) {
	byCell := map[uint32][][4]float32{}
	near := map[uint32]bool{}
	for _, s := range samples {
		at := s
		at[3] = 0 // a sample is never gone
		byCell[ref.Bucket(p, at)] = append(byCell[ref.Bucket(p, at)], s)
		c, r := ref.CellAt(p, at), int(p.Reach)
		for z := max(c[2]-r, 0); z <= min(c[2]+r, int(p.GridSize[2])-1); z++ {
			for y := max(c[1]-r, 0); y <= min(c[1]+r, int(p.GridSize[1])-1); y++ {
				for x := max(c[0]-r, 0); x <= min(c[0]+r, int(p.GridSize[0])-1); x++ {
					near[uint32(x)+p.GridSize[0]*(uint32(y)+p.GridSize[1]*uint32(z))] = true
				}
			}
		}
	}
	cells = make([]uint32, ref.Buckets(p))
	for c := range cells {
		cells[c] = uint32(len(sorted))
		if near[uint32(c)] {
			cells[c] |= 1 << 31
		}
		sorted = append(sorted, byCell[uint32(c)]...)
	}
	return sorted, cells
}

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

// evaluate fills in densities, pressures, accelerations and factors; and a system half solved, whose kappa and source
// are anything.
func (w *world) evaluate(random *rand.Rand) {
	particles := ref.Particles(w.positionSorted, w.velocitySorted, len(w.positionSorted))
	walls := ref.Samples(w.boundary)
	var tally layout.Tally
	ref.Density(&w.params, particles, walls, &tally)
	ref.Force(&w.params, particles, walls, &tally)
	ref.Factor(&w.params, particles, walls, &tally)
	for i, own := range particles {
		w.velocitySorted[i][3] = float32(own.PressureTerm)
		w.densities = append(w.densities, [2]float32{float32(own.Density), float32(own.Neighbours)})
		a := own.Acceleration
		w.acceleration = append(w.acceleration, [4]float32{float32(a[0]), float32(a[1]), float32(a[2]), 0})
		w.factors = append(w.factors, float32(own.Factor))
		w.unknowns = append(w.unknowns, [2]float32{20 * random.Float32(), 0.1 * (random.Float32() - 0.5)})
	}
}

// addTail gives every particle array room behind the last particle, filled with junk that must stay. It is at least a
// whole workgroup, so that a kernel that does not stop in time is seen.
func (w *world) addTail() {
	n := len(w.position) + 70
	for _, list := range []*[][4]float32{&w.position, &w.velocity, &w.positionSorted, &w.velocitySorted, &w.acceleration} {
		for len(*list) < n {
			*list = append(*list, [4]float32{junkFloat, junkFloat, junkFloat, junkFloat})
		}
	}
	for len(w.densities) < n {
		w.densities = append(w.densities, [2]float32{junkFloat, junkFloat})
	}
	for len(w.factors) < n {
		w.factors = append(w.factors, junkFloat)
		w.unknowns = append(w.unknowns, [2]float32{junkFloat, junkFloat})
	}
	for _, list := range []*[]uint32{&w.slot, &w.order} {
		for len(*list) < n {
			*list = append(*list, junkWord)
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
	for i, links := range ref.Factor(&w.params, w.live(), ref.Samples(w.boundary), &tally) {
		for _, list := range [][]int{links.Fluid, links.Walls} {
			random.Shuffle(len(list), func(a, b int) { list[a], list[b] = list[b], list[a] })
		}
		w.setLinks(i, links)
	}
	w.collapsed = tally.Fault&ref.FaultFactorOverflow != 0
}

// setLinks writes particle i's lists: fluid from the front of its column, walls from the back.
func (w *world) setLinks(i int, links ref.Links) {
	w.linkCounts[i] = uint32(len(links.Fluid) | len(links.Walls)<<16)
	for k, j := range links.Fluid {
		*w.entry(i, k) = uint32(j)
	}
	for k, b := range links.Walls {
		*w.entry(i, ref.LinksMost-1-k) = uint32(b)
	}
}

// entry is entry k of particle i's column.
func (w *world) entry(i, k int) *uint32 { return &w.links[k*len(w.linkCounts)+i] }

// particles are those that enter the sort, live those that leave it.
func (w *world) particles() [][4]float32 { return w.position[:w.control.Sorted] }

func (w *world) live() []ref.Particle {
	particles := ref.Particles(w.positionSorted, w.velocitySorted, int(w.control.Live))
	for i := range particles {
		particles[i].Density = float64(w.densities[i][0])
		particles[i].Neighbours = int(w.densities[i][1])
		particles[i].Factor = float64(w.factors[i])
		particles[i].Kappa, particles[i].Source = float64(w.unknowns[i][0]), float64(w.unknowns[i][1])
		for axis := range 3 {
			particles[i].Acceleration[axis] = float64(w.acceleration[i][axis])
		}
	}
	return particles
}

// cloud is n random points on the grain, in a block at the -x side and the floor that is dense enough for about 50
// neighbours each at n = 1000.
func cloud(n int) [][3]float32 {
	random := rand.New(rand.NewPCG(uint64(n), 1))
	points := make([][3]float32, n)
	for i := range points {
		points[i] = [3]float32{
			-0.5 + grain*float32(random.IntN(300)),
			-0.375 + grain*float32(random.IntN(256)),
			-0.1 + onGrain(grain*float32(random.IntN(200))),
		}
		points[i][2] = onGrain(points[i][2])
	}
	return points
}

// spread is n random points on the grain all over the tank, its faces included.
func spread(n int) [][3]float32 {
	random := rand.New(rand.NewPCG(uint64(n), 2))
	points := make([][3]float32, n)
	for i := range points {
		points[i] = [3]float32{
			-0.5 + grain*float32(random.IntN(1025)),
			-0.375 + grain*float32(random.IntN(769)),
			-0.25 + grain*float32(random.IntN(513)),
		}
	}
	return points
}

// faces is every point of a lattice on the faces, edges and corners of cells of 1/16 m, the tank's own included.
func faces() (points [][3]float32) {
	for z := 0; z <= 8; z += 2 {
		for y := 0; y <= 12; y++ {
			for x := 0; x <= 16; x++ {
				points = append(points, [3]float32{-0.5 + float32(x)/16, -0.375 + float32(y)/16, -0.25 + float32(z)/16})
			}
		}
	}
	return points
}

// pairs are two points each at q times the support radius h from each other along an axis, far from other pairs, for
// q = 0.5, 0.9999, 1, 1.0001. One of the two lies on a cell face, the other once above and once below it: below, all of the
// first one's row of cells is nearly h away.
func pairs(h float32) (points [][3]float32) {
	for k := range 24 {
		axis, sign := k/4%3, float32(1-2*(k/12))
		// On multiples of 1/8 m the addition of q h rounds by less than 1e-7 h.
		a := [3]float32{-0.375 + 0.25*float32(k%4), -0.25 + 0.25*float32(k/4%3), -0.125 + 0.25*float32(k/12)}
		b := a
		b[axis] += sign * []float32{0.5, 0.9999, 1, 1.0001}[k%4] * h
		points = append(points, a, b)
	}
	return points
}

// diagonal is pairs at exactly h = 80 grains, askew: 48, 64, 0 and the like.
func diagonal() (points [][3]float32) {
	for k, away := range [][3]float32{{48, 64, 0}, {0, -48, 64}, {64, 0, 48}, {48, 48, 41}, {48, 48, 43}} {
		a := [3]float32{-0.4 + 0.2*float32(k), 0, 0}
		for axis := range a {
			a[axis] = onGrain(a[axis])
		}
		b := a
		for axis := range b {
			b[axis] += grain * away[axis]
		}
		points = append(points, a, b)
	}
	return points
}

// clump is n points of which all but the last lie in one place.
func clump(n int) [][3]float32 {
	points := make([][3]float32, n)
	for i := range points {
		points[i] = [3]float32{0.125, -0.25, 0.0625}
	}
	if n > 1 {
		points[n-1][1] += grain
	}
	return points
}

// particleWorlds are the tanks that every kernel that works on particles must manage. They are made once; verify works
// on copies.
var particleWorlds = sync.OnceValue(func() []*world {
	var list []*world
	for _, n := range []int{0, 1, 63, 64, 65, 1000} {
		list = append(list, newWorld(fmt.Sprintf("%d in a block", n), cloud(n), options{}))
	}
	everySeventh := func(i int) bool { return i%7 == 0 }
	return slices.Clip(append(list,
		newWorld("1000 in a block, cells of h/2", cloud(1000), options{reach: 2}),
		newWorld("900 all over, some gone", spread(900), options{gone: everySeventh}),
		newWorld("65 all gone", cloud(65), options{gone: func(int) bool { return true }}),
		newWorld("on cell faces", faces(), options{}),
		newWorld("on cell faces, cells of h/2", faces(), options{reach: 2}),
		newWorld("70 in one place", clump(70), options{}),
		newWorld("500 in a block", cloud(500), options{}),
		newWorld("65 in one place", clump(65), options{}),
		newWorld("pairs at the support radius", pairs(1.0/16), options{}),
		newWorld("pairs at the support radius, cells of h/2", pairs(1.0/16), options{reach: 2}),
		newWorld("askew pairs at the support radius", diagonal(), options{support: 80 * grain}),
	))
})

// linkedWorlds are those in which every particle's list holds all its neighbours.
func linkedWorlds() []*world {
	return slices.DeleteFunc(slices.Clone(particleWorlds()), func(w *world) bool { return w.collapsed })
}

package ref

import "math"

// Calibration holds what a lattice of particles one spacing apart, at rest, says
// about walls and viscosity. Lengths are in spacings.
type Calibration struct {
	Density        float64 // sum of V W, of which the kernel is divided so that the lattice has its rest density
	WallLog        float64 // log of what a wall half a spacing away has to multiply the density by
	WallDeep       float64 // the part of it that reaches the second layer
	WallNear       float64 // from this distance on the rest of it is not felt
	WallReach      float64 // from this distance on a wall is not felt at all
	WallSlope      float64 // |G| half a spacing from a wall
	Neighbours     float64 // of a particle inside
	WallNeighbours float64 // neighbours that a log of 1 stands for
	Viscosity      float64 // what to multiply 2 nu by so that the sum over the lattice is nu times the Laplacian
	Friction       float64 // damping rate half a spacing from a wall that holds the fluid, for nu = 1
	Shear          float64 // c of the implicit viscosity, for nu = 1, so that shear is as viscous as it should be in the mean over directions
	Factor         float64 // k of a particle inside, see Factor
	Even           float64 // how far particles may be shifted by how crowded they are, see Even
	Omega          float64 // step of the pressure iteration: 1 over the largest eigenvalue of A over its diagonal
	Stress         float64 // the stress of settled fluid over rho0 kappa, where all particles have the same kappa
}

// Calibrate takes the sums over the lattice in 2 or 3 dimensions, for a support
// radius of hOverD spacings.
//
// Where a wall is, the lattice lacks layers: the first one those at distance 1 and more, the second one those
// at 2 and more, the part F of the density: N = 1 / (1 - F). Fluid with the same kappa everywhere
// (as the kernels define it, N included) must be in balance: a layer
// is pushed to the wall by what the wall does not mirror with twice the slope S of the missing layers'
// density, and from it by kappa (1/N) dlnN/ds, so dlnN/ds = 2 S N there. With both known for two layers,
//
//	ln N = (l0 - l2) ((R1 - s) / (R1 - 1/2))^4 + l2 (1 - ((s - 1/2) / (R2 - 1/2))^2)^2
//
// where the first part ends before the second layer and the second is level at the first one.
//
// Fluid that does not slip is mirrored with its velocity turned round, which in a straight profile moves a layer
// at distance r from the first one at (1 - 2 r) v: friction is the sum of 2 r times their part of the viscous sum.
//
// Shear in a direction a across a direction b has the viscosity c/2 sum w x_a^2 x_b^2
// (see ViscousOf), whose mean over all pairs of directions at right angles is
// c/2 sum w r^4 / (D (D + 2)).
//
// The stress is the force that the pairs across a plane pass on, by area, in fluid that has settled: see settled.
func Calibrate(dimensions int, hOverD float64) Calibration {
	var row [2]wallRow // what the first layer lacks at a wall of the row next to it, and of all others
	var second, fourth, squares float64
	inside := 0
	n := int(math.Ceil(hOverD))
	deep, density, w, g := n, LatticeDensity(hOverD), W, GradFactor
	if dimensions == 2 {
		deep, density, w, g = 0, LatticeDensity2(hOverD), W2, GradFactor2
	}
	for k := -deep; k <= deep; k++ {
		for j := -n; j <= n; j++ {
			for i := -n; i <= n; i++ {
				r := math.Sqrt(float64(i*i + j*j + k*k))
				if !(r < hOverD) || r == 0 {
					continue
				}
				inside++
				second -= float64(j*j) * g(r, hOverD) / density
				squares += r * r * g(r, hOverD) * g(r, hOverD) / (density * density)
				fourth += r * r * r * r * viscousWeight(r, hOverD)
				if j < 0 {
					lacks := &row[min(-j, 2)-1]
					lacks.particles++
					lacks.part += w(r, hOverD) / density
					lacks.push += float64(j) * g(r, hOverD) / density
				}
			}
		}
	}
	first, behind := row[0], row[1]
	part, reach := 0.0, 0.0
	if behind.part > noLayer {
		first = wallRow{first.part + behind.part, first.push + behind.push, first.particles + behind.particles}
		square := behind.steep() / (4*behind.log() + behind.steep()) // of 1 / (R2 - 1/2)
		part, reach = behind.log()/((1-square)*(1-square)), 0.5+1/math.Sqrt(square)
	}
	log := first.log()
	near := 0.5 + steepness*(log-part)/first.steep()
	return Calibration{
		Density:        density,
		WallLog:        log,
		WallDeep:       part,
		WallNear:       near,
		WallReach:      max(near, reach),
		WallSlope:      2 * first.push,
		Neighbours:     float64(inside),
		WallNeighbours: float64(first.particles) / log,
		Viscosity:      1 / second,
		Friction:       4 * first.push / second,
		Shear:          2 * float64(dimensions*(dimensions+2)) / fourth,
		Stress:         settled(dimensions, hOverD, density),
		Omega:          omega(dimensions, hOverD),
		Factor:         1 / squares,
		Even:           evenly * 2 / crowded(dimensions, hOverD),
	}
}

// wallRow is what a layer lacks: a part of its density, S, and neighbours.
type wallRow struct {
	part, push float64
	particles  int
}

// log is ln N of a layer that lacks so much, steep how fast it has to change with the distance.
func (r wallRow) log() float64   { return -math.Log(1 - r.part) }
func (r wallRow) steep() float64 { return 2 * r.push * math.Exp(r.log()) }

// noLayer is a part of the density too small to matter: where the second layer lacks no more, walls have no second part.
const noLayer = 1e-4

// SupportRatio is h/d. The lattice must not be a solid: sheared at constant area (volume), it should sum to the same
// density, or pressure holds it like a crystal, waves are too fast and drops cannot stretch. The strain adds c eps^2 to the density, and
// c passes through zero, along the axes and the diagonals, near these ratios: at h = 2 d it is 0.14 and 0.07 in two
// dimensions, 0.35 and 0.07 in three (TestLatticeIsNoSolid).
//
// Fluid that fills its domain has no surface to be still at. There rows of particles pass each other for ever, which the more smoothly
// they do the more neighbours each has: in two dimensions, where these are few, c is next to nothing again at 3.1.
func SupportRatio(dimensions int, full bool) float64 {
	switch {
	case dimensions == 2 && full:
		return 3.1
	case dimensions == 2:
		return 2.1
	}
	return 2.17
}

// omega is 1 over the largest eigenvalue, and less in two dimensions, where disorder raises it by up to 30 % (by 10 % in three).
func omega(dimensions int, hOverD float64) float64 {
	if dimensions == 2 {
		return 0.8 / stiffest(dimensions, hOverD)
	}
	return 1 / stiffest(dimensions, hOverD)
}

// stiffest is the largest eigenvalue of the lattice's pressure system over its
// diagonal: a wave exp(i k.x) of kappa is multiplied by |sum_j V grad W sin(k.x_j)|^2.
// Nesterov's iteration is stable below 4/3 of its inverse.
func stiffest(dimensions int, hOverD float64) (most float64) {
	type neighbour struct {
		x Vec
		g float64
	}
	g := GradFactor
	if dimensions == 2 {
		g = GradFactor2
	}
	var list []neighbour
	diagonal := 0.0
	places, _ := latticeAround(dimensions, hOverD)
	for _, x := range places {
		r := x.length()
		list = append(list, neighbour{x, g(r, hOverD)})
		diagonal += g(r, hOverD) * g(r, hOverD) * r * r
	}
	const steps = 16
	last := steps
	if dimensions == 2 {
		last = 0
	}
	for k := range last + 1 {
		for j := range steps + 1 {
			for i := range steps + 1 {
				wave := Vec{float64(i), float64(j), float64(k)}.times(math.Pi / steps)
				var b Vec
				for _, other := range list {
					b = b.plus(other.x.times(other.g * math.Sin(wave.dot(other.x))))
				}
				most = max(most, b.dot(b)/diagonal)
			}
		}
	}
	return most
}

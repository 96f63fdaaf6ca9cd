package solver_test

import (
	"math/rand/v2"
)

// cloud is n random points on the grain, in a block a quarter of a spacing from the -x side and the floor that is dense
// enough for about 50 neighbours each at n = 1000.
func cloud(n int) [][3]float32 {
	random := rand.New(rand.NewPCG(uint64(n), 1))
	points := make([][3]float32, n)
	for i := range points {
		points[i] = [3]float32{
			-0.5 + grain*float32(8+random.IntN(300)),
			-0.375 + grain*float32(8+random.IntN(256)),
			onGrain(-0.1) + grain*float32(random.IntN(200)),
		}
	}
	return points
}

// onPlane takes points down to the plane z = 0.
func onPlane(points [][3]float32) [][3]float32 {
	for i := range points {
		points[i][2] = 0
	}
	return points
}

// flat is the block in the plane, for about 30 neighbours each at n = 200.
func flat(n int) [][3]float32 { return onPlane(cloud(n)) }

// across is n random points on the grain around the farthest corner of the tank, some beyond it.
func across(n int) [][3]float32 {
	random := rand.New(rand.NewPCG(uint64(n), 4))
	points := make([][3]float32, n)
	for i := range points {
		points[i] = [3]float32{
			0.5 + grain*float32(random.IntN(220)-110),
			0.375 + grain*float32(random.IntN(220)-110),
			0.25 + grain*float32(random.IntN(220)-110),
		}
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

// pairsAcross are two points each at q h from each other through a side of the tank, for q = 0.5, 0.9999, 1, 1.0001.
func pairsAcross(h float32) (points [][3]float32) {
	for k := range 12 {
		axis := k / 4
		// Away from the edges, so that pairs are far from each other; 3/16 h before the side.
		b := [3]float32{-0.25 + 0.25*float32(k%4), -0.1875 + 0.125*float32(k%4), -0.125 + 0.0625*float32(k%4)}
		b[axis] = []float32{0.5, 0.375, 0.25}[axis] - 3*h/16
		a := b
		a[axis] += []float32{0.5, 0.9999, 1, 1.0001}[k%4] * h
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

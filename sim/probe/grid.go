package probe

import "math"

// grid finds the particles near a place: a table of cells with edge h, found by
// hash, so that its size follows the particles and not the domain.
type grid struct {
	*space
	position [][3]float64
	start    []int32    // of each bucket in the lists below, one more than buckets
	order    []int32    // particles, bucket by bucket
	cell     [][3]int32 // theirs
	lowest   [3]float64 // corner of the box around the particles in the grid
	highest  [3]float64
}

// fillIn puts the particles that count into the table. The memory of the last
// time is used again.
func (g *grid) fillIn(f *Frame) {
	g.position = f.Position
	limit := g.fewest
	buckets := 16
	for buckets < len(f.Position) {
		buckets *= 2
	}
	g.start = resized(g.start, buckets+1)
	clear(g.start)
	for k := range 3 {
		g.lowest[k], g.highest[k] = math.Inf(1), math.Inf(-1)
	}
	n := 0
	for i, x := range f.Position {
		if f.Neighbours[i] < limit {
			continue
		}
		n++
		g.start[g.bucket(g.cellOf(x))+1]++
		for k := range 3 {
			g.lowest[k], g.highest[k] = math.Min(g.lowest[k], x[k]), math.Max(g.highest[k], x[k])
		}
	}
	for b := range buckets {
		g.start[b+1] += g.start[b]
	}
	g.order, g.cell = resized(g.order, n), resized(g.cell, n)
	// Backwards, so that every bucket keeps the order of the particles and start
	// ends up at the beginnings again.
	for i := len(f.Position) - 1; i >= 0; i-- {
		if f.Neighbours[i] < limit {
			continue
		}
		c := g.cellOf(f.Position[i])
		b := g.bucket(c) + 1
		g.start[b]--
		g.order[g.start[b]], g.cell[g.start[b]] = int32(i), c
	}
	copy(g.start, g.start[1:])
	g.start[buckets] = int32(n)
}

func resized[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n, n+n/4)
	}
	return list[:n]
}

func (g *grid) cellOf(x [3]float64) (c [3]int32) {
	for k := range c {
		c[k] = int32(math.Floor(x[k] / g.support))
	}
	return c
}

func (g *grid) bucket(c [3]int32) int {
	h := uint32(c[0])*73856093 ^ uint32(c[1])*19349663 ^ uint32(c[2])*83492791
	h ^= h >> 15
	return int(h) & (len(g.start) - 2)
}

// box visits the particles in the cells that the box from low to high touches,
// through periodic sides too: at is where the particle is, seen from the box.
func (g *grid) box(low, high [3]float64, visit func(j int, at [3]float64)) {
	var images [3][]float64
	for k := range 3 {
		images[k] = []float64{0}
		if period := g.period[k]; period > 0 {
			if low[k] < g.low[k] {
				images[k] = append(images[k], -period)
			}
			if high[k] > g.high[k] {
				images[k] = append(images[k], period)
			}
		}
	}
	for _, dx := range images[0] {
		for _, dy := range images[1] {
			for _, dz := range images[2] {
				g.boxAt(low, high, [3]float64{dx, dy, dz}, visit)
			}
		}
	}
}

// boxAt is box for one image of the particles, moved by shift.
func (g *grid) boxAt(low, high, shift [3]float64, visit func(j int, at [3]float64)) {
	cells := 1.0
	for k := range 3 {
		low[k] = math.Max(low[k]-shift[k], g.lowest[k])
		high[k] = math.Min(high[k]-shift[k], g.highest[k])
		if !(low[k] <= high[k]) {
			return
		}
		cells *= (high[k]-low[k])/g.support + 1
	}
	moved := func(j int32) [3]float64 {
		x := g.position[j]
		return [3]float64{x[0] + shift[0], x[1] + shift[1], x[2] + shift[2]}
	}
	if cells > float64(len(g.order)) {
		for _, j := range g.order {
			visit(int(j), moved(j))
		}
		return
	}
	from, to := g.cellOf(low), g.cellOf(high)
	for z := from[2]; z <= to[2]; z++ {
		for y := from[1]; y <= to[1]; y++ {
			for x := from[0]; x <= to[0]; x++ {
				c := [3]int32{x, y, z}
				b := g.bucket(c)
				for s := g.start[b]; s < g.start[b+1]; s++ {
					if g.cell[s] == c { // others may share the bucket
						visit(int(g.order[s]), moved(g.order[s]))
					}
				}
			}
		}
	}
}

// near visits the particles closer to x than r; d is how far one is from x.
func (g *grid) near(x [3]float64, r float64, visit func(j int, d [3]float64, distance float64)) {
	var low, high [3]float64
	for k := range 3 {
		if period := g.period[k]; period > 0 {
			r = math.Min(r, period/2) // beyond it, the same particle would be seen twice
		}
		low[k], high[k] = x[k]-r, x[k]+r
	}
	g.box(low, high, func(j int, at [3]float64) {
		d := [3]float64{at[0] - x[0], at[1] - x[1], at[2] - x[2]}
		if q := math.Sqrt(d[0]*d[0] + d[1]*d[1] + d[2]*d[2]); q < r {
			visit(j, d, q)
		}
	})
}

package seed

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// grid finds points by place. It is an open-addressed hash of occupied cells,
// so its memory follows the number of points and not the size of the domain.
type grid struct {
	points []scene.Vec3
	origin scene.Vec3 // cells are counted from here: a domain may lie far from zero
	edge   float64
	slots  []int32    // hash slot -> cell number, -1 when free
	cells  [][3]int32 // cell number -> its coordinates
	start  []int32    // cell number -> its first entry in order; one more at the end
	order  []int32    // point numbers, cell by cell, ascending inside a cell
}

// newGrid sorts points into cells of an edge.
func newGrid(points []scene.Vec3, edge float64) *grid {
	g := &grid{points: points, edge: edge, order: make([]int32, len(points))}
	if len(points) > 0 {
		g.origin = points[0]
	}
	size := 16
	for size < len(points) { // a cell holds several points: at most half full in practice
		size *= 2
	}
	g.allocate(size)
	home := make([]int32, len(points))
	var count []int32
	for i, p := range points {
		c := g.insert(g.cell(p))
		if int(c) == len(count) {
			count = append(count, 0)
		}
		count[c]++
		home[i] = c
	}
	g.start = make([]int32, len(count)+1)
	for c, n := range count {
		g.start[c+1] = g.start[c] + n
	}
	next := append([]int32(nil), g.start...)
	for i, c := range home {
		g.order[next[c]] = int32(i)
		next[c]++
	}
	return g
}

func (g *grid) allocate(size int) {
	g.slots = make([]int32, size)
	for i := range g.slots {
		g.slots[i] = -1
	}
}

func (g *grid) cell(p scene.Vec3) [3]int32 {
	return [3]int32{
		int32(math.Floor((p[0] - g.origin[0]) / g.edge)),
		int32(math.Floor((p[1] - g.origin[1]) / g.edge)),
		int32(math.Floor((p[2] - g.origin[2]) / g.edge)),
	}
}

// slot is where a cell is in the table, or the free slot where it would go.
func (g *grid) slot(c [3]int32) int {
	mask := len(g.slots) - 1
	h := uint32(c[0])*73856093 ^ uint32(c[1])*19349663 ^ uint32(c[2])*83492791
	h ^= h >> 15
	for i := int(h) & mask; ; i = (i + 1) & mask {
		if n := g.slots[i]; n < 0 || g.cells[n] == c {
			return i
		}
	}
}

func (g *grid) insert(c [3]int32) int32 {
	i := g.slot(c)
	if g.slots[i] >= 0 {
		return g.slots[i]
	}
	if 2*len(g.cells) >= len(g.slots) {
		g.allocate(2 * len(g.slots))
		for n, old := range g.cells {
			g.slots[g.slot(old)] = int32(n)
		}
		i = g.slot(c)
	}
	n := int32(len(g.cells))
	g.cells = append(g.cells, c)
	g.slots[i] = n
	return n
}

// in are the points of a cell.
func (g *grid) in(c [3]int32) []int32 {
	n := g.slots[g.slot(c)]
	if n < 0 {
		return nil
	}
	return g.order[g.start[n]:g.start[n+1]]
}

// crowded is whether a point lies within the distance of p, which must be no
// more than the edge.
func (g *grid) crowded(p scene.Vec3, distance float64) bool {
	c := g.cell(p)
	for z := c[2] - 1; z <= c[2]+1; z++ {
		for y := c[1] - 1; y <= c[1]+1; y++ {
			for x := c[0] - 1; x <= c[0]+1; x++ {
				for _, i := range g.in([3]int32{x, y, z}) {
					if squared(p, g.points[i]) < distance*distance {
						return true
					}
				}
			}
		}
	}
	return false
}

func squared(p, q scene.Vec3) float64 {
	x, y, z := p[0]-q[0], p[1]-q[1], p[2]-q[2]
	return x*x + y*y + z*z
}

package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// CellAt is the grid cell of a point:
//
//	c = floor((x - origin) / edge), clamped to the grid
//
// Which cell a point on a face belongs to is decided by the rounded numbers,
// so this is the one formula that is float32 here too: subtraction and product
// round the same way on every machine.
func CellAt(p *layout.SimParams, x [4]float32) [3]int {
	var c [3]int
	for axis := range c {
		scaled := float32(x[axis]-p.GridOrigin[axis]) * p.CellInverse[axis]
		last := int(p.GridSize[axis]) - 1
		if scaled >= float32(last) { // also keeps the conversion in range
			c[axis] = last
		} else if scaled > 0 {
			c[axis] = int(math.Floor(float64(scaled)))
		}
	}
	return c
}

// Bucket is the number of the particle's cell, x running fastest, or the
// number after the last cell for a particle that is gone.
func Bucket(p *layout.SimParams, position [4]float32) uint32 {
	if _, gone := Tag(position[3]); gone {
		return p.GridSize[3]
	}
	c := CellAt(p, position)
	return uint32(c[0]) + p.GridSize[0]*(uint32(c[1])+p.GridSize[1]*uint32(c[2]))
}

// Buckets is the length of the cell table: every cell, the bucket of the
// gone, and a last entry in which the scan leaves the total.
func Buckets(p *layout.SimParams) int { return int(p.GridSize[3]) + 2 }

package ref

import (
	"sort"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// ClearCells empties every bucket.
func ClearCells(cells []uint32) { clear(cells) }

// Count fills the buckets: cells[b] is the number of particles in bucket b,
// and slot[i] tells how many of i's bucket were counted before i. Here that is
// in the order of the particles; on the GPU in any order.
//
// A particle outside the domain raises a fault, and so does a bucket beyond
// its capacity; the gone are exempt from both.
func Count(p *layout.SimParams, position [][4]float32, tally *layout.Tally) (cells, slot []uint32) {
	cells = make([]uint32, Buckets(p))
	slot = make([]uint32, len(position))
	for i, x := range position {
		b := Bucket(p, x)
		slot[i] = cells[b]
		cells[b]++
		id, gone := Tag(x[3])
		if gone {
			continue
		}
		if !inDomain(p, x) {
			raise(tally, FaultCountOutOfDomain, &tally.CountParticle, id)
		}
		if cells[b] > CellCapacity {
			tally.Fault |= FaultCountOverflow
		}
	}
	return cells, slot
}

func inDomain(p *layout.SimParams, x [4]float32) bool {
	for axis := 0; axis < 3; axis++ {
		// Written so that NaN is outside.
		if !(x[axis] >= p.DomainMin[axis] && x[axis] <= p.DomainMax[axis]) {
			return false
		}
	}
	return true
}

// Compact splits the sorted particles into those that live and those that are
// gone; the latter leave the run here. A fault noticed so far, by this step's
// Count or the last one's Integrate, ends the step instead.
func Compact(p *layout.SimParams, control *layout.Control, tally *layout.Tally, cells []uint32, dispatch *layout.Dispatch) {
	if tally.Fault != 0 {
		control.Fault, control.Running = tally.Fault, 0
		dispatch.Live = Groups(0)
		return
	}
	live := cells[p.GridSize[3]] // prefix sum: how many stand before the bucket of the gone
	control.Lost += control.Sorted - live
	control.Live = live
	dispatch.Live = Groups(int(live))
}

// Scatter turns buckets and slots into an order: particle i stands at
// cells[bucket of i] + slot[i], where cells are prefix sums.
func Scatter(p *layout.SimParams, position [][4]float32, cells, slot []uint32) (order []uint32) {
	order = make([]uint32, len(position))
	for i, x := range position {
		order[cells[Bucket(p, x)]+slot[i]] = uint32(i)
	}
	return order
}

// Reorder is what the whole sort comes to: the living particles, stably
// sorted by cell.
func Reorder(p *layout.SimParams, position, velocity [][4]float32) (sortedPosition, sortedVelocity [][4]float32) {
	var alive []int
	for i, x := range position {
		if _, gone := Tag(x[3]); !gone {
			alive = append(alive, i)
		}
	}
	sort.SliceStable(alive, func(a, b int) bool {
		return Bucket(p, position[alive[a]]) < Bucket(p, position[alive[b]])
	})
	for _, i := range alive {
		sortedPosition = append(sortedPosition, position[i])
		sortedVelocity = append(sortedVelocity, velocity[i])
	}
	return sortedPosition, sortedVelocity
}

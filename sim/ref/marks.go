package ref

import (
	"github.com/fluidsim/fluidsim/sim/layout"
)

// How the marks of a particle lie in words, see shaders/common/marks.wgsl: one half word for each of the 25 rows of cells at the most, with
// MarkBits places and, above them, the number of cells that the first place is after the row's first cell, or MarkWhole.
const (
	MarkWords = 13
	MarkBits  = 14
	MarkWhole = 3
)

// Mark gives the words of every particle, in columns of that many particles: which of those in each row of cells are its
// neighbours, or it itself. Places count from the first cell with such a one on.
func Mark(p *layout.SimParams, cells []uint32, particles []Particle, sorted [][4]float32, stride int) []uint32 {
	words := make([]uint32, MarkWords*stride)
	for i := range particles {
		is := map[int]bool{i: true}
		for _, j := range LinksOf(p, i, particles) {
			is[j] = true
		}
		eachRow(p, sorted[i], func(row int, first, highest uint32) {
			ahead := uint32(0)
			for ahead+1 < MarkWhole && first+ahead < highest && !anyOf(is, cells[first+ahead], cells[first+ahead+1]) {
				ahead++
			}
			begin, end := cells[first+ahead], cells[highest+1]
			bits := uint32(0)
			if anyOf(is, begin+MarkBits, end) {
				bits = MarkWhole << MarkBits
			} else if anyOf(is, begin, end) {
				bits = ahead << MarkBits
				for k := begin; k < end; k++ {
					if is[int(k)] {
						bits |= 1 << (k - begin)
					}
				}
			}
			words[row/2*stride+i] |= bits << (16 * (row % 2))
		})
	}
	return words
}

func anyOf(is map[int]bool, from, past uint32) bool {
	for k := from; k < past; k++ {
		if is[int(k)] {
			return true
		}
	}
	return false
}

// Marked are the particles that a particle at x finds by its words: those that are marked, and all in rows that are marked as a
// whole, which it has yet to tell apart.
func Marked(p *layout.SimParams, cells []uint32, x [4]float32, word func(k int) uint32) (sure, maybe []int) {
	eachRow(p, x, func(row int, first, highest uint32) {
		own := word(row/2) >> (16 * (row % 2)) & 0xffff
		ahead := own >> MarkBits
		if ahead == MarkWhole {
			for j := cells[first]; j < cells[highest+1]; j++ {
				maybe = append(maybe, int(j))
			}
			return
		}
		for bit := range uint32(MarkBits) {
			if own>>bit&1 == 1 {
				sure = append(sure, int(cells[first+ahead]+bit))
			}
		}
	})
	return sure, maybe
}

// eachRow visits the rows of cells within reach of x that are in the grid, with the first and the last cell within reach.
func eachRow(p *layout.SimParams, x [4]float32, visit func(row int, first, last uint32)) {
	home := CellAt(p, x)
	reach, reachZ, row := int(p.Reach), int(p.ReachZ), 0
	for z := home[2] - reachZ; z <= home[2]+reachZ; z++ {
		for y := home[1] - reach; y <= home[1]+reach; y++ {
			if y >= 0 && z >= 0 && y < int(p.GridSize[1]) && z < int(p.GridSize[2]) {
				start := uint32(p.GridSize[0]) * (uint32(y) + p.GridSize[1]*uint32(z))
				visit(row, start+uint32(max(home[0]-reach, 0)), start+uint32(min(home[0]+reach, int(p.GridSize[0])-1)))
			}
			row++
		}
	}
}

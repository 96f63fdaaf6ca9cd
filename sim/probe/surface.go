package probe

import (
	"math"
	"sort"
)

// surface finds the highest free surface on the vertical line through x and z:
// the height at which the filled share passes a half, coming down. It is not
// there (NaN) where the line meets no fluid.
func (g *grid) surface(x, z float64) float64 {
	h := g.support
	type near struct{ y, aside float64 }
	var column []near
	low := [3]float64{x - h, g.lowest[1], z - h}
	high := [3]float64{x + h, g.highest[1], z + h}
	top, bottom := math.Inf(-1), math.Inf(1)
	add := func(_ int, at [3]float64) {
		if aside := (at[0]-x)*(at[0]-x) + (at[2]-z)*(at[2]-z); aside < h*h {
			column = append(column, near{at[1], aside})
			top, bottom = math.Max(top, at[1]), math.Min(bottom, at[1])
		}
	}
	g.box(low, high, add)
	if len(column) == 0 {
		return math.NaN()
	}
	if g.period[1] > 0 {
		// Across a periodic top the fluid goes on, and there is no highest.
		lift := g.period[1]
		for _, c := range column {
			column = append(column, near{c.y + lift, c.aside}, near{c.y - lift, c.aside})
		}
	}
	sort.Slice(column, func(i, j int) bool { return column[i].y > column[j].y })
	filled := func(y float64) float64 {
		free := g.free([3]float64{x, y, z})
		if free < leastFree {
			return 0
		}
		sum := 0.0
		first := sort.Search(len(column), func(i int) bool { return column[i].y < y+h })
		for _, c := range column[first:] {
			if c.y <= y-h {
				break
			}
			sum += g.volume * g.kernel(math.Sqrt((c.y-y)*(c.y-y)+c.aside), h)
		}
		return sum / free
	}
	top, bottom = math.Min(top+h, g.high[1]), math.Max(bottom-h, g.low[1])
	if filled(top) >= wet {
		return top // the fluid reaches the ceiling
	}
	step := g.spacing / 4
	for above := top; above > bottom; above -= step {
		below := math.Max(above-step, bottom)
		if filled(below) < wet {
			continue
		}
		for range 20 { // to a millionth of the step
			if middle := (above + below) / 2; filled(middle) < wet {
				above = middle
			} else {
				below = middle
			}
		}
		return (above + below) / 2
	}
	return math.NaN()
}

// front is how far the fluid has come along an axis (in direction sign) within
// the slab of this thickness above the floor: half a spacing beyond the foremost
// particle that is not spray.
func (g *grid) front(axis int, sign, floor, thickness float64) float64 {
	furthest := math.Inf(-1)
	for _, j := range g.order {
		x := g.position[j]
		if x[1] >= floor && x[1] <= floor+thickness || axis == 1 {
			furthest = math.Max(furthest, sign*x[axis])
		}
	}
	if math.IsInf(furthest, -1) {
		return math.NaN()
	}
	return sign * (furthest + g.spacing/2)
}

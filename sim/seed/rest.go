package seed

import (
	"math"
	"slices"

	"github.com/fluidsim/fluidsim/sim/scene"
)

// probes is how many points across, and along, a shape's face is looked at for what it rests on.
const probes = 9

// rest finds out whether the two faces of a shape across one of its axes lie on an obstacle, as a lake lies on a
// ledge, and makes the obstacle's surface the interval's wall where no domain wall is. Without it the lattice would
// be centred, and lose the layer that comes too close to the obstacle: the fluid would start with a fall.
func (iv *interval) rest(dom *domain, bodies []body, f scene.FluidShape, turn scene.Mat3, axis int, d float64) {
	half := halves(f)
	face := func(side float64) (offset float64, on bool) {
		var offsets []float64
		inside := 0
		for i := range probes {
			for j := range probes {
				var p scene.Vec3
				p[axis] = side * half[axis]
				p[(axis+1)%3] = spread(i) * half[(axis+1)%3]
				p[(axis+2)%3] = spread(j) * half[(axis+2)%3]
				world := turn.Mul(p)
				for a := range world {
					world[a] += f.Position[a]
				}
				if !dom.holds(world, 0) {
					continue
				}
				inside++
				gap := math.Inf(1)
				for _, b := range bodies {
					gap = math.Min(gap, b.distance(world))
				}
				if math.Abs(gap) <= d/4 {
					offsets = append(offsets, gap)
				}
			}
		}
		if inside == 0 || 2*len(offsets) < inside {
			return 0, false
		}
		slices.Sort(offsets)
		return offsets[len(offsets)/2], true
	}
	low, high := -1.0, 1.0
	if iv.reversed {
		low, high = high, low
	}
	if offset, on := face(low); on && !iv.onLow {
		iv.wallLo, iv.onLow = iv.lo-offset, true
	}
	if offset, on := face(high); on && !iv.onHigh {
		iv.wallHi, iv.onHigh = iv.hi+offset, true
	}
}

// spread puts the probes over -1..1, off the edges.
func spread(i int) float64 { return (2*float64(i)+1)/probes - 1 }

// halves are half the extents of a shape along its own axes.
func halves(f scene.FluidShape) scene.Vec3 {
	if f.Type == "cylinder" {
		// The square inside the circle, so that every probe is on the face.
		r := f.Radius / math.Sqrt2
		return scene.Vec3{r, f.Height / 2, r}
	}
	half := scene.Vec3{f.Size[0] / 2, f.Size[1] / 2, f.Size[2] / 2}
	if f.Flat {
		half[2] = 0
	}
	return half
}

package solver

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
)

// nearBoundary marks a cell within reach of a boundary sample; the kernels define the same bit, a test compares.
const nearBoundary = 1 << 31

// sortBoundary puts the samples into cell order, once, and returns them with the prefix sums of their cells.
// A sample the grid does not cover is too far from any fluid to matter and is left out.
func sortBoundary(p *layout.SimParams, samples []seed.Sample) (sorted [][4]float32, cells []uint32) {
	cells = make([]uint32, p.GridSize[3]+2)
	number := make([]uint32, len(samples))
	const outside = math.MaxUint32
	for i, s := range samples {
		number[i] = outside
		if c, ok := cellOf(p, s.Position); ok {
			number[i] = c
			cells[c+1]++
		}
	}
	for c := 1; c < len(cells); c++ {
		cells[c] += cells[c-1]
	}
	sorted = make([][4]float32, cells[len(cells)-1])
	next := append([]uint32(nil), cells...)
	for i, s := range samples {
		if number[i] != outside {
			sorted[next[number[i]]] = [4]float32{s.Position[0], s.Position[1], s.Position[2], s.Volume}
			next[number[i]]++
		}
	}
	markNear(p, cells)
	return sorted, cells
}

func cellOf(p *layout.SimParams, x [3]float32) (uint32, bool) {
	var c [3]int64
	for k := range 3 {
		c[k] = int64(math.Floor(float64((x[k] - p.GridOrigin[k]) * p.GridOrigin[3])))
		if c[k] < 0 || c[k] >= int64(p.GridSize[k]) {
			return 0, false
		}
	}
	return uint32(c[0]) + p.GridSize[0]*(uint32(c[1])+p.GridSize[1]*uint32(c[2])), true
}

// markNear sets the bit on every cell from which a sample can be reached, one axis after the other: the cells
// within reach form a cube, and a cube is the product of three segments.
func markNear(p *layout.SimParams, cells []uint32) {
	size := [3]int{int(p.GridSize[0]), int(p.GridSize[1]), int(p.GridSize[2])}
	near := make([]bool, size[0]*size[1]*size[2])
	for c := range near {
		near[c] = cells[c+1] > cells[c]
	}
	stride := 1
	for axis := range 3 {
		near = widen(near, size[axis], stride, int(p.Reach))
		stride *= size[axis]
	}
	for c, is := range near {
		if is {
			cells[c] |= nearBoundary
		}
	}
}

func widen(in []bool, size, stride, reach int) []bool {
	out := make([]bool, len(in))
	for c, is := range in {
		if !is {
			continue
		}
		at := c / stride % size
		for k := max(-reach, -at); k <= min(reach, size-1-at); k++ {
			out[c+k*stride] = true
		}
	}
	return out
}

// solids converts the scene's obstacles for the safety net of the integrate kernel.
func solids(sc *scene.Scene, origin [3]float64) []layout.Obstacle {
	kinds := map[string]uint32{
		"box": layout.SolidBox, "sphere": layout.SolidSphere,
		"cylinder": layout.SolidCylinder, "capsule": layout.SolidCapsule,
	}
	out := make([]layout.Obstacle, 0, len(sc.Obstacles))
	for _, o := range sc.Obstacles {
		body := layout.Obstacle{Kind: kinds[o.Type]}
		m := scene.RotationMatrix(o.Rotation)
		axes := [3]*[4]float32{&body.AxisX, &body.AxisY, &body.AxisZ}
		for k := range 3 {
			body.Position[k] = float32(o.Position[k] - origin[k])
			body.HalfSize[k] = float32(o.Size[k] / 2)
			var unit scene.Vec3
			unit[k] = 1
			world := m.Mul(unit)
			for l := range 3 {
				axes[k][l] = float32(world[l])
			}
		}
		if o.Type != "box" {
			body.HalfSize[1] = float32(o.Height / 2)
			body.HalfSize[3] = float32(o.Radius)
		}
		out = append(out, body)
	}
	return out
}

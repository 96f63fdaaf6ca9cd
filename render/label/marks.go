package label

import (
	"math"

	"github.com/fluidsim/fluidsim/render/view"
)

// Marks writes lengths [m] along three edges of a box: on the floor the two in front, and upwards the
// one at the picture's left. Flat leaves out z.
func (p *Picture) Marks(camera view.Camera, box view.Box, flat bool) {
	look := projection(camera, box, p.Width, p.Height)
	middle := view.Vector{(box.Min[0] + box.Max[0]) / 2, (box.Min[1] + box.Max[1]) / 2, (box.Min[2] + box.Max[2]) / 2}
	centre, ok := look(middle)
	if !ok {
		return
	}
	near := func(axis int) float64 {
		if camera.Position[axis] > middle[axis] {
			return box.Max[axis]
		}
		return box.Min[axis]
	}
	edges := []edge{
		{0, view.Vector{0, box.Min[1], near(2)}},
		{2, view.Vector{near(0), box.Min[1], 0}},
	}
	if flat {
		edges = edges[:1]
	}
	left, at := math.Inf(1), -1
	corners := [4]view.Vector{
		{box.Min[0], 0, box.Min[2]}, {box.Max[0], 0, box.Min[2]}, {box.Min[0], 0, box.Max[2]}, {box.Max[0], 0, box.Max[2]},
	}
	for i, c := range corners {
		c[1] = middle[1]
		if q, ok := look(c); ok && q[0] < left {
			left, at = q[0], i
		}
	}
	if at >= 0 {
		edges = append(edges, edge{1, corners[at]})
	}
	for _, e := range edges {
		p.edge(look, e, box, centre)
	}
}

// edge is a line along an axis through a point.
type edge struct {
	axis  int
	place view.Vector
}

// projection takes a point of the world to the picture; false behind the camera.
func projection(camera view.Camera, box view.Box, width, height float64) func(view.Vector) ([2]float64, bool) {
	origin := view.Vector{}
	for i := range origin {
		origin[i] = (box.Min[i] + box.Max[i]) / 2
	}
	m := camera.Relative(origin).Matrices(width / height).Combined
	return func(v view.Vector) ([2]float64, bool) {
		var clip [4]float64
		for row := range 4 {
			clip[row] = float64(m[12+row])
			for axis := range 3 {
				clip[row] += float64(m[4*axis+row]) * (v[axis] - origin[axis])
			}
		}
		if clip[3] < 1e-6 || clip[2] < 0 {
			return [2]float64{}, false
		}
		return [2]float64{(clip[0]/clip[3] + 1) / 2 * width, (1 - clip[1]/clip[3]) / 2 * height}, true
	}
}

// free tells whether no other length is written there: edges meet in corners.
func (p *Picture) free(place [4]float64) bool {
	for _, w := range p.words {
		if place[0] < w[2] && w[0] < place[2] && place[1] < w[3] && w[1] < place[3] {
			return false
		}
	}
	return true
}

// edge draws the ticks of one edge with their lengths, away from the middle of the box.
func (p *Picture) edge(look func(view.Vector) ([2]float64, bool), e edge, box view.Box, centre [2]float64) {
	low, high := box.Min[e.axis], box.Max[e.axis]
	on := func(v float64) ([2]float64, bool) {
		q := e.place
		q[e.axis] = v
		return look(q)
	}
	a, first := on(low)
	b, last := on(high)
	length := math.Hypot(b[0]-a[0], b[1]-a[1])
	if !first || !last || length < 3*p.sheet.Size {
		return // no room, or behind the camera
	}
	// Outwards: across the edge, away from the middle.
	nx, ny := -(b[1]-a[1])/length, (b[0]-a[0])/length
	if nx*((a[0]+b[0])/2-centre[0])+ny*((a[1]+b[1])/2-centre[1]) < 0 {
		nx, ny = -nx, -ny
	}
	tick := 7 * p.scale
	all := Ticks(low, high, max(1, int(length/(4*p.sheet.Size))))
	for i, t := range all {
		q, ok := on(t.Value)
		if !ok {
			continue
		}
		text := t.Text
		if i == len(all)-1 {
			text += " m"
		}
		x, y := q[0]+nx*tick, q[1]+ny*tick
		p.line(q[0], q[1], x, y, math.Max(1, 1.4*p.scale), rim)
		// The word begins where the tick ends, on the side that it points to.
		width := p.sheet.Width(text)
		x += nx*0.4*p.sheet.Size - width/2 + nx*width/2
		y += ny*0.7*p.sheet.Size + 0.36*p.sheet.Size
		if x < 0 || y < 0 || x+width > p.Width || y > p.Height {
			continue
		}
		if place := [4]float64{x, y - p.sheet.Size, x + width, y + 0.3*p.sheet.Size}; p.free(place) {
			p.words = append(p.words, place)
			p.outlined(x, y, text)
		}
	}
}

package seed

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// supportOverD is the kernel's support radius in spacings.
const supportOverD = 2

// samples are boundary samples in world coordinates, walls first, then the
// obstacles in the scene's order.
type samples struct {
	points  []scene.Vec3
	bodies  []int16
	volumes []float64
}

func (s *samples) add(p scene.Vec3, body int16) {
	s.points = append(s.points, p)
	s.bodies = append(s.bodies, body)
}

// boundary samples the walls and obstacles of a scene.
func boundary(s *scene.Scene) (*samples, error) {
	d := s.Fluid.Spacing
	h := supportOverD * d
	dom := newDomain(s)
	all := &samples{}
	if s.Plane() {
		return all, nil
	}
	if err := sampleWalls(all, dom, d); err != nil {
		return nil, err
	}
	bodies := make([]body, len(s.Obstacles))
	for i, o := range s.Obstacles {
		bodies[i] = newBody(o, d)
		reach := box{dom.min, dom.max}.grown(2 * h)
		if !bodies[i].bounds.meets(reach) {
			continue
		}
		if err := sampleObstacle(all, i, o, reach, d); err != nil {
			return nil, err
		}
	}
	// A sample further than h from any place where fluid can be does nothing.
	// Its neighbours' volumes need it, so volumes are taken while twice that
	// margin is still there.
	all.drop(dom, bodies, 2*h)
	all.volumes = volumes(all.points, h, WallGamma(supportOverD))
	all.drop(dom, bodies, h)
	return all, nil
}

// drop removes samples that lie deeper than a margin outside the domain or
// inside a body.
func (s *samples) drop(dom *domain, bodies []body, margin float64) {
	reach := box{dom.min, dom.max}.grown(margin)
	kept := 0
next:
	for i, p := range s.points {
		if !reach.holds(p) {
			continue
		}
		for k := range bodies {
			if b := &bodies[k]; b.bounds.holds(p) && b.distance(p) < -margin {
				continue next
			}
		}
		s.points[kept], s.bodies[kept] = p, s.bodies[i]
		if s.volumes != nil {
			s.volumes[kept] = s.volumes[i]
		}
		kept++
	}
	s.points, s.bodies = s.points[:kept], s.bodies[:kept]
	if s.volumes != nil {
		s.volumes = s.volumes[:kept]
	}
}

// wallLine is the sample coordinates across the domain along one axis.
type wallLine struct {
	at   []float64
	wall []bool // the coordinate of a wall of this axis, and not of the space between
}

// line places samples opposite the first fluid layer's lattice, half a spacing
// behind each wall, and past an open side as far as the support radius
// reaches, so that fluid does not feel the end of the other walls before it
// has left.
func line(dom *domain, a int, d float64) wallLine {
	var l wallLine
	length := dom.max[a] - dom.min[a]
	n := int(math.Max(1, math.Round(length/d)))
	pitch := length / float64(n)
	put := func(x float64, wall bool) {
		l.at = append(l.at, x)
		l.wall = append(l.wall, wall)
	}
	if dom.openLow[a] {
		for k := supportOverD; k > 0; k-- {
			put(dom.min[a]+pitch/2-float64(k)*d, false)
		}
	} else {
		put(dom.min[a]-d/2, true)
	}
	for k := range n {
		put(dom.min[a]+(float64(k)+0.5)*pitch, false)
	}
	if dom.openHigh[a] {
		for k := 1; k <= supportOverD; k++ {
			put(dom.max[a]-pitch/2+float64(k)*d, false)
		}
	} else {
		put(dom.max[a]+d/2, true)
	}
	return l
}

// sampleWalls covers the closed sides with one layer. Walking the points of one
// lattice that are on a wall along any axis gives every edge and corner once.
func sampleWalls(to *samples, dom *domain, d float64) error {
	every, inner := 1.0, 1.0
	for a := range dom.min {
		n := math.Round((dom.max[a] - dom.min[a]) / d)
		every *= n + 2*supportOverD
		inner *= n
	}
	if !(every-inner <= MaxSamples) {
		return fmt.Errorf("the domain's walls need about %.2g samples at a fluid.spacing of %g, the most is %d; choose a larger spacing or a smaller domain", every-inner, d, MaxSamples)
	}
	x, y, z := line(dom, 0, d), line(dom, 1, d), line(dom, 2, d)
	for k, pz := range z.at {
		for j, py := range y.at {
			onWall := z.wall[k] || y.wall[j]
			for i, px := range x.at {
				if onWall || x.wall[i] {
					to.add(scene.Vec3{px, py, pz}, WallBody)
				}
			}
		}
	}
	return nil
}

// WallGamma calibrates the volume of boundary samples, gamma / sum W: the first
// layer of a lattice that ends half a spacing before a flat wall has exactly
// the rest density, when a particle's mass is rest density * d^3 /
// LatticeDensity. (With gamma = 1 a single layer of samples counts too much and
// fluid hovers above it.) For Wendland C2 at h = 2 d that is 0.7782 / 1.0338 =
// 0.7527.
func WallGamma(hOverD float64) float64 {
	missing := 0.0
	for behind := 1; float64(behind) < hOverD; behind++ {
		missing += ref.LatticeLayer(hOverD, float64(behind))
	}
	// A flat sample's sum W is LatticeLayer(0) / d^3, so its volume comes out
	// as the share of a fluid particle that one layer has to stand in for.
	share := missing / ref.LatticeLayer(hOverD, 1)
	return ref.LatticeLayer(hOverD, 0) * share / ref.LatticeDensity(hOverD)
}

// volumes are gamma / sum_k W(x_i - x_k, h) over all samples, itself included
// (Akinci et al. 2012, eq. 4): where samples crowd, each stands for less.
func volumes(points []scene.Vec3, h, gamma float64) []float64 {
	g := newGrid(points, h)
	v := make([]float64, len(points))
	var around []int32
	for n, c := range g.cells {
		around = g.around(c, around[:0])
		for _, i := range g.order[g.start[n]:g.start[n+1]] {
			p, sum := points[i], 0.0
			for _, k := range around {
				if r2 := squared(p, points[k]); r2 < h*h {
					sum += ref.W(math.Sqrt(r2), h)
				}
			}
			v[i] = gamma / sum
		}
	}
	return v
}

package probe

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// space is what interpolation knows of a scene.
type space struct {
	dimensions int
	spacing    float64    // d [m]
	support    float64    // h [m]
	fewest     int        // neighbours of a particle that is not spray
	volume     float64    // of a particle, such that an undisturbed lattice fills space [m^3], in 2-D [m^2]
	low, high  [3]float64 // the domain [m]
	period     [3]float64 // length of the domain along a periodic axis [m], else 0
	closed     []side
	obstacles  []func(scene.Vec3) float64 // distance to each
	beyond     []float64                  // see behind
}

// side is a wall of the domain.
type side struct {
	axis int
	high bool
}

func newSpace(sc *scene.Scene, h, d float64) *space {
	s := &space{dimensions: sc.Dimensions, spacing: d, support: h, low: sc.Domain.Min, high: sc.Domain.Max}
	s.volume = d * d * d / ref.LatticeDensity(h/d)
	if sc.Dimensions == 2 {
		s.volume = d * d / ref.LatticeDensity2(h/d)
	}
	s.fewest = fewest(sc.Dimensions, h/d)
	open := map[string]bool{}
	for _, name := range sc.Domain.Open {
		open[name] = true
	}
	for axis, name := range []string{"x", "y", "z"}[:sc.Dimensions] {
		if sc.Domain.IsPeriodic(axis) {
			s.period[axis] = sc.Domain.Max[axis] - sc.Domain.Min[axis]
			continue
		}
		for _, high := range []bool{false, true} {
			if sign := map[bool]string{false: "-", true: "+"}[high]; !open[sign+name] {
				s.closed = append(s.closed, side{axis, high})
			}
		}
	}
	s.surround(sc.Obstacles)
	s.tabulate()
	return s
}

// surround tells where obstacles are.
func (s *space) surround(obstacles []scene.Obstacle) {
	s.obstacles = s.obstacles[:0]
	for _, o := range obstacles {
		s.obstacles = append(s.obstacles, o.Distance())
	}
}

// fewest is a fifth of the neighbours in an undisturbed lattice, for h = 2 d six,
// in 2-D two: a film of one layer still has as many.
func fewest(dimensions int, hOverD float64) int {
	n, deep, count := int(hOverD), int(hOverD), -1 // the point itself does not count
	if dimensions == 2 {
		deep = 0
	}
	for k := -deep; k <= deep; k++ {
		for j := -n; j <= n; j++ {
			for i := -n; i <= n; i++ {
				if math.Sqrt(float64(i*i+j*j+k*k)) <= hOverD*(1+1e-6) {
					count++
				}
			}
		}
	}
	return count / 5
}

// kernel of the solvers at distance r, for a support radius of h.
func (s *space) kernel(r, h float64) float64 {
	if s.dimensions == 2 {
		return ref.W2(r, h)
	}
	return ref.W(r, h)
}

// fineness of the table of behind, in parts of a support radius.
const fineness = 64

// tabulate integrates the kernel over what lies behind a plane: slice by slice,
// each of them a disc (in 2-D a chord) that rings (points) add up to.
func (s *space) tabulate() {
	slice := func(z float64) float64 {
		sum, n := 0.0, 200
		reach := math.Sqrt(math.Max(1-z*z, 0))
		for i := range n {
			r := reach * (float64(i) + 0.5) / float64(n)
			around := 2.0
			if s.dimensions == 3 {
				around = 2 * math.Pi * r
			}
			sum += around * s.kernel(math.Hypot(r, z), 1) * reach / float64(n)
		}
		return sum
	}
	s.beyond = make([]float64, fineness+1)
	const step = 1.0 / fineness
	for i := fineness - 1; i >= 0; i-- {
		z := float64(i) * step
		s.beyond[i] = s.beyond[i+1] + (slice(z)+4*slice(z+step/2)+slice(z+step))*step/6
	}
}

// behind is the share of a neighbourhood behind a plane at this distance.
func (s *space) behind(distance float64) float64 {
	at := math.Abs(distance) / s.support * fineness
	share := 0.0
	if i := int(at); at < fineness {
		share = s.beyond[i] + (at-float64(i))*(s.beyond[i+1]-s.beyond[i])
	}
	if distance < 0 {
		return 1 - share
	}
	return share
}

// free is the share of the neighbourhood of x that is not inside walls and
// obstacles. Each counts as a plane at its distance; walls at right angles leave
// the product of what they leave, which is exact in the corner.
func (s *space) free(x [3]float64) float64 {
	free := 1.0
	for _, w := range s.closed {
		distance := x[w.axis] - s.low[w.axis]
		if w.high {
			distance = s.high[w.axis] - x[w.axis]
		}
		if distance < s.support {
			free *= 1 - s.behind(distance)
		}
	}
	for _, distance := range s.obstacles {
		nearest := math.Inf(1)
		for _, image := range s.images(x) {
			nearest = math.Min(nearest, distance(image))
		}
		if nearest < s.support {
			free *= 1 - s.behind(nearest)
		}
	}
	return free
}

// images are x and, near a periodic side, where it is seen from the other one.
func (s *space) images(x [3]float64) []scene.Vec3 {
	all := []scene.Vec3{x}
	for axis, period := range s.period {
		if period == 0 {
			continue
		}
		for _, v := range all {
			switch {
			case x[axis] < s.low[axis]+s.support:
				v[axis] += period
			case x[axis] > s.high[axis]-s.support:
				v[axis] -= period
			default:
				continue
			}
			all = append(all, v)
		}
	}
	return all
}

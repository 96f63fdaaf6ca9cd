package solver_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// Kinds of random scenes.
const (
	tank     = iota // walls, open sides, periodic axes, obstacles, as they come
	endless         // every axis periodic, nothing in the way
	floating        // fluid in the middle of a domain whose walls it cannot reach
)

// randomScene is a scene drawn from everything the format allows, small enough to be run in no time.
type randomScene struct {
	*rand.Rand
	kind     int
	axes     int        // 2 or 3
	d        float64    // spacing [m]
	low      [3]float64 // corner of the domain [m]
	size     [3]float64 // of the domain [m]
	periodic [3]bool
	text     strings.Builder
}

// drawScene writes the scene of that number. The same number gives the same scene.
func drawScene(number uint64) (text string, kind int) {
	s := &randomScene{Rand: rand.New(rand.NewPCG(number, 0x5ca1ab1e))}
	s.kind = s.pick(tank, tank, tank, tank, endless, floating)
	s.axes = s.pick(2, 3)
	s.d = s.log(1e-4, 10)
	s.line("format = 1")
	s.line("dimensions = %d", s.axes)
	s.line("gravity = %s", s.vector(s.gravity()))
	s.domain()
	s.fluid()
	for range s.pick(1, 1, 2, 4) {
		s.shape()
	}
	if s.kind == tank {
		for range s.pick(0, 1, 2, 4) {
			s.obstacle()
		}
	}
	s.solver()
	return s.text.String(), s.kind
}

func (s *randomScene) line(format string, values ...any) {
	fmt.Fprintf(&s.text, format+"\n", values...)
}

func (s *randomScene) pick(from ...int) int { return from[s.IntN(len(from))] }

func (s *randomScene) in(low, high float64) float64 { return low + (high-low)*s.Float64() }

// log is a number between both whose logarithm is evenly spread.
func (s *randomScene) log(low, high float64) float64 {
	return math.Exp(s.in(math.Log(low), math.Log(high)))
}

// maybe writes a key in half of the scenes; the others have its default.
func (s *randomScene) maybe(key string, value float64) {
	if s.IntN(2) == 0 {
		s.line("%s = %g", key, value)
	}
}

func (s *randomScene) vector(v [3]float64) string {
	parts := make([]string, s.axes)
	for k := range parts {
		parts[k] = fmt.Sprintf("%g", v[k])
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// direction is a random one.
func (s *randomScene) direction(length float64) (v [3]float64) {
	sum := 0.0
	for k := range s.axes {
		v[k] = s.NormFloat64()
		sum += v[k] * v[k]
	}
	for k := range v {
		v[k] *= length / math.Sqrt(sum)
	}
	return v
}

func (s *randomScene) gravity() [3]float64 {
	switch s.IntN(4) {
	case 0:
		return [3]float64{}
	case 1:
		return s.direction(s.in(0, 50))
	}
	return [3]float64{0, -9.81, 0}
}

func (s *randomScene) domain() {
	var high [3]float64
	var open, periodic []string
	for k, axis := range []string{"x", "y", "z"}[:s.axes] {
		across := s.in(6, 30)
		if s.axes == 3 {
			across = s.in(6, 12)
		}
		s.periodic[k] = s.kind == endless || s.kind == tank && s.IntN(4) == 0
		if s.kind == endless && s.axes == 2 {
			across = s.in(7, 20)
		} else if s.kind == endless {
			across = s.in(6, 7.5)
		} else if s.kind == floating {
			across = 60
		}
		s.size[k] = across * s.d
		s.low[k] = s.in(-100, 100) * s.d
		if s.periodic[k] {
			periodic = append(periodic, `"`+axis+`"`)
		} else if s.kind == tank && s.IntN(3) == 0 {
			open = append(open, `"`+[]string{"-", "+"}[s.IntN(2)]+axis+`"`)
		}
		high[k] = s.low[k] + s.size[k]
	}
	s.line("[domain]")
	s.line("min = %s", s.vector(s.low))
	s.line("max = %s", s.vector(high))
	s.line("open = [%s]", strings.Join(open, ", "))
	s.line("periodic = [%s]", strings.Join(periodic, ", "))
}

func (s *randomScene) fluid() {
	s.line("[fluid]")
	s.line("spacing = %g", s.d)
	s.maybe("rest_density", s.log(1, 1e5))
	switch s.IntN(3) {
	case 0:
		s.line("viscosity = 0")
	case 1:
		s.line("viscosity = %g", s.log(1e-6, 1e4))
	}
	if s.IntN(3) == 0 {
		s.line("sound_speed = %g", s.log(0.01, 1e4))
	}
	s.maybe("jitter", s.in(0, 0.2))
	if s.IntN(3) == 0 {
		s.line("surface_tension = %g", s.log(1e-6, 100))
		s.maybe("contact_angle", s.in(0, 180))
	}
	if s.IntN(4) == 0 {
		s.line("vorticity = %g", s.in(0, 1))
	}
	if s.IntN(4) == 0 {
		s.line("air_drag = %g", s.log(0.01, 1000))
	}
}

// body writes where a shape or obstacle is, and how large: from least to most spacings.
func (s *randomScene) body(kind string, least, most float64) {
	extent := 0.5
	if s.kind == floating {
		extent = 0.02
	}
	var centre, size [3]float64
	for k := range s.axes {
		centre[k] = s.low[k] + s.size[k]*(0.5+s.in(-extent, extent))
		size[k] = s.log(least, most) * s.d
	}
	s.line("type = %q", kind)
	s.line("position = %s", s.vector(centre))
	switch kind {
	case "box":
		s.line("size = %s", s.vector(size))
	case "sphere":
		s.line("radius = %g", size[0]/2)
	default:
		s.line("radius = %g", size[0]/2)
		s.line("height = %g", size[1])
	}
	if s.IntN(2) == 0 {
		return
	}
	if s.axes == 2 {
		s.line("rotation = %g", s.in(-360, 360))
	} else {
		s.line("rotation = %s", s.vector([3]float64{s.in(-360, 360), s.in(-360, 360), s.in(-360, 360)}))
	}
}

func (s *randomScene) shape() {
	s.line("[[fluid.shape]]")
	kinds := []string{"box", "box", "sphere", "cylinder"}
	s.body(kinds[s.IntN(s.axes+1)], 2, []float64{0, 0, 20, 10}[s.axes])
	if s.IntN(2) == 0 {
		s.line("velocity = %s", s.vector(s.direction(s.log(1e-3, 100))))
	}
}

func (s *randomScene) obstacle() {
	s.line("[[obstacle]]")
	kinds := []string{"box", "sphere", "capsule", "cylinder"}
	s.body(kinds[s.IntN(s.axes+1)], 0.1, 6)
}

// solvers are those a scene is drawn for.
var solvers = []string{"dfsph", "dfsph", "pbf", "wcsph"}

func (s *randomScene) solver() {
	kind := solvers[s.IntN(len(solvers))]
	s.line("[solver]")
	s.line("type = %q", kind)
	if s.IntN(2) == 0 {
		s.line("viscosity = %q", []string{"explicit", "implicit"}[s.IntN(2)])
	}
	s.maybe("density_tolerance", s.log(1e-5, 0.1))
	s.maybe("divergence_tolerance", s.log(1e-5, 0.1))
	s.maybe("max_iterations", float64(2+s.IntN(60)))
	s.maybe("artificial_viscosity", s.in(0, 1))
	s.maybe("wall_viscosity", s.in(0, 1))
	s.line("[time]")
	s.maybe("cfl", s.in(0.05, 1))
	s.maybe("max_step", s.log(1e-6, 1))
}

package probe

import "math"

// Globals are the types of probe that need nothing but a name.
var Globals = []string{"kinetic_energy", "potential_energy", "max_speed", "density_error", "centre_of_mass", "particles"}

// global is a gauge with one number over all particles, and its unit.
func (s *Set) global(kind string) (gauge, string, bool) {
	m := float64(s.run.Params.Mass)
	energy, g := "J", s.scene.Gravity
	if s.scene.Dimensions == 2 {
		energy = "J/m"
	}
	one := func(read func(f *Frame) float64) gauge {
		return func(f *Frame, out []float64) []float64 { return append(out, read(f)) }
	}
	switch kind {
	case "kinetic_energy":
		return one(func(f *Frame) float64 {
			sum := 0.0
			for _, v := range f.Velocity {
				sum += v[0]*v[0] + v[1]*v[1] + v[2]*v[2]
			}
			return m / 2 * sum
		}), energy, true
	case "potential_energy": // zero for mass at the world's origin
		return one(func(f *Frame) float64 {
			sum := 0.0
			for _, x := range f.Position {
				sum += g[0]*x[0] + g[1]*x[1] + g[2]*x[2]
			}
			return -m * sum
		}), energy, true
	case "max_speed":
		return one(func(f *Frame) float64 {
			fastest := 0.0
			for _, v := range f.Velocity {
				fastest = math.Max(fastest, v[0]*v[0]+v[1]*v[1]+v[2]*v[2])
			}
			return math.Sqrt(fastest)
		}), "m/s", true
	case "particles":
		return one(func(f *Frame) float64 { return float64(len(f.Position)) }), "", true
	}
	return nil, "", false
}

// centreOfMass is NaN when everything has left. Along a periodic axis it is the
// mean of the coordinates within the domain, and jumps when particles wrap.
func (s *Set) centreOfMass(f *Frame, out []float64) []float64 {
	var sum [3]float64
	for _, x := range f.Position {
		for k := range sum {
			sum[k] += x[k]
		}
	}
	for k := range s.scene.Dimensions {
		out = append(out, sum[k]/float64(len(f.Position)))
	}
	return out
}

// densityError is the mean of the excess over the rest density, which particles
// below it do not lower, and the largest deviation upwards: in percent.
func (s *Set) densityError(f *Frame, out []float64) []float64 {
	if len(f.Density) == 0 {
		return append(out, math.NaN(), math.NaN())
	}
	sum, largest := 0.0, math.Inf(-1)
	for _, rho := range f.Density {
		excess := rho/s.scene.Fluid.RestDensity - 1
		sum += math.Max(excess, 0)
		largest = math.Max(largest, excess)
	}
	return append(out, 100*sum/float64(len(f.Density)), 100*largest)
}

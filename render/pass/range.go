package pass

import "math"

// Scale is what a scene's colours can be reckoned from.
type Scale struct {
	RestDensity float64 // [kg/m^3]
	Speed       float64 // the largest that is expected [m/s]; at rest under gravity g and a fluid height H, sqrt(2 g H)
	Spacing     float64 // of particles [m]
	Count       int     // particles
	Plane       bool    // in two dimensions
}

// AutoRange gives ends of the colour map that suit a scene for its whole length, so that colours
// mean the same in every frame.
func AutoRange(field Field, s Scale) (low, high float64) {
	speed := math.Max(s.Speed, 1e-3)
	switch field {
	case Density:
		return s.RestDensity * 0.97, s.RestDensity * 1.03
	case DensityError:
		return -1, 1
	case Pressure:
		return 0, s.RestDensity * speed * speed / 2 // Bernoulli: what that speed can become
	case Vorticity:
		high = speed / (8 * math.Max(s.Spacing, 1e-9)) // as where that speed is lost across four neighbourhoods
		if s.Plane {
			return -high, high
		}
		return 0, high
	case Neighbours:
		if s.Plane {
			return 0, 24
		}
		return 0, 50 // a little more than in a full neighbourhood
	case ID:
		return 0, math.Max(float64(s.Count-1), 1)
	case Body:
		return -0.5, Distinct - 0.5 // a colour each
	default:
		return 0, speed
	}
}

// Signed tells whether zero is in the middle of a field's range: it wants a diverging map.
func Signed(field Field, s Scale) bool {
	low, high := AutoRange(field, s)
	return low == -high
}

func (p Particles) rest() float32 {
	if p.RestDensity > 0 {
		return p.RestDensity
	}
	return 1000
}

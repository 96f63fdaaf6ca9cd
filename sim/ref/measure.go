package ref

import "github.com/fluidsim/fluidsim/sim/layout"

// Totals are sums over particles, as layout.Statistics has them.
type Totals struct {
	Momentum        [3]Sum
	Work            Sum // m g.x: the potential energy with its sign turned
	KineticEnergy   Sum
	DensityError    Sum // of max(rho/rho0 - 1, 0)
	DensityErrorMax float64
	Neighbours      int
	SpeedMax        float64
	Particles       int
}

// Measure totals the particles that each of `groups` workgroups of 64 looks
// at: the first takes particles 0 to 63, the next 64 to 127, and after the
// last it is the first's turn again. Particles that are gone do not count.
func Measure(p *layout.SimParams, particles []Particle, groups int) []Totals {
	out := make([]Totals, groups)
	for i, own := range particles {
		if !own.Gone {
			out[i/workgroup%groups].include(p, own)
		}
	}
	return out
}

func (t *Totals) include(p *layout.SimParams, own Particle) {
	m, g := float64(p.Mass), xyz(p.Gravity)
	for axis := range t.Momentum {
		t.Momentum[axis].Add(m * own.V[axis])
	}
	t.Work.AddSized(m*g.dot(own.X), m*g.absDot(own.X))
	t.KineticEnergy.Add(0.5 * m * own.V.dot(own.V))
	ratio := own.Density / float64(p.RestDensity)
	compressed := max(ratio-1, 0)
	t.DensityError.AddSized(compressed, ratio+1)
	t.DensityErrorMax = max(t.DensityErrorMax, compressed)
	t.Neighbours += own.Neighbours
	t.SpeedMax = max(t.SpeedMax, own.V.length())
	t.Particles++
}

// MeasureTotal adds up what the workgroups found.
func MeasureTotal(parts []Totals) Totals {
	var sum Totals
	for _, t := range parts {
		for axis := range sum.Momentum {
			sum.Momentum[axis].AddSized(t.Momentum[axis].Value, t.Momentum[axis].Size)
		}
		sum.Work.AddSized(t.Work.Value, t.Work.Size)
		sum.KineticEnergy.AddSized(t.KineticEnergy.Value, t.KineticEnergy.Size)
		sum.DensityError.AddSized(t.DensityError.Value, t.DensityError.Size)
		sum.DensityErrorMax = max(sum.DensityErrorMax, t.DensityErrorMax)
		sum.Neighbours += t.Neighbours
		sum.SpeedMax = max(sum.SpeedMax, t.SpeedMax)
		sum.Particles += t.Particles
	}
	return sum
}

package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// Drag adds the resistance of still air to every particle's acceleration, as far as it meets air.
func Drag(p *layout.SimParams, particles []Particle) {
	for i := range particles {
		own := &particles[i]
		own.Acceleration = own.Acceleration.minus(own.V.times(DragRate(p, own)))
	}
}

// DragRate is the damping rate of a particle by air:
//
//	e k |v| / (1 + e k |v| max_step),  e = max(0, 1 - n / n_full)
//
// with k of a ball of its volume, see Ball, and its number of neighbours n, those that walls stand for among them. The
// denominator takes no more in a step than there is.
//
// Source: Gissler et al. (2017), eq. 1 and 8.
func DragRate(p *layout.SimParams, own *Particle) float64 {
	around := float64(own.Neighbours) + float64(p.WallNeighbours)*math.Log(own.Wall.N)
	rate := float64(p.AirDrag) * max(0, 1-around*float64(p.InvFullNeighbours)) * own.V.length()
	return rate / (1 + rate*float64(p.MaxStep))
}

// AirDensity is that of air at 20 degrees and sea level [kg/m^3].
const AirDensity = 1.2

// Ball is k d of a ball of a particle's volume with the drag coefficient 1: rho_air pi R^2 d / (2 rho0 V), of a disc's diameter
// in the plane.
func Ball(dimensions int, rho float64) float64 {
	if dimensions == 2 {
		return AirDensity / (2 * rho) * 2 / math.Sqrt(math.Pi)
	}
	return AirDensity / (2 * rho) * math.Pi * math.Pow(3/(4*math.Pi), 2.0/3)
}

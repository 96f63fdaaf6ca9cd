package probe

import (
	"fmt"
	"math"

	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// force is what the fluid does to an obstacle: the reaction to what the obstacle
// does to every particle near it, as the solvers have it (ref.ShareAt, and the
// support and drag of ref.NonPressureOf),
//
//	F = sum_i m (kappa_i G_i + ... + drag_i (v_i - u)),  kappa_i = rho0 w_i
//
// with the state's pressure P_i = stress rho_i^2 w_i, and G_i the obstacle's part
// in the gradient of what walls multiply the density by. The torque is about the
// obstacle's centre; each part of the force acts where the obstacle is nearest to
// the particle.
func (s *Set) force(p *scene.Probe) ([]Column, gauge, error) {
	number := p.Obstacle - 1
	if number < 0 || number >= len(s.scene.Obstacles) || number >= len(s.run.Bodies) {
		return nil, nil, fmt.Errorf("there is no obstacle number %d", p.Obstacle)
	}
	columns := append(s.vector("", "N"), s.vector(".torque", "N m")...)
	if s.scene.Dimensions == 2 {
		columns = append(s.vector("", "N/m"), column(".torque", "N m/m"))
	}
	stress := ref.Calibrate(s.scene.Dimensions, s.grid.support/s.grid.spacing).Stress
	return columns, func(f *Frame, out []float64) []float64 {
		force, torque := s.push(f, number, stress)
		out = append(out, force[:s.scene.Dimensions]...)
		if s.scene.Dimensions == 2 {
			return append(out, torque[2])
		}
		return append(out, torque[:]...)
	}, nil
}

func (s *Set) push(f *Frame, number int, stress float64) (force, torque ref.Vec) {
	p, body := &s.run.Params, s.run.Bodies[number]
	obstacle := s.obstacles[number]
	low, high := obstacle.Bounds()
	reach, m, rho0 := float64(p.WallReach), float64(p.Mass), float64(p.RestDensity)
	for i, at := range f.Position {
		// Seen from the obstacle: in its image nearest to the particle.
		apart, near := ref.Vec{}, true
		for k := range apart {
			apart[k] = at[k] - obstacle.Position[k]
			if period := s.grid.period[k]; period > 0 {
				apart[k] -= period * math.Round(apart[k]/period)
			}
			beside := s.scene.Dimensions == 2 && k == 2
			near = near && (beside || apart[k] > low[k]-obstacle.Position[k]-reach && apart[k] < high[k]-obstacle.Position[k]+reach)
		}
		if !near || !(f.Density[i] > 0) {
			continue
		}
		x := ref.Vec{at[0] - s.run.Origin[0], at[1] - s.run.Origin[1], at[2] - s.run.Origin[2]}
		all, parts := ref.ShareAt(p, x, s.run.Bodies)
		var own ref.Vec
		slopes := 0.0
		for _, part := range parts {
			slopes += length(part.Slope)
			if part.Body == number {
				own = part.Slope
			}
		}
		if length(own) == 0 {
			continue
		}
		rho, sum := f.Density[i], f.Density[i]/(all.N*rho0) // sum_j V W_ij
		kappa := rho0 * f.Pressure[i] / (stress * rho * rho)
		// The support is linear in the obstacle's part once all walls have set its size.
		support := 0.0
		if whole := length(all.Slope); whole > 0 {
			support = length(ref.WallSupport(p, times(all.Slope, sum))) / (whole * sum)
		}
		drag := ref.WallDrag(p, all.N) * length(own) / slopes
		slip := f.Velocity[i]
		for k, u := range ref.BodyVelocity(body, x) {
			slip[k] -= u
		}
		var on ref.Vec
		for k := range on {
			on[k] = m * ((kappa+support)*sum*own[k] + drag*slip[k])
		}
		// From the obstacle's centre to where it is nearest to the particle.
		seen := ref.Vec{float64(body.Position[0]) + apart[0], float64(body.Position[1]) + apart[1], float64(body.Position[2]) + apart[2]}
		distance, out := ref.Distance(body, seen), ref.Outward(body, seen)
		var arm ref.Vec
		for k := range arm {
			arm[k] = apart[k] - distance*out[k]
			force[k] += on[k]
		}
		torque[0] += arm[1]*on[2] - arm[2]*on[1]
		torque[1] += arm[2]*on[0] - arm[0]*on[2]
		torque[2] += arm[0]*on[1] - arm[1]*on[0]
	}
	return force, torque
}

func length(v ref.Vec) float64 { return math.Sqrt(v[0]*v[0] + v[1]*v[1] + v[2]*v[2]) }

func times(v ref.Vec, by float64) ref.Vec { return ref.Vec{by * v[0], by * v[1], by * v[2]} }

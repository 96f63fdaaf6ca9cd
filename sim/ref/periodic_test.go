package ref

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// wrapped are the parameters with some axes of the tank periodic.
func wrapped(p layout.SimParams, axes ...int) layout.SimParams {
	for _, axis := range axes {
		p.Period[axis] = p.DomainMax[axis] - p.DomainMin[axis]
		p.InvPeriod[axis] = 1 / p.Period[axis]
		p.ClosedSides &^= 3 << (2 * axis)
	}
	return p
}

// images is a cloud that straddles the periodic faces, once folded into the tank, and once as it is with copies of it on all
// sides where none of them is missed.
func images(p *layout.SimParams, n int) (folded, all []Particle) {
	cloud := scattered(p, n)
	for i := range cloud {
		cloud[i].X = cloud[i].X.plus(Vec{0.9, 0.9, 0})
		if p.ReachZ > 0 {
			cloud[i].X[2] += 0.9
		}
		cloud[i].Kappa, cloud[i].PressureTerm = float64(i%7), 0.001*float64(i%5)
	}
	all = slices.Clone(cloud)
	for axis := range 3 {
		length := float64(p.Period[axis])
		if length == 0 {
			continue
		}
		for _, own := range slices.Clone(all) {
			for _, away := range []float64{-length, length} {
				own := own
				own.X[axis] += away
				all = append(all, own)
			}
		}
	}
	folded = slices.Clone(cloud)
	for i := range folded {
		for axis := range 3 {
			if length := float64(p.Period[axis]); length > 0 && folded[i].X[axis] >= float64(p.DomainMax[axis]) {
				folded[i].X[axis] -= length
			}
		}
	}
	return folded, all
}

// Folded into a periodic tank, particles feel what they feel among copies of themselves.
func TestPeriodicMeansCopies(t *testing.T) {
	dimensions(t, func(t *testing.T, p layout.SimParams) {
		for _, axes := range [][]int{{0}, {1}, {0, 1}, {0, 1, 2}} {
			if p.ReachZ == 0 && len(axes) == 3 {
				continue
			}
			t.Run(fmt.Sprint(axes), func(t *testing.T) {
				p, free := wrapped(p, axes...), p
				p.Viscosity, p.ArtificialViscosity = 0.01, 0.3
				free.Viscosity, free.ArtificialViscosity = p.Viscosity, p.ArtificialViscosity
				folded, all := images(&p, 60)
				crossed := 0
				for i, own := range folded {
					if own.X != all[i].X {
						crossed++
					}
					rho, n := DensityAt(&p, own.X, 1, folded)
					want, m := DensityAt(&free, all[i].X, 1, all)
					if n != m || math.Abs(rho.Value-want.Value) > 1e-9*want.Value {
						t.Errorf("particle %d: density %v of %d, want %v of %d", i, rho.Value, n, want.Value, m)
					}
					for name, pair := range map[string][2][3]Sum{
						"force":    {AccelerationOf(&p, i, folded), AccelerationOf(&free, i, all)},
						"pressure": {PressureOf(&p, i, folded), PressureOf(&free, i, all)},
					} {
						for axis := range 3 {
							if got, want := pair[0][axis], pair[1][axis]; math.Abs(got.Value-want.Value) > 1e-9*want.Size {
								t.Errorf("particle %d, %s along %d: %v, want %v", i, name, axis, got.Value, want.Value)
							}
						}
					}
					got, want1 := RateOf(&p, i, folded, VelocityOf), RateOf(&free, i, all, VelocityOf)
					if math.Abs(got.Value-want1.Value) > 1e-9*want1.Size {
						t.Errorf("particle %d: rate %v, want %v", i, got.Value, want1.Value)
					}
				}
				if crossed < 10 {
					t.Errorf("only %d particles lie beyond a face", crossed)
				}
			})
		}
	})
}

// A body is felt through a periodic side, and a periodic side itself is not.
func TestPeriodicWalls(t *testing.T) {
	p := wrapped(testParams(3), 0)
	d := float64(p.Spacing)
	ball := []layout.Obstacle{upright(layout.SolidSphere, Vec{1 - d, 0, 0}, [4]float32{3: float32(d)})}
	p.ObstacleCount = 1
	for x, want := range map[float64]float64{-1 + d/2: alone(&p, d/2), -1 + 2*d: 1, 1 - 2.75*d: alone(&p, 0.75*d), 0: 1} {
		if got, _ := ShareAt(&p, Vec{x, 0, 0}, ball); math.Abs(got.N-want) > 1e-6*want {
			t.Errorf("at x = %v: N = %v, want %v", x, got.N, want)
		}
	}
}

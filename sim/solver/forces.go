package solver

import (
	"fmt"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/ref"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// spinInertia is the inertia of a particle's spin over its mass, in squares of the spacing: that of the fluid in an eddy of about three
// spacings across, the smallest that particles can show.
const spinInertia = 1

// pulled is whether the scene has forces that are found at the beginning of a step, where the particles are then.
func pulled(p *layout.SimParams) bool { return p.SurfaceRadius > 0 || p.SpinTransfer > 0 }

// pulling finds them. A position-based step moves particles away from where its sort has them, so they are found before.
func pulling(p *layout.SimParams, perLive Work) (passes []Pass) {
	if p.SurfaceRadius > 0 {
		passes = append(passes, Pass{Label: "surface", Kernel: "surface", Work: perLive}, Pass{Label: "tension", Kernel: "tension", Work: perLive})
	}
	if p.SpinTransfer > 0 {
		passes = append(passes, Pass{Label: "spin", Kernel: "spin", Work: perLive}, Pass{Label: "swirl", Kernel: "swirl", Work: perLive})
	}
	return passes
}

// addForces adds them to the other accelerations, and the drag of air; no pass in a scene without.
func addForces(p *layout.SimParams, perLive Work) (passes []Pass) {
	if pulled(p) {
		passes = append(passes, Pass{Label: "add_pulls", Kernel: "add_pulls", Work: perLive})
	}
	if p.AirDrag > 0 {
		passes = append(passes, Pass{Label: "drag", Kernel: "drag", Work: perLive})
	}
	return passes
}

// carrySpins lets the sort carry what particles turn at.
func carrySpins(p *layout.SimParams, particles uint64) []Pass {
	if p.SpinTransfer == 0 {
		return nil
	}
	return []Pass{{Label: "carry/spins", Kernel: "carry", Work: Work{"sorted", argsSorted, particles},
		Buffers: map[string]string{"carried": "spins", "carried_sorted": "spins_sorted"}}}
}

// deriveForces fills in spin and drag.
func deriveForces(p *layout.SimParams, sc *scene.Scene, dimensions int, lattice *ref.Calibration) {
	d := sc.Fluid.Spacing
	p.AirDrag = float32(sc.Fluid.AirDrag * ref.Ball(dimensions, sc.Fluid.RestDensity) / d)
	p.InvFullNeighbours = float32(1 / lattice.Neighbours)
	p.CurlNorm = float32(float64(p.GradientNorm) * float64(p.Volume) * lattice.Viscosity)
	if sc.Fluid.Vorticity == 0 {
		return
	}
	// As strong as an artificial viscosity with this alpha.
	transfer := sc.Fluid.Vorticity * sc.SoundSpeed() * float64(p.SmoothingLength) / (2 * (float64(dimensions) + 2))
	p.SpinTransfer = float32(transfer)
	p.SpinRate = float32(2 * transfer / (spinInertia * d * d))
	// What slips takes energy like a viscosity of half of it.
	p.EffectiveViscosity += float32(transfer / 2)
	p.MaxStep = min(p.MaxStep, 0.125*p.SmoothingLength*p.SmoothingLength/p.EffectiveViscosity)
}

func forcesText(sc *scene.Scene) (text string) {
	if sc.Fluid.SurfaceTension > 0 {
		text += fmt.Sprintf(", surface tension %.4g N/m, contact angle %.4g degrees", sc.Fluid.SurfaceTension, sc.Fluid.ContactAngle)
	}
	if sc.Fluid.Vorticity > 0 {
		text += fmt.Sprintf(", vorticity %.4g", sc.Fluid.Vorticity)
	}
	if sc.Fluid.AirDrag > 0 {
		text += fmt.Sprintf(", drag coefficient in air %.4g", sc.Fluid.AirDrag)
	}
	return text
}

package solver

import (
	"fmt"
	"slices"

	"github.com/fluidsim/fluidsim/sim/layout"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// viscosityRounds is how many rounds the implicit viscosity may take: VISCOSITY_ROUNDS of the kernels, a test compares.
const viscosityRounds = 50

// viscosityBuffers hold the implicit viscosity's system, one vector a particle each. What viscosity did in the last step,
// viscous_change, is the next one's first guess: the sort carries it to viscous_direction, which is free then.
var viscosityBuffers = []string{"viscous_change", "viscous_residual", "viscous_image", "viscous_direction", "viscous_turned"}

func carryViscosity(particles uint64) Pass {
	return Pass{Label: "carry/viscosity", Kernel: "carry", Work: Work{"sorted", argsSorted, particles},
		Buffers: map[string]string{"carried": "viscous_change", "carried_sorted": "viscous_direction"}}
}

// viscosityPasses take the place of the kick before DFSPH's density solve: all forces but pressure and viscosity act, then
// conjugate gradients find the velocities that viscosity leaves of these. The last step's pressure acts while they do and is
// taken back afterwards (its kick is never made): without it viscosity would hold up fluid that pressure is about to hold, and
// thick fluid would creep in circles at the speed g dt.
//
// The round after the last finds that all are done.
func viscosityPasses(perLive Work) []Pass {
	return slices.Concat([]Pass{
		{Label: "viscosity_begin", Kernel: "viscosity_begin", Work: perLive},
		{Label: "viscosity/pressure", Kernel: "pressure", Work: perLive},
	}, viscositySolve(perLive), []Pass{
		{Label: "viscosity_end", Kernel: "viscosity_end", Work: perLive},
	})
}

// viscosityForce are the same for the other solvers, whose velocities change at the end of a step only: viscosity becomes one more
// acceleration, with which fluid moves as it will when the step is over. In WCSPH pressure is among the other accelerations; in PBF,
// where the next step begins with them, what the last rounds have moved stands for it.
func viscosityForce(p *layout.SimParams, perLive Work) []Pass {
	if p.ViscousStrength == 0 {
		return nil
	}
	return slices.Concat([]Pass{
		{Label: "viscosity_guess", Kernel: "viscosity_guess", Work: perLive},
	}, viscositySolve(perLive), []Pass{
		{Label: "viscosity_add", Kernel: "viscosity_add", Work: perLive},
	})
}

func viscositySolve(perLive Work) []Pass {
	viscous := Work{"viscous", argsViscous, perLive.Most}
	return []Pass{
		{Label: "viscosity_residual", Kernel: "viscosity_residual", Work: perLive},
		{Label: "viscosity", Times: viscosityRounds + 1, Body: []Pass{
			{Label: "viscosity_apply", Kernel: "viscosity_apply", Work: viscous},
			{Label: "viscosity_check", Kernel: "viscosity_check", Work: Work{"fixed", -1, workgroup}},
			{Label: "viscosity_update", Kernel: "viscosity_update", Work: viscous},
		}},
	}
}

func viscosityText(sc *scene.Scene, p *layout.SimParams) string {
	text := fmt.Sprintf("viscosity %.4g Pa s, ", sc.Fluid.Viscosity)
	if p.ViscousStrength > 0 {
		return text + fmt.Sprintf("implicit: at most %d iterations", viscosityRounds)
	}
	return text + "explicit"
}

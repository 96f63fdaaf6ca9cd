package scene

import "math"

const (
	// shortestStep is the least time step that a scene may ask for: sixteen of
	// the ticks of 2^-32 s in which the device counts time. Below it steps would
	// be rounded visibly, and at last up to a tick, beyond what is stable.
	shortestStep = 1.0 / (1 << 28) // s
	// patience is the step below which a second takes more than a million of them.
	patience = 1e-6 // s
)

// flowStep is the longest step that the expected speed allows, diffusionStep the
// longest that viscosity does: what the solvers start from, in the scene's terms.
func (s *Scene) flowStep() float64 {
	speed := s.expectedSpeed()
	if s.Solver.Type == "wcsph" {
		speed = s.SoundSpeed()
	}
	return s.Time.CFL * s.Fluid.Spacing / speed // without speed: infinite
}

func (s *Scene) diffusionStep() float64 {
	nu := s.artificialViscosity()
	if !s.ImplicitViscosity() {
		nu += s.Fluid.Viscosity / s.Fluid.RestDensity
	}
	return s.explicitStep(nu)
}

// explicitStep is the longest step in which a kinematic viscosity [m²/s] can be
// computed from the velocities at its start.
func (s *Scene) explicitStep(nu float64) float64 {
	d := s.Fluid.Spacing
	step := 0.125 * d * d / nu // without viscosity: infinite
	if s.Solver.Type == "wcsph" {
		step *= s.Time.CFL
	}
	return step
}

// ImplicitViscosity tells whether fluid.viscosity is to be solved for implicitly:
// where the scene says so, and by itself where the explicit way would shorten
// the steps that everything else allows.
func (s *Scene) ImplicitViscosity() bool {
	if s.Solver.Viscosity != "auto" {
		return s.Solver.Viscosity == "implicit"
	}
	longest := math.Min(s.Time.MaxStep, s.flowStep())
	if s.Solver.Type == "wcsph" {
		// A step with a solve costs as much as four without.
		longest /= 4
	}
	return s.Fluid.Viscosity > 0 && s.explicitStep(s.Fluid.Viscosity/s.Fluid.RestDensity) < longest
}

// artificialViscosity is what the solver's alphas come to [m²/s].
func (s *Scene) artificialViscosity() float64 {
	alpha := math.Max(s.Solver.ArtificialViscosity, s.Solver.WallViscosity)
	return alpha * s.SoundSpeed() * s.Fluid.Spacing / 10
}

// checkStep refuses a scene in which time would practically stand still.
func checkStep(s *Scene, r *report) {
	const says = "the time step would be %.2g s, at least %.2g s is possible: "
	if step := s.diffusionStep(); step < shortestStep {
		if !s.ImplicitViscosity() && s.Fluid.Viscosity/s.Fluid.RestDensity >= s.artificialViscosity() {
			r.fail("fluid.viscosity", `use solver.viscosity = "implicit", a smaller viscosity, or a larger spacing`, says+"this viscosity is too large for a spacing of %s m", step, shortestStep, number(s.Fluid.Spacing))
		} else {
			r.fail("fluid.sound_speed", "use a smaller sound_speed, smaller viscosities of the solver, or a larger spacing", says+"this artificial viscosity is too large for a spacing of %s m", step, shortestStep, number(s.Fluid.Spacing))
		}
		return
	}
	if step := s.flowStep(); step < shortestStep {
		path, hint := "fluid.spacing", "use a larger spacing, or slower fluid"
		switch {
		case s.Time.CFL < 0.01:
			path, hint = "time.cfl", "0.4 suits most scenes"
		case s.Solver.Type == "wcsph" && s.Fluid.SoundSpeed > 0:
			path, hint = "fluid.sound_speed", "use a smaller sound_speed, or a larger spacing"
		}
		r.fail(path, hint, says+"a spacing of %s m is crossed too fast", step, shortestStep, number(s.Fluid.Spacing))
	}
}

package ref

import "github.com/fluidsim/fluidsim/sim/layout"

// StepDFSPH is one sub-step with constant density: velocities are freed of what
// would change the density, everything but pressure acts, and a pressure is
// found with which the density is right at the step's end. Of the sort only
// Compact remains, as in Step.
//
// Source: Bender & Koschier (2017), alg. 1.
func StepDFSPH(s *State) {
	var dispatch layout.Dispatch
	Begin(&s.Params, &s.Control, &dispatch)
	if s.Control.Running == 0 {
		return
	}
	if s.Tally.Fault != 0 {
		s.Control.Fault, s.Control.Running = s.Tally.Fault, 0
		return
	}
	before := s.Particles
	s.leave()
	NearWalls(&s.Params, &s.Control, s.Particles, s.Obstacles)
	s.pulls()
	Factor(&s.Params, s.Particles, &s.Tally)
	DivergenceBegin(&s.Control, &s.Tally, &dispatch)
	s.solve(&dispatch)
	Kick(float64(s.Control.Dt), s.Particles)
	KeepImpulse(&s.Control, s.Particles)

	NonPressure(&s.Params, s.Particles, &s.Tally)
	s.addForces()
	Cfl(&s.Params, &s.Control, &s.Tally, &dispatch)
	if s.Control.Running == 0 {
		s.Particles = before
		return
	}
	if s.Params.ViscousStrength > 0 {
		s.viscosity(&dispatch)
	} else {
		Kick(float64(s.Control.Dt), s.Particles)
	}

	s.solve(&dispatch)
	KeepPressure(&s.Params, &s.Control, s.Particles)
	if s.Params.Full == 1 {
		Even(&s.Params, &s.Control, s.Particles)
		Shift(&s.Control, s.Particles)
	}
	Integrate(&s.Params, float64(s.Control.Dt), s.Particles, s.Obstacles, &s.Tally)
}

// solve iterates the system that the run has turned to, and leaves the
// accelerations of its solution.
func (s *State) solve(dispatch *layout.Dispatch) {
	Source(&s.Params, &s.Control, s.Particles, &s.Tally)
	for range MostRounds(&s.Params, s.Control.Solve) {
		if dispatch.Iterate[0] == 0 {
			break
		}
		Pressure(&s.Params, s.Particles)
		Relax(&s.Params, &s.Control, s.Particles, &s.Tally)
		RelaxCheck(&s.Params, &s.Control, &s.Tally, dispatch)
	}
	Pressure(&s.Params, s.Particles)
}

package ref

import "github.com/fluidsim/fluidsim/sim/layout"

// StepPBF is one sub-step of position-based fluids: where would everything fly,
// what is too dense there is pushed apart, and velocities are what positions have
// changed by. Of the sort only Compact remains, as in Step. The oracle tries all pairs
// where the kernels go by lists made at the predicted places: the same as long as
// nothing comes nearer than h in the rounds that was further away before them.
//
// Source: Macklin & Müller (2013), alg. 1.
func StepPBF(s *State) {
	var dispatch layout.Dispatch
	Begin(&s.Params, &s.Control, &dispatch)
	Stride(&s.Params, &s.Control, &s.Tally, &dispatch)
	if s.Control.Running == 0 {
		return
	}
	if s.Tally.Fault != 0 {
		s.Control.Fault, s.Control.Running = s.Tally.Fault, 0
		return
	}
	before := append([]Particle(nil), s.Particles...)
	dt := float64(s.Control.Dt)
	Predict(&s.Params, dt, s.Particles, s.Obstacles, &s.Tally)
	if s.Tally.Fault != 0 {
		s.Control.Fault, s.Control.Running, s.Particles = s.Tally.Fault, 0, before
		return
	}
	s.leave()
	s.nearWalls()
	s.pulls()
	Factor(&s.Params, s.Particles, &s.Tally)
	FirstConstraint(&s.Params, &s.Control, s.Particles, &s.Tally)
	s.round(dt, &dispatch)
	for dispatch.Iterate[0] > 0 {
		s.nearWalls()
		Constraint(&s.Params, &s.Control, s.Particles, &s.Tally)
		s.round(dt, &dispatch)
	}
	s.nearWalls()
	Settle(&s.Params, dt, s.Particles)
	NonPressure(&s.Params, s.Particles, &s.Tally)
	s.addForces()
	s.viscosityForce(&dispatch)
	Finish(&s.Control, &s.Tally, &dispatch)
	if s.Control.Running == 0 {
		s.Particles = before
		return
	}
	Commit(&s.Params, s.Particles)
}

func (s *State) nearWalls() { NearWalls(&s.Params, &s.Control, s.Particles, s.Obstacles) }

// round does what follows every constraint.
func (s *State) round(dt float64, dispatch *layout.Dispatch) {
	Pressure(&s.Params, s.Particles)
	Displace(&s.Params, dt, s.Particles, s.Obstacles)
	RelaxCheck(&s.Params, &s.Control, &s.Tally, dispatch)
}

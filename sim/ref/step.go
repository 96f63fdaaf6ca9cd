package ref

import (
	"math"

	"github.com/fluidsim/fluidsim/sim/layout"
)

// State is a whole run, small enough to try all pairs.
type State struct {
	Params    layout.SimParams
	Control   layout.Control
	Tally     layout.Tally
	Particles []Particle
	Obstacles []layout.Obstacle
}

// NewTally is a tally in which nothing has happened.
func NewTally() layout.Tally {
	return layout.Tally{
		CountParticle:       math.MaxUint32,
		DensityParticle:     math.MaxUint32,
		ForceParticle:       math.MaxUint32,
		IntegrateParticle:   math.MaxUint32,
		FactorParticle:      math.MaxUint32,
		NonPressureParticle: math.MaxUint32,
		RelaxParticle:       math.MaxUint32,
		AddPullsParticle:    math.MaxUint32,
	}
}

// Step is one sub-step. The order of particles means nothing here, so of the
// sort only Compact remains, the departure of the gone; otherwise it is the kernels of
// the same names, one after the other. A priming step moves things by dt = 0.
func Step(s *State) {
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
	if s.Params.ViscousStrength > 0 {
		Factor(&s.Params, s.Particles, &s.Tally)
		Compress(&s.Params, s.Particles, &s.Tally)
	} else {
		Density(&s.Params, s.Particles, &s.Tally)
	}
	Force(&s.Params, s.Particles, &s.Tally)
	s.addForces()
	Timestep(&s.Params, &s.Control, &s.Tally, &dispatch)
	if s.Control.Running == 1 {
		s.viscosityForce(&dispatch)
		Integrate(&s.Params, float64(s.Control.Dt), s.Particles, s.Obstacles, &s.Tally)
	} else {
		s.Particles = before
	}
}

// leave removes the particles that the last step marked gone.
func (s *State) leave() {
	var staying []Particle
	for _, own := range s.Particles {
		if own.Gone {
			s.Control.Lost++
			s.Control.Live--
		} else {
			staying = append(staying, own)
		}
	}
	s.Particles = staying
}

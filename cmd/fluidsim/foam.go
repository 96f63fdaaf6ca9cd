package main

import (
	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// foam is what the water of a run carries.
type foam struct {
	of    *session
	with  scene.Foam
	drops *pass.Foam // nil: none
	moved float64    // simulated time up to which foamUntil has moved it [s]
}

// foamOf is the foam of a run; nil where there is none. It is made with the first picture of the run that shows water.
func (s *stage) foamOf(e *gpu.Encoder, run *session) *pass.Foam {
	v := run.solver.View()
	if s.look.style != pass.Water || !s.look.scene.Foams(run.set.Report.Fluid) {
		return nil
	}
	if want := s.look.scene.Foam; s.foam.of != run || s.foam.with != want {
		s.foam.drops.Release()
		s.foam = foam{of: run, with: want, moved: s.foam.moved}
		// At least a particle for each of the fluid, however few the scene allows: fewer cannot be shared out.
		look := pass.FoamLook{Speed: s.look.scale.Speed, Amount: want.Amount, Lifetime: want.Lifetime, Most: max(want.Particles, v.Count)}
		var err error
		if s.foam.drops, err = pass.NewFoam(s.device, sorted(run), look); err != nil {
			e.Fail(err)
			return nil
		}
	}
	return s.foam.drops
}

// sorted are the buffers of a run in the order of its cells, in the renderer's terms.
func sorted(run *session) pass.Source {
	v := run.solver.View()
	return pass.Source{
		Params: v.Params, Control: v.Control, PositionSorted: v.Sorted, Velocity: v.Velocity, Cells: v.Cells, Count: v.Count,
		Periodic: len(run.scene.Domain.Periodic) > 0,
	}
}

// shapes are what the water of a run is made of.
type shapes struct {
	of  *session
	all *pass.Shapes // nil: balls
}

// shapesOf are the shapes of a run's particles, made with the first picture of it that shows water.
func (s *stage) shapesOf(e *gpu.Encoder, run *session) *pass.Shapes {
	if s.look.style != pass.Water || !pass.ShapesFit(s.device, run.solver.View().Count) {
		return nil
	}
	if s.shapes.of != run {
		s.shapes.all.Release()
		s.shapes = shapes{of: run}
		var err error
		if s.shapes.all, err = pass.NewShapes(s.device, sorted(run)); err != nil {
			e.Fail(err)
		}
	}
	return s.shapes.all
}

// foamStep is the longest that foam may be left alone: it goes on straight meanwhile.
const foamStep = 1.0 / 30

// foamUntil runs on to just before a moment that is more than a foamStep away and moves the foam meanwhile, for pictures that
// are far apart: foam comes from what has happened between them.
func (s *stage) foamUntil(run *session, gauges *gauges, moment float64, stop *interrupt) error {
	if s.look.style != pass.Water || !s.look.scene.Foams(run.set.Report.Fluid) {
		return nil
	}
	before := s.foam.moved
	s.foam.moved = moment
	for k := 1; before+float64(k)*foamStep < moment-1e-9 && !stop.asked(); k++ {
		if _, err := gauges.pass(run, before+float64(k)*foamStep, anyStep, stop); err != nil {
			return err
		}
		e, err := s.device.NewEncoder("foam")
		if err != nil {
			return err
		}
		s.foamOf(e, run).Step(e)
		if err := e.Submit(); err != nil {
			return err
		}
	}
	return nil
}

package main

import (
	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// bodies tell of every particle, by its number, which body of fluid it began in.
type bodies struct {
	of     *session
	buffer *gpu.Buffer
}

// shown are the run's particles as they were so long ago [s], with what the
// quantity that is shown needs beyond what every step computes.
func (s *stage) shown(e *gpu.Encoder, run *session, ago float64) pass.Particles {
	p := particles(run.solver.View(), ago)
	switch s.look.by {
	case pass.Vorticity:
		run.solver.EncodeVorticity(e)
	case pass.Body:
		p.Body = s.bodiesOf(e, run)
	}
	return p
}

func (s *stage) bodiesOf(e *gpu.Encoder, run *session) *gpu.Buffer {
	if s.bodies.of == run {
		return s.bodies.buffer
	}
	// One more than there are: what comes in later is a body of its own.
	list := make([]float32, len(run.set.Shape)+1)
	for i, shape := range run.set.Shape {
		list[i] = float32(int(shape) % pass.Distinct)
	}
	list[len(list)-1] = float32(len(run.scene.Fluid.Shapes) % pass.Distinct)
	buffer, err := s.device.NewBuffer("bodies", uint64(4*len(list)), gpu.UsageStorage|gpu.UsageCopyDst)
	if err == nil {
		err = s.device.Write(buffer, 0, gpu.Bytes(list))
	}
	if err != nil {
		e.Fail(err)
		return nil
	}
	s.bodies.buffer.Release()
	s.bodies = bodies{run, buffer}
	return buffer
}

// colourMap is the scene's, but a quantity with a sign and a list of names want
// maps of their own, where the scene has not chosen one.
func (l *look) colourMap() string {
	name := l.scene.Colors.Map
	switch {
	case name != pass.Maps()[0]:
	case l.by == pass.Body:
		return "distinct"
	case pass.Signed(l.by, l.scale):
		return "diverging"
	}
	return name
}

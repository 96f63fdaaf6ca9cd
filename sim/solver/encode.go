package solver

import (
	"fmt"

	"github.com/fluidsim/fluidsim/sim/gpu"
)

// bound is a pass with its kernel and buffers, ready to encode; or a loop over such passes.
type bound struct {
	Pass
	kernel  *gpu.Kernel
	binding *gpu.Binding
	body    []bound
}

// prepare compiles each kernel once and binds every pass.
func (s *Solver) prepare(o Options) error {
	var err error
	if s.step, err = s.bind(s.plan.Step); err != nil {
		return err
	}
	if s.report, err = s.bind(s.plan.Report); err != nil {
		return err
	}
	if s.curl, err = s.bind([]Pass{{Label: "curl", Kernel: "curl", Work: Work{"live", argsLive, uint64(s.room)}}}); err != nil {
		return err
	}
	if s.input, err = s.bind(s.plan.Input); err != nil {
		return err
	}
	if o.Timestamps {
		s.timer, err = newTimer(s.device, s.plan)
	}
	return err
}

func (s *Solver) bind(passes []Pass) (out []bound, err error) {
	defer func() {
		if err != nil {
			releaseAll(out)
			out = nil
		}
	}()
	for _, pass := range passes {
		if pass.Times > 0 {
			body, err := s.bind(pass.Body)
			if err != nil {
				return out, err
			}
			out = append(out, bound{Pass: pass, body: body})
			continue
		}
		kernel := s.kernels[pass.Kernel]
		if kernel == nil {
			text, err := compose(pass.Kernel, s.variant())
			if err != nil {
				return out, err
			}
			if kernel, err = s.device.NewKernelFrom(text); err != nil {
				return out, err
			}
			s.kernels[pass.Kernel] = kernel
		}
		binding, err := kernel.Bind(s.buffersFor(kernel, pass))
		if err != nil {
			return out, fmt.Errorf("pass %s: %w", pass.Label, err)
		}
		out = append(out, bound{Pass: pass, kernel: kernel, binding: binding})
	}
	return out, nil
}

// buffersFor picks, for each variable of a kernel, the buffer of the same name or the one the pass names.
func (s *Solver) buffersFor(kernel *gpu.Kernel, pass Pass) map[string]*gpu.Buffer {
	out := map[string]*gpu.Buffer{}
	for _, variable := range kernel.Reflection.Bindings {
		name := variable.Name
		if other, ok := pass.Buffers[name]; ok {
			name = other
		}
		if b := s.buffers[name]; b != nil {
			out[variable.Name] = b
		}
	}
	return out
}

// Encode appends at most steps sub-steps towards the goal, then the statistics.
func (s *Solver) Encode(e *gpu.Encoder, steps int) {
	s.encodeInput(e)
	s.timer.gather()
	s.timer.start(e)
	for range steps {
		for i := range s.step {
			s.encode(e, &s.step[i])
		}
	}
	for i := range s.report {
		s.encode(e, &s.report[i])
	}
	report := s.buffers["report"]
	e.Copy(s.buffers["control"], 0, report, reportControl, s.buffers["control"].Size)
	e.Copy(s.buffers["tally"], 0, report, reportTally, s.buffers["tally"].Size)
	e.Copy(s.buffers["statistics"], 0, report, reportStatistics, s.buffers["statistics"].Size)
	if answer := s.buffers["answer"]; answer != nil {
		e.Copy(answer, 0, report, reportAnswer, answer.Size)
		e.Copy(s.buffers["applied"], 0, report, reportApplied, s.buffers["applied"].Size)
	}
	if s.moving {
		e.Copy(s.buffers["obstacles"], 0, report, reportSize, s.buffers["obstacles"].Size)
	}
	s.readback.Copy(e, report, 0)
}

// EncodeVorticity computes the vorticity of the state that the last step has led to, for a picture that shows it. It
// changes nothing that steps read.
func (s *Solver) EncodeVorticity(e *gpu.Encoder) {
	b := &s.curl[0]
	e.Dispatch(b.kernel, b.binding, b.Work.Most)
}

// encode appends one pass, or every round of a loop: those after it has converged find no work.
func (s *Solver) encode(e *gpu.Encoder, b *bound) {
	for range b.Times {
		for i := range b.body {
			s.encode(e, &b.body[i])
		}
	}
	switch {
	case b.Times > 0:
		return
	case b.Work.Indirect >= 0:
		e.DispatchIndirect(b.kernel, b.binding, s.buffers["dispatch"], uint64(b.Work.Indirect), b.Work.Most)
	default:
		e.Dispatch(b.kernel, b.binding, b.Work.Most)
	}
	s.timer.mark(e)
}

func releaseAll(list []bound) {
	for _, b := range list {
		releaseAll(b.body)
		if b.binding != nil {
			b.binding.Release()
		}
	}
}

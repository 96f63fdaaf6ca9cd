package pass

import (
	"errors"
	"fmt"

	"github.com/fluidsim/fluidsim/shaders"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// Source is what Foam and Shapes are made from: buffers of the simulation, sorted into its cells, which they read and never
// write.
type Source struct {
	Params, Control, PositionSorted, Velocity, Cells *gpu.Buffer
	Count                                            int  // particles
	Periodic                                         bool // an axis has no end
}

// buffers are those of a source by the names that kernels have for them.
func (s Source) buffers() map[string]*gpu.Buffer {
	return map[string]*gpu.Buffer{"params": s.Params, "control": s.Control, "position_sorted": s.PositionSorted, "velocity": s.Velocity, "cells": s.Cells}
}

// rounds are kernels that run one after another over the particles of a source, for pictures only.
type rounds struct {
	device  *gpu.Device
	passes  []dispatch
	kernels []*gpu.Kernel
	owned   []*gpu.Buffer
}

// dispatch is one kernel of a round.
type dispatch struct {
	name    string
	kernel  *gpu.Kernel
	binding *gpu.Binding
	most    uint64
}

// made is a buffer that ends with the rounds; nil when there is no room for it.
func (r *rounds) made(label string, size uint64, usage gpu.Usage) *gpu.Buffer {
	b, err := r.device.NewBuffer(label, size, usage)
	if err != nil {
		return nil
	}
	r.owned = append(r.owned, b)
	return b
}

// add makes a kernel the last of the round.
func (r *rounds) add(name string, periodic bool, buffers map[string]*gpu.Buffer, most uint64) error {
	var instead map[string]string
	if periodic {
		instead = shaders.Periodic()
	}
	text, err := shaders.ComposeWith(name, instead)
	if err != nil {
		return err
	}
	kernel, err := r.device.NewKernelFrom(text)
	if err != nil {
		return err
	}
	r.kernels = append(r.kernels, kernel)
	bound := map[string]*gpu.Buffer{}
	for _, v := range kernel.Reflection.Bindings {
		if buffers[v.Name] == nil {
			return fmt.Errorf("%s: there is no buffer %s", name, v.Name)
		}
		bound[v.Name] = buffers[v.Name]
	}
	binding, err := kernel.Bind(bound)
	if err != nil {
		return err
	}
	r.passes = append(r.passes, dispatch{name, kernel, binding, most})
	return nil
}

// run does one round; a timer, which may be nil, marks the end of each kernel.
func (r *rounds) run(e *gpu.Encoder, t *timer) {
	if r.passes == nil {
		e.Fail(errors.New("foam or shapes: they were released already"))
		return
	}
	for _, p := range r.passes {
		e.Dispatch(p.kernel, p.binding, p.most)
		t.mark(p.name)
	}
}

func (r *rounds) release() {
	for _, p := range r.passes {
		p.binding.Release()
	}
	for _, k := range r.kernels {
		k.Release()
	}
	for _, b := range r.owned {
		b.Release()
	}
	r.passes, r.kernels, r.owned = nil, nil, nil
}

package main

import (
	"fmt"

	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// session is a scene on a GPU, ready to step.
type session struct {
	src    source // where the scene came from
	device *gpu.Device
	scene  *scene.Scene
	began  *scene.Scene // as it was at the beginning; scene follows changes
	opened *scene.Scene // as it was when the run was made
	set    *seed.Set
	solver *solver.Solver
	inputs *replay // what hands have done, to be done again; nil: nothing
}

// headless opens a scene on a GPU without a window. otherwise is the number of
// particles when the user named none, 0 for the scene's own spacing; timestamps
// asks for a device that can time passes, where there is one.
func (a *app) headless(argument string, otherwise int, timestamps bool) (*session, error) {
	src, err := findScene(argument, nil)
	if err != nil {
		return nil, err
	}
	written, err := src.read()
	if err != nil {
		return nil, err
	}
	var inputs *replay
	if a.inputs != "" {
		if inputs, err = readInputs(a.inputs); err != nil {
			return nil, err
		}
	}
	inputs.fit(a)
	if _, err := written.Set(a.set...); err != nil {
		return nil, err
	}
	device, err := gpu.Open(gpu.Options{Adapter: a.adapter, Timestamps: timestamps})
	if err != nil {
		return nil, err
	}
	s, err := a.populate(device, written, otherwise, inputs.options())
	if err != nil {
		device.Release()
		return nil, fmt.Errorf("%s: %w", src.title(), err)
	}
	if err := inputs.check(s.scene); err != nil {
		s.release()
		return nil, err
	}
	s.inputs, s.src = inputs, src
	a.warn(src.title(), s.scene, s.set)
	return s, nil
}

// populate fills the scene with particles and puts them on the device.
func (a *app) populate(device *gpu.Device, written *scene.Scene, otherwise int, o solver.Options) (*session, error) {
	if err := fits(device, written, int(a.particles)); err != nil {
		return nil, err
	}
	sc, err := a.adjust(written, otherwise)
	if err != nil {
		return nil, err
	}
	return a.begin(device, sc, o)
}

// begin fills a scene, whose spacing is what it shall be, with particles and puts
// them on the device.
func (a *app) begin(device *gpu.Device, sc *scene.Scene, o solver.Options) (*session, error) {
	if err := fits(device, sc, 0); err != nil {
		return nil, err
	}
	set, err := seed.Build(sc)
	if err != nil {
		return nil, err
	}
	run, err := solver.New(device, sc, set, o)
	if err != nil {
		return nil, err
	}
	return &session{device: device, scene: sc, began: sc, opened: sc, set: set, solver: run}, nil
}

// fits refuses more particles than the device can hold before anything large is
// made: want of them, or what the scene's spacing gives when want is 0.
func fits(device *gpu.Device, sc *scene.Scene, want int) error {
	volume := 0.0
	for _, shape := range sc.Fluid.Shapes {
		volume += shape.Volume()
	}
	if volume == 0 {
		return nil
	}
	spacing := sc.Fluid.Spacing
	if want > 0 {
		spacing = sc.Side(volume / float64(want))
	} else {
		// Shapes may overlap or reach outside: only a clear excess is refused
		// here, the exact count is checked by the solver.
		each := seed.Mass(sc) / sc.Fluid.RestDensity
		want = int(min(volume/each/2, 1e15))
	}
	return solver.CheckCapacity(device, sc, uint64(want), spacing)
}

func (s *session) release() {
	s.solver.Release()
	s.device.Release()
}

// summary is one line about what runs where.
func (s *session) summary() string {
	return fmt.Sprintf("%s: %s particles, spacing %.4g m, on %s",
		s.scene.Name, inWords(s.set.Report.Fluid), s.scene.Fluid.Spacing, adapterInWords(s.device.Info()))
}

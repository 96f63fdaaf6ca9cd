package main

import (
	"github.com/fluidsim/fluidsim/render/capture"
	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// stage draws a scene offscreen; the window and recordings show the same
// pictures.
type stage struct {
	device   *gpu.Device
	renderer *pass.Renderer
	target   *pass.Target
	grabber  *capture.Grabber
	look     look
}

// grabs is how many pictures may be on their way from the device.
const grabs = 3

func newStage(device *gpu.Device) (*stage, error) {
	renderer, err := pass.New(device, pass.Options{})
	if err != nil {
		return nil, err
	}
	s := &stage{device: device, renderer: renderer}
	if s.target, err = renderer.NewTarget(16, 16); err != nil {
		s.release()
		return nil, err
	}
	s.grabber = capture.NewGrabber(device, grabs)
	return s, nil
}

func (s *stage) release() {
	if s.grabber != nil {
		s.grabber.Release()
	}
	if s.target != nil {
		s.target.Release()
	}
	s.renderer.Release()
}

func (s *stage) setScene(sc *scene.Scene) error {
	s.look = newLook(sc)
	return s.renderer.SetScene(solids(sc))
}

func (s *stage) resize(width, height int) error { return s.target.Resize(width, height) }

// draw records one picture of the run, as it was so long ago [s], into a target.
func (s *stage) draw(e *gpu.Encoder, t *pass.Target, run *session, camera view.Camera, ago float64) {
	s.renderer.Draw(e, t, camera, particles(run.solver.View(), ago), s.look.settings())
}

// shoot draws the run as it was so long ago [s], at most a step, and hands
// finished pictures to a recorder: this one arrives there a little later,
// develop waits for it.
func (s *stage) shoot(run *session, camera view.Camera, ago float64, to *capture.Recorder) error {
	e, err := s.device.NewEncoder("picture")
	if err != nil {
		return err
	}
	s.draw(e, s.target, run, camera, ago)
	if err := s.grabber.Copy(e, s.target, to.Add); err != nil {
		return err
	}
	if err := e.Submit(); err != nil {
		return err
	}
	return s.grabber.Collect(to.Add)
}

// develop waits for the pictures that are still on their way.
func (s *stage) develop(to *capture.Recorder) error { return s.grabber.Flush(to.Add) }

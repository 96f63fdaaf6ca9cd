package main

import (
	"errors"
	"fmt"
	"slices"

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
	bodies   bodies
	foam     foam
	shapes   shapes
	around   around
	notes    *notes
	ranger   *pass.FieldRange
	// recording: nobody waits for the pictures.
	recording bool
	moved     []scene.Obstacle // as they are drawn, once they have moved
}

// canvas is what pictures of a recording are drawn on: larger than they become where every pixel
// is to be the mean of several.
type canvas struct {
	target *pass.Target
	large  *pass.Target // nil: the target itself is drawn on
	reduce *pass.Reduce
	factor int // how much larger, along a side
	notes  *notes
}

// maxSupersample bounds how many times larger a picture is drawn; its square is the cost.
const maxSupersample = 4

func (s *stage) newCanvas(size pixels, supersample int) (c *canvas, err error) {
	c = &canvas{factor: supersample}
	defer func() {
		if err != nil {
			c.release()
			c = nil
		}
	}()
	if c.notes, err = newNotes(s.device); err != nil {
		return c, err
	}
	if c.target, err = s.renderer.NewTarget(size.width, size.height); err != nil || supersample <= 1 {
		return c, err
	}
	if c.large, err = s.renderer.NewTarget(supersample*size.width, supersample*size.height); err != nil {
		return c, fmt.Errorf("%s with --supersample %d: %w", size.String(), supersample, err)
	}
	c.reduce, err = pass.NewReduce(s.device, supersample)
	return c, err
}

func (c *canvas) release() {
	c.notes.release()
	if c.reduce != nil {
		c.reduce.Release()
	}
	for _, t := range []*pass.Target{c.large, c.target} {
		if t != nil {
			t.Release()
		}
	}
}

// paint records one picture of the run onto a canvas.
func (s *stage) paint(e *gpu.Encoder, on *canvas, run *session, camera view.Camera, ago float64) {
	if on.large == nil {
		s.drawFine(e, on.target, run, camera, ago, 1)
	} else {
		s.drawFine(e, on.large, run, camera, ago, float64(on.factor))
		on.reduce.Draw(e, on.target, on.large)
	}
	on.notes.write(e, on.target, &s.look, camera, run.solver.Poll().Time-ago)
}

// grabs is how many pictures may be on their way from the device.
const grabs = 3

// newStage makes the passes; timed ones can take the time of each.
func newStage(device *gpu.Device, timed bool) (*stage, error) {
	renderer, err := pass.New(device, pass.Options{Timestamps: timed})
	if err != nil {
		return nil, err
	}
	renderer.Timing(false) // until somebody wants to know
	s := &stage{device: device, renderer: renderer}
	if s.target, err = renderer.NewTarget(16, 16); err != nil {
		s.release()
		return nil, err
	}
	if s.notes, err = newNotes(device); err == nil {
		s.ranger, err = pass.NewFieldRange(device)
	}
	if err != nil {
		s.release()
		return nil, err
	}
	s.grabber = capture.NewGrabber(device, grabs)
	return s, nil
}

func (s *stage) release() {
	s.bodies.buffer.Release()
	s.foam.drops.Release()
	s.shapes.all.Release()
	s.notes.release()
	s.ranger.Release()
	if s.grabber != nil {
		s.grabber.Release()
	}
	if s.target != nil {
		s.target.Release()
	}
	s.renderer.Release()
}

// setScene shows a scene; beside reads files from its folder.
func (s *stage) setScene(sc *scene.Scene, beside func(string) ([]byte, error)) error {
	s.look, s.moved = newLook(sc), nil
	s.look.quality = newQuality(sc.View.Quality, s.device.Info().Software, s.recording)
	return errors.Join(s.setEnvironment(sc, beside), s.renderer.SetScene(solids(sc)))
}

func (s *stage) resize(width, height int) error { return s.target.Resize(width, height) }

// follow draws the obstacles where they were so long ago [s].
func (s *stage) follow(run *session, ago float64) {
	if len(run.solver.Bodies()) == 0 {
		return
	}
	now := withObstacles(run, ago)
	if slices.Equal(now.Obstacles, s.moved) {
		return
	}
	s.moved = now.Obstacles
	if err := s.renderer.MoveSolids(solids(now).Solids); err != nil {
		s.moved = nil // they stay where they were drawn last
	}
}

// withObstacles is the scene of a run with its obstacles where they were so long ago [s].
func withObstacles(run *session, ago float64) *scene.Scene {
	moved := *run.scene
	moved.Obstacles = run.solver.Obstacles(ago)
	for k, o := range run.scene.Obstacles { // what they look like may have changed since the run began
		moved.Obstacles[k].Color, moved.Obstacles[k].Visible = o.Color, o.Visible
	}
	return &moved
}

// draw records one picture of the run, as it was so long ago [s], into a target.
func (s *stage) draw(e *gpu.Encoder, t *pass.Target, run *session, camera view.Camera, ago float64) {
	s.drawFine(e, t, run, camera, ago, 1)
	s.notes.write(e, t, &s.look, camera, run.solver.Poll().Time-ago)
}

// drawFine does so without what is written over it, and with so many pixels for one of the finished picture.
func (s *stage) drawFine(e *gpu.Encoder, t *pass.Target, run *session, camera view.Camera, ago, fine float64) {
	s.look.scale.Count = run.solver.View().Count
	s.takeRange()
	look := s.look.settings()
	look.Fine = fine
	s.follow(run, ago)
	shown := s.shown(e, run, ago)
	shown.Foam, shown.Shapes = s.foamOf(e, run), s.shapesOf(e, run)
	s.renderer.Draw(e, t, camera, shown, look)
	s.measureRange(e, shown)
}

// shoot draws the run as it was so long ago [s], at most a step, and hands
// finished pictures to a recorder: this one arrives there a little later,
// develop waits for it.
func (s *stage) shoot(on *canvas, run *session, camera view.Camera, ago float64, to *capture.Recorder) error {
	e, err := s.device.NewEncoder("picture")
	if err != nil {
		return err
	}
	s.paint(e, on, run, camera, ago)
	if err := s.grabber.Copy(e, on.target, to.Add); err != nil {
		return err
	}
	if err := e.Submit(); err != nil {
		return err
	}
	return s.grabber.Collect(to.Add)
}

// develop waits for the pictures that are still on their way.
func (s *stage) develop(to *capture.Recorder) error { return s.grabber.Flush(to.Add) }

package main

import (
	"fmt"

	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// benchFrame is a picture of the bench: 720p, 1080p and 4K.
var benchFrames = []pixels{{1280, 720}, {1920, 1080}, {3840, 2160}}

// Pictures of each kind: the first two warm up.
const (
	benchPicturesWarm  = 2
	benchPicturesTaken = 8
	benchMoment        = 0.4 // seconds into the scene: the water has spread and splashes
)

// benchPictures measures drawing the scene after a while: every style and quality at every size, the last of the sizes of the
// plan that is not larger than 250 thousand particles. Drawing from close by is measured as well.
func (a *app) benchPictures(device *gpu.Device, p *benchPlan, stop *interrupt) ([]benchPicture, error) {
	one := *a
	one.particles = count(p.sizes[0])
	for _, size := range p.sizes {
		if size <= 250_000 {
			one.particles = count(size)
		}
	}
	if device.Info().Software {
		one.particles = min(one.particles, 20_000)
	}
	written, err := one.loadScene(p.scene, 0)
	if err != nil {
		return nil, err
	}
	s, err := one.populate(device, written, 0, solver.Options{})
	if err != nil {
		return nil, err
	}
	defer s.solver.Release()
	a.say("pictures of %s particles after %g s", inWords(s.set.Report.Fluid), benchMoment)
	if _, err := s.advance(benchMoment, anyStep, stop); err != nil {
		return nil, err
	}
	renderer, err := pass.New(device, pass.Options{Timestamps: true})
	if err != nil {
		return nil, err
	}
	defer renderer.Release()
	if err := renderer.SetScene(solids(s.scene)); err != nil {
		return nil, err
	}
	var shapes *pass.Shapes // as the window has them
	if pass.ShapesFit(device, s.solver.View().Count) {
		if shapes, err = pass.NewShapes(device, sorted(s)); err != nil {
			return nil, err
		}
		defer shapes.Release()
	}
	meter := newMeter(a.err, "drawing")
	defer meter.done()
	type kind struct {
		style   pass.Style
		quality pass.Quality
		close   bool
	}
	kinds := []kind{{pass.Balls, pass.High, false}, {pass.Water, pass.Low, false}, {pass.Water, pass.Medium, false}, {pass.Water, pass.High, false}, {pass.Water, pass.Medium, true}}
	var found []benchPicture
	for i, size := range benchFrames {
		target, err := renderer.NewTarget(size.width, size.height)
		if err != nil {
			return found, err
		}
		for k, each := range kinds {
			if stop.asked() {
				target.Release()
				return found, errInterrupted
			}
			picture, err := drawBench(device, renderer, target, s, shapes, size, each.style, each.quality, each.close)
			if err != nil {
				target.Release()
				return found, err
			}
			found = append(found, *picture)
			meter.at(float64(i*len(kinds)+k+1), float64(len(benchFrames)*len(kinds)))
		}
		target.Release()
	}
	return found, nil
}

// drawBench draws one kind of picture until its time is known.
func drawBench(device *gpu.Device, renderer *pass.Renderer, target *pass.Target, s *session, shapes *pass.Shapes, size pixels, style pass.Style, quality pass.Quality, close bool) (*benchPicture, error) {
	look := newLook(s.scene)
	look.style, look.quality.level = style, quality
	camera := homeCamera(s.scene, aspect(size.width, size.height))
	out := &benchPicture{Style: style.String(), Width: size.width, Height: size.height, Particles: s.solver.Poll().Particles, Passes: []benchPassTimes{}}
	if style == pass.Water {
		out.Quality = quality.String()
	}
	if close {
		camera = closeUp(camera)
		out.Style += ", close up"
	}
	for k := range benchPicturesWarm + benchPicturesTaken {
		if k == benchPicturesWarm {
			renderer.Passes()
		}
		e, err := device.NewEncoder("picture")
		if err != nil {
			return nil, err
		}
		drawn := particles(s.solver.View(), 0)
		drawn.Shapes = shapes
		renderer.Draw(e, target, camera, drawn, look.settings())
		if err := e.Submit(); err != nil {
			return nil, err
		}
		if err := device.Wait(); err != nil {
			return nil, err
		}
	}
	for _, pass := range renderer.Passes() {
		out.Passes = append(out.Passes, benchPassTimes{pass.Name, pass.Milliseconds})
		out.Ms += pass.Milliseconds
	}
	if out.Ms == 0 {
		return nil, fmt.Errorf("drawing cannot be measured: this GPU has no timestamps")
	}
	return out, nil
}

// closeUp is the camera at a third of its distance.
func closeUp(c view.Camera) view.Camera {
	for k := range 3 {
		c.Position[k] = c.Target[k] + (c.Position[k]-c.Target[k])/3
	}
	return c
}

package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/fluidsim/fluidsim/render/capture"
	"github.com/fluidsim/fluidsim/sim/gpu"
)

// movieOptions are how the window records; the zero value is the window's own size
// as an .mp4 at the scene's rate.
type movieOptions struct {
	ending      string // of the file, or "/" for numbered pictures
	size        pixels
	fps         float64
	supersample int
	quality     capture.Quality
	turn        float64 // s a turn of the camera about its target; 0: none
}

// complete fills in what is left open.
func (o movieOptions) complete(width, height int, fps float64) movieOptions {
	if o.size.width == 0 {
		o.size = pixels{max(width&^1, 2), max(height&^1, 2)}
	}
	if o.fps == 0 {
		o.fps = fps
	}
	if o.ending == "" {
		o.ending = ".mp4"
	}
	if o.ending == "/" {
		o.ending = ""
	}
	return o
}

// movie is a recording from the window. While it runs the simulation goes from
// frame to frame of the recording, however slow that is on the screen, so the
// video is smooth and shows simulated time as it is.
type movie struct {
	path     string
	recorder *capture.Recorder
	canvas   *canvas // its own: the window may change its size
	grabber  *capture.Grabber
	turn     float64 // as in movieOptions
	fps      float64
	start    float64 // simulated time of the first frame
	frames   int
}

// goal is the simulated time of the next frame.
func (m *movie) goal() float64 { return m.start + float64(m.frames)/m.fps }

// restart goes on with the next frame from another simulated time.
func (m *movie) restart(at float64) { m.start = at - float64(m.frames)/m.fps }

// due tells whether the state that is known to be reached is the next frame's.
func (m *movie) due(reached float64) bool { return reached >= m.goal() }

// capturePicture saves the next picture that is drawn.
func (v *viewer) capturePicture() {
	v.grab = freshName(pictureFolder(), v.run.scene.Name, ".png", time.Now())
	v.dirty = true
}

func (v *viewer) toggleMovie() {
	if v.movie != nil {
		v.stopMovie()
		return
	}
	m, err := v.startMovie()
	if err != nil {
		v.complain(err)
		return
	}
	v.movie = m
	v.app.say("recording to %s; V again to stop", m.path)
}

// startMovie records a video, or frames where there is no ffmpeg.
func (v *viewer) startMovie() (*movie, error) {
	width, height := v.canvas()
	o := v.record.complete(width, height, v.run.scene.Record.FPS)
	m := &movie{fps: o.fps, turn: o.turn, start: v.last.Time}
	options := capture.Options{FPS: m.fps, Width: o.size.width, Height: o.size.height, Quality: o.quality}
	now := time.Now()
	m.path = freshName(pictureFolder(), v.run.scene.Name, o.ending, now)
	sink, err := capture.NewSink(m.path, options)
	var missing *capture.NoFFmpegError
	if errors.As(err, &missing) {
		v.app.say("there is no ffmpeg for a video: writing numbered pictures instead")
		m.path = freshName(pictureFolder(), v.run.scene.Name, "", now)
		sink, err = capture.NewSink(m.path, options)
	}
	if err != nil {
		return nil, err
	}
	if m.canvas, err = v.stage.newCanvas(o.size, o.supersample); err != nil {
		return nil, errors.Join(err, sink.Abort())
	}
	m.grabber = capture.NewGrabber(v.device, grabs)
	m.recorder = capture.NewRecorder(sink, waiting)
	return m, nil
}

// stopMovie finishes the recording and tells what was written.
func (v *viewer) stopMovie() {
	m := v.movie
	v.movie = nil
	err := m.grabber.Flush(m.recorder.Add)
	if m.frames == 0 {
		err = errors.Join(err, m.recorder.Abort())
	} else {
		err = errors.Join(err, m.recorder.Close())
	}
	m.grabber.Release()
	m.canvas.release()
	if err != nil {
		v.complain(err)
	}
	if n := m.recorder.Summary().Frames; n > 0 {
		v.app.say("wrote %s: %s", m.path, framesInWords(n))
	} else {
		v.app.say("wrote nothing to %s", m.path)
	}
	v.title = ""
}

// takePictures records what a recording wants of this frame.
func (v *viewer) takePictures(e *gpu.Encoder, frameDue bool) error {
	if !frameDue {
		return nil
	}
	m := v.movie
	v.rideTo(m.goal())
	camera := v.camera
	if m.turn != 0 {
		camera = camera.Orbit(360*float64(m.frames)/(m.fps*m.turn), 0)
	}
	v.stage.paint(e, m.canvas, v.run, camera, 0)
	return m.grabber.Copy(e, m.canvas.target, m.recorder.Add)
}

// finishPictures saves what was asked for, after the submit.
func (v *viewer) finishPictures(frameDue bool) {
	if v.grab != "" {
		path := v.grab
		v.grab = ""
		picture, err := capture.Read(v.stage.target)
		if err == nil {
			err = capture.SaveImage(path, picture)
		}
		if err != nil {
			v.complain(err)
		} else {
			fmt.Fprintf(v.app.out, "wrote %s\n", path)
		}
	}
	if v.movie == nil {
		return
	}
	if frameDue {
		v.movie.frames++
	}
	if err := v.movie.grabber.Collect(v.movie.recorder.Add); err != nil {
		v.complain(err)
		v.stopMovie()
	}
}

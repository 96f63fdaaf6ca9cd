package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/fluidsim/fluidsim/render/capture"
	"github.com/fluidsim/fluidsim/sim/solver"
)

func (a *app) record(argument string, o *recordOptions) error {
	stop := interrupts()
	defer stop.release()
	s, err := a.headless(argument, 0, false)
	if err != nil {
		return err
	}
	defer s.release()
	if err := o.complete(s.scene); err != nil {
		return err
	}
	gauges, err := a.newGauges(s, argument, o.gauges)
	if err != nil {
		return err
	}
	defer gauges.abandon()
	particles, err := newExports(s, o.particles, o.outputs[0], o.from, o.fps, o.overwrite)
	if err != nil {
		return err
	}
	sinks, err := o.sinks()
	if err != nil {
		return err
	}
	recorder := capture.NewRecorder(capture.Tee(sinks...), waiting)
	began := time.Now()
	last, err := a.recordFrames(s, o, gauges, particles, recorder, stop)
	var finish error
	if err == nil && !stop.asked() {
		finish = recorder.Close()
	} else {
		finish = recorder.Abort()
	}
	wall := time.Since(began)
	for _, sink := range sinks {
		wrote := sink.Summary()
		if wrote.Frames == 0 {
			fmt.Fprintf(a.out, "wrote nothing to %s\n", wrote.Path)
			continue
		}
		size := pixels{wrote.Width, wrote.Height}
		note := ""
		if wrote.Note != "" {
			note = " (" + wrote.Note + ")"
		}
		fmt.Fprintf(a.out, "wrote %s: %s of %s%s\n", wrote.Path, framesInWords(wrote.Frames), size.String(), note)
	}
	finish = errors.Join(finish, particles.finish(a))
	if err == nil || last.Fault != nil {
		finish = errors.Join(finish, gauges.finish())
		if finish == nil {
			gauges.tell(a)
		}
	}
	s.inputs.tell(a)
	if tell := a.summary(s, last, wall, "frame", recorder.Frames()); tell != nil && err == nil {
		err = tell
	}
	switch {
	case err != nil:
		return err
	case finish != nil:
		return finish
	case stop.asked():
		fmt.Fprintln(a.err, "fluidsim: stopped before the end, as you asked; what is written is whole")
		return errInterrupted
	}
	return nil
}

func framesInWords(n int) string {
	if n == 1 {
		return "1 frame"
	}
	return inWords(n) + " frames"
}

// recordFrames simulates and draws the frames, and hands them on in order.
func (a *app) recordFrames(s *session, o *recordOptions, gauges *gauges, particles *exports, recorder *capture.Recorder, stop *interrupt) (last solver.Stats, err error) {
	st, err := newStage(s.device, false)
	if err != nil {
		return last, err
	}
	defer st.release()
	st.recording = true
	if err := st.setScene(s.scene, s.src.beside); err != nil {
		return last, err
	}
	on, err := st.newCanvas(o.size, o.supersample)
	if err != nil {
		return last, err
	}
	defer on.release()
	camera := newDirector(s.scene, aspect(o.size.width, o.size.height), o.turn)
	fmt.Fprintln(a.err, s.summary())
	fmt.Fprintf(a.err, "%s of %s, %g a second\n", framesInWords(o.frames), o.size.String(), o.fps)
	meter := newMeter(a.err, "recording")
	defer meter.done()
	for k := 0; k < o.frames && !stop.asked(); k++ {
		moment := o.from + float64(k)/o.fps
		if err = st.foamUntil(s, gauges, moment, stop); err != nil || stop.asked() {
			break
		}
		if last, err = particles.pass(s, gauges, moment, anyStep, stop); err != nil || stop.asked() {
			break
		}
		// A step ends at the frame's moment or a little after: show the moment itself, or motion judders.
		if err = st.shoot(on, s, camera.at(moment, float64(k)/o.fps, float64(k)/float64(o.frames)), last.Time-moment, recorder); err != nil {
			break
		}
		meter.at(float64(k+1), float64(o.frames))
	}
	if late := st.develop(recorder); err == nil {
		err = late
	}
	return last, err
}

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/render/capture"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// recordOptions are what the user asked of a recording; zero values mean the
// scene's own.
type recordOptions struct {
	outputs   []string
	frames    int
	seconds   float64
	fps       float64
	size      pixels
	overwrite bool
	gauges    gaugeFiles
	particles exportFiles
}

// Bounds of a recording.
const (
	maxFrames  = 1_000_000
	maxSeconds = 1e6
	minFPS     = 0.001
	maxFPS     = 1000
	// waiting is how many finished frames may wait for the disk.
	waiting = 4
)

func newRecord(a *app) *cobra.Command {
	o := &recordOptions{}
	c := &cobra.Command{
		Use:   "record SCENE -o OUT",
		Short: "Write frames, a video or a picture",
		Long: `Simulates a scene and writes what it looks like to OUT:

  folder        numbered pictures, frame_000000.png and so on
  name.mp4      a video (needs ffmpeg), also .webm
  name.gif      an animation
  name.png      one picture, the last frame

Frame k shows the fluid at k/fps seconds of simulated time, however long that
takes to compute: the same command always gives the same pictures. -o may be given several times, to get frames and a video at once.

--probes and --plot write what the scene's gauges read meanwhile, as for 'fluidsim
run'.

--export writes the particles of every frame for other programs: position,
velocity, density, pressure and number of each, in the order of the numbers, as
particles_000000.ply and so on, or as .vtp files with particles.pvd, which opens
the whole series in ParaView. It is the state that the solver had reached: up to
a step later than the picture, with its own time.

Ctrl-C ends the recording early with whole frames and a video that plays.`,
		Example: `  fluidsim record dam-break -o dam.mp4
  fluidsim record dam-break -o frames --seconds 2 --fps 30 --size 1920x1080
  fluidsim record my.toml -o frames -o my.mp4 --frames 90
  fluidsim record dam-break -o still.png --seconds 0.7
  fluidsim record dam-break -o dam.mp4 --export vtk --export-to dam`,
		Args:              oneScene,
		ValidArgsFunction: completeScenes,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.check(cmd); err != nil {
				return err
			}
			return a.record(args[0], o)
		},
	}
	f := c.Flags()
	f.StringArrayVarP(&o.outputs, "output", "o", nil, "where to write: a folder, or a file ending in .mp4, .webm, .gif or .png")
	f.IntVar(&o.frames, "frames", 0, "record `N` frames")
	f.Float64Var(&o.seconds, "seconds", 0, "record `S` seconds of simulated time (default: the scene's record.seconds)")
	f.Float64Var(&o.fps, "fps", 0, "frames per simulated second (default: the scene's record.fps)")
	f.Var(&o.size, "size", "size of the pictures (default: the scene's record.width and height)")
	f.BoolVar(&o.overwrite, "overwrite", false, "replace what an earlier recording left at OUT")
	o.gauges.flags(c)
	o.particles.flags(c)
	return c
}

// check refuses what cannot be meant.
func (o *recordOptions) check(cmd *cobra.Command) error {
	given := cmd.Flags().Changed
	switch {
	case len(o.outputs) == 0:
		return usagef("record wants to know where to write; add -o FOLDER, or -o NAME.mp4, NAME.gif or NAME.png")
	case given("frames") && given("seconds"):
		return usagef("--frames and --seconds both say when to end: give one of them")
	case given("frames") && (o.frames < 1 || o.frames > maxFrames):
		return usagef("--frames must be 1 to %d (got %d)", maxFrames, o.frames)
	case given("seconds") && !(o.seconds > 0 && o.seconds <= maxSeconds):
		return usagef("--seconds must be positive and at most 1e6 (got %g)", o.seconds)
	case given("fps") && !(o.fps >= minFPS && o.fps <= maxFPS):
		return usagef("--fps must be %g to %d (got %g)", minFPS, maxFPS, o.fps)
	}
	for _, output := range o.outputs {
		if err := o.gauges.check(output); err != nil {
			return err
		}
	}
	return o.particles.check()
}

// complete fills in the scene's defaults.
func (o *recordOptions) complete(sc *scene.Scene) error {
	if o.fps == 0 {
		o.fps = sc.Record.FPS
	}
	if o.size.width == 0 {
		o.size = pixels{sc.Record.Width, sc.Record.Height}
	}
	if o.frames == 0 {
		if o.seconds == 0 {
			o.seconds = sc.Record.Seconds
		}
		o.frames = int(max(math.Ceil(min(o.seconds*o.fps, 1e9)-1e-9), 1))
	}
	if last := float64(o.frames-1) / o.fps; last > maxSeconds {
		return fmt.Errorf("%s at %g a second are %g s of simulated time; the most is %g s", framesInWords(o.frames), o.fps, last, maxSeconds)
	}
	if o.frames > maxFrames {
		return fmt.Errorf("a recording of %g s at %g frames a second has %d frames; the most is %d", o.seconds, o.fps, o.frames, maxFrames)
	}
	return nil
}

// sinks opens the outputs; everything that can be known to fail fails here.
func (o *recordOptions) sinks() ([]capture.Sink, error) {
	var all []capture.Sink
	for i, path := range o.outputs {
		sink, err := o.sink(path, o.outputs[:i])
		if err != nil {
			for _, opened := range all {
				_ = opened.Abort()
			}
			return nil, err
		}
		all = append(all, sink)
	}
	return all, nil
}

func (o *recordOptions) sink(path string, before []string) (capture.Sink, error) {
	for _, other := range before {
		if filepath.Clean(other) == filepath.Clean(path) {
			return nil, usagef("-o %s is given twice", path)
		}
	}
	kind, err := capture.KindOf(path)
	if err != nil {
		return nil, &usageError{err}
	}
	if kind != capture.Folder && !o.overwrite {
		if _, err := os.Lstat(path); err == nil {
			return nil, fmt.Errorf("%s exists already; choose another name, or replace it with --overwrite", path)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return capture.NewSink(path, capture.Options{FPS: o.fps, Width: o.size.width, Height: o.size.height, Overwrite: o.overwrite})
}

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
	particles, err := newExports(s, o.particles, o.outputs[0], o.fps, o.overwrite)
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
	if err == nil && !stop.seen {
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
	if tell := a.summary(s, last, wall, "frame", recorder.Frames()); tell != nil && err == nil {
		err = tell
	}
	switch {
	case err != nil:
		return err
	case finish != nil:
		return finish
	case stop.seen:
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
	st, err := newStage(s.device)
	if err != nil {
		return last, err
	}
	defer st.release()
	if err := st.setScene(s.scene); err != nil {
		return last, err
	}
	if err := st.resize(o.size.width, o.size.height); err != nil {
		return last, err
	}
	camera := homeCamera(s.scene, aspect(o.size.width, o.size.height))
	fmt.Fprintln(a.err, s.summary())
	fmt.Fprintf(a.err, "%s of %s, %g a second\n", framesInWords(o.frames), o.size.String(), o.fps)
	meter := newMeter(a.err, "recording")
	defer meter.done()
	for k := 0; k < o.frames && !stop.asked(); k++ {
		if last, err = particles.pass(s, gauges, float64(k)/o.fps, anyStep, stop); err != nil || stop.seen {
			break
		}
		// A step ends at the frame's moment or a little after: show the moment itself, or motion judders.
		if err = st.shoot(s, camera, last.Time-float64(k)/o.fps, recorder); err != nil {
			break
		}
		meter.at(float64(k+1), float64(o.frames))
	}
	if late := st.develop(recorder); err == nil {
		err = late
	}
	return last, err
}

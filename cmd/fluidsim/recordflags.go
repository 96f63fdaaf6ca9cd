package main

import (
	"errors"
	"fmt"
	"github.com/fluidsim/fluidsim/sim/whole"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/render/capture"
	"github.com/fluidsim/fluidsim/sim/scene"
)

// recordOptions are what the user asked of a recording; zero values mean the
// scene's own.
type recordOptions struct {
	outputs []string
	frames  int
	seconds float64
	fps     float64
	size    pixels
	from    float64
	still   float64

	supersample int
	quality     string
	turn        turntable
	overwrite   bool

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
  name.gif      an animation, also .apng with all its colours
  name.png      one picture, the last frame

Frame k shows the fluid at k/fps seconds of simulated time, however long that
takes to compute: the same command always gives the same pictures. -o may be given several times, to get frames and a video at once.

--still takes one picture at a moment, of any size that the GPU can draw.
--supersample draws every picture larger and makes it smaller again, in linear
light: smooth edges at the price of its square. --turntable turns the camera about
its target meanwhile; a scene with [[camera.key]] tables moves it by itself.

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
  fluidsim record dam-break -o still.png --still 0.7 --size 3840x2160 --supersample 2
  fluidsim record pillars -o turn.webm --from 1 --seconds 6 --turntable 360
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
	f.StringArrayVarP(&o.outputs, "output", "o", nil, "where to write: a folder, or a file ending in .mp4, .webm, .gif, .apng or .png")
	f.IntVar(&o.frames, "frames", 0, "record `N` frames")
	f.Float64Var(&o.seconds, "seconds", 0, "record `S` seconds of simulated time (default: the scene's record.seconds)")
	f.Float64Var(&o.from, "from", 0, "begin at `S` seconds of simulated time")
	f.Float64Var(&o.still, "still", 0, "take one picture, at `S` seconds of simulated time")
	f.Float64Var(&o.fps, "fps", 0, "frames per simulated second (default: the scene's record.fps)")
	f.Var(&o.size, "size", "size of the pictures (default: the scene's record.width and height)")
	f.IntVar(&o.supersample, "supersample", 1, "draw `N` times larger, 1 to 4, and make it smaller")
	f.StringVar(&o.quality, "video-quality", "", "how good .mp4 and .webm are: low, medium, high or best (default high)")
	f.Var(&o.turn, "turntable", "turn the camera about its target: `degrees` in the whole recording, or like 8s for one turn")
	f.BoolVar(&o.overwrite, "overwrite", false, "replace what an earlier recording left at OUT")
	a.lookFlags(c)
	a.inputsFlag(c)
	o.gauges.flags(c)
	o.particles.flags(c)
	_ = c.RegisterFlagCompletionFunc("video-quality", cobra.FixedCompletions(capture.Qualities(), cobra.ShellCompDirectiveNoFileComp))
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
	case given("from") && !(o.from >= 0 && o.from <= maxSeconds):
		return usagef("--from must be 0 to 1e6 (got %g)", o.from)
	case given("still") && !(o.still >= 0 && o.still <= maxSeconds):
		return usagef("--still must be 0 to 1e6 (got %g)", o.still)
	case given("still") && (given("from") || given("frames") || given("seconds") || given("fps")):
		return usagef("--still is one picture at one moment: leave out --from, --frames, --seconds and --fps")
	case o.supersample < 1 || o.supersample > maxSupersample:
		return usagef("--supersample must be 1 to %d (got %d)", maxSupersample, o.supersample)
	case given("video-quality") && !slices.Contains(capture.Qualities(), o.quality):
		return usagef("--video-quality cannot be %q: choose one of %s", o.quality, strings.Join(capture.Qualities(), ", "))
	case given("video-quality") && !slices.ContainsFunc(o.outputs, isVideo):
		return usagef("--video-quality is for .mp4 and .webm; there is no video among the outputs")
	}
	if given("still") {
		o.from, o.frames = o.still, 1
	}
	for _, output := range o.outputs {
		if err := o.gauges.check(output); err != nil {
			return err
		}
	}
	return o.particles.check()
}

// isVideo tells whether an output loses something to compression.
func isVideo(output string) bool {
	kind, err := capture.KindOf(output)
	return err == nil && (kind == capture.MP4 || kind == capture.WebM)
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
	if last := o.from + float64(o.frames-1)/o.fps; last > maxSeconds {
		return fmt.Errorf("%s at %g a second end at %g s of simulated time; the most is %g s", framesInWords(o.frames), o.fps, last, maxSeconds)
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
			return nil, whole.Explain(path, err)
		}
	}
	return capture.NewSink(path, capture.Options{FPS: o.fps, Width: o.size.width, Height: o.size.height,
		Overwrite: o.overwrite, Quality: capture.Quality(o.quality)})
}

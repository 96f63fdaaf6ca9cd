package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/fluidsim/fluidsim/render/surface"
	"github.com/fluidsim/fluidsim/render/view"
	"github.com/fluidsim/fluidsim/sim/gpu"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// viewer is the open window and what it shows. Everything in it belongs to the
// main goroutine.
type viewer struct {
	app     *app
	options *windowOptions

	screen *surface.Window
	device *gpu.Device
	stage  *stage
	timer  *gpu.Timer // of simulation and drawing; nil without a clock on the device

	src    source
	run    *session
	watch  *watch
	camera view.Camera
	ride   ride
	tilted *scene.Vec3 // gravity as the keys have tilted it; nil: the scene's own
	held   map[action]bool
	grip   grip
	inputs inputs
	replay *replay  // what hands have done before, to be done again; nil: nothing
	own    []string // what the command line sets, without what the replay needs

	pace     *pace
	meter    speedometer
	last     solver.Stats // newest statistics that came back
	paused   bool
	single   int     // steps asked for with "." while paused
	problem  string  // what is wrong with the last save, for the title
	mistakes string  // the same in full
	heading  float64 // simulated time to run on to, then pause; 0: no
	fault    string  // why the simulation stopped itself

	dirty  bool // something to draw although nothing moves
	unseen bool // nothing of the scene was shown yet: the first picture comes before the first step
	quit   bool
	frames int // displayed
	title  string
	titled time.Time
	clock  time.Time // of the last frame
	grab   string    // path of the picture to take of the next frame
	movie  *movie
	record movieOptions
	board  board
	draft  draft
	script *script
	until  uint64 // run on to exactly this step, then pause; 0: no
	stop   *interrupt

	launch launch
	pacing *pacing // nil: nobody measures
	wait   float64 // before the next turn, unless something happens [s]
}

// openViewer opens the window and a device that can draw on it.
func openViewer(a *app, o *windowOptions) (*viewer, error) {
	if o.size.width == 0 {
		o.size = windowSize()
	}
	var start launch
	start.did("program")
	screen, err := surface.New(surface.Options{Title: "fluidsim", Width: o.size.width, Height: o.size.height})
	if err != nil {
		var none *surface.NoDisplayError
		if errors.As(err, &none) {
			return nil, fmt.Errorf("%w; without one, make pictures with: fluidsim record SCENE -o frames", err)
		}
		return nil, err
	}
	start.did("window")
	v := &viewer{app: a, options: o, screen: screen, held: map[action]bool{}, launch: start}
	v.device, err = gpu.Open(gpu.Options{Adapter: a.adapter, Surface: screen.Surface, Timestamps: true})
	if err == nil {
		err = screen.Connect(v.device)
	}
	v.launch.did("device")
	if err == nil {
		v.stage, err = newStage(v.device, true)
	}
	v.launch.did("renderer")
	if err == nil {
		v.timer, err = v.device.NewTimer(3)
	}
	if err != nil {
		v.close()
		return nil, err
	}
	v.launch.did("clock")
	v.openPanel()
	v.launch.did("panel")
	if o.fullscreen {
		screen.ToggleFullscreen()
	}
	return v, nil
}

// close gives everything back, in the order that the graphics library wants.
func (v *viewer) close() {
	if v.movie != nil {
		v.stopMovie()
	}
	v.closePanel()
	v.watch.close()
	if v.run != nil {
		v.run.solver.Release()
	}
	if v.stage != nil {
		v.stage.release()
	}
	if v.timer != nil {
		v.timer.Release()
	}
	v.screen.Disconnect()
	if v.device != nil {
		v.device.Release()
	}
	v.screen.Close()
}

// loop shows frames until the window is closed.
func (v *viewer) loop() error {
	for !v.quit {
		if err := v.turn(); err != nil {
			return err
		}
	}
	return nil
}

// turn takes what has happened and shows the next frame, if there is one to show.
func (v *viewer) turn() error {
	v.pacing.begin()
	v.gather(v.wait)
	v.wait = 0
	if err := v.obey(); err != nil {
		return err
	}
	if v.stop.asked() {
		return errInterrupted
	}
	now := time.Now()
	if v.watch.saved(now) {
		v.reload()
	}
	v.quit = v.quit || v.options.exitAfter > 0 && v.frames >= v.options.exitAfter
	if v.quit {
		return nil
	}
	if path, err := v.board.asking.answered(); err != nil {
		v.complain(fmt.Errorf("the system's dialog for files failed: %w", err))
	} else if path != "" {
		v.openNew(source{name: path, file: true})
	}
	v.move(now)
	if v.idle() {
		// Nothing moves: rest until something happens. What was still under
		// way comes back meanwhile.
		v.follow(now)
		v.clock, v.wait = now, idleWait
		return nil
	}
	shown, err := v.frame(now)
	if err != nil {
		return err
	}
	if shown {
		v.frames++
		spent := v.screen.Spent()
		v.pacing.shown(spent.Waiting, spent.Handing)
		v.wait = v.background(time.Since(now).Seconds())
	} else {
		v.wait = hiddenWait
	}
	return nil
}

// How long to rest [s]: while nothing moves, and while nothing can be seen; and how long a
// frame lasts at least while somebody works in another window.
const (
	idleWait       = 0.03
	hiddenWait     = 0.02
	backgroundWait = 1.0 / 20
)

// background is how long to rest after a frame that took so long [s]: who works in another
// window, on the scene's file perhaps, wants to see the water, but needs the machine, too.
func (v *viewer) background(took float64) float64 {
	hurried := v.movie != nil || v.until > 0 || v.heading > 0 || v.pacing != nil || v.script != nil && v.frames < v.script.until
	if hurried || v.screen.Focused() {
		return 0
	}
	return max(backgroundWait-took, 0)
}

// idle tells whether the picture on the screen is still right.
func (v *viewer) idle() bool {
	if v.screen.Hidden() {
		return true
	}
	if v.script != nil && v.frames < v.script.until {
		return false
	}
	stopped := v.paused && v.single == 0 && v.until == 0
	return stopped && !v.dirty && v.grab == "" && len(v.held) == 0 && !v.panelWaits()
}

// frame simulates and draws one frame and puts it on the screen. It tells
// whether the screen took it.
func (v *viewer) frame(now time.Time) (bool, error) {
	elapsed := now.Sub(v.clock).Seconds()
	if v.clock.IsZero() {
		elapsed = 1.0 / 60
	}
	v.clock = now
	if width, height := v.screen.Size(); width < 1 || height < 1 {
		return false, nil
	}
	v.drawPanel(now)
	width, height := v.canvas()
	if v.standsStill(width, height) {
		return v.showAgain()
	}
	if err := v.stage.resize(width, height); err != nil {
		return false, err
	}
	e, err := v.device.NewEncoder("frame")
	if err != nil {
		return false, err
	}
	// A frame of a recording shows the state that has just been reached: it
	// makes no steps of its own.
	frameDue := v.movie != nil && !v.paused && v.movie.due(v.last.Time)
	v.handle()
	v.stage.renderer.Timing(v.showsPasses())
	v.run.solver.Timing(v.showsPasses())
	e.Timestamp(v.timer, 0)
	if !frameDue && !v.unseen {
		began := time.Now()
		if err := v.simulate(e, elapsed); err != nil {
			return false, err
		}
		v.pacing.recorded(began)
	}
	e.Timestamp(v.timer, 1)
	v.rideTo(v.last.Time)
	v.stage.look.cursor = v.cursor()
	v.stage.draw(e, v.stage.target, v.run, v.camera, 0)
	e.Timestamp(v.timer, 2)
	e.ResolveTimer(v.timer)
	v.copyGauges(e, now)
	if err := v.takePictures(e, frameDue); err != nil {
		v.complain(err)
	}
	v.pace.shown(now)
	v.pacing.mark(e)
	shown, err := v.screen.Present(e, v.stage.target) // submits e
	if err != nil {
		return false, err
	}
	v.finishPictures(frameDue)
	if ms := v.timer.Collect(); len(ms) == 2 && !v.paused && !frameDue {
		v.pace.measured(ms[0], ms[1])
		if q := &v.stage.look.quality; q.measured(ms[1]) {
			v.app.say("drawing takes %.1f ms: water is drawn in %s quality from now on; --quality medium or low overrides that", ms[1], q.level)
		}
		v.panelMeasured(ms[0], ms[1])
	}
	v.board.gauges.collect()
	v.dirty = v.dirty && !shown
	v.unseen = v.unseen && !shown
	if v.grip.look > 0 {
		v.grip.look--
		v.dirty = true // the answer to where the mouse points comes later
	}
	v.follow(time.Now())
	return shown, nil
}

// simulate encodes the sub-steps of this frame.
func (v *viewer) simulate(e *gpu.Encoder, elapsed float64) error {
	run := v.run.solver
	switch {
	case v.fault != "":
		return nil
	case v.until > 0:
		if err := run.SetGoal(forever, v.limit(v.until)); err != nil {
			return err
		}
		run.Encode(e, v.pace.most())
	case v.heading > 0:
		if err := run.SetGoal(v.heading, v.limit(anyStep)); err != nil {
			return err
		}
		run.Encode(e, v.pace.most())
	case v.paused && v.single > 0:
		if err := run.SetGoal(forever, v.limit(anyStep)); err != nil {
			return err
		}
		run.Encode(e, v.single)
		v.single = 0
	case v.paused:
		if run.Waiting() {
			run.Encode(e, 0)
		}
	case v.movie != nil:
		if err := run.SetGoal(v.movie.goal(), v.limit(anyStep)); err != nil {
			return err
		}
		run.Encode(e, v.pace.most())
	default:
		steps, goal := v.pace.next(elapsed, v.last)
		if err := run.SetGoal(goal, v.limit(anyStep)); err != nil {
			return err
		}
		run.Encode(e, steps)
	}
	return nil
}

// Goals that are never reached.
const (
	forever = 1e9
	anyStep = 1<<32 - 1
)

// follow takes the statistics that have come back and what they mean.
func (v *viewer) follow(now time.Time) {
	v.last = v.run.solver.Poll()
	v.perform()
	v.inputs.take(v.run.solver)
	v.meter.add(now, v.last.Time)
	if v.until > 0 && v.last.Step >= v.until {
		v.until, v.paused = 0, true
	}
	if v.heading > 0 && v.last.Time >= v.heading {
		v.heading, v.paused = 0, true
	}
	var fault *solver.Fault
	if v.last.Fault != nil && v.fault == "" && errors.As(v.last.Fault, &fault) {
		v.fault, v.paused, v.until, v.heading = fault.Error(), true, 0, 0
		v.complain(fault)
		v.app.say("press R to start again")
	}
	v.tell(now)
}

// complain prints a mistake without ending the window.
func (v *viewer) complain(err error) {
	if v.board.journal != nil {
		v.board.journal.mistake = true
		defer func() { v.board.journal.mistake = false }()
	}
	printError(v.app.err, err)
}

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fluidsim/fluidsim/scenes"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// open shows another scene. On an error the one that runs goes on.
func (v *viewer) open(src source) error {
	replay, set, own := v.replay, v.app.set, v.own
	v.dropInputs() // of the scene before
	err := v.openSource(src)
	if err != nil {
		v.replay, v.app.set, v.own = replay, set, own
	}
	return err
}

// reopen shows the open scene from its beginning, as its source is now.
func (v *viewer) reopen() error { return v.openSource(v.src) }

func (v *viewer) openSource(src source) error {
	written, text, err := src.readText()
	if err != nil {
		return err
	}
	return v.openWritten(src, written, text)
}

// openWritten shows a scene that has been read already: a pipe gives it once.
func (v *viewer) openWritten(src source, written *scene.Scene, text []byte) error {
	base, err := written.Set(v.app.set...)
	if err != nil {
		return err
	}
	run, err := v.load(src, written)
	if err != nil {
		return err
	}
	v.tilted = nil
	v.draft = newDraft(text, written, base)
	v.src = src
	v.remember(src)
	v.show(run, false)
	v.watch.close()
	v.watch = nil
	if src.file && isRegular(src.name) {
		if v.watch, err = newWatch(src.name); err != nil {
			v.app.say("%s is not watched for changes: %v", src.name, err)
		}
	}
	return nil
}

func isRegular(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// load puts a scene on the device.
func (v *viewer) load(src source, written *scene.Scene) (*session, error) {
	own, fewer, err := v.fewer(written)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", src.title(), err)
	}
	run, err := v.app.populate(v.device, written, fewer, v.runOptions())
	if err == nil {
		err = v.suits(run.scene)
		if err != nil {
			run.solver.Release()
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", src.title(), err)
	}
	if fewer > 0 {
		v.app.say("%s: %s particles instead of the scene's %s, to stay near %d frames a second on the CPU; --particles N overrides that",
			src.title(), inWords(run.set.Report.Fluid), inWords(own), softwareRate)
	} else {
		v.app.say("%s: %s particles", src.title(), inWords(run.set.Report.Fluid))
	}
	v.app.warn(src.title(), run.scene, run.set)
	return run, nil
}

// fewer is how many particles are chosen where the scene's own would be too many,
// and 0 where they are not.
func (v *viewer) fewer(written *scene.Scene) (own, fewer int, err error) {
	own, method, err := v.ownCount(written)
	if err == nil && v.app.particles == 0 && own > 0 && v.replay == nil {
		fewer = chooseCount(v.device.Info(), method, own)
	}
	return own, fewer, err
}

// ownCount is the number of particles the scene has by itself, and its solver;
// they matter only where fewer would be chosen.
func (v *viewer) ownCount(written *scene.Scene) (n int, method string, err error) {
	if !v.device.Info().Software || v.app.particles > 0 {
		return 0, "", nil
	}
	sc, err := written.Set(v.app.set...)
	if err != nil {
		return 0, "", err
	}
	n, err = seed.Count(sc)
	return n, sc.Solver.Type, err
}

// show makes a prepared scene the one on the screen.
func (v *viewer) show(run *session, keepCamera bool) {
	if v.movie != nil {
		v.stopMovie()
	}
	if v.run != nil {
		v.run.solver.Release()
	}
	v.run = run
	v.inputs = nil
	v.grip = newGrip(v.grip, run.scene)
	if err := v.stage.setScene(run.scene, v.src.beside); err != nil {
		v.complain(err)
	}
	v.pace = newPace(run.scene.Time.Speed, run.scene.Time.MaxSteps, v.device.Info().Software)
	v.meter = speedometer{}
	v.last = run.solver.Poll()
	if !keepCamera {
		v.newView()
	}
	v.fault, v.problem, v.mistakes, v.single, v.until, v.heading = "", "", "", 0, 0, 0
	v.dirty, v.unseen = true, true
	v.title = ""
	v.regauge()
}

// reload shows the new version of the open file: the fluid goes on where it can,
// and starts again where it must. A version that cannot be read changes nothing
// but the title.
func (v *viewer) reload() {
	written, text, err := v.src.readText()
	base := written
	if err == nil {
		base, err = written.Set(v.app.set...)
	}
	if err == nil {
		var taken bool
		if taken, err = v.takeOver(written); taken && err == nil {
			v.draft.reread(text, written, base, "the file")
			return
		}
	}
	var run *session
	if err == nil {
		v.dropInputs() // they were for the scene before
		run, err = v.load(v.src, written)
	}
	if err != nil {
		v.problem, v.mistakes = firstLine(err.Error()), err.Error()
		v.title = ""
		v.complain(err)
		v.app.say("the scene before this save goes on")
		return
	}
	before := v.run.scene
	changes := changesOf(before, run.scene, written)
	v.draft.reread(text, written, base, "the file")
	v.show(run, keepsCamera(before, run.scene))
	v.keepTilt(before)
	v.app.say("reloaded %s: started again (%s)", v.src.title(), changesInWords(changes))
}

// takeOver lets the running fluid go on with the new version of its scene. It is
// false where the fluid has to start again.
func (v *viewer) takeOver(written *scene.Scene) (bool, error) {
	if v.fault != "" {
		return false, nil // what went wrong is to be tried again
	}
	_, fewer, err := v.fewer(written)
	if err != nil {
		return false, fmt.Errorf("%s: %w", v.src.title(), err)
	}
	sc, err := v.app.adjust(written, fewer)
	if err != nil {
		return false, fmt.Errorf("%s: %w", v.src.title(), err)
	}
	before := v.run.scene
	tilted := v.tilted
	if sc.Gravity != before.Gravity {
		tilted = nil // who writes a gravity wants that one
	}
	v.interfering(before, sc)
	var restart *solver.RestartError
	err = v.run.solver.Change(withGravity(sc, tilted))
	if errors.As(err, &restart) {
		return false, nil
	}
	if err != nil {
		return true, err
	}
	changes := changesOf(before, sc, written)
	v.run.scene, v.tilted = sc, tilted
	v.follows(before)
	v.app.warn(v.src.title(), sc, v.run.set)
	if len(changes) == 0 {
		v.app.say("reloaded %s: nothing has changed; R starts again", v.src.title())
	} else {
		v.app.say("reloaded %s: the fluid goes on (%s)", v.src.title(), changesInWords(changes))
	}
	return true, nil
}

// follows lets what is shown follow the scene, which was another before; what the
// keys have chosen stays where the file has not changed it.
func (v *viewer) follows(before *scene.Scene) {
	sc := v.run.scene
	if !keepsCamera(before, sc) {
		v.newView()
	}
	by, style, quality, data := v.stage.look.by, v.stage.look.style, v.stage.look.quality, v.stage.look.data
	if err := v.stage.setScene(sc, v.src.beside); err != nil {
		v.complain(err)
	}
	if sc.Colors.By == before.Colors.By {
		v.stage.look.by = by
	}
	if sc.View.Style == before.View.Style {
		v.stage.look.style = style
	}
	if sc.View.Quality == before.View.Quality {
		v.stage.look.quality = quality
	}
	if sc.Data == before.Data {
		v.stage.look.data = data
	}
	if sc.Time.Speed != before.Time.Speed || sc.Time.MaxSteps != before.Time.MaxSteps {
		v.pace = newPace(sc.Time.Speed, sc.Time.MaxSteps, v.device.Info().Software)
		v.meter = speedometer{}
	}
	v.problem, v.mistakes, v.title, v.dirty = "", "", "", true
	if !slices.Equal(sc.Probes, before.Probes) {
		v.regauge()
	}
}

// keepsCamera tells whether the camera may stay where it was put.
func keepsCamera(before, now *scene.Scene) bool {
	return before.Camera == now.Camera && slices.Equal(before.CameraKeys, now.CameraKeys) && (!now.Camera.Auto || sameBox(before, now))
}

// changesOf are the values in which a scene differs from the one before. A spacing
// that only follows from the number of particles asked for, whatever is written, is
// none that its author has changed.
func changesOf(before, now, written *scene.Scene) []scene.Change {
	changes := before.Changes(now)
	if now.Fluid.Spacing != written.Fluid.Spacing {
		changes = slices.DeleteFunc(changes, func(c scene.Change) bool { return c.Key == "fluid.spacing" })
	}
	return changes
}

// changesInWords are changes for a line of text, the first few of them.
func changesInWords(changes []scene.Change) string {
	const most = 4
	var paths []string
	for i, c := range changes {
		if i == most {
			paths = append(paths, fmt.Sprintf("%d more", len(changes)-most))
			break
		}
		paths = append(paths, c.Path)
	}
	if len(paths) == 0 {
		return "nothing has changed"
	}
	return strings.Join(paths, ", ")
}

func sameBox(a, b *scene.Scene) bool {
	return a.Domain.Min == b.Domain.Min && a.Domain.Max == b.Domain.Max
}

// reset starts the scene again from its beginning.
func (v *viewer) reset() {
	if err := v.rewind(); err != nil {
		v.complain(err)
		return
	}
	if err := v.run.solver.Reset(); err != nil {
		v.complain(err)
		return
	}
	v.inputs, v.grip = nil, newGrip(v.grip, v.run.scene)
	v.run.began = v.run.solver.Scene()
	v.fault, v.single, v.until, v.heading = "", 0, 0, 0
	v.last = v.run.solver.Poll()
	v.pace.restart()
	v.meter = speedometer{}
	v.dirty = true
	v.title = ""
	if v.movie != nil {
		v.movie.restart(0)
	}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// leaf goes on to another built-in scene.
func (v *viewer) leaf(by int) {
	names := scenes.Names()
	at := slices.Index(names, v.src.name)
	if v.src.file || at < 0 {
		at = -1
		if by < 0 {
			at = 0
		}
	}
	next := source{name: names[(at+by+len(names))%len(names)]}
	if err := v.open(next); err != nil {
		v.complain(err)
	}
}

// drop opens a file that was dropped on the window.
func (v *viewer) drop(paths []string) {
	for _, path := range paths {
		if isInputs(path) {
			v.openNew(source{name: path, file: true})
			return
		}
		if strings.EqualFold(filepath.Ext(path), ".toml") && (isRegular(path) || !exists(path)) {
			v.openNew(source{name: path, file: true})
			return
		}
	}
	if len(paths) > 0 {
		v.complain(fmt.Errorf("%s is not a scene: scenes are .toml files, and what hands have done is in "+inputsEnding+" files", filepath.Base(paths[0])))
	}
}

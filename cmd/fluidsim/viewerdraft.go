package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/seed"
	"github.com/fluidsim/fluidsim/sim/solver"
	"github.com/fluidsim/fluidsim/sim/whole"
)

// change gives values of the open scene another value, live where that can be and
// from the beginning where it must. done ends a change that has been going on.
func (v *viewer) change(what string, done bool, assignments ...string) {
	next, err := v.draft.now.Set(assignments...)
	if err != nil {
		v.complain(plainer(err))
		return
	}
	if next.Gravity != v.draft.now.Gravity {
		v.tilted = nil // who sets a gravity wants that one
	}
	if err := v.become(next); err != nil {
		v.complain(err)
		return
	}
	v.draft.changed(next, what, done)
}

// plainer takes the words of the command line out of a mistake that was made with
// the mouse.
func plainer(err error) error {
	var e *scene.Error
	if !errors.As(err, &e) {
		return err
	}
	text := e.Message
	if e.Hint != "" {
		text += " (" + e.Hint + ")"
	}
	return errors.New(text)
}

// become shows the scene as it is after a change.
func (v *viewer) become(next *scene.Scene) error {
	before := v.run.scene
	sc, live, err := v.fitted(next)
	if err != nil {
		return err
	}
	v.interfering(before, sc)
	problem, mistakes := v.problem, v.mistakes // the file has them as before
	defer func() { v.problem, v.mistakes = problem, mistakes }()
	if live && v.fault == "" {
		err := v.run.solver.Change(withGravity(sc, v.tilted))
		var restart *solver.RestartError
		if err == nil {
			v.run.scene = sc
			v.follows(before)
			return nil
		} else if !errors.As(err, &restart) {
			return err
		}
	}
	v.dropInputs() // they are those of another scene now
	run, err := v.app.begin(v.device, sc, v.runOptions())
	if err != nil {
		return err
	}
	paused := v.paused
	by := v.stage.look
	v.show(run, keepsCamera(before, sc))
	if sc.Colors.By == before.Colors.By {
		v.stage.look.by = by.by
	}
	v.paused = paused
	v.keepTilt(before)
	v.app.warn(v.src.title(), sc, run.set)
	return nil
}

// fitted is a changed scene with the spacing that it runs with, which may be wider
// than it says where there would be too many particles. live tells whether nothing
// has changed that needs other particles.
func (v *viewer) fitted(next *scene.Scene) (sc *scene.Scene, live bool, err error) {
	live = !slices.ContainsFunc(v.draft.now.Changes(next), func(c scene.Change) bool { return !solver.Live(c.Key) })
	chosen := next.Fluid.Spacing != v.draft.base.Fluid.Spacing // by hand: that one is meant
	switch {
	case chosen:
		return next, live, nil
	case live && v.run.scene.Fluid.Spacing != next.Fluid.Spacing:
		sc, err = next.WithSpacing(v.run.scene.Fluid.Spacing)
		return sc, live, err
	}
	want := int(v.app.particles)
	if want == 0 && v.device.Info().Software {
		own, err := seed.Count(next)
		if err != nil {
			return nil, live, err
		}
		want = chooseCount(v.device.Info(), next.Solver.Type, own)
	}
	sc, err = fitCount(next, want)
	return sc, live, err
}

// undo takes the last change back.
func (v *viewer) undo() {
	t, ok := v.draft.back()
	if !ok {
		v.app.say("there is nothing to undo")
		return
	}
	v.tilted = nil
	if err := v.become(t.scene); err != nil {
		v.complain(err)
		return
	}
	v.draft.wentBack()
	v.app.say("undone: %s", t.what)
}

// redo makes the change again that was undone last.
func (v *viewer) redo() {
	t, ok := v.draft.forth()
	if !ok {
		v.app.say("there is nothing to redo")
		return
	}
	v.tilted = nil
	if err := v.become(t.scene); err != nil {
		v.complain(err)
		return
	}
	v.draft.wentForth()
	v.app.say("done again: %s", t.what)
}

// wanted is the scene as it would be saved: with what was changed, gravity as it is
// tilted, and the number of particles that the user has asked for, but not with the
// smaller one that a slow machine was given.
func (v *viewer) wanted() (*scene.Scene, error) {
	v.draft.release()
	sc := v.draft.now
	if v.app.particles > 0 && v.run.scene.Fluid.Spacing != sc.Fluid.Spacing {
		var err error
		if sc, err = sc.WithSpacing(v.run.scene.Fluid.Spacing); err != nil {
			return nil, err
		}
	}
	if v.tilted == nil {
		return sc, nil
	}
	g := v.tilted[:]
	if sc.Plane() {
		g = g[:2]
	}
	return sc.Set("gravity=" + scene.Format(g))
}

// save writes the scene into a file, or into its own when none is named. A scene
// that is built in gets a new file in the folder that the program was started in,
// and goes on as that.
func (v *viewer) save(path string) {
	if err := v.saveTo(path); err != nil {
		v.complain(fmt.Errorf("not saved: %w", err))
	}
}

func (v *viewer) saveTo(path string) error {
	own := path == ""
	if own {
		path = v.src.name
		if !v.src.file {
			path = freeName(filepath.Base(v.src.name), ".toml")
		} else if !isRegular(path) {
			return fmt.Errorf("%s is no file that can be written; save it under another name", path)
		}
	}
	if !strings.EqualFold(filepath.Ext(path), ".toml") {
		path += ".toml"
	}
	if same := v.src.file && sameFile(path, v.src.name); exists(path) && !same {
		return fmt.Errorf("%s is there already; give the scene a name of its own", path)
	}
	sc, err := v.wanted()
	if err != nil {
		return err
	}
	text, kept, err := scene.Edit(v.draft.text, sc)
	if err != nil {
		return err
	}
	if err := whole.Write(path, func(w io.Writer) error { _, err := w.Write(text); return err }); err != nil {
		return err
	}
	v.app.say("saved %s", path)
	if !kept {
		v.app.say("the text had to be written anew: its comments below the first lines are gone")
	}
	if v.run.scene.Fluid.Spacing != sc.Fluid.Spacing && v.draft.now.Fluid.Spacing == sc.Fluid.Spacing {
		v.app.say("with the scene's own spacing of %.4g m, not the %.4g m that this machine shows", sc.Fluid.Spacing, v.run.scene.Fluid.Spacing)
	}
	return v.saved(path, text)
}

// saved goes on with what has just been written as the open file.
func (v *viewer) saved(path string, text []byte) error {
	file, err := scene.Parse(path, text)
	if err != nil {
		return err
	}
	v.draft.text, v.draft.file = text, file
	v.draft.now, v.draft.base = file, file // equal in every value
	v.problem, v.mistakes, v.title = "", "", ""
	if v.src.file && sameFile(path, v.src.name) {
		v.watch.seen()
		return nil
	}
	v.watch.close()
	v.src = source{name: path, file: true}
	v.watch, err = newWatch(path)
	return err
}

// freeName is a name in the current folder that is not taken.
func freeName(base, ending string) string {
	name := base + ending
	for k := 2; ; k++ {
		if _, err := os.Lstat(name); err != nil {
			return name
		}
		name = fmt.Sprintf("%s-%d%s", base, k, ending)
	}
}

// colourBy chooses the quantity that colours the water, also where the scene has
// it already and a key has chosen another.
func (v *viewer) colourBy(name string) {
	v.change("Colour by", true, "colors.by="+scene.Format(name))
	if by, known := pass.FieldNamed(name); known {
		v.stage.look.by, v.dirty, v.title = by, true, ""
	}
}

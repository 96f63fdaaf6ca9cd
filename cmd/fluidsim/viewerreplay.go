package main

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// takeInputs lets the next scene that is opened run with what hands have done to it
// before, from a file; the spacing is the one that it had then.
func (v *viewer) takeInputs(path string) error {
	r, err := readInputs(path)
	if err != nil {
		return err
	}
	v.dropInputs()
	v.own = v.app.set
	r.fit(v.app)
	v.replay = r
	return nil
}

// dropInputs ends a replay for good.
func (v *viewer) dropInputs() {
	if v.replay != nil {
		v.app.set, v.own, v.replay = v.own, nil, nil
	}
}

// openInputs does to the open scene from its beginning what hands have done to it.
func (v *viewer) openInputs(path string) error {
	if err := v.takeInputs(path); err != nil {
		return err
	}
	err := v.reopen()
	if err != nil {
		name := v.replay.head.Name
		v.dropInputs()
		return fmt.Errorf("%w; these inputs belong to the scene %q: open that first, as it was", err, name)
	}
	v.app.say("%s: what hands have done, from the beginning", path)
	return nil
}

// isInputs tells whether a file is one of inputs by its name.
func isInputs(path string) bool { return strings.HasSuffix(strings.ToLower(path), inputsEnding) }

// perform gives the run what comes after the step that it has reached.
func (v *viewer) perform() {
	r, run := v.replay, v.run.solver
	if r.next() > v.last.Step || v.fault != "" {
		return
	}
	err := r.apply(run, v.last.Step)
	if err != nil {
		r.left = true
		v.complain(fmt.Errorf("the replay ends here: %w", err))
	}
	if now := run.Scene(); now != v.run.scene && err == nil {
		before := v.run.scene
		v.run.scene = now
		v.follows(before)
	}
	switch {
	case r.same:
		v.app.say("replayed: the same state as then, to the last bit; R replays it again")
	case r.other:
		v.complain(errors.New("replayed to another state than it had then: another GPU, driver or version of fluidsim"))
	}
	v.dirty = true
}

// interfere ends a replay in favour of who does something now.
func (v *viewer) interfere() {
	if v.replay.next() == math.MaxUint64 {
		return
	}
	v.replay.left = true
	v.app.say("the replay ends at step %d: from here on it is yours; R replays it from the beginning", v.last.Step)
}

// interfering ends a replay when a changed scene is not only shown in another way.
func (v *viewer) interfering(before, now *scene.Scene) {
	if otherwise(before, now) {
		v.interfere()
	}
}

// otherwise tells whether two scenes run in different ways, not only look so.
func otherwise(a, b *scene.Scene) bool {
	return slices.ContainsFunc(a.Changes(b), func(c scene.Change) bool { return !solver.Shown(c.Key) })
}

// rewind prepares a run that starts again for its inputs: they changed the scene, too.
func (v *viewer) rewind() error {
	if v.replay == nil {
		return nil
	}
	v.replay.again()
	if !otherwise(v.run.opened, v.run.solver.Scene()) {
		return nil
	}
	before := v.run.scene
	if err := v.run.solver.Change(v.run.opened); err != nil {
		return err
	}
	v.run.scene, v.tilted = v.run.opened, nil
	v.follows(before)
	return nil
}

// runOptions are what a run in the window needs: hands, with the room that a replay had, and the times of its passes.
func (v *viewer) runOptions() solver.Options {
	o := handsIn(v.device)
	if v.replay != nil {
		o = v.replay.options()
	}
	o.Timestamps = v.board.panel != nil // where its statistics are open
	return o
}

// limit is the step up to which the run may go before something is to be done to it.
func (v *viewer) limit(most uint64) uint64 { return min(most, v.replay.next()) }

// suits tells what is different in a scene from that of the replay.
func (v *viewer) suits(sc *scene.Scene) error { return v.replay.check(sc) }

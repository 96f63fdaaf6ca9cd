package main

import (
	"github.com/fluidsim/fluidsim/sim/scene"
)

// draft is the open scene as its user has changed it. Scenes are values, so that
// what can be undone is simply the scenes before.
type draft struct {
	text []byte       // of the source, as it was read or saved last
	file *scene.Scene // as the text says
	base *scene.Scene // with what the command line sets
	now  *scene.Scene // with what was changed since

	undo, redo []edit
	held       *edit // where a change began that still goes on, as of a slider that is held
}

// edit is a scene to go back to, and what was changed after it.
type edit struct {
	scene *scene.Scene
	what  string
}

// mostTurns bounds what can be undone.
const mostTurns = 500

func newDraft(text []byte, file, base *scene.Scene) draft {
	return draft{text: text, file: file, base: base, now: base}
}

// reread takes another version of the text; going back to the one before is a
// matter of undo.
func (d *draft) reread(text []byte, file, base *scene.Scene, what string) {
	if d.now != nil && d.now.Hash() != base.Hash() {
		d.push(edit{d.now, what})
	}
	d.text, d.file, d.base, d.now, d.held = text, file, base, base, nil
}

// changed takes the next scene. A change that goes on is one edit from where it
// began to where it is done.
func (d *draft) changed(next *scene.Scene, what string, done bool) {
	if d.held != nil && d.held.what != what {
		d.release()
	}
	if d.held == nil {
		d.held = &edit{d.now, what}
	}
	d.now = next
	if done {
		d.release()
	}
}

// release ends the change that goes on.
func (d *draft) release() {
	if d.held != nil && d.held.scene.Hash() != d.now.Hash() {
		d.push(*d.held)
	}
	d.held = nil
}

func (d *draft) push(t edit) {
	d.undo, d.redo = append(d.undo, t), nil
	if len(d.undo) > mostTurns {
		d.undo = d.undo[1:]
	}
}

// back is the scene before the last change; taken makes it the one that is.
func (d *draft) back() (t edit, ok bool) {
	d.release()
	if len(d.undo) == 0 {
		return edit{}, false
	}
	return d.undo[len(d.undo)-1], true
}

// forth is the scene that was undone last.
func (d *draft) forth() (t edit, ok bool) {
	d.release()
	if len(d.redo) == 0 {
		return edit{}, false
	}
	return d.redo[len(d.redo)-1], true
}

func (d *draft) wentBack() {
	t := d.undo[len(d.undo)-1]
	d.undo = d.undo[:len(d.undo)-1]
	d.redo = append(d.redo, edit{d.now, t.what})
	d.now = t.scene
}

func (d *draft) wentForth() {
	t := d.redo[len(d.redo)-1]
	d.redo = d.redo[:len(d.redo)-1]
	d.undo = append(d.undo, edit{d.now, t.what})
	d.now = t.scene
}

// lastOf is what the newest edit of a list changed, for a hint; "" for none.
func lastOf(edits []edit) string {
	if len(edits) == 0 {
		return ""
	}
	return edits[len(edits)-1].what
}

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fluidsim/fluidsim/sim/scene"
	"github.com/fluidsim/fluidsim/sim/solver"
)

// A file of inputs is what hands have done to a scene, as JSON, a line each: first the head, then the inputs in
// their order, last the end. The scene is in it, so that it can be told what is different now.

// inputsFormat is raised when an older program would replay a file wrongly.
const inputsFormat = 1

type inputsHead struct {
	Format int    `json:"fluidsim_inputs"`
	Name   string `json:"scene"`
	Room   int    `json:"room"` // particles that could be added
	TOML   string `json:"toml"`
}

type inputLine struct {
	After uint64            `json:"after"` // steps before it
	Hand  *solver.Hand      `json:"hand,omitempty"`
	Gift  *scene.FluidShape `json:"gift,omitempty"`
	Move  *solver.Move      `json:"move,omitempty"`
	Set   []string          `json:"set,omitempty"`
	Hash  string            `json:"hash,omitempty"` // the end: of the state then
}

// encodeInputs writes a file of inputs that ends after so many steps in a state with this hash.
func encodeInputs(w io.Writer, sc *scene.Scene, room int, inputs []solver.Input, steps uint64, hash string) error {
	e := json.NewEncoder(w)
	err := e.Encode(inputsHead{inputsFormat, sc.Name, room, string(sc.TOML())})
	for _, in := range inputs {
		err = errors.Join(err, e.Encode(inputLine{After: in.Step, Hand: in.Hand, Gift: in.Gift, Move: in.Move, Set: in.Set}))
	}
	return errors.Join(err, e.Encode(inputLine{After: steps, Hash: hash}))
}

// replay gives the inputs of a file back to a run.
type replay struct {
	path  string
	head  inputsHead
	scene *scene.Scene // as it was
	lines []inputLine
	at    int
	left  bool // somebody else has taken over: nothing more is given
	same  bool // the end has been reached, in the same state
	other bool // or in another
}

// readInputs reads a file of inputs whole.
func readInputs(path string) (*replay, error) {
	text, err := readBounded(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the inputs %s: %w", path, err)
	}
	r := &replay{path: path}
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, len(text)+1)
	last := uint64(0)
	for n := 1; lines.Scan(); n++ {
		fail := func(format string, args ...any) error {
			return fmt.Errorf("%s:%d: %s", path, n, fmt.Sprintf(format, args...))
		}
		d := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		if n == 1 {
			if d.Decode(&r.head) != nil || r.head.Format == 0 {
				return nil, fail("not a file of inputs; the window writes one when you press O")
			}
			if r.head.Format > inputsFormat {
				return nil, fail("written by a newer fluidsim (format %d, this one reads %d)", r.head.Format, inputsFormat)
			}
			if r.scene, err = scene.Parse(r.head.Name, []byte(r.head.TOML)); err != nil {
				return nil, fail("the scene in it cannot be read: %v", err)
			}
			continue
		}
		d.DisallowUnknownFields()
		var line inputLine
		if err := d.Decode(&line); err != nil {
			return nil, fail("not an input: %v", err)
		}
		if line.After < last || line.After > anyStep {
			return nil, fail("an input after step %d cannot follow one after step %d", line.After, last)
		}
		last = line.After
		r.lines = append(r.lines, line)
	}
	if r.scene == nil {
		return nil, fmt.Errorf("%s is empty: not a file of inputs", path)
	}
	return r, nil
}

// fit lets a scene have the spacing that it had, unless the user wants another.
func (r *replay) fit(a *app) {
	if r == nil || a.particles > 0 {
		return
	}
	spacing := fmt.Sprintf("fluid.spacing=%v", r.scene.Fluid.Spacing)
	a.set = append([]string{spacing}, a.set...)
}

// options are what a run needs to be given the inputs.
func (r *replay) options() solver.Options {
	if r == nil {
		return solver.Options{}
	}
	return solver.Options{Hands: true, Room: r.head.Room}
}

// check tells what is different now.
func (r *replay) check(now *scene.Scene) error {
	if r == nil {
		return nil
	}
	var paths []string
	for _, c := range r.scene.Changes(now) {
		if !solver.Shown(c.Key) {
			paths = append(paths, c.Path)
		}
	}
	if len(paths) == 0 {
		return nil
	}
	return fmt.Errorf("the inputs of %s were made in another version of the scene: %s differs", r.path, strings.Join(paths, ", "))
}

// next is the step after which the next input comes.
func (r *replay) next() uint64 {
	if r == nil || r.left || r.at >= len(r.lines) {
		return math.MaxUint64
	}
	return r.lines[r.at].After
}

// end is the number of steps at which the inputs were saved; 0: unknown.
func (r *replay) end() uint64 {
	if r == nil || len(r.lines) == 0 {
		return 0
	}
	return r.lines[len(r.lines)-1].After
}

// apply does what comes after the step that the run has reached.
func (r *replay) apply(run *solver.Solver, step uint64) error {
	for r.next() <= step {
		line := r.lines[r.at]
		r.at++
		if err := r.one(run, line); err != nil {
			return fmt.Errorf("%s:%d: %w", r.path, r.at+1, err)
		}
	}
	return nil
}

func (r *replay) one(run *solver.Solver, line inputLine) error {
	var err error
	switch {
	case line.Hash != "":
		hash, err := run.Hash()
		r.same, r.other = hash == line.Hash, hash != line.Hash
		return err
	case line.Hand != nil:
		err = run.Touch(*line.Hand)
	case line.Gift != nil:
		_, err = run.Give(*line.Gift)
	case line.Move != nil:
		err = run.MoveBody(*line.Move)
	case len(line.Set) > 0:
		var sc *scene.Scene
		if sc, err = run.Scene().Set(line.Set...); err == nil {
			err = run.Change(sc)
		}
	}
	if err != nil {
		return err
	}
	return run.Flush()
}

// again begins anew.
func (r *replay) again() {
	if r != nil {
		r.at, r.left, r.same, r.other = 0, false, false, false
	}
}

// tell says how a replay ended.
func (r *replay) tell(a *app) {
	switch {
	case r == nil:
	case r.same:
		fmt.Fprintf(a.out, "replayed %s: the same state as then, to the last bit\n", r.path)
	case r.other:
		a.say("warning: %s was replayed to another state than it had then: another GPU, driver or version of fluidsim", r.path)
	case r.at < len(r.lines):
		a.say("%d of the %d inputs of %s come later than the end", len(r.lines)-r.at, len(r.lines), r.path)
	}
}

// advance runs until simulated time is at least t or the limit of steps is reached, and gives the run what hands
// have done to it on the way.
func (s *session) advance(t float64, limit uint64, stop *interrupt) (solver.Stats, error) {
	for {
		last, err := advance(s.solver, t, min(limit, s.inputs.next()), stop)
		if err != nil || last.Step < s.inputs.next() || stop.asked() {
			return last, err
		}
		if err := s.inputs.apply(s.solver, last.Step); err != nil {
			return last, err
		}
		if last.Time >= t || last.Step >= limit {
			return s.solver.Poll(), nil
		}
	}
}

func (a *app) inputsFlag(c *cobra.Command) {
	c.Flags().StringVar(&a.inputs, "inputs", "", "do again what hands have done in the window, from a `FILE` that O has written")
}

package scene

import (
	"cmp"
	"fmt"
	"slices"
)

// report collects what is wrong while a scene is decoded and checked, each with
// the path of the key that it is about.
type report struct {
	problems []problem
	// meant are the paths that unknown keys were probably meant to be: that those
	// are missing is no news.
	meant map[string]bool
}

type problem struct {
	path          string // "fluid.shape.0.radius"
	onKey         bool   // the key itself is wrong, not its value
	message, hint string
}

// maxProblems ends the collecting: nobody reads more.
const maxProblems = 100

func (r *report) fail(path, hint, format string, args ...any) {
	if len(r.problems) < maxProblems {
		r.problems = append(r.problems, problem{path: path, hint: hint, message: fmt.Sprintf(format, args...)})
	}
}

func (r *report) failKey(path, hint, format string, args ...any) {
	r.fail(path, hint, format, args...)
	r.problems[len(r.problems)-1].onKey = true
}

func (r *report) mean(path string) {
	if r.meant == nil {
		r.meant = map[string]bool{}
	}
	r.meant[path] = true
}

func (r *report) failed() bool { return len(r.problems) > 0 }

// inFile is the error for all problems, each at its place in the text.
func (r *report) inFile(file, text string) error {
	if !r.failed() {
		return nil
	}
	places := locate(text)
	var all []*Error
	for _, p := range r.problems {
		e := &Error{File: file, Message: p.message, Hint: p.hint}
		e.at(text, places.find(p.path, p.onKey))
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(a, b *Error) int {
		return cmp.Or(a.Line-b.Line, a.Col-b.Col)
	})
	all[0].More = all[1:]
	return all[0]
}

// short is a text of the user's for a message: of one line, harmless to a
// terminal, and cut where it says nothing more.
func short(s string) string {
	const most = 120
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return printable(s)
}

// quote shows a text of the user's in a message: in quotes, short, harmless.
func quote(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return `"` + printable(s) + `"`
}

package scene

import (
	"fmt"
	"strings"
)

// Error is something wrong with a scene, told for people: where, what, and what
// to do about it.
type Error struct {
	File string
	// Line and Col count from 1, Col in characters; both are 0 when the error is
	// about the file as a whole.
	Line, Col int
	// Assignment is "fluid.spacing=-1" when the value came from Set and not from
	// the file.
	Assignment string
	Message    string
	// Excerpt is the line of the file and a line with carets below the fault.
	Excerpt string
	Hint    string
	// More are the other errors found at the same time, in the order of the file.
	More []*Error

	cause error
}

// maxShown is how many errors Error tells: the first ones are the causes, the
// rest is often their consequence.
const maxShown = 8

// Error tells this error and the others found with it.
func (e *Error) Error() string {
	var b strings.Builder
	e.write(&b)
	for i, other := range e.More {
		if i == maxShown-1 {
			fmt.Fprintf(&b, "\nand %d more", len(e.More)-i)
			break
		}
		b.WriteString("\n")
		other.write(&b)
	}
	return b.String()
}

// Unwrap is the error of the operating system behind an unreadable file.
func (e *Error) Unwrap() error { return e.cause }

// Where is the place: "dam.toml:12:9", "dam.toml" or "--set key=value".
func (e *Error) Where() string {
	switch {
	case e.Assignment != "":
		return e.Assignment
	case e.Line > 0:
		return fmt.Sprintf("%s:%d:%d", printable(e.File), e.Line, e.Col)
	}
	return printable(e.File)
}

func (e *Error) write(b *strings.Builder) {
	fmt.Fprintf(b, "%s: %s", e.Where(), e.Message)
	if e.Excerpt != "" {
		b.WriteString("\n" + e.Excerpt)
	}
	if e.Hint != "" {
		b.WriteString("\n  hint: " + e.Hint)
	}
}

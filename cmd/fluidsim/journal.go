package main

import (
	"io"
	"strings"

	"github.com/fluidsim/fluidsim/render/ui"
)

// journal keeps what the program has said, for the panel, and passes it on.
type journal struct {
	io.Writer
	lines   []ui.Line
	rest    string // of a line that has not ended
	mistake bool   // what is said now is one
	fresh   bool   // something was said that nobody has seen
}

// mostLines bounds what is kept.
const mostLines = 400

func (j *journal) Write(p []byte) (int, error) {
	j.fresh = true
	text := j.rest + string(p)
	for {
		line, rest, whole := strings.Cut(text, "\n")
		if !whole {
			j.rest = line
			break
		}
		text = rest
		j.lines = append(j.lines, ui.Line{Text: line, Error: j.mistake})
	}
	if extra := len(j.lines) - mostLines; extra > 0 {
		j.lines = append(j.lines[:0], j.lines[extra:]...)
	}
	return j.Writer.Write(p)
}

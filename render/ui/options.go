package ui

import "errors"

// ErrNone is the error of New where there is no panel.
var ErrNone = errors.New("this build of fluidsim has no panel")

// Clipboard is the system's.
type Clipboard interface {
	Clipboard() string
	SetClipboard(string)
}

// Options of New.
type Options struct {
	Layout    Layout
	Clipboard Clipboard // nil: one of the panel's own
	// Track keeps where each control was drawn, for tests.
	Track bool
	// Still stops what moves by itself, as a text cursor does, for pictures that are compared.
	Still bool
}

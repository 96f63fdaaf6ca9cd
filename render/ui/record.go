//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import "strconv"

// drawRecord starts and ends recordings.
func (p *Panel) drawRecord() {
	if !p.section("record", "Recording", false) {
		return
	}
	r := p.m.Record
	if r.Running {
		if p.strong("record button", "Stop recording", room(), "Ends it and closes the file (V)") {
			p.act("record")
		}
		p.wrapped(strconv.Itoa(r.Frames)+" frames in "+r.Path, p.colours.quiet)
		p.sectionEnd()
		return
	}
	for _, c := range r.Formats {
		p.choice(c)
	}
	if p.button("record button", "Start recording", room(), "Frame after frame of simulated time, without the panel, however slow it is to compute (V)") {
		p.act("record")
	}
	if r.Path != "" {
		p.wrapped("The last one: "+r.Path, p.colours.quiet)
	}
	p.sectionEnd()
}

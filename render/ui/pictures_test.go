//go:build !nopanel && cgo && ((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"testing"

	"github.com/fluidsim/fluidsim/render/pass"
)

var (
	darkScene  = pass.Colour{0.07, 0.09, 0.12}
	lightScene = pass.Colour{0.9, 0.92, 0.94}
)

// The panel at the sizes, scales and themes that people have; for looking at.
func TestPictures(t *testing.T) {
	for _, c := range []struct {
		name          string
		width, height int
		scale         float64
		theme         string
		section       string
	}{
		{"large-dark", 1280, 800, 1, "dark", ""},
		{"large-light", 1280, 800, 1, "light", ""},
		{"small", 800, 600, 1, "dark", "stats"},
		{"double", 1600, 1200, 2, "dark", "group:solver"},
		{"tiny", 480, 320, 1, "dark", "view"},
		{"help-small", 560, 360, 1, "dark", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			layout := DefaultLayout()
			layout.Theme = c.theme
			r := newRig(t, c.width, c.height, c.scale, layout)
			if c.section != "" {
				r.only(c.section)
			}
			if c.section == "" {
				r.panel.ToggleHelp()
				r.model.Keys = append(r.model.Keys, r.model.Keys...)
				r.model.Keys = append(r.model.Keys, [2]string{"I J K L", "tilt gravity: away from the camera, left, towards it, right, and back again"})
				r.save("help-"+c.name, map[string]pass.Colour{"dark": darkScene, "light": lightScene}[c.theme])
				r.panel.ToggleHelp()
			}
			r.save(c.name, map[string]pass.Colour{"dark": darkScene, "light": lightScene}[c.theme])
		})
	}
}

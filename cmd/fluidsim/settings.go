package main

import (
	"io"
	"os"
	"path/filepath"

	"github.com/adrg/xdg"

	"github.com/fluidsim/fluidsim/render/ui"
	"github.com/fluidsim/fluidsim/sim/whole"
)

// configVariable names a folder to use instead of the user's own for settings.
const configVariable = "FLUIDSIM_CONFIG"

// settingsFile is where something is remembered.
func settingsFile(name string) string {
	if folder := os.Getenv(configVariable); folder != "" {
		return filepath.Join(folder, name)
	}
	return filepath.Join(xdg.ConfigHome, "fluidsim", name)
}

// layoutPath is where the panel's layout is remembered.
func layoutPath() string { return settingsFile("panel.json") }

// saveSetting writes a file of settings: all of it, or what was there stays.
func saveSetting(path string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return whole.Write(path, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// loadLayout is what was remembered, or the default.
func loadLayout() ui.Layout {
	text, err := os.ReadFile(layoutPath())
	if err != nil {
		return ui.DefaultLayout()
	}
	return ui.ParseLayout(text)
}

// saveLayout remembers a layout.
func saveLayout(l ui.Layout) error { return saveSetting(layoutPath(), l.Text()) }

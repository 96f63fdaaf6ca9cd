//go:build nopanel || !cgo || !((linux && amd64) || (windows && amd64) || darwin)

package ui

import (
	"github.com/fluidsim/fluidsim/render/pass"
	"github.com/fluidsim/fluidsim/render/surface"
)

// Available tells whether this program has a panel.
const Available = false

// Panel is nothing here: this build has no panel. All its methods may be called.
type Panel struct{}

// New says that there is no panel.
func New(*pass.Overlay, Options) (*Panel, error) { return nil, ErrNone }

func (*Panel) Handle(surface.Event) bool                        { return false }
func (*Panel) Frame(int, int, float64, float64, *Model) []Event { return nil }
func (*Panel) Margins(int, int, float64) (right, bottom int)    { return 0, 0 }
func (*Panel) Layout() Layout                                   { return DefaultLayout() }
func (*Panel) Toggle()                                          {}
func (*Panel) ToggleHelp() bool                                 { return false }
func (*Panel) AskForFile()                                      {}
func (*Panel) Shown() bool                                      { return false }
func (*Panel) Writing() bool                                    { return false }
func (*Panel) Busy() bool                                       { return false }
func (*Panel) Close() bool                                      { return false }
func (*Panel) Pointer() surface.Pointer                         { return surface.Arrow }
func (*Panel) Place(string) (x, y float64, ok bool)             { return 0, 0, false }
func (*Panel) Err() error                                       { return nil }
func (*Panel) Release()                                         {}

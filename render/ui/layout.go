package ui

import (
	"encoding/json"
	"math"
)

// Layout is what the panel remembers for its user.
type Layout struct {
	Hidden bool            `json:"hidden"`
	Width  float64         `json:"width"` // of the column, before the monitor's scale [pixels]
	Theme  string          `json:"theme"` // dark, light
	Open   map[string]bool `json:"open"`  // sections that were opened or closed
}

// Themes are the names of the colour schemes, the default first.
var Themes = []string{"dark", "light"}

// Widths of the column, before the monitor's scale [pixels].
const (
	usualWidth = 340
	leastWidth = 250
	mostWidth  = 900
)

// DefaultLayout is that of a new user.
func DefaultLayout() Layout {
	return Layout{Width: usualWidth, Theme: Themes[0], Open: map[string]bool{}}
}

// ParseLayout reads what Text wrote. What cannot be understood is the default: a
// layout is not worth a message.
func ParseLayout(text []byte) Layout {
	l := DefaultLayout()
	if json.Unmarshal(text, &l) != nil {
		return DefaultLayout()
	}
	if !(l.Width >= leastWidth && l.Width <= mostWidth) {
		l.Width = math.Min(math.Max(l.Width, leastWidth), mostWidth)
	}
	if l.Theme != Themes[1] {
		l.Theme = Themes[0]
	}
	if l.Open == nil {
		l.Open = map[string]bool{}
	}
	return l
}

// Text is the layout as a text.
func (l Layout) Text() []byte {
	text, err := json.MarshalIndent(l, "", "  ")
	if err != nil {
		return nil // cannot be: numbers, words and a map of them
	}
	return append(text, '\n')
}

// frame is where the panel's parts are in a window [pixels].
type frame struct {
	width, height float32 // of the window
	column        float32 // width of the column at the right, 0: none
	bar           float32 // height of the bar at the bottom, 0: none
}

// Heights and widths, before the monitor's scale [pixels].
const (
	barHeight   = 46
	leastRoom   = 160 // that the column leaves for the picture
	leastColumn = 200
	leastWindow = 140 // height of a window with a bar
)

// arrange finds the places: the picture always keeps some room, and where there is
// too little of it the column goes before the bar does.
func arrange(l Layout, width, height int, scale float64) frame {
	f := frame{width: float32(width), height: float32(height)}
	if l.Hidden {
		return f
	}
	room := float64(width) - leastRoom*scale
	column := math.Min(l.Width*scale, math.Max(room, 0))
	if column = math.Min(column, math.Max(0.6*float64(width), leastColumn*scale)); column >= leastColumn*scale {
		f.column = float32(math.Round(column))
	}
	if float64(height) >= leastWindow*scale {
		f.bar = float32(math.Round(barHeight * scale))
	}
	return f
}

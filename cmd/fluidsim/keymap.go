package main

import (
	"strings"

	"github.com/fluidsim/fluidsim/render/surface"
)

// action is something a user can ask of the window.
type action string

const (
	actPause      action = "pause"
	actStep       action = "step"
	actReset      action = "reset"
	actFullscreen action = "fullscreen"
	actCapture    action = "capture"
	actRecord     action = "record"
	actNext       action = "next"
	actPrevious   action = "previous"
	actColor      action = "color"
	actStyle      action = "style"
	actOverlay    action = "overlay"
	actCut        action = "cut"
	actArrows     action = "arrows"
	actHome       action = "home"
	actPath       action = "path"
	actHelp       action = "help"
	actPrint      action = "print-keys"
	actPanel      action = "panel"
	actOpen       action = "open-file"
	actSave       action = "save"
	actUndo       action = "undo"
	actRedo       action = "redo"
	actQuit       action = "quit"

	actOrbitLeft  action = "orbit-left"
	actOrbitRight action = "orbit-right"
	actOrbitUp    action = "orbit-up"
	actOrbitDown  action = "orbit-down"
	actPanLeft    action = "pan-left"
	actPanRight   action = "pan-right"
	actPanUp      action = "pan-up"
	actPanDown    action = "pan-down"
	actZoomIn     action = "zoom-in"
	actZoomOut    action = "zoom-out"

	actTiltAway    action = "tilt-away"
	actTiltTowards action = "tilt-towards"
	actTiltLeft    action = "tilt-left"
	actTiltRight   action = "tilt-right"
	actUpright     action = "upright"

	actToolCamera action = "tool-camera"
	actToolStir   action = "tool-stir"
	actToolPush   action = "tool-push"
	actToolPull   action = "tool-pull"
	actToolBall   action = "tool-ball"
	actToolBlock  action = "tool-block"
	actToolDrain  action = "tool-drain"
	actToolMove   action = "tool-move"
	actWider      action = "hand-wider"
	actNarrower   action = "hand-narrower"
	actInputs     action = "save-inputs"
)

// binding is one row of the key map: the keys, by the names that the window
// gives them, what they do, and the words for both.
type binding struct {
	keys   []surface.Key
	action action
	label  string // empty: told by the row before
	help   string
}

// keyMap is the one list of keys: the window obeys it, and help and README are
// printed from it.
var keyMap = []binding{
	{[]surface.Key{"space"}, actPause, "Space", "pause, go on"},
	{[]surface.Key{"."}, actStep, ".", "one step, then pause"},
	{[]surface.Key{"r"}, actReset, "R", "start again; tilted gravity stays"},
	{[]surface.Key{"page down"}, actNext, "Page Down", "next built-in scene"},
	{[]surface.Key{"page up"}, actPrevious, "Page Up", "previous built-in scene"},
	{[]surface.Key{"g"}, actColor, "G", "colour particles by speed, density, pressure, vorticity and more, or plain"},
	{[]surface.Key{"e"}, actStyle, "E", "show water, or particles coloured by a quantity"},
	{[]surface.Key{"n"}, actOverlay, "N", "legend, simulated time and lengths, or none"},
	{[]surface.Key{"b"}, actCut, "B", "cut the fluid open: front, top, side, whole"},
	{[]surface.Key{"x"}, actArrows, "X", "velocities as arrows at the cut"},
	{[]surface.Key{"c"}, actCapture, "C", "save a picture (PNG)"},
	{[]surface.Key{"v"}, actRecord, "V", "start or stop recording a video"},
	{[]surface.Key{"f"}, actFullscreen, "F", "fullscreen and back"},
	{[]surface.Key{"home"}, actHome, "Home", "the scene's own view again"},
	{[]surface.Key{"p"}, actPath, "P", "follow the scene's camera path, or leave it"},
	{[]surface.Key{"left"}, actOrbitLeft, "Arrow keys", "orbit"},
	{[]surface.Key{"right"}, actOrbitRight, "", ""},
	{[]surface.Key{"up"}, actOrbitUp, "", ""},
	{[]surface.Key{"down"}, actOrbitDown, "", ""},
	{[]surface.Key{"a"}, actPanLeft, "W A S D", "pan"},
	{[]surface.Key{"d"}, actPanRight, "", ""},
	{[]surface.Key{"w"}, actPanUp, "", ""},
	{[]surface.Key{"s"}, actPanDown, "", ""},
	{[]surface.Key{"+", "="}, actZoomIn, "+ -", "zoom"},
	{[]surface.Key{"-"}, actZoomOut, "", ""},
	{[]surface.Key{"i"}, actTiltAway, "I J K L", "tilt gravity: away from the camera, left, towards it, right"},
	{[]surface.Key{"j"}, actTiltLeft, "", ""},
	{[]surface.Key{"k"}, actTiltTowards, "", ""},
	{[]surface.Key{"l"}, actTiltRight, "", ""},
	{[]surface.Key{"u"}, actUpright, "U", "the scene's own gravity again"},
	{[]surface.Key{"1"}, actToolCamera, "1", "the left mouse button orbits"},
	{[]surface.Key{"2"}, actToolStir, "2", "it stirs: drags the fluid along"},
	{[]surface.Key{"3"}, actToolPush, "3", "it pushes the fluid away"},
	{[]surface.Key{"4"}, actToolPull, "4", "it pulls the fluid to the mouse and carries it"},
	{[]surface.Key{"5"}, actToolBall, "5", "it drops balls of fluid"},
	{[]surface.Key{"6"}, actToolBlock, "6", "it drops blocks of fluid"},
	{[]surface.Key{"7"}, actToolDrain, "7", "it takes fluid away"},
	{[]surface.Key{"8"}, actToolMove, "8", "it drags obstacles through the fluid"},
	{[]surface.Key{"["}, actNarrower, "[ ]", "a smaller, a larger hand"},
	{[]surface.Key{"]"}, actWider, "", ""},
	{[]surface.Key{"o"}, actInputs, "O", "save what hands have done, to be replayed with --inputs"},
	{[]surface.Key{"tab"}, actPanel, "Tab", "hide the panel, show it again"},
	{[]surface.Key{"ctrl+o"}, actOpen, "Ctrl-O", "open a scene file"},
	{[]surface.Key{"ctrl+s"}, actSave, "Ctrl-S", "save the scene as it is now; its comments stay"},
	{[]surface.Key{"ctrl+z"}, actUndo, "Ctrl-Z", "undo the last change of the scene"},
	{[]surface.Key{"ctrl+shift+z", "ctrl+y"}, actRedo, "Ctrl-Shift-Z", "make it again"},
	{[]surface.Key{"f1"}, actHelp, "F1", "show these keys"},
	{[]surface.Key{"h"}, actPrint, "H", "print these keys in the terminal"},
	{[]surface.Key{"escape"}, actQuit, "Escape", "leave fullscreen, then quit"},
}

// mouseMap tells what the mouse does; the window's mouse handling is written
// out in viewerinput.go.
var mouseMap = [][2]string{
	{"Left drag", "orbit"},
	{"Ctrl and left drag", "use the last tool without leaving the camera"},
	{"Right or middle drag", "pan (also Shift and left drag)"},
	{"Wheel", "zoom"},
	{"Drop a .toml file", "open it"},
}

// actionOf finds what a key does.
func actionOf(key surface.Key) (action, bool) {
	for _, b := range keyMap {
		for _, k := range b.keys {
			if k == key {
				return b.action, true
			}
		}
	}
	return "", false
}

// actionNamed finds an action by its name, for scripts.
func actionNamed(name string) (action, bool) {
	for _, b := range keyMap {
		if string(b.action) == name {
			return b.action, true
		}
	}
	return "", false
}

// keyRows are the rows of the key map as people read it.
func keyRows() [][2]string {
	var rows [][2]string
	for _, b := range keyMap {
		if b.label != "" {
			rows = append(rows, [2]string{b.label, b.help})
		}
	}
	return append(rows, mouseMap...)
}

// keyTable prints the key map as text, indented.
func keyTable(indent int) string {
	var b strings.Builder
	for _, row := range keyRows() {
		b.WriteString(strings.Repeat(" ", indent))
		b.WriteString(row[0])
		b.WriteString(strings.Repeat(" ", max(24-len(row[0]), 1)))
		b.WriteString(row[1])
		b.WriteString("\n")
	}
	return b.String()
}

// keyMarkdown prints the key map as the README shows it.
func keyMarkdown() string {
	var b strings.Builder
	b.WriteString("| Key | What it does |\n|---|---|\n")
	for _, row := range keyRows() {
		b.WriteString("| " + row[0] + " | " + row[1] + " |\n")
	}
	return b.String()
}

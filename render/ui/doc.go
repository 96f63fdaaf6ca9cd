// Package ui is the panel: a column of sections at the right of the window and a
// bar with the play controls below the picture. Each frame it is given a plain
// Model, draws it and returns a list of Events: what the user wants. It changes
// nothing by itself but its own Layout.
//
// It is made with Dear ImGui, through cimgui-go without any of its back ends: the
// triangles are drawn by render/pass, onto the window or any other picture. The
// build tag nopanel leaves it out, and so do systems that cimgui-go has no library
// for; New then says so and everything else of the program works as it is.
//
// The package must not know scenes, solvers, files or where pictures come from.
package ui

// Package validation compares what the solvers compute with what is known: experiments, exact solutions, and laws that
// must hold to rounding.
//
// A Case names a shipped scene (scenes/validation), what is measured in it, the reference (data/, each file with its
// source on its first line) and how far from it the result may be. Run computes one Variant of a case, that is one
// solver at one resolution, and gives back figures with their targets, and curves to draw. A figure that misses its
// target is short; nothing here rounds it away. A scene may give the resolution, the domain, the fluid and the time
// that its case is about; constants of the solvers stay at their defaults, except where the case says why not.
//
// Where a case starts with a velocity that differs from place to place, which scene files cannot say, the case sets it
// particle by particle between seeding and solving.
//
// The package must not know files to write, pictures, or the words of the command line.
package validation

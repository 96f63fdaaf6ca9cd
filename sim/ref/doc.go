// Package ref is the float64 CPU twin of the simulation kernels: one obvious
// function per kernel, of the same name, written for reading and not for
// speed. Tests hold the GPU against it.
//
// It knows the shared structs of sim/layout and nothing else: no scene, no
// seeding, no GPU, and it never borrows a shortcut from the shader it judges.
package ref

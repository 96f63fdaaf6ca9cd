// Package seed turns a scene into the first state of a simulation: fluid
// particles on lattices, and the boundary samples of walls and obstacles with
// their volumes. The same scene gives the same bits on every run and machine.
//
// It knows the scene and the kernel mathematics of sim/ref, which its volumes
// are calibrated with. It must not know the GPU, buffers, time steps or how
// anything is drawn.
//
// Distances it promises, with d the particle spacing: fluid starts d/2 away
// from walls and obstacles, wall samples lie d/2 behind the wall, obstacle
// samples d/2 below the surface (or in the middle, if the body is thinner).
// Fluid that touches a wall is therefore one spacing away from its samples, as
// it is from its next fluid neighbour.
package seed

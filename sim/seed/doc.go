// Package seed turns a scene into the first state of a simulation: fluid
// particles on lattices, and the mass of each. The same scene gives the same bits
// on every run and machine.
//
// It knows the scene. It must not know the GPU, buffers, time steps, how fluid
// feels walls or how anything is drawn.
//
// Distances it promises, with d the particle spacing: fluid starts d/2 away from
// walls and obstacles, less a twentieth of d where scenes in decimals want that.
// Along a periodic axis it ends d/2 before both sides, so that it meets itself a
// spacing apart, and fluid that spans the axis has no seam.
package seed

// Package probe turns the state of a run into the readings of gauges: water
// height, pressure, velocity, the position of the front, the force on an
// obstacle, energies. It works on host arrays, in double precision, and knows
// the scene that describes the gauges; it knows no GPU, no solver and no file.
//
// A reading never changes a run. It is the value at the moment of the frame that
// it is taken from: nothing is averaged over time.
//
// # How the readings are made
//
// Where the fluid is, is told by the filled share of the neighbourhood,
//
//	c(x) = sum_j V W(x - x_j) / (1 - Phi(x))
//
// with V the volume of a particle in an undisturbed lattice, W the kernel of the
// solvers, and Phi the share of the neighbourhood that lies inside walls and
// obstacles. It is 1 within the fluid, up to a wall too, and 1/2 on a free
// surface. A point with c < 1/2 is outside the fluid. Particles with less than a
// fifth of a full neighbourhood are spray, and only the global gauges and the
// force see them.
//
// Pressure and velocity at a point are a fit of first order by moving least
// squares: exact for a field that varies linearly, and at a wall, where fluid is
// on one side only, it carries the gradient on instead of showing the value of a
// particle that sits half a spacing off. Where the neighbours do not determine a
// gradient (one layer of them, a few in a jet) or would amplify their noise, it
// is the mean of the neighbours with the kernel as their weights (Shepard). That
// mean is the value at their centre of weight: in water at rest it reads too low
// by rho g times the distance to it, at most half a support radius.
//
// The force on an obstacle is the reaction to what the obstacle does to every
// particle, so that fluid and obstacle together keep their momentum; a layer of
// particles holds itself half a spacing off, so that a body of some spacings
// displaces more than its own volume.
//
// One limit is the solver's. The pressure of a dfsph state is what keeps the
// density constant. What turns the velocity of fluid that runs into something is
// solved for before, as a divergence, and not part of it: during an impact, gauges
// of pressure and force read too low (of the impulse of a block of water thrown at
// a sphere, a third). At rest, and in slow flows, they are right. The pressure of
// wcsph is all there is, and the same impulse came out to 1.4 %.
//
// A reading of 100,000 particles takes about 8 ms on one core, a profile of 101
// places 2 to 3 ms more; reading the particles back comes on top.
//
// A 2-D scene is a slice: masses, energies and forces are per metre of depth,
// and the units say so.
//
// Sources: Shepard 1968; Belytschko et al. 1996 (moving least squares);
// Wendland 1995 (the kernel).
package probe

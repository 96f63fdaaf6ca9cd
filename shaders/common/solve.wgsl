// The two linear systems of DFSPH, which differ only in their source and in a power of the time step.
const SOLVE_DIVERGENCE = 0u;
const SOLVE_DENSITY = 1u;

// Residuals are added as whole numbers, so that the sum does not depend on the order: 1 is 2^-16.
const RESIDUAL_UNIT = 65536.0;

// Relaxation of the Jacobi iteration.
const OMEGA = 0.5;

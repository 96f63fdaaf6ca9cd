// The two linear systems of DFSPH, which differ only in their source and in a power of the time step.
const SOLVE_DIVERGENCE = 0u;
const SOLVE_DENSITY = 1u;

// Residuals are added as whole numbers, so that the sum does not depend on the order: 1 is 2^-12. A workgroup's is then right
// to 2e-6 of its particles' mean, below every tolerance, and with 4 million particles may reach 25 % before it is cut.
const RESIDUAL_UNIT = 4096.0;

// Sources are added as whole numbers too, with their sign: 1 is 2^-16.
const SOURCE_UNIT = 65536.0;

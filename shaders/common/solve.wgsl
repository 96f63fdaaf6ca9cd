// The two linear systems of DFSPH, which differ only in their source and in a power of the time step.
//import common/params.wgsl
const SOLVE_DIVERGENCE = 0u;
const SOLVE_DENSITY = 1u;

// Fluid that fills a domain without walls has nothing to fall away from, so there pressure may pull as well as push: it is known but for
// what it is everywhere. Walls must never pull, or the fluid at them collapses.
fn least_kappa() -> f32 {
    return select(0.0, -3e38, params.pulls == 1.0);
}

// Residuals are added as whole numbers, so that the sum does not depend on the order: 1 is 2^-16. A workgroup's is then right
// to 1.2e-7 of its particles' mean, below every tolerance, and with 4 million particles may reach 1.5 % before it is cut.
const RESIDUAL_UNIT = 65536.0;

// Sources are added as whole numbers too, with their sign: 1 is 2^-16.
const SOURCE_UNIT = 65536.0;

// What is compressed already is pushed apart within this many times cfl d / c, a quarter of the time in which fluid as fast as
// expected crosses cfl spacings, and not at once in a shorter step: the speed it is given would grow with 1 / dt.
const CATCH_UP = 2.5;

// The share of it that a step puts right.
fn catch_up(dt: f32) -> f32 {
    return min(dt * params.sound_speed / (CATCH_UP * params.cfl * params.spacing), 1.0);
}

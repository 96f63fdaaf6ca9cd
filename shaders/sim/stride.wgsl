// stride: dt = max_step, nothing while the run is primed; the rounds begin, and the solve of viscosity
// Reads: params
// Writes: control (dt, previous_dt, solve, iterations, viscosity_iterations), tally.residual (back to zero), dispatch.iterate, dispatch.viscous
// Invariant: dt is a whole number of 2^-32 s, so that finish moves time on by exactly this; every step is as long as the last: a
//            shorter one would be stiffer, and throw the fluid up that a longer one had let sink
// Source: own
// Oracle: ref.Stride
//import common/params.wgsl
//import common/clock.wgsl
//import common/viscosity_guess.wgsl
//import common/index.wgsl
//import common/solve.wgsl

@compute @workgroup_size(1)
fn stride() {
    dispatch.iterate = vec4<u32>(0u, 1u, 1u, 0u);
    dispatch.viscous = dispatch.iterate;
    if (control.running == 0u) {
        return;
    }
    control.previous_dt = step_to_guess_from(control);
    control.solve = SOLVE_DENSITY;
    control.iterations = 0u;
    control.viscosity_iterations = 0u;
    atomicStore(&tally.residual, 0u);
    if (control.prime == 1u) {
        control.dt = 0.0;
        return;
    }
    control.dt = f32(ticks_of(params.max_step)) / FRACTIONS;
    dispatch.iterate = vec4<u32>(groups_for(control.live), 0u);
    dispatch.viscous = dispatch.iterate;
}

// cfl: dt = min(max_step, cfl d / (u + dt |a|), sqrt(h_s / |a|) / 2, 0.125 h_s^2 / nu), u^2 = max |v|^2 + p/rho, with implicit viscosity no more than growing from the last; time += dt; the solves of viscosity and density begin
// Reads: params, tally
// Writes: control (dt, time, step, fault, solve, iterations, viscosity_iterations), tally (maxima, residual and source back to zero), dispatch.live, dispatch.iterate, dispatch.viscous
// Invariant: time grows by exactly the dt that kick and integrate use; a step with a fault moves nothing
// Source: Bender & Koschier (2017), sec. 3.5; Morris, Fox & Zhu (1997), eq. 20
// Oracle: ref.Cfl
//import common/params.wgsl
//import common/clock.wgsl
//import common/viscosity_guess.wgsl
//import common/index.wgsl
//import common/solve.wgsl

// An implicit step of viscosity errs by as much as it is long: what starts all at once is followed from short steps on.
const STEP_GROWTH = 1.2;
const STEP_FIRST = 0.05;

@compute @workgroup_size(1)
fn cfl() {
    if (control.running == 0u) {
        return;
    }
    let extremes = take_extremes();
    let speed = extremes.x;
    let acceleration = extremes.y;
    if (!may_move(speed)) {
        return;
    }
    let length = params.smoothing_length;
    // Within one step the fastest particle may gain |a| dt.
    let pull = sqrt(length / max(acceleration, 1e-12));
    var limit = params.spacing / max(speed + acceleration * min(control.dt, pull), 1e-12);
    limit = min(params.cfl * limit, 0.5 * pull);
    limit = min(limit, 0.125 * length * length / max(params.effective_viscosity, 1e-12));
    limit = min(limit, params.max_step);
    let growing = min(limit, max(STEP_GROWTH * control.dt, STEP_FIRST * params.max_step));
    let wanted = select(limit, growing, params.viscous_strength > 0.0);
    let last = step_to_guess_from(control);
    advance_clock(wanted);
    control.previous_dt = last;
    control.solve = SOLVE_DENSITY;
    control.iterations = 0u;
    atomicStore(&tally.residual, 0u);
    atomicStore(&tally.source, 0u);
    dispatch.iterate = vec4<u32>(groups_for(control.live), 0u);
    control.viscosity_iterations = 0u;
    dispatch.viscous = dispatch.iterate;
}

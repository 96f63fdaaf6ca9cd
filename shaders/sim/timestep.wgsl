// timestep: dt = min(max_step, cfl min(h_s / (c + s), sqrt(h_s / |a|), 0.125 h_s^2 / nu)), s the largest of what force found; time += dt; the solve of viscosity begins
// Reads: params, tally
// Writes: control (dt, previous_dt, time, step, fault, live, viscosity_iterations), tally (maxima back to zero), dispatch.live (zero on a fault), dispatch.viscous
// Invariant: time grows by exactly the dt that integrate uses; a step with a fault moves nothing
// Source: Monaghan (1992), eq. 10.1-10.3; Morris, Fox & Zhu (1997), eq. 20
// Oracle: ref.Timestep
//import common/params.wgsl
//import common/clock.wgsl
//import common/viscosity_guess.wgsl
//import common/index.wgsl

@compute @workgroup_size(1)
fn timestep() {
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
    var limit = length / (params.sound_speed + speed);
    limit = min(limit, sqrt(length / max(acceleration, 1e-12)));
    limit = min(limit, 0.125 * length * length / max(params.effective_viscosity, 1e-12));
    let wanted = min(params.cfl * limit, params.max_step);
    control.previous_dt = step_to_guess_from(control);
    advance_clock(wanted);
    control.viscosity_iterations = 0u;
    dispatch.viscous = vec4<u32>(groups_for(control.live), 0u);
}

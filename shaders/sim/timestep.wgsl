// timestep: dt = min(max_step, cfl min(h_s / (c + |v|), sqrt(h_s / |a|), 0.125 h_s^2 / nu)); time += dt
// Reads: params, tally
// Writes: control (dt, time, step, fault, live), tally (maxima back to zero), dispatch.live (zero on a fault)
// Invariant: time grows by exactly the dt that integrate uses; a step with a fault moves nothing
// Source: Monaghan (1992), eq. 10.1-10.3; Morris, Fox & Zhu (1997), eq. 20
// Oracle: ref.Timestep
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/dispatch.wgsl

@group(0) @binding(1) var<storage, read_write> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(3) @binding(0) var<storage, read_write> dispatch: Dispatch;

const FRACTIONS = 4294967296.0;

@compute @workgroup_size(1)
fn timestep() {
    if (control.running == 0u) {
        return;
    }
    let speed = sqrt(bitcast<f32>(atomicExchange(&tally.max_speed_squared, 0u)));
    let acceleration = sqrt(bitcast<f32>(atomicExchange(&tally.max_acceleration_squared, 0u)));
    control.fault = atomicLoad(&tally.fault);
    if (control.fault != 0u) {
        control.running = 0u;
        // Nothing moved, so those that left in the last step still stand among the others.
        control.lost -= control.sorted - control.live;
        control.live = control.sorted;
        dispatch.live = vec4<u32>(0u, 1u, 1u, 0u);
        return;
    }
    control.max_speed = speed;
    if (control.prime == 1u) {
        control.prime = 0u;
        control.dt = 0.0;
        return;
    }
    let length = params.smoothing_length;
    var limit = length / (params.sound_speed + speed);
    limit = min(limit, sqrt(length / max(acceleration, 1e-12)));
    limit = min(limit, 0.125 * length * length / max(params.effective_viscosity, 1e-12));
    let wanted = min(params.cfl * limit, params.max_step);
    // Whole multiples of 2^-32 s: time is then an exact sum, however long the run.
    // The largest float below 2^32 stands for a whole second, which would not fit.
    let ticks = max(u32(min(wanted * FRACTIONS, 4294967040.0)), 1u);
    control.dt = f32(ticks) / FRACTIONS;
    let before = control.time_frac;
    control.time_frac = before + ticks;
    if (control.time_frac < before) {
        control.time_s += 1u;
    }
    control.step += 1u;
}

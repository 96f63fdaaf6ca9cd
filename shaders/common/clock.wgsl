// What all solvers do around the choice of a time step.
//import common/control.wgsl
//import common/tally.wgsl
//import common/dispatch.wgsl

@group(0) @binding(1) var<storage, read_write> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(3) @binding(0) var<storage, read_write> dispatch: Dispatch;

const FRACTIONS = 4294967296.0;

// Largest speed and acceleration of the step; the tally is ready for the next.
fn take_extremes() -> vec2<f32> {
    let speed = sqrt(bitcast<f32>(atomicExchange(&tally.max_speed_squared, 0u)));
    let acceleration = sqrt(bitcast<f32>(atomicExchange(&tally.max_acceleration_squared, 0u)));
    return vec2<f32>(speed, acceleration);
}

// Whether the particles are to move: not after a fault, and not in a priming step.
fn may_move(speed: f32) -> bool {
    control.fault = atomicLoad(&tally.fault);
    if (control.fault != 0u) {
        control.running = 0u;
        // Nothing moved, so those that left in the last step still stand among the others.
        control.lost -= control.sorted - control.live;
        control.live = control.sorted;
        dispatch.live = vec4<u32>(0u, 1u, 1u, 0u);
        return false;
    }
    control.max_speed = speed;
    if (control.prime == 1u) {
        control.prime = 0u;
        control.dt = 0.0;
        return false;
    }
    return true;
}

// Whole multiples of 2^-32 s: time is then an exact sum, however long the run.
fn ticks_of(wanted: f32) -> u32 {
    // The largest float below 2^32 stands for a whole second, which would not fit.
    return max(u32(min(wanted * FRACTIONS, 4294967040.0)), 1u);
}

fn advance_clock(wanted: f32) {
    let ticks = ticks_of(wanted);
    control.dt = f32(ticks) / FRACTIONS;
    let before = control.time_frac;
    control.time_frac = before + ticks;
    if (control.time_frac < before) {
        control.time_s += 1u;
    }
    control.step += 1u;
}

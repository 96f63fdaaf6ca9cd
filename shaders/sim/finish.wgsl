// finish: time += dt, unless something has failed: then the step never was
// Reads: tally
// Writes: control (time, step, fault, max_speed), tally (maxima back to zero), dispatch.live (zero on a fault)
// Invariant: time grows by exactly the dt that predict used; a step with a fault changes no particle
// Source: own
// Oracle: ref.Finish
//import common/clock.wgsl

@compute @workgroup_size(1)
fn finish() {
    if (control.running == 0u) {
        return;
    }
    if (may_move(take_extremes().x)) {
        advance_clock(control.dt);
    }
}

// begin: decides whether this sub-step counts: no fault, step < step_limit, time < goal (or priming)
// Reads: control, params
// Writes: control.running, control.sorted; dispatch: the groups of every pass that follows, zero when it does not count
// Invariant: a step that does not count changes no particle: every pass after it gets zero groups
// Source: own; time is compared as whole seconds and 2^-32 s, so the answer is exact
// Oracle: ref.Begin
//import common/params.wgsl
//import common/control.wgsl
//import common/dispatch.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read_write> control: Control;
@group(3) @binding(0) var<storage, read_write> dispatch: Dispatch;

@compute @workgroup_size(1)
fn begin() {
    let early = control.time_s < control.goal_s ||
        (control.time_s == control.goal_s && control.time_frac < control.goal_frac);
    let wanted = control.prime == 1u || (early && control.step < control.step_limit);
    control.running = select(0u, 1u, wanted && control.fault == 0u);
    control.sorted = control.live;
    let on = control.running;
    // Every bucket: the cells, the one for the dead, and the closing sum.
    let buckets = params.grid_size.w + 2u;
    let blocks = (buckets + SCAN_BLOCK - 1u) / SCAN_BLOCK;
    dispatch.cells = vec4<u32>(groups_for(buckets * on), 0u);
    dispatch.sorted = vec4<u32>(groups_for(control.sorted * on), 0u);
    dispatch.live = vec4<u32>(groups_for(control.live * on), 0u);
    dispatch.scan = vec4<u32>(groups_for(blocks * WORKGROUP * on), 0u);
}

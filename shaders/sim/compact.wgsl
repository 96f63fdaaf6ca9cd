// compact: live = number of particles in real cells; lost += those in the bucket of the dead; unless a fault ends the step
// Reads: cells (prefix sums), params, tally.fault
// Writes: control (live, lost, fault, running), dispatch.live; tally stays as it is
// Invariant: live + lost = particles the run began with; with a fault from this count or the last integrate, nothing that
//            the last good step left is overwritten, and nothing loops over an overfull cell
// Source: own
// Oracle: ref.Compact
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/dispatch.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read_write> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(2) @binding(0) var<storage, read> cells: array<u32>;
@group(3) @binding(0) var<storage, read_write> dispatch: Dispatch;

@compute @workgroup_size(1)
fn compact() {
    if (control.running == 0u) {
        return;
    }
    control.fault = atomicLoad(&tally.fault);
    if (control.fault != 0u) {
        control.running = 0u;
        dispatch.live = vec4<u32>(0u, 1u, 1u, 0u);
        return;
    }
    control.live = cells[params.grid_size.w];
    control.lost += control.sorted - control.live;
    dispatch.live = vec4<u32>(groups_for(control.live), 0u);
}

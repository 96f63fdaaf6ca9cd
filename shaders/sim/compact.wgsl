// compact: live = number of particles in real cells; lost += those in the bucket of the dead
// Reads: cells (prefix sums), params
// Writes: control.live, control.lost; dispatch.live
// Invariant: live + lost = particles the run began with
// Source: own
// Oracle: ref.Compact
//import common/params.wgsl
//import common/control.wgsl
//import common/dispatch.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read_write> control: Control;
@group(2) @binding(0) var<storage, read> cells: array<u32>;
@group(3) @binding(0) var<storage, read_write> dispatch: Dispatch;

@compute @workgroup_size(1)
fn compact() {
    if (control.running == 0u) {
        return;
    }
    control.live = cells[params.grid_size.w];
    control.lost += control.sorted - control.live;
    dispatch.live = vec4<u32>(groups_for(control.live), 0u);
}

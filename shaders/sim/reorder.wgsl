// reorder: sorted[first(cell) + rank_i] = particle i, rank_i = how many in its cell stood before it last step
// Reads: params, control, position, velocity, cells (prefix sums), order
// Writes: position_sorted, velocity_sorted
// Invariant: a stable sort by cell, whatever order count's atomics arrived in; the dead are left behind
// Source: own; full reorder after Green (2010)
// Oracle: ref.Reorder
//import common/params.wgsl
//import common/control.wgsl
//import common/place.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(1) var<storage, read> velocity: array<vec4<f32>>;
@group(1) @binding(2) var<storage, read_write> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read_write> velocity_sorted: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn reorder(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let s = flat_index(id, groups);
    if (control.running == 0u || s >= control.sorted) {
        return;
    }
    let i = order[s];
    let p = position[i];
    if (p.w < 0.0) {
        return;
    }
    let place = place_of(i, p);
    position_sorted[place] = p;
    velocity_sorted[place] = velocity[i];
}

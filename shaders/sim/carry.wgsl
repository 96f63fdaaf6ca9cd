// carry: carried_sorted[first(cell) + rank_i] = carried[i], rank_i = how many in its cell stood before it last step
// Reads: params, control, position, cells (prefix sums), order, carried
// Writes: carried_sorted
// Invariant: goes where reorder puts the particle: what belongs to it in the last step's order then does so in this one's
// Source: own; see reorder
// Oracle: ref.Carry
//import common/params.wgsl
//import common/control.wgsl
//import common/place.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(18) var<storage, read> carried: array<vec4<f32>>;
@group(1) @binding(19) var<storage, read_write> carried_sorted: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn carry(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
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
    carried_sorted[place] = carried[i];
}

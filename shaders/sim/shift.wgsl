// shift: x_i += dx_i
// Reads: control, shifts (xyz = dx)
// Writes: position_sorted.xyz
// Invariant: w, the particle's number, stays; a step of no length moves nothing
// Source: Lind, Xu, Stansby & Rogers (2012), J. Comput. Phys. 231:1499, eq. 19
// Oracle: ref.Shift
//import common/control.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read_write> position_sorted: array<vec4<f32>>;
@group(1) @binding(70) var<storage, read> shifts: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn shift(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live || control.dt == 0.0) {
        return;
    }
    let p = position_sorted[i];
    position_sorted[i] = vec4<f32>(p.xyz + shifts[i].xyz, p.w);
}

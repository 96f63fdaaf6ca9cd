// kick: v_i += dt a_i
// Reads: control, acceleration
// Writes: velocity_sorted.xyz
// Invariant: w, the last step's p/rho^2, stays
// Source: Bender & Koschier (2017), alg. 1
// Oracle: ref.Kick
//import common/control.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(3) var<storage, read_write> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read> acceleration: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn kick(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let v = velocity_sorted[i];
    velocity_sorted[i] = vec4<f32>(v.xyz + control.dt * acceleration[i].xyz, v.w);
}

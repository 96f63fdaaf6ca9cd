// viscosity_end: v_i += y_i
// Reads: control, viscous_change (y)
// Writes: velocity_sorted.xyz
// Invariant: w, the last step's N p/rho^2, stays; y stays for the next step's first guess
// Source: Weiler et al. (2018), eq. 11
// Oracle: ref.ViscosityEnd
//import common/control.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(3) var<storage, read_write> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(30) var<storage, read> viscous_change: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn viscosity_end(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    velocity_sorted[i] += vec4<f32>(viscous_change[i].xyz, 0.0);
}

// viscosity_add: a_i += y_i / dt - pushed_i / dt^2: viscosity has become a force, and the last step's pressure is taken back
// Reads: control, viscous_change (y), pushed
// Writes: acceleration.xyz
// Invariant: a step of no length changes nothing; y stays for the next step's first guess
// Source: Weiler et al. (2018), eq. 11
// Oracle: ref.ViscosityAdd
//import common/control.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(5) var<storage, read_write> acceleration: array<vec4<f32>>;
@group(1) @binding(30) var<storage, read> viscous_change: array<vec4<f32>>;
@group(1) @binding(42) var<storage, read> pushed: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn viscosity_add(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live || control.dt == 0.0) {
        return;
    }
    let a = acceleration[i];
    acceleration[i] = vec4<f32>(a.xyz + (viscous_change[i].xyz - pushed[i].xyz / control.dt) / control.dt, a.w);
}

// keep_impulse: pressures = dt kappa_i, what the divergence solve's pressure has done to the velocities
// Reads: params, control (dt of the last step), unknowns
// Writes: pressures
// Invariant: >= 0 but in a full domain without walls
// Source: own; keep_pressure makes a pressure of it
// Oracle: ref.KeepImpulse
//import common/params.wgsl
//import common/control.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(7) var<storage, read> unknowns: array<vec2<f32>>;
@group(1) @binding(21) var<storage, read_write> pressures: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn keep_impulse(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    pressures[i] = control.dt * unknowns[i].x;
}

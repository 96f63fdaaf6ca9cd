// commit: the step's result becomes the state
// Reads: params, control, position_sorted, velocity_sorted
// Writes: position, velocity
// Invariant: a live particle is inside the domain; one past an open side is marked gone; one past a periodic side comes back in on the other
// Source: own
// Oracle: ref.Commit
//import common/params.wgsl
//import common/control.wgsl
//import common/inside.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(0) var<storage, read_write> position: array<vec4<f32>>;
@group(1) @binding(1) var<storage, read_write> velocity: array<vec4<f32>>;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read> velocity_sorted: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn commit(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let p = position_sorted[i];
    position[i] = vec4<f32>(bring_in(p.xyz), select(p.w, -1.0 - p.w, outside(p.xyz)));
    velocity[i] = velocity_sorted[i];
}

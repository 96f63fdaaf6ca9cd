// displace: x_i += dx_i, kept inside closed walls and out of obstacles
// Reads: params, control, acceleration (here dx, what pressure makes of the changes of lambda), obstacles
// Writes: position_sorted.xyz, pushed (sum of all moves)
// Invariant: a particle that nothing pushes stays exactly where it is
// Source: Macklin & Mueller (2013), alg. 1, lines 13-18
// Oracle: ref.Displace
//import common/params.wgsl
//import common/control.wgsl
//import common/hold.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read_write> position_sorted: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read> acceleration: array<vec4<f32>>;
@group(1) @binding(42) var<storage, read_write> pushed: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn displace(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live || control.dt == 0.0) {
        return;
    }
    let here = position_sorted[i];
    let shift = acceleration[i].xyz;
    let free = here.xyz + shift;
    let x = hold(free);
    position_sorted[i] = vec4<f32>(x, here.w);
    // The shift itself, not what rounding makes of it at x, so that momentum is kept.
    pushed[i] = vec4<f32>(pushed[i].xyz + (shift + (x - free)), 0.0);
}

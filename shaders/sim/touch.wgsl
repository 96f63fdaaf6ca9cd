// touch: v += w dt a (x - c)/|x - c| + (1 - exp(-w f dt)) (u - v) inside the hand, w = (1 - |x - c|^2/R^2)^2; or the particle is gone
// Reads: params, control (dt of the last step), hand
// Writes: velocity.xyz, position.w
// Invariant: a particle outside the hand's ball stays as it is to the last bit; f makes no particle faster than u or itself
// Source: own; a push and a drag with a smooth edge
// Oracle: ref.Touch
//import common/params.wgsl
//import common/control.wgsl
//import common/hand.wgsl
//import common/apart.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(0) var<storage, read_write> position: array<vec4<f32>>;
@group(1) @binding(1) var<storage, read_write> velocity: array<vec4<f32>>;
@group(3) @binding(0) var<storage, read> hand: Hand;

@compute @workgroup_size(WORKGROUP)
fn touch(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || control.prime == 1u || i >= control.sorted) {
        return;
    }
    let p = position[i];
    let away = apart(p.xyz, hand.place.xyz);
    let r2 = dot(away, away);
    let reach2 = hand.place.w * hand.place.w;
    if (p.w < 0.0 || r2 >= reach2) {
        return;
    }
    if (hand.drains == 1u) {
        position[i].w = -1.0 - p.w;
        return;
    }
    let edge = 1.0 - r2 / reach2;
    let weight = edge * edge;
    let own = velocity[i];
    // At the very centre there is no away.
    let out = away / max(sqrt(r2), 1e-6 * hand.place.w);
    let share = 1.0 - exp(-weight * hand.motion.w * control.dt);
    let v = own.xyz + weight * hand.push * control.dt * out;
    velocity[i] = vec4<f32>(v + share * (hand.motion.xyz - v), own.w);
}

// pick: depth = min of (x_i - o).s over the live particles within a distance of the ray o + t s, t >= 0
// Reads: control, position, hand
// Writes: answer.depth
// Invariant: the order of particles does not matter
// Source: own
// Oracle: ref.Pick
//import common/control.wgsl
//import common/hand.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(0) var<storage, read> position: array<vec4<f32>>;
@group(3) @binding(0) var<storage, read> hand: Hand;
@group(3) @binding(1) var<storage, read_write> answer: Answer;

@compute @workgroup_size(WORKGROUP)
fn pick(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (i >= control.live) {
        return;
    }
    let p = position[i];
    let away = p.xyz - hand.ray.xyz;
    let depth = dot(away, hand.sight.xyz);
    let off = away - depth * hand.sight.xyz;
    if (p.w >= 0.0 && depth >= 0.0 && dot(off, off) < hand.ray.w * hand.ray.w) {
        atomicMin(&answer.depth, bitcast<u32>(depth));
    }
}

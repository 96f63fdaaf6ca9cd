// pressure: a_i = -sum_j V (kappa_i + kappa_j) grad W_ij - kappa_i G_i
// Reads: params, control, position_sorted, unknowns (x = kappa), links, link_counts, walls (xyz = G)
// Writes: acceleration
// Invariant: pair terms are equal and opposite
// Source: Bender & Koschier (2017), eq. 4, with kappa = rho0 N p / rho^2
// Oracle: ref.Pressure
//import common/params.wgsl
//import common/control.wgsl
//import common/links_read.wgsl
//import common/apart.wgsl
//import common/kernel.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read_write> acceleration: array<vec4<f32>>;
@group(1) @binding(7) var<storage, read> unknowns: array<vec2<f32>>;
@group(2) @binding(3) var<storage, read> walls: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn pressure(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let x = position_sorted[i].xyz;
    let kappa = unknowns[i].x;
    var fluid = vec3<f32>(0.0);
    let count = link_counts[i];
    for (var k = 0u; k < count; k++) {
        let j = link(k, i);
        let away = apart(x, position_sorted[j].xyz);
        let r2 = dot(away, away);
        fluid += away * ((kappa + unknowns[j].x) * gradient_shape(sqrt(r2) * params.inv_support));
    }
    acceleration[i] = vec4<f32>(-params.gradient_norm * params.volume * fluid - kappa * walls[i].xyz, 0.0);
}

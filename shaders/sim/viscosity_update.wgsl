// viscosity_update: p <- r + beta p;  s <- w + beta s;  y <- y + alpha p;  r <- r - alpha s
// Reads: control (viscous_step = alpha, viscous_turn = beta), viscous_image (w)
// Writes: viscous_change (y), viscous_residual (r), viscous_direction (p), viscous_turned (s)
// Invariant: s = (1 + dt K) p, so r stays what y misses
// Source: Chronopoulos & Gear (1989), alg. 2.2
// Oracle: ref.ViscosityUpdate
//import common/control.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(30) var<storage, read_write> viscous_change: array<vec4<f32>>;
@group(1) @binding(31) var<storage, read_write> viscous_residual: array<vec4<f32>>;
@group(1) @binding(32) var<storage, read> viscous_image: array<vec4<f32>>;
@group(1) @binding(33) var<storage, read_write> viscous_direction: array<vec4<f32>>;
@group(1) @binding(34) var<storage, read_write> viscous_turned: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn viscosity_update(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let p = viscous_residual[i] + control.viscous_turn * viscous_direction[i];
    let s = viscous_image[i] + control.viscous_turn * viscous_turned[i];
    viscous_direction[i] = p;
    viscous_turned[i] = s;
    viscous_change[i] += control.viscous_step * p;
    viscous_residual[i] -= control.viscous_step * s;
}

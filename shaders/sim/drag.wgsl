// drag: a_i -= e_i k |v_i| v_i / (1 + e_i k |v_i| max_step), k = rho_air C_D pi R^2 / (2 rho0 V) of a ball of the particle's volume, and
//       e_i = max(0, 1 - n_i / n_full), the share of it that meets air: n_i neighbours, those that walls stand for among them
// Reads: params, control, velocity_sorted, densities (number of neighbours), walls (N)
// Writes: acceleration.xyz
// Invariant: air that stands still takes energy and never adds any, however long the step
// Source: Gissler et al. (2017), Approximate air-fluid interactions for SPH, eq. 1 and 8, with one drag coefficient for all shapes
// Oracle: ref.Drag
//import common/params.wgsl
//import common/control.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(3) var<storage, read> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(4) var<storage, read> densities: array<vec2<f32>>;
@group(1) @binding(5) var<storage, read_write> acceleration: array<vec4<f32>>;
@group(2) @binding(3) var<storage, read> walls: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn drag(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let v = velocity_sorted[i].xyz;
    let around = densities[i].y + params.wall_neighbours * log(walls[i].w);
    let rate = params.air_drag * max(0.0, 1.0 - around * params.inv_full_neighbours) * length(v);
    let a = acceleration[i];
    acceleration[i] = vec4<f32>(a.xyz - v * (rate / (1.0 + rate * params.max_step)), a.w);
}

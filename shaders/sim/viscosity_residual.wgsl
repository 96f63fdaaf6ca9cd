// viscosity_residual: r_i = -y_i - dt (K (b + y))_i with b_i = v_i + dt a_i: what is missing in (1 + dt K)(b + y) = b; and the sum of |b|^2
// Reads: params, control, position_sorted, velocity_sorted, acceleration (by the last step's pressure), links, link_counts, walls (N), viscous_change (y)
// Writes: viscous_residual (r), viscous_partials.w (sum of b.b in each workgroup)
// Invariant: r is zero for a motion without deformation, away from walls
// Source: Weiler et al. (2018), eq. 11; K: see common/viscosity.wgsl
// Oracle: ref.ViscosityResidual
//import common/wall_motion.wgsl
//import common/params.wgsl
//import common/control.wgsl
//import common/links_read.wgsl
//import common/apart.wgsl
//import common/viscosity.wgsl
//import common/group_sum.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read> acceleration: array<vec4<f32>>;
@group(1) @binding(30) var<storage, read> viscous_change: array<vec4<f32>>;
@group(1) @binding(31) var<storage, read_write> viscous_residual: array<vec4<f32>>;
@group(2) @binding(3) var<storage, read> walls: array<vec4<f32>>;
@group(3) @binding(0) var<storage, read_write> viscous_partials: array<vec4<f32>>;

fn wanted(i: u32) -> vec3<f32> {
    return velocity_sorted[i].xyz + control.dt * acceleration[i].xyz;
}

fn residual_of(i: u32, b: vec3<f32>) -> vec3<f32> {
    let x = position_sorted[i].xyz;
    let y = viscous_change[i].xyz;
    let u = b + y;
    var pull = vec3<f32>(0.0);
    let count = link_counts[i];
    for (var k = 0u; k < count; k++) {
        let j = link(k, i);
        pull += viscous_pull(apart(x, position_sorted[j].xyz), u - (wanted(j) + viscous_change[j].xyz));
    }
    return -y - control.dt * (params.viscous_strength * pull + viscous_drag(walls[i].w) * (u - wall_velocity(i)));
}

@compute @workgroup_size(WORKGROUP)
fn viscosity_residual(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32) {
    let i = flat_index(id, groups);
    var square = 0.0;
    if (control.running == 1u && i < control.live) {
        let b = wanted(i);
        viscous_residual[i] = vec4<f32>(residual_of(i, b), 0.0);
        square = dot(b, b);
    }
    let sum = group_sum(square, lane);
    if (control.running == 1u && lane == 0u && i < control.live) {
        viscous_partials[i / WORKGROUP].w = sum;
    }
}

// settle: v_i = v* + (x_i - x*) / dt;  rho_i = N_i sum_j m W_ij at the final positions;  p_i = stress rho0 lambda_i / dt^2
// Reads: params, control, position_sorted, unknowns (y = lambda), pushed (x_i - x*), links, link_counts, walls (grad ln N, N)
// Writes: velocity_sorted (w = lambda / (rho0 dt^2) = N p / rho^2), pressures (mechanical pressure [Pa]), densities (rho [kg/m^3], number of fluid neighbours), walls.xyz (G)
// Invariant: without a push the velocity is the predicted one, to the last bit
// Source: Macklin & Mueller (2013), alg. 1, line 20
// Oracle: ref.Settle
//import common/params.wgsl
//import common/control.wgsl
//import common/links_read.wgsl
//import common/apart.wgsl
//import common/kernel.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read_write> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(4) var<storage, read_write> densities: array<vec2<f32>>;
@group(1) @binding(7) var<storage, read> unknowns: array<vec2<f32>>;
@group(1) @binding(21) var<storage, read_write> pressures: array<f32>;
@group(1) @binding(42) var<storage, read> pushed: array<vec4<f32>>;
@group(2) @binding(3) var<storage, read_write> walls: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn settle(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let x = position_sorted[i].xyz;
    var fluid = 1.0;
    var neighbours = 0.0;
    let count = link_counts[i];
    for (var k = 0u; k < count; k++) {
        let away = apart(x, position_sorted[link(k, i)].xyz);
        let q = min(length(away) * params.inv_support, 1.0);
        fluid += kernel_shape(q);
        neighbours += select(0.0, 1.0, q < 1.0);
    }
    let wall = walls[i];
    let share = params.kernel_norm * params.volume * fluid;
    densities[i] = vec2<f32>(params.rest_density * share * wall.w, neighbours);
    walls[i] = vec4<f32>(share * wall.xyz, wall.w);
    if (control.dt == 0.0) {
        pressures[i] = 0.0;
        return;
    }
    let kappa = unknowns[i].y / (control.dt * control.dt);
    pressures[i] = params.stress * params.rest_density * kappa;
    velocity_sorted[i] = vec4<f32>(velocity_sorted[i].xyz + pushed[i].xyz / control.dt, kappa / params.rest_density);
}

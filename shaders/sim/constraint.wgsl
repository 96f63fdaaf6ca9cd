// constraint: one more round, at the positions as they are now: lambda_i <- max(0, lambda_i + a change_i + b C_i k_i / N_i)
//             with rho_i = N_i sum_j m W_ij,  C_i about rho_i / rho0 - 1,  k_i = 1 / (|sum_j V grad W_ij + G_i|^2 + sum_j |V grad W_ij|^2)
// Reads: params, control, position_sorted, links, link_counts, walls (grad ln N, N)
// Writes: unknowns (x = change, y = lambda), walls.xyz (G = sum_j V W_ij grad ln N_i), tally.residual (sum of max(0, rho / rho0 - 1))
// Invariant: lambda >= 0; a = 0 in the first of a cycle of rounds
// Source: Macklin & Mueller (2013), eq. 1, 8-11, with lambda as Macklin, Mueller & Chentanez (2016), alg. 1, keep it
// Oracle: ref.Constraint
//import common/params.wgsl
//import common/control.wgsl
//import common/residual.wgsl
//import common/links_read.wgsl
//import common/apart.wgsl
//import common/kernel.wgsl
//import common/constraint.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(7) var<storage, read_write> unknowns: array<vec2<f32>>;
@group(2) @binding(3) var<storage, read_write> walls: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn constraint(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32) {
    let i = flat_index(id, groups);
    var residual = 0.0;
    if (control.running == 1u && i < control.live) {
        let x = position_sorted[i].xyz;
        var fluid = 1.0;
        var slope = vec3<f32>(0.0);
        var squares = 0.0;
        let count = link_counts[i];
        for (var k = 0u; k < count; k++) {
            let away = apart(x, position_sorted[link(k, i)].xyz);
            // The lists are those of the predicted positions: some have left by now.
            let q = min(length(away) * params.inv_support, 1.0);
            fluid += kernel_shape(q);
            let g = away * gradient_shape(q);
            slope += g;
            squares += dot(g, g);
        }
        let wall = walls[i];
        let share = params.kernel_norm * params.volume * fluid;
        let wall_slope = share * wall.xyz;
        let size = params.gradient_norm * params.volume;
        let total_slope = size * slope + wall_slope;
        let ratio = share * wall.w;
        unknowns[i] = next_lambda(unknowns[i], control.iterations, share, wall.w, dot(total_slope, total_slope) + size * size * squares);
        walls[i] = vec4<f32>(wall_slope, wall.w);
        residual = max(ratio - 1.0, 0.0);
    }
    add_residual(residual, lane, groups);
}

// first_constraint: the first of the rounds of constraint, at the predicted positions, of which factor has said all, and from the share of
//                   the last step's lambda that has pushed the particles there already, see non_pressure
// Reads: params, control, velocity_sorted (w = lambda / (rho0 dt^2) of the last step), densities, factors, walls (N)
// Writes: unknowns (x = change, y = lambda), pushed (zero); tally.residual (sum of max(0, rho / rho0 - 1))
// Invariant: lambda >= 0
// Source: Macklin & Mueller (2013), eq. 1, 8-11; the warm start is our own
// Oracle: ref.FirstConstraint
//import common/params.wgsl
//import common/control.wgsl
//import common/residual.wgsl
//import common/constraint.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(3) var<storage, read> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(4) var<storage, read> densities: array<vec2<f32>>;
@group(1) @binding(6) var<storage, read> factors: array<f32>;
@group(1) @binding(7) var<storage, read_write> unknowns: array<vec2<f32>>;
@group(1) @binding(42) var<storage, read_write> pushed: array<vec4<f32>>;
@group(2) @binding(3) var<storage, read> walls: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn first_constraint(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32) {
    let i = flat_index(id, groups);
    var residual = 0.0;
    if (control.running == 1u && i < control.live) {
        let ratio = densities[i].x / params.rest_density;
        var next = vec2<f32>(0.0);
        let warm = params.warm_start * params.rest_density * velocity_sorted[i].w * control.dt * control.dt;
        // A priming step moves nothing, and a particle with nothing to push against cannot be helped.
        if (control.dt > 0.0 && factors[i] > 0.0) {
            next = next_lambda(vec2<f32>(0.0, warm), 0u, ratio / walls[i].w, walls[i].w, 1.0 / factors[i]);
            residual = max(ratio - 1.0, 0.0);
        }
        unknowns[i] = next;
        pushed[i] = vec4<f32>(0.0);
    }
    add_residual(residual, lane, groups);
}

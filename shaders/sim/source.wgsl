// source: density: s_i = (1 - (rho_i + dt Drho_i/Dt) / rho0) / N_i, of what is compressed already a share, in a full domain -dt Drho_i/Dt / (rho0 N_i);  divergence: s_i = -max(0, Drho_i/Dt) / (rho0 N_i) where a particle has neighbours enough
//         with Drho_i/Dt = N_i (sum_j m (v_i - v_j).grad W_ij + rho0 v_i.G_i) less what walls that move come after it, and a first guess of kappa_i = rho0 N_i p_i/rho_i^2
// Reads: params, control, position_sorted, velocity_sorted (w = N p/rho^2 of the last step), densities, factors, links, link_counts, walls (G, N)
// Writes: unknowns (x = kappa, y = s); where the fluid fills its domain, tally.source
// Invariant: kappa >= 0 but in a full domain without walls
// Source: Bender & Koschier (2017), eq. 5, 12 and sec. 3.4 (warm start)
// Oracle: ref.Source
//import common/wall_motion.wgsl
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/links_read.wgsl
//import common/apart.wgsl
//import common/kernel.wgsl
//import common/group_sum.wgsl
//import common/solve.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(4) var<storage, read> densities: array<vec2<f32>>;
@group(1) @binding(6) var<storage, read> factors: array<f32>;
@group(1) @binding(7) var<storage, read_write> unknowns: array<vec2<f32>>;
@group(2) @binding(3) var<storage, read> walls: array<vec4<f32>>;

// The warm start keeps this share of the last step's pressure. All of it would be kept for ever where it is too much: the
// iteration stops as soon as nothing is compressed, and water at rest would breathe, its pressure swinging between 0 and 3
// times its weight. Much less of it costs iterations.
const WARM_SHARE = 0.9;

// No step corrects more than this share of the density: what a lattice has stored while it was strained, and lets go all at once,
// would become a bang.
const MOST_AT_ONCE = 0.01;

// Drho_i/Dt / (rho0 N_i).
fn density_rate(i: u32) -> f32 {
    let x = position_sorted[i].xyz;
    let v = velocity_sorted[i].xyz;
    var fluid = 0.0;
    let count = link_counts[i];
    for (var k = 0u; k < count; k++) {
        let j = link(k, i);
        let away = apart(x, position_sorted[j].xyz);
        let r2 = dot(away, away);
        fluid += dot(v - velocity_sorted[j].xyz, away) * gradient_shape(sqrt(r2) * params.inv_support);
    }
    return params.gradient_norm * params.volume * fluid + dot(v, walls[i].xyz) + wall_press(i, densities[i].x, walls[i].w);
}

// kappa and s of a particle.
fn start(i: u32) -> vec2<f32> {
    let dt = control.dt;
    if (dt == 0.0) {
        // A priming step: nothing will move.
        return vec2<f32>(0.0);
    }
    let rate = density_rate(i);
    let n = walls[i].w;
    if (control.solve == SOLVE_DENSITY) {
        let ratio = densities[i].x / params.rest_density;
        let over = max(ratio - 1.0, 0.0);
        let lacking = (1.0 - ratio + over - min(catch_up(dt) * over, MOST_AT_ONCE)) / n;
        let s = select(lacking, 0.0, params.full == 1.0) - dt * rate;
        let last = params.rest_density * velocity_sorted[i].w;
        // The pressure of fluid that is held does not depend on the step: scaled with 1/dt^2 it would launch the fluid where steps shrink.
        return vec2<f32>(select(0.0, WARM_SHARE * last, s < 0.0 || params.full == 1.0), s);
    }
    let around = densities[i].y + params.wall_neighbours * log(n);
    // Without a surface, what flows together and what flows apart belong to each other.
    let counted = select(max(rate, 0.0), rate, params.full == 1.0);
    let s = select(0.0, -counted, around >= params.enough_neighbours);
    // The first iteration from kappa = 0 needs no neighbours: do it here.
    return vec2<f32>(max(least_kappa(), -params.omega * s * factors[i] / dt), s);
}

@compute @workgroup_size(WORKGROUP)
fn source(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32) {
    let i = flat_index(id, groups);
    var own = vec2<f32>(0.0);
    if (control.running == 1u && i < control.live) {
        own = start(i);
        unknowns[i] = own;
    }
    if (params.full == 0.0) {
        return;
    }
    // Both systems' as density errors: the divergence's over one step.
    let sum = group_sum(own.y * select(control.dt, 1.0, control.solve == SOLVE_DENSITY), lane);
    if (lane == 0u) {
        // A source is -1 at the very least where the run can go on, so what is cut here is one that cannot.
        let units = clamp(sum * SOURCE_UNIT, -4194304.0, 4194304.0);
        atomicAdd(&tally.source, bitcast<u32>(i32(round(units))));
    }
}

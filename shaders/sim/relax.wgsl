// relax: kappa_i <- max(0, y_i - omega (s_i - [full] mean s - (A y)_i) k_i / dt^n), y_i <- max(0, kappa_i + m/(m+3) (kappa_i - last kappa_i)), m iterations done, n = 2 density, 1 divergence
//        with (A y)_i = dt^n (sum_j V (a_i - a_j).grad W_ij + a_i.G_i)
// Reads: params, control, position_sorted, acceleration, factors, links, link_counts, walls (G, N)
// Writes: unknowns.x (y), last_kappa; tally.residual (sum of -N min(0, s - A y), what is still compressed; where pressure may pull also what is stretched), tally.fault
// Invariant: kappa and y >= 0 but in a full domain without walls, so pressure never pulls, and is a number, whatever comes in
// Source: Bender & Koschier (2017), alg. 3-4; Nesterov (1983) for the momentum, O'Donoghue & Candes (2015), sec. 3.2, for taking it
//         away, particle by particle, where it points uphill: deep water takes a fifth of plain Jacobi's iterations
// Oracle: ref.Relax
//import common/params.wgsl
//import common/control.wgsl
//import common/residual.wgsl
//import common/fault.wgsl
//import common/links_read.wgsl
//import common/apart.wgsl
//import common/kernel.wgsl
//import common/index.wgsl
//import common/solve.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read> acceleration: array<vec4<f32>>;
@group(1) @binding(6) var<storage, read> factors: array<f32>;
@group(1) @binding(7) var<storage, read_write> unknowns: array<vec2<f32>>;
@group(1) @binding(20) var<storage, read_write> last_kappa: array<f32>;
@group(2) @binding(3) var<storage, read> walls: array<vec4<f32>>;

// Fluid that fills its domain cannot grow or shrink: what all particles' sources have in common asks for nothing that a pressure
// could do, and would raise it for ever.
fn mean_source(dt: f32) -> f32 {
    let sum = params.full * f32(bitcast<i32>(atomicLoad(&tally.source))) / SOURCE_UNIT;
    return sum / (max(f32(control.live), 1.0) * select(dt, 1.0, control.solve == SOLVE_DENSITY));
}

// (A kappa)_i / dt^n.
fn system(i: u32) -> f32 {
    let x = position_sorted[i].xyz;
    let a = acceleration[i].xyz;
    var fluid = 0.0;
    let count = link_counts[i];
    for (var k = 0u; k < count; k++) {
        let j = link(k, i);
        let away = apart(x, position_sorted[j].xyz);
        let r2 = dot(away, away);
        fluid += dot(a - acceleration[j].xyz, away) * gradient_shape(sqrt(r2) * params.inv_support);
    }
    return params.gradient_norm * params.volume * fluid + dot(a, walls[i].xyz);
}

@compute @workgroup_size(WORKGROUP)
fn relax(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32) {
    let i = flat_index(id, groups);
    let dt = max(control.dt, 1e-9);
    let power = select(dt, dt * dt, control.solve == SOLVE_DENSITY);
    var residual = 0.0;
    if (control.running == 1u && i < control.live) {
        let old = unknowns[i];
        let missing = old.y - mean_source(dt) - power * system(i);
        var kappa = max(least_kappa(), old.x - params.omega * missing * factors[i] / power);
        // In both systems as a density error: the divergence's over one step.
        residual = walls[i].w * max(params.pulls * missing, -missing) * select(dt, 1.0, control.solve == SOLVE_DENSITY);
        // A particle with nothing to push against cannot be helped.
        residual = select(residual, 0.0, factors[i] == 0.0);
        // max may have turned a NaN into zero, so look at what went into it.
        if (!finite(missing) || !finite(kappa)) {
            atomicOr(&tally.fault, FAULT_RELAX_NON_FINITE);
            atomicMin(&tally.relax_particle, particle_id(position_sorted[i].w));
            kappa = 0.0;
            residual = 0.0;
        }
        // The first iteration has no momentum yet.
        let done = f32(control.iterations);
        let step = select(kappa - last_kappa[i], 0.0, control.iterations == 0u);
        let uphill = (old.x - kappa) * step > 0.0;
        last_kappa[i] = kappa;
        unknowns[i] = vec2<f32>(max(least_kappa(), kappa + select(done / (done + 3.0), 0.0, uphill) * step), old.y);
    }
    add_residual(residual, lane, groups);
}

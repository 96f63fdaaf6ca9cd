// keep_pressure: velocity.w = kappa_i / rho0 = N_i p_i / rho_i^2, which the sort carries to the next step's warm start; and the pressure
//                that did what both solves did, stress rho0 (kappa_i + impulse_i / dt)
// Reads: params, control, unknowns
// Writes: velocity_sorted.w, pressures (before: the impulses of the divergence solve; after: mechanical pressure [Pa])
// Invariant: xyz stay; both are >= 0 but in a full domain without walls
// Source: Bender & Koschier (2017), sec. 3.4
// Oracle: ref.KeepPressure
//import common/params.wgsl
//import common/control.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(3) var<storage, read_write> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(7) var<storage, read> unknowns: array<vec2<f32>>;
@group(1) @binding(21) var<storage, read_write> pressures: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn keep_pressure(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let kappa = unknowns[i].x;
    velocity_sorted[i].w = kappa / params.rest_density;
    // A priming step has no length, and no solve has done anything in it.
    let impact = select(pressures[i] / control.dt, 0.0, control.dt == 0.0);
    pressures[i] = params.stress * params.rest_density * (kappa + impact);
}

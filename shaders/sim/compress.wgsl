// compress: p_i = max(0, B ((rho_i / rho0)^7 - 1)), of the densities that factor has found
// Reads: params, control, position_sorted (w), densities, walls (N)
// Writes: velocity_sorted.w (N p / rho^2), pressures (mechanical [Pa]), tally.fault
// Invariant: the same as density leaves; for runs of wcsph that need neighbour lists
// Source: Becker & Teschner (2007), eq. 7, 9
// Oracle: ref.Compress
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/fault.wgsl
//import common/tait.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read_write> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(4) var<storage, read> densities: array<vec2<f32>>;
@group(1) @binding(21) var<storage, read_write> pressures: array<f32>;
@group(2) @binding(3) var<storage, read> walls: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn compress(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let rho = densities[i].x;
    let n = walls[i].w;
    let pressure = tait(rho / params.rest_density);
    let term = n * pressure / (rho * rho);
    velocity_sorted[i].w = term;
    pressures[i] = params.stress * n * pressure;
    if (!finite(term)) {
        atomicOr(&tally.fault, FAULT_DENSITY_NON_FINITE);
        atomicMin(&tally.density_particle, particle_id(position_sorted[i].w));
    }
}

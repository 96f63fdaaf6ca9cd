// density: rho_i = sum_j m W_ij + rho0 sum_b V_b W_ib;  p_i = max(0, B ((rho_i / rho0)^7 - 1))
// Reads: params, control, position_sorted, cells, boundary, boundary_cells
// Writes: densities (rho [kg/m^3], number of fluid neighbours), velocity_sorted.w (p / rho^2), tally.fault
// Invariant: rho_i > 0 for a live particle, its own contribution included
// Source: Becker & Teschner (2007), eq. 7, 9; Akinci et al. (2012), eq. 6; p >= 0 so that walls never attract
// Oracle: ref.Density
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/fault.wgsl
//import common/grid.wgsl
//import common/kernel.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read_write> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(4) var<storage, read_write> densities: array<vec2<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;
@group(2) @binding(3) var<storage, read> boundary: array<vec4<f32>>;
@group(2) @binding(4) var<storage, read> boundary_cells: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn density(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let p = position_sorted[i];
    let x = p.xyz;
    let home = cell_at(x);
    let reach = i32(params.reach);
    let near = (boundary_cells[cell_number(home)] & NEAR_BOUNDARY) != 0u;
    var fluid = 0.0;
    var wall = 0.0;
    var neighbours = 0u;
    for (var z = home.z - reach; z <= home.z + reach; z++) {
        for (var y = home.y - reach; y <= home.y + reach; y++) {
            let span = row_span(x, y, z);
            if (span.x > span.y) {
                continue;
            }
            let row = cell_number(vec3<i32>(0, y, z));
            let first = row + u32(span.x);
            let past = row + u32(span.y) + 1u;
            let end = cells[past];
            for (var j = cells[first]; j < end; j++) {
                let away = x - position_sorted[j].xyz;
                let r2 = dot(away, away);
                if (r2 < params.support_squared) {
                    fluid += kernel_shape(sqrt(r2) * params.inv_support);
                    neighbours += 1u;
                }
            }
            if (near) {
                let boundary_end = boundary_cells[past] & ~NEAR_BOUNDARY;
                for (var b = boundary_cells[first] & ~NEAR_BOUNDARY; b < boundary_end; b++) {
                    let sample = boundary[b];
                    let away = x - sample.xyz;
                    let r2 = dot(away, away);
                    if (r2 < params.support_squared) {
                        wall += sample.w * kernel_shape(sqrt(r2) * params.inv_support);
                    }
                }
            }
        }
    }
    let rho = params.kernel_norm * (params.mass * fluid + params.rest_density * wall);
    let ratio = rho / params.rest_density;
    let ratio3 = ratio * ratio * ratio;
    let pressure = max(0.0, params.stiffness * (ratio3 * ratio3 * ratio - 1.0));
    let term = pressure / (rho * rho);
    densities[i] = vec2<f32>(rho, f32(neighbours) - 1.0);
    velocity_sorted[i].w = term;
    if (!finite(rho) || !finite(term)) {
        atomicOr(&tally.fault, FAULT_DENSITY_NON_FINITE);
        atomicMin(&tally.density_particle, particle_id(p.w));
    }
}

// density: rho_i = N_i sum_j m W_ij;  p_i = max(0, B ((rho_i / rho0)^7 - 1))
// Reads: params, control, position_sorted, cells, walls (grad ln N, N)
// Writes: densities (rho [kg/m^3], number of fluid neighbours), velocity_sorted.w (N p / rho^2), walls.xyz (sum_j V W_ij grad ln N), pressures (mechanical [Pa]), tally.fault
// Invariant: rho_i > 0 for a live particle, its own contribution included
// Source: Becker & Teschner (2007), eq. 7, 9; walls: see walls.wgsl; p >= 0 so that they never attract
// Oracle: ref.Density
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/fault.wgsl
//import common/rows.wgsl
//import common/kernel.wgsl
//import common/tait.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read_write> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(4) var<storage, read_write> densities: array<vec2<f32>>;
@group(1) @binding(21) var<storage, read_write> pressures: array<f32>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;
@group(2) @binding(3) var<storage, read_write> walls: array<vec4<f32>>;

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
    let reach_z = i32(params.reach_z);
    var fluid = 0.0;
    var neighbours = 0u;
    for (var z = home.z - reach_z; z <= home.z + reach_z; z++) {
        for (var y = home.y - reach; y <= home.y + reach; y++) {
            for (var part = 0; part < ROW_PARTS; part++) {
                let row = row_of(x, y, z, part);
                if (row.first >= row.past) {
                    continue;
                }
                let end = cells[row.past];
                for (var j = cells[row.first]; j < end; j++) {
                    let away = row.seen - position_sorted[j].xyz;
                    let r2 = dot(away, away);
                    if (r2 < params.support_squared) {
                        fluid += kernel_shape(sqrt(r2) * params.inv_support);
                        neighbours += 1u;
                    }
                }
            }
        }
    }
    let wall = walls[i];
    let share = params.kernel_norm * params.volume * fluid;
    let rho = params.rest_density * share * wall.w;
    let pressure = tait(rho / params.rest_density);
    let term = wall.w * pressure / (rho * rho);
    densities[i] = vec2<f32>(rho, f32(neighbours) - 1.0);
    velocity_sorted[i].w = term;
    pressures[i] = params.stress * wall.w * pressure;
    walls[i] = vec4<f32>(share * wall.xyz, wall.w);
    if (!finite(rho) || !finite(term)) {
        atomicOr(&tally.fault, FAULT_DENSITY_NON_FINITE);
        atomicMin(&tally.density_particle, particle_id(p.w));
    }
}

// density: rho_i = N_i sum_j m W_ij;  p_i = max(0, B ((rho_i / rho0)^7 - 1))
// Reads: params, control, position_sorted, cells, walls (grad ln N, N)
// Writes: densities (rho [kg/m^3], number of fluid neighbours), velocity_sorted.w (N p / rho^2), walls.xyz (sum_j V W_ij grad ln N), pressures (mechanical [Pa]), marks (where force finds its neighbours again), tally.fault
// Invariant: rho_i > 0 for a live particle, its own contribution included
// Source: Becker & Teschner (2007), eq. 7, 9; walls: see walls.wgsl; p >= 0 so that they never attract
// Oracle: ref.Density
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/fault.wgsl
//import common/rows.wgsl
//import common/marks_write.wgsl
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
    var fluid = 0.0;
    var neighbours = 0u;
    let square = params.support_squared;
    let reach = i32(params.reach);
    var pair = 0u;
    //frame common/each_row.wgsl
        var hits = 0u;
        var count = 0u;
        if (first < past) {
            let begin = cells[first];
            let end = cells[past];
            for (var j = begin; j < end; j++) {
                let away = seen - position_sorted[j].xyz;
                let r2 = dot(away, away);
                if (r2 < square) {
                    fluid += kernel_shape(sqrt(r2) * params.inv_support);
                    neighbours += 1u;
                    hits |= 1u << min(j - begin, 31u);
                }
            }
            count = end - begin;
        }
        pair = (pair >> 16u) | (mark(hits, ahead, count) << 16u);
        if ((row & 1u) == 1u) {
            set_marks(row / 2u, i, pair);
        }
    //end
    // Rows are odd in number.
    set_marks((2u * params.reach + 1u) * (2u * params.reach_z + 1u) / 2u, i, pair >> 16u);
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

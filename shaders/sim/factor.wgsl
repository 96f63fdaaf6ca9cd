// factor: k_i = 1 / (|sum_j V grad W_ij + sum_b V_b grad W_ib|^2 + sum_j |V grad W_ij|^2);  rho_i = sum_j m W_ij + rho0 sum_b V_b W_ib
// Reads: params, control, position_sorted, cells, boundary, boundary_cells
// Writes: densities (rho [kg/m^3], number of fluid neighbours), factors (k [m^2]), links, link_counts, tally.fault
// Invariant: k_i = 0 where a particle has nothing to push against; j is linked to i exactly if i is to j, or is at fault
// Source: Bender & Koschier (2017), eq. 8-9, divided by densities (one rest density, volumes for masses)
// Oracle: ref.Factor
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/fault.wgsl
//import common/grid.wgsl
//import common/kernel.wgsl
//import common/links_write.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(4) var<storage, read_write> densities: array<vec2<f32>>;
@group(1) @binding(6) var<storage, read_write> factors: array<f32>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;
@group(2) @binding(3) var<storage, read> boundary: array<vec4<f32>>;
@group(2) @binding(4) var<storage, read> boundary_cells: array<u32>;

// Below this share of 1/h^2 there is no neighbour to speak of.
const NOTHING = 1e-6;

@compute @workgroup_size(WORKGROUP)
fn factor(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
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
    var walls = 0u;
    var slope = vec3<f32>(0.0);
    var wall_slope = vec3<f32>(0.0);
    var squares = 0.0;
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
                    let q = sqrt(r2) * params.inv_support;
                    fluid += kernel_shape(q);
                    let g = away * gradient_shape(q);
                    slope += g;
                    squares += dot(g, g);
                    if (j != i) {
                        if (neighbours + walls < LINKS) {
                            set_link(neighbours, i, j);
                        }
                        neighbours += 1u;
                    }
                }
            }
            if (near) {
                let boundary_end = boundary_cells[past] & ~NEAR_BOUNDARY;
                for (var b = boundary_cells[first] & ~NEAR_BOUNDARY; b < boundary_end; b++) {
                    let sample = boundary[b];
                    let away = x - sample.xyz;
                    let r2 = dot(away, away);
                    if (r2 < params.support_squared) {
                        let q = sqrt(r2) * params.inv_support;
                        wall += sample.w * kernel_shape(q);
                        wall_slope += away * (sample.w * gradient_shape(q));
                        if (neighbours + walls < LINKS) {
                            set_link(LINKS - 1u - walls, i, b);
                        }
                        walls += 1u;
                    }
                }
            }
        }
    }
    let rho = params.kernel_norm * (params.mass * fluid + params.rest_density * wall);
    let total_slope = params.gradient_norm * (params.volume * slope + wall_slope);
    let size = params.gradient_norm * params.volume;
    let d = dot(total_slope, total_slope) + size * size * squares;
    densities[i] = vec2<f32>(rho, f32(neighbours));
    var k = select(1.0 / max(d, 1e-30), 0.0, d * params.support_squared < NOTHING);
    link_counts[i] = pack_counts(neighbours, walls);
    if (neighbours + walls > LINKS) {
        // Lists that are cut would no longer agree with each other.
        link_counts[i] = 0u;
        atomicOr(&tally.fault, FAULT_FACTOR_OVERFLOW);
        atomicMin(&tally.factor_particle, particle_id(p.w));
    }
    if (!finite(rho) || !finite(d)) {
        k = 0.0;
        atomicOr(&tally.fault, FAULT_FACTOR_NON_FINITE);
        atomicMin(&tally.factor_particle, particle_id(p.w));
    }
    factors[i] = k;
}

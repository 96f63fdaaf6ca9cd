// factor: k_i = 1 / (|sum_j V grad W_ij + G_i|^2 + sum_j |V grad W_ij|^2);  rho_i = N_i sum_j m W_ij,  G_i = sum_j V W_ij grad ln N_i
// Reads: params, control, position_sorted, cells, walls (grad ln N, N)
// Writes: densities (rho [kg/m^3], number of fluid neighbours), factors (k [m^2]), walls.xyz (G), links, link_counts, tally.fault
// Invariant: k_i = 0 where a particle has nothing to push against; j is linked to i exactly if i is to j, or is at fault
// Source: Bender & Koschier (2017), eq. 8-9, divided by densities (one rest density, volumes for masses)
// Oracle: ref.Factor
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/fault.wgsl
//import common/rows.wgsl
//import common/kernel.wgsl
//import common/links_write.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(4) var<storage, read_write> densities: array<vec2<f32>>;
@group(1) @binding(6) var<storage, read_write> factors: array<f32>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;
@group(2) @binding(3) var<storage, read_write> walls: array<vec4<f32>>;

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
    var fluid = 0.0;
    var neighbours = 0u;
    var slope = vec3<f32>(0.0);
    var squares = 0.0;
    //frame common/near.wgsl
        let q = sqrt(r2) * params.inv_support;
        fluid += kernel_shape(q);
        let g = away * gradient_shape(q);
        slope += g;
        squares += dot(g, g);
        if (j != i) {
            if (neighbours < LINKS) {
                set_link(neighbours, i, j);
            }
            neighbours += 1u;
        }
    //end
    let wall = walls[i];
    let share = params.kernel_norm * params.volume * fluid;
    let wall_slope = share * wall.xyz;
    let rho = params.rest_density * share * wall.w;
    let total_slope = params.gradient_norm * params.volume * slope + wall_slope;
    let size = params.gradient_norm * params.volume;
    let d = dot(total_slope, total_slope) + size * size * squares;
    walls[i] = vec4<f32>(wall_slope, wall.w);
    densities[i] = vec2<f32>(rho, f32(neighbours));
    var k = select(1.0 / max(d, 1e-30), 0.0, d * params.support_squared < NOTHING);
    link_counts[i] = neighbours;
    if (neighbours > LINKS) {
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

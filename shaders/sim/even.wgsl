// even: dx_i = -e min(1, u dt / (EVEN_SHARE d)) (sum_j V (c_i + c_j) grad W_ij + c_i G_i), no more than EVEN_MOST d, towards where there is room, with u the largest speed
//       and c = 1 + EVEN_DENSITY (rho / rho0 - 1);
//       and the velocity that the fluid has there, a_i += (dx_i . grad) v / dt
// Reads: params, control, position_sorted, velocity_sorted, densities, links, link_counts, walls (xyz = G)
// Writes: shifts (xyz = dx [m]), acceleration.xyz
// Invariant: fluid on a lattice and up to a wall stays where it is; a step of no length moves nothing
// Source: Lind, Xu, Stansby & Rogers (2012), J. Comput. Phys. 231:1499, eq. 20-24, with the kernel's own sum for the concentration
// Oracle: ref.Even
//import common/params.wgsl
//import common/control.wgsl
//import common/links_read.wgsl
//import common/apart.wgsl
//import common/kernel.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(4) var<storage, read> densities: array<vec2<f32>>;
@group(1) @binding(5) var<storage, read_write> acceleration: array<vec4<f32>>;
@group(1) @binding(70) var<storage, read_write> shifts: array<vec4<f32>>;
@group(2) @binding(3) var<storage, read> walls: array<vec4<f32>>;

// Where the fastest particle moves by this many spacings in a step, particles are shifted as far as they can be; in a slower flow
// less, so that fluid at rest stays at rest.
const EVEN_SHARE = 0.4;

// Spacings that a step shifts at most: the velocity there is known from its gradient only.
const EVEN_MOST = 0.1;

// How much more than a place with few neighbours on one side a dense one is left.
const EVEN_DENSITY = 2.0;

fn crowd(i: u32) -> f32 {
    return 1.0 + EVEN_DENSITY * (densities[i].x / params.rest_density - 1.0);
}

@compute @workgroup_size(WORKGROUP)
fn even(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live || control.dt == 0.0) {
        return;
    }
    let x = position_sorted[i].xyz;
    let v = velocity_sorted[i].xyz;
    let own = crowd(i);
    var slope = vec3<f32>(0.0);
    // The gradients of the components of v.
    var v_x = vec3<f32>(0.0);
    var v_y = vec3<f32>(0.0);
    var v_z = vec3<f32>(0.0);
    let count = link_counts[i];
    for (var k = 0u; k < count; k++) {
        let j = link(k, i);
        let away = apart(x, position_sorted[j].xyz);
        let g = away * gradient_shape(sqrt(dot(away, away)) * params.inv_support);
        let dv = velocity_sorted[j].xyz - v;
        slope += (own + crowd(j)) * g;
        v_x += dv.x * g;
        v_y += dv.y * g;
        v_z += dv.z * g;
    }
    let crowding = params.gradient_norm * params.volume * slope + own * walls[i].xyz;
    let strength = params.even * min(control.max_speed * control.dt / (EVEN_SHARE * params.spacing), 1.0);
    let wanted = -strength * crowding;
    let dx = wanted * min(1.0, EVEN_MOST * params.spacing / max(length(wanted), 1e-20));
    let dv = params.curl_norm * vec3<f32>(dot(v_x, dx), dot(v_y, dx), dot(v_z, dx));
    shifts[i] = vec4<f32>(dx, 0.0);
    acceleration[i] = vec4<f32>(acceleration[i].xyz + dv / control.dt, 0.0);
}

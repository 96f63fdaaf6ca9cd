// surface: c_i = sum_j w_ij + chi U_i, n_i = grad c_i;  what the energy sum_i V (B/2 max(1 - c_i, 0)^2 + K/2 |n_i|^2) of the surface changes by:
//          its derivatives p_i = K n_i / rho0 and r_i = -B max(1 - c_i, 0) / rho0
// Reads: params, control, position_sorted, cells, obstacles
// Writes: surfaces (xyz = p, w = r)
// Invariant: r <= 0
// Source: Cahn & Hilliard (1958), J. Chem. Phys. 28:258, eq. 2.5; He et al. (2014), ACM TOG 34(1), eq. 4 (its second term)
// Oracle: ref.Surface
//import common/params.wgsl
//import common/control.wgsl
//import common/rows.wgsl
//import common/surface_walls.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(50) var<storage, read_write> surfaces: array<vec4<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn surface(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let x = position_sorted[i].xyz;
    let reach = i32(params.surface_reach);
    let square = params.surface_radius * params.surface_radius;
    var colour = 0.0;
    var slope = vec3<f32>(0.0);
    //frame common/around.wgsl
        let w = colour_shape(r2);
        colour += w.x;
        slope += away * w.y;
    //end
    let solid = solid_at(x, vec3<f32>(0.0));
    colour += params.surface_wall * solid.share.w;
    slope += params.surface_wall * solid.share.xyz;
    surfaces[i] = vec4<f32>(params.surface_gradient * slope, -params.surface_bulk * max(1.0 - colour, 0.0));
}

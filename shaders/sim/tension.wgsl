// tension: a_i = -sum_j ((p_i - p_j).grad grad w_ij + (r_i + r_j) grad w_ij) - chi (p_i.grad grad U_i + r_i grad U_i) + wetting grad U_i
// Reads: params, control, position_sorted, surfaces (p, r), cells, obstacles
// Writes: pulls (a)
// Invariant: pair terms are equal and opposite, and all of it is the way down an energy: momentum, angular momentum and energy are kept
// Source: the gradient of the energy in sim/surface.wgsl; Young (1805) for the wetting of walls
// Oracle: ref.Tension
//import common/params.wgsl
//import common/control.wgsl
//import common/rows.wgsl
//import common/surface_walls.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(50) var<storage, read> surfaces: array<vec4<f32>>;
@group(1) @binding(51) var<storage, read_write> pulls: array<vec4<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn tension(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let x = position_sorted[i].xyz;
    let own = surfaces[i];
    let reach = i32(params.surface_reach);
    let square = params.surface_radius * params.surface_radius;
    var pull = vec3<f32>(0.0);
    //frame common/around.wgsl
        // The particle itself is at distance zero and adds nothing.
        let w = colour_shape(r2);
        let other = surfaces[j];
        let turn = own.xyz - other.xyz;
        pull += turn * w.y + away * (w.z * dot(away, turn) + (own.w + other.w) * w.y);
    //end
    let solid = solid_at(x, own.xyz);
    pull += params.surface_wall * (solid.second + own.w * solid.share.xyz) - params.surface_wetting * solid.share.xyz;
    pulls[i] = vec4<f32>(-pull, 0.0);
}

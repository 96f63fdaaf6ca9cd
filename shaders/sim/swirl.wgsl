// swirl: a_i = transfer sum_j V grad W_ij x (slip_i + slip_j), added to what surface tension does where there is any
// Reads: params, control, position_sorted, slips, cells
// Writes: pulls
// Invariant: pair terms are equal and opposite; together with spin no energy is added: it falls by 2 transfer |slip|^2
// Source: Bender et al. (2018), eq. 5, of the slip instead of the spin, so that what turns as a whole feels nothing
// Oracle: ref.Swirl
//import common/params.wgsl
//import common/control.wgsl
//import common/rows.wgsl
//import common/kernel.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(51) var<storage, read_write> pulls: array<vec4<f32>>;
@group(1) @binding(54) var<storage, read> slips: array<vec4<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn swirl(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let x = position_sorted[i].xyz;
    let slip = slips[i].xyz;
    var push = vec3<f32>(0.0);
    //frame common/near.wgsl
        push += cross(away, slip + slips[j].xyz) * gradient_shape(sqrt(r2) * params.inv_support);
    //end
    let before = select(vec3<f32>(0.0), pulls[i].xyz, params.surface_radius > 0.0);
    pulls[i] = vec4<f32>(before + params.spin_transfer * params.curl_norm * push, 0.0);
}

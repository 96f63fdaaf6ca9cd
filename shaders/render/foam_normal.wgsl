// foam_normal: n_i = -h V sum_j grad W_ij, which points out of the fluid into the air, not into a wall, and is short inside
// Reads: params, control, position_sorted, cells, foam_time
// Writes: normals
// Invariant: the fluid is not touched
// Source: M. Ihmsen et al., "Unified spray, foam and air bubbles for particle-based fluids", Visual Computer 28 (2012), section 3.1
// Oracle: TestFoamKnowsTheSurface of render/pass
//import render/foam_data.wgsl

@group(3) @binding(0) var<storage, read> foam_time: FoamTime;
@group(3) @binding(1) var<storage, read_write> normals: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn foam_normal(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (i >= control.live || foam_time.dt <= 0.0) {
        return;
    }
    let x = position_sorted[i].xyz;
    var sum = vec3<f32>(0.0);
    //frame common/near.wgsl
        sum += away * gradient_shape(sqrt(r2) * params.inv_support);
    //end
    let normal = -params.support_radius * params.gradient_norm * params.volume * sum;
    // at a wall the fluid ends, but there is no air
    let low = (x - params.domain_min.xyz) < vec3<f32>(0.7 * params.support_radius);
    let high = (params.domain_max.xyz - x) < vec3<f32>(0.7 * params.support_radius);
    let open = select(select(normal, max(normal, vec3<f32>(0.0)), low), min(normal, vec3<f32>(0.0)), high);
    normals[i] = vec4<f32>(select(open, vec3<f32>(0.0), low & high), 0.0);
}

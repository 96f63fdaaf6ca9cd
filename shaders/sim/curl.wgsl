// curl: omega_i = V sum_j (v_i - v_j) x grad W_ij, its length; in two dimensions its z, with the sign
// Reads: params, control, position_sorted, velocity, cells
// Writes: acceleration.w (vorticity [1/s])
// Invariant: a rotation without strain gives the same for both images of a pair; the state is not touched
// Source: Monaghan (1992), eq. 2.14, with V for m / rho
// Oracle: ref.Curl
//import common/params.wgsl
//import common/control.wgsl
//import common/rows.wgsl
//import common/kernel.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(1) var<storage, read> velocity: array<vec4<f32>>;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read_write> acceleration: array<vec4<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;

// It is made for pictures, after the last step of a frame: the cells are that step's, and so are position_sorted, while
// velocity is what the step has led to.
@compute @workgroup_size(WORKGROUP)
fn curl(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (i >= control.live) {
        return;
    }
    let x = position_sorted[i].xyz;
    let v = velocity[i].xyz;
    var sum = vec3<f32>(0.0);
    //frame common/near.wgsl
        sum += cross(v - velocity[j].xyz, away) * gradient_shape(sqrt(r2) * params.inv_support);
    //end
    let omega = params.gradient_norm * params.volume * sum;
    acceleration[i].w = select(length(omega), omega.z, params.reach_z == 0u);
}

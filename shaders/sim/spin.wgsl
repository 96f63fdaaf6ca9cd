// spin: slip_i = (w_i - c_i / 2) / (1 + dt rate),  w_i <- c_i / 2 + slip_i,  c_i = sum_j V (v_i - v_j) x grad W_ij, the curl of the velocity
// Reads: params, control (dt of the last step; with PBF of this one), position_sorted, velocity_sorted, spins_sorted (w [1/s]), cells
// Writes: spins (w), slips (xyz = slip)
// Invariant: a priming step starts with particles that turn as the fluid does
// Source: Bender et al. (2018), Turbulent micropolar SPH fluids with foam, eq. 6 (implicit); Eringen (1966), J. Math. Mech. 16:1
// Oracle: ref.Spin
//import common/params.wgsl
//import common/control.wgsl
//import common/rows.wgsl
//import common/kernel.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(52) var<storage, read> spins_sorted: array<vec4<f32>>;
@group(1) @binding(53) var<storage, read_write> spins: array<vec4<f32>>;
@group(1) @binding(54) var<storage, read_write> slips: array<vec4<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn spin(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let x = position_sorted[i].xyz;
    let v = velocity_sorted[i].xyz;
    var turn = vec3<f32>(0.0);
    //frame common/near.wgsl
        turn += cross(v - velocity_sorted[j].xyz, away) * gradient_shape(sqrt(r2) * params.inv_support);
    //end
    let half = 0.5 * params.curl_norm * turn;
    let slip = select((spins_sorted[i].xyz - half) / (1.0 + control.dt * params.spin_rate), vec3<f32>(0.0), control.prime == 1u);
    spins[i] = vec4<f32>(half + slip, 0.0);
    slips[i] = vec4<f32>(slip, 0.0);
}

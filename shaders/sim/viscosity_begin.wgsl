// viscosity_begin: v_i += dt a_i;  a first guess y_i = y_i(last step) min(1, dt / dt(last)) of what viscosity adds to it;  kappa_i of the last step
// Reads: params, control, acceleration, viscous_direction (y of the last step, in this one's order)
// Writes: velocity_sorted.xyz, viscous_change (y), viscous_direction and viscous_turned (zero), unknowns (x = kappa, y = 0)
// Invariant: w of velocity_sorted, the last step's N p/rho^2, stays; without a last step, y = 0
// Source: Weiler et al. (2018), sec. 3.4 (first guess); Goda (1979), J. Comput. Phys. 30:76 (the last pressure acts in the viscous step)
// Oracle: ref.ViscosityBegin
//import common/params.wgsl
//import common/control.wgsl
//import common/viscosity_guess.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(3) var<storage, read_write> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read> acceleration: array<vec4<f32>>;
@group(1) @binding(7) var<storage, read_write> unknowns: array<vec2<f32>>;
@group(1) @binding(30) var<storage, read_write> viscous_change: array<vec4<f32>>;
@group(1) @binding(33) var<storage, read_write> viscous_direction: array<vec4<f32>>;
@group(1) @binding(34) var<storage, read_write> viscous_turned: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn viscosity_begin(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let v = velocity_sorted[i];
    velocity_sorted[i] = vec4<f32>(v.xyz + control.dt * acceleration[i].xyz, v.w);
    unknowns[i] = vec2<f32>(params.rest_density * v.w, 0.0);
    let known = control.previous_dt > 0.0 && control.dt > 0.0;
    viscous_change[i] = select(vec4<f32>(0.0), vec4<f32>(share_to_guess(control) * viscous_direction[i].xyz, 0.0), known);
    viscous_direction[i] = vec4<f32>(0.0);
    viscous_turned[i] = vec4<f32>(0.0);
}

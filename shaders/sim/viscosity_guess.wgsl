// viscosity_guess: a first guess y_i = y_i(last step) min(1, dt / dt(last)) of what viscosity adds to v_i + dt a_i;  a_i += pushed_i / dt^2
// Reads: control, viscous_direction (y of the last step, in this one's order), pushed (what the rounds of pbf moved; zero with wcsph)
// Writes: acceleration, viscous_change (y), viscous_direction and viscous_turned (zero)
// Invariant: without a last step, y = 0; a step of no length changes no acceleration
// Source: Weiler et al. (2018), sec. 3.4 (first guess); Goda (1979), J. Comput. Phys. 30:76 (the last pressure acts in the viscous step)
// Oracle: ref.ViscosityGuess
//import common/control.wgsl
//import common/viscosity_guess.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(5) var<storage, read_write> acceleration: array<vec4<f32>>;
@group(1) @binding(30) var<storage, read_write> viscous_change: array<vec4<f32>>;
@group(1) @binding(33) var<storage, read_write> viscous_direction: array<vec4<f32>>;
@group(1) @binding(34) var<storage, read_write> viscous_turned: array<vec4<f32>>;
@group(1) @binding(42) var<storage, read> pushed: array<vec4<f32>>;

@compute @workgroup_size(WORKGROUP)
fn viscosity_guess(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let last = viscous_direction[i].xyz;
    viscous_change[i] = vec4<f32>(0.0);
    viscous_direction[i] = vec4<f32>(0.0);
    viscous_turned[i] = vec4<f32>(0.0);
    if (control.dt == 0.0) {
        return;
    }
    let a = acceleration[i];
    acceleration[i] = vec4<f32>(a.xyz + pushed[i].xyz / (control.dt * control.dt), a.w);
    if (control.previous_dt > 0.0) {
        viscous_change[i] = vec4<f32>(share_to_guess(control) * last, 0.0);
    }
}

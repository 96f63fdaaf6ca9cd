// steer: x_b += dt u_b, as far as it came in the last step; then u_b towards its goal, so that it arrives softly, and so slow that fluid gets out of its way
// Reads: params, control (dt of the last step)
// Writes: obstacles (position, velocity)
// Invariant: a body without a speed stands still; none moves more than a quarter of a spacing in a step as long as the last
// Source: own
// Oracle: ref.Steer
//import common/params.wgsl
//import common/control.wgsl
//import common/obstacle.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(3) @binding(0) var<storage, read_write> obstacles: array<Obstacle>;

// Steps that the last stretch takes at least.
const SOFTNESS = 4.0;

@compute @workgroup_size(WORKGROUP)
fn steer(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let k = flat_index(id, groups);
    if (control.running == 0u || control.prime == 1u || k >= params.obstacle_count) {
        return;
    }
    let dt = max(control.dt, 1e-6);
    let body = obstacles[k];
    let x = body.position.xyz + control.dt * body.velocity.xyz;
    let way = body.goal.xyz - x;
    let left = length(way);
    let most = min(body.goal.w, 0.25 * params.spacing / dt);
    let speed = min(most, left / (SOFTNESS * dt));
    obstacles[k].position = vec4<f32>(x, body.position.w);
    obstacles[k].velocity = vec4<f32>(way * (speed / max(left, 1e-12)), 0.0);
}

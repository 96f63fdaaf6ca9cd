// wall_motion: u_i = sum_b l(s_b) u_b / max(ln N_i, sum_b l(s_b)), the velocity of the walls that particle i feels, u_b = v + spin x (y_b - x_b) + slide along the surface, y_b the body's point nearest to it; sides of the domain stand still
//              and w_i = min(ln N_i / sum_b l(s_b), 1) sum_b u_b.grad l(s_b), how fast they press: in a corner each wall does so with its own velocity. The gradient is taken where near_walls takes it
// Reads: params, control (dt of the last step), position_sorted, velocity_sorted, walls (N), obstacles
// Writes: wall_velocities (u, w)
// Invariant: next to one body, u is that body's velocity and w = u.grad ln N; away from all both are zero
// Source: own; see common/wall.wgsl for l
// Oracle: ref.WallMotion
//import common/params.wgsl
//import common/control.wgsl
//import common/obstacle.wgsl
//import common/wall.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read> velocity_sorted: array<vec4<f32>>;
@group(2) @binding(3) var<storage, read> walls: array<vec4<f32>>;
@group(2) @binding(4) var<storage, read_write> wall_velocities: array<vec4<f32>>;
@group(3) @binding(0) var<storage, read> obstacles: array<Obstacle>;

@compute @workgroup_size(WORKGROUP)
fn wall_motion(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let x = position_sorted[i].xyz;
    let ahead = x + params.wall_ahead * control.dt * velocity_sorted[i].xyz;
    var sum = vec3<f32>(0.0);
    var felt = 0.0;
    var rate = 0.0;
    for (var k = 0u; k < params.obstacle_count; k++) {
        let body = obstacles[k];
        let distance = obstacle_distance(body, x);
        let log = wall_log(distance).x;
        if (log > 0.0) {
            let out = obstacle_outward(body, x);
            let slide = body.slide.xyz - out * dot(body.slide.xyz, out);
            sum += log * (obstacle_velocity(body, x - distance * out) + slide);
            felt += log;
        }
        let slope = wall_log(obstacle_distance(body, ahead)).y;
        if (slope < 0.0) {
            rate += slope * dot(obstacle_outward(body, ahead), obstacle_velocity(body, ahead));
        }
    }
    let all = max(log(walls[i].w), felt);
    wall_velocities[i] = vec4<f32>(sum / max(all, 1e-12), rate * min(log(walls[i].w) / max(felt, 1e-12), 1.0));
}

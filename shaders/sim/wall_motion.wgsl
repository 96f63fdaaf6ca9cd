// wall_motion: u_i = sum_b l(s_b) u_b / max(ln N_i, sum_b l(s_b)), the velocity of the walls that particle i feels, u_b = v + spin x (y_b - x_b) + slide along the surface, y_b the body's point nearest to it; sides of the domain stand still
// Reads: params, control, position_sorted, walls (N), obstacles
// Writes: wall_velocities
// Invariant: next to one body, it is that body's velocity; away from all it is zero
// Source: own; see common/wall.wgsl for l
// Oracle: ref.WallMotion
//import common/params.wgsl
//import common/control.wgsl
//import common/obstacle.wgsl
//import common/wall.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
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
    var sum = vec3<f32>(0.0);
    var felt = 0.0;
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
    }
    let all = max(log(walls[i].w), felt);
    wall_velocities[i] = vec4<f32>(sum / max(all, 1e-12), 0.0);
}

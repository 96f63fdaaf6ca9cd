// Keeping particles inside closed walls and out of obstacles.
//import common/params.wgsl
//import common/obstacle.wgsl

@group(3) @binding(0) var<storage, read> obstacles: array<Obstacle>;

// The nearest place to x that is the margin away from every closed side and obstacle.
fn hold(x: vec3<f32>) -> vec3<f32> {
    var held = x;
    for (var k = 0u; k < params.obstacle_count; k++) {
        let body = obstacles[k];
        let depth = obstacle_distance(body, held) - params.wall_margin;
        if (depth < 0.0) {
            held -= obstacle_outward(body, held) * depth;
        }
    }
    for (var axis = 0u; axis < 3u; axis++) {
        let closed = params.closed_sides >> (2u * axis);
        if ((closed & 1u) != 0u) {
            held[axis] = max(held[axis], params.domain_min[axis] + params.wall_margin);
        }
        if ((closed & 2u) != 0u) {
            held[axis] = min(held[axis], params.domain_max[axis] - params.wall_margin);
        }
    }
    return held;
}

// Walls and obstacles in the colour of surface tension.
//import common/surface.wgsl

@group(3) @binding(0) var<storage, read> obstacles: array<Obstacle>;

fn solid_at(x: vec3<f32>, along: vec3<f32>) -> Solid {
    var total = Solid(vec4<f32>(0.0, 0.0, 0.0, 1.0), vec3<f32>(0.0));
    for (var axis = 0u; axis < 3u; axis++) {
        for (var high = 0u; high < 2u; high++) {
            let s = select(x[axis] - params.domain_min[axis], params.domain_max[axis] - x[axis], high == 1u);
            if ((params.closed_sides & ((1u + high) << (2u * axis))) != 0u && s < params.surface_radius) {
                var normal = vec3<f32>(0.0);
                normal[axis] = select(1.0, -1.0, high == 1u);
                total = with_wall(total, normal, s, along);
            }
        }
    }
    for (var k = 0u; k < params.obstacle_count; k++) {
        let s = obstacle_distance(obstacles[k], x);
        if (s < params.surface_radius) {
            total = with_wall(total, obstacle_outward(obstacles[k], x), s, along);
        }
    }
    let slope = total.share.xyz;
    let rest = total.share.w;
    return Solid(vec4<f32>(-rest * slope, 1.0 - rest), -rest * (slope * dot(slope, along) + total.second));
}

// As wall_motion.wgsl, for runs in which bodies move.
//import common/params.wgsl

@group(2) @binding(4) var<storage, read> wall_velocities: array<vec4<f32>>;

fn wall_velocity(i: u32) -> vec3<f32> {
    return wall_velocities[i].xyz;
}

fn wall_press(i: u32, rho: f32, n: f32) -> f32 {
    return -wall_velocities[i].w * rho / (params.rest_density * n);
}

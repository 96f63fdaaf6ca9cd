// As wall_motion.wgsl, for runs in which bodies move.

@group(2) @binding(4) var<storage, read> wall_velocities: array<vec4<f32>>;

fn wall_velocity(i: u32) -> vec3<f32> {
    return wall_velocities[i].xyz;
}

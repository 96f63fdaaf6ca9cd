// How fast the walls move that a particle feels: not at all. The solver puts wall_motion_moving.wgsl in the place of this where bodies can move.

fn wall_velocity(i: u32) -> vec3<f32> {
    return vec3<f32>(0.0);
}

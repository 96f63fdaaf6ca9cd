// How fast the walls move that a particle feels: not at all. The solver puts wall_motion_moving.wgsl in the place of this where bodies can move.

fn wall_velocity(i: u32) -> vec3<f32> {
    return vec3<f32>(0.0);
}

// How fast they press on a particle that stands still, of density rho: the part of Drho/Dt / (rho0 N) that is theirs.
fn wall_press(i: u32, rho: f32, n: f32) -> f32 {
    return 0.0;
}

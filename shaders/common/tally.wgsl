// What many threads report at once. Only order-independent operations touch it, so a run repeats bit for bit.
// Floats are kept as bits: for values >= 0 their order is the order of the bits. Mirror: layout.Tally.
struct Tally {
    max_speed_squared: atomic<u32>,
    max_acceleration_squared: atomic<u32>,
    wall_clamps: atomic<u32>,              // times a particle was put back inside (safety net, counted)
    fault: atomic<u32>,                    // one bit per kernel and kind
    count_particle: atomic<u32>,           // smallest id that raised a fault in each kernel
    density_particle: atomic<u32>,
    force_particle: atomic<u32>,
    integrate_particle: atomic<u32>,
    residual: atomic<u32>,                 // sum of the residuals, in units of 1 / RESIDUAL_UNIT
    factor_particle: atomic<u32>,
    relax_particle: atomic<u32>,
    non_pressure_particle: atomic<u32>,
    add_pulls_particle: atomic<u32>,
    source: atomic<u32>,                   // sum of the sources where the fluid fills its domain: an i32, in units of 1 / SOURCE_UNIT
}

// The number of a particle from position.w, which is below zero once it has left.
fn particle_id(w: f32) -> u32 {
    return u32(select(w, -1.0 - w, w < 0.0));
}

// Totals over all particles, as the host reads them. Mirror: layout.Statistics.
struct Statistics {
    momentum: vec4<f32>,            // xyz: sum of m v [kg m/s]; w: sum of m g.x, the potential energy with its sign turned [J]
    kinetic_energy: f32,            // [J]
    density_error_sum: f32,         // sum of max(rho / rho0 - 1, 0)
    density_error_max: f32,
    neighbours_sum: f32,
    speed_max: f32,                 // [m/s]
    particles: f32,
    _pad0: f32,
    _pad1: f32,
}

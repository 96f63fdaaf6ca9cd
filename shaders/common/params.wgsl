// What one scene fixes for all its steps. Mirror: layout.SimParams. D is the number of dimensions; with two of them volumes
// and masses are those of a metre of depth.
struct SimParams {
    grid_origin: vec4<f32>,      // xyz: lower corner of the cell grid [m]
    cell_inverse: vec4<f32>,     // xyz: 1 / cell edge along each axis [1/m]
    grid_size: vec4<u32>,        // xyz: cells along each axis; w: their product
    domain_min: vec4<f32>,       // xyz [m]
    domain_max: vec4<f32>,       // xyz [m]
    gravity: vec4<f32>,          // xyz [m/s^2]
    period: vec4<f32>,           // xyz: length of each periodic axis, 0 where an axis is not [m]
    inv_period: vec4<f32>,       // xyz: 1 / period, 0 likewise [1/m]
    support_radius: f32,         // h [m]
    inv_support: f32,            // 1 / h
    support_squared: f32,        // h^2
    spacing: f32,                // d [m]
    mass: f32,                   // of one particle [kg]
    rest_density: f32,           // rho0 [kg/m^3]
    kernel_norm: f32,            // sigma of the Wendland C2 kernel, calibrated on the lattice [1/m^D]
    gradient_norm: f32,          // -20 sigma / h^2: grad W = x_ij * gradient_norm * (1 - q)^3
    stiffness: f32,              // B = rho0 c^2 / 7 of the Tait equation [Pa]
    sound_speed: f32,            // c [m/s]
    viscosity: f32,              // 2 nu, calibrated on the lattice [m^2/s]
    artificial_viscosity: f32,   // alpha c h_s, for approaching pairs [m^2/s]
    wall_friction: f32,          // of a particle half a spacing from a wall that does not slip, explicit [1/s]
    smoothing_length: f32,       // h_s = h / 2, the length in the step limits [m]
    effective_viscosity: f32,    // largest nu in the viscous step limit [m^2/s]
    cfl: f32,
    max_step: f32,               // upper bound of the time step [s]
    max_kick: f32,               // a step may not move a particle further [m]
    reach: u32,                  // cells to look at on each side: ceil(h / cell edge)
    reach_z: u32,                // the same along z; 0 in two dimensions
    open_sides: u32,             // bits 0..5: -x +x -y +y -z +z
    closed_sides: u32,           // likewise; a side of neither kind is periodic, or off the plane of a flow in two dimensions
    obstacle_count: u32,
    volume: f32,                 // V = mass / rho0 [m^D]
    density_tolerance: f32,      // mean density error at which the density solve stops
    divergence_tolerance: f32,   // mean density change in one step at which the divergence solve stops
    max_iterations: u32,         // of either solve
    wall_margin: f32,            // closed walls and obstacles stop a particle this far before their surface [m]
    wall_log: f32,               // log of what a wall half a spacing away multiplies the density by
    wall_reach: f32,             // from here on a wall is not felt [m]
    inv_wall_span: f32,          // 1 / (wall_near - d / 2) [1/m]
    inv_wall_slope: f32,         // 1 / |G| half a spacing from a wall [m]
    wall_neighbours: f32,        // neighbours that a log of 1 stands for
    enough_neighbours: f32,      // with fewer a divergence is noise, and the particle is spray
    viscous_strength: f32,       // c of the implicit viscosity, calibrated on the lattice; 0: viscosity is explicit [1/s]
    omega: f32,                  // step of the pressure iteration, as a share of Jacobi's
    full: f32,                   // 1: the fluid fills a domain without a way out, 0: it has a surface
    head_share: f32,             // of p/rho in the step limit; 0: none
    viscous_friction: f32,       // implicit friction of a particle half a spacing from a wall [1/s]
    stress: f32,                 // mechanical pressure over N p, see ref.Calibrate
    wall_ahead: f32,             // how much of a step ahead the gradient of walls is taken
    round_ratio: f32,            // of PBF's rounds: centre over half of the interval of Chebyshev's weights
    round_half: f32,             // and its half
    round_most: f32,             // more compression than this counts as this
    round_cycle: u32,            // after so many rounds the weights begin anew
    surface_radius: f32,         // of the colour that surface tension sees, 0 without it [m]
    inv_surface: f32,            // 1 / surface_radius [1/m]
    surface_norm: f32,           // of its kernel, times the volume, so that the lattice has colour 1
    surface_bulk: f32,           // B / rho0 [m^2/s^2]
    surface_gradient: f32,       // K / rho0 [m^4/s^2]
    surface_wall: f32,           // colour of walls
    surface_wetting: f32,        // what more a wall draws fluid with, see ref.Wetting [m^2/s^2]
    surface_reach: u32,          // cells to look at on each side
    air_drag: f32,               // k of a particle all in air [1/m]
    inv_full_neighbours: f32,    // 1 / neighbours of a particle inside
    spin_transfer: f32,          // between the spin of particles and the fluid's, 0: particles do not spin [m^2/s]
    spin_rate: f32,              // at which a slip fades, 2 spin_transfer over the inertia of spin [1/s]
    curl_norm: f32,              // gradient_norm times the volume, calibrated on the lattice for curls
    warm_start: f32,             // what share of a step's lambda the rounds of the next begin with
    wall_near: f32,              // from here on only the part of a wall's log is felt that the second layer feels [m]
    wall_deep: f32,              // that part, 0: there is none
    even: f32,                   // how far a step shifts particles towards even spacing at most, by how crowded they are [m^2]
    pulls: f32,                  // 1: the domain is full and has no walls, so that pressure may pull
    _pad0: u32,
}

@group(0) @binding(0) var<uniform> params: SimParams;

// What one scene fixes for all its steps. Mirror: layout.SimParams.
struct SimParams {
    grid_origin: vec4<f32>,      // xyz: lower corner of the cell grid [m]; w: 1 / cell edge [1/m]
    grid_size: vec4<u32>,        // xyz: cells along each axis; w: their product
    domain_min: vec4<f32>,       // xyz [m]
    domain_max: vec4<f32>,       // xyz [m]
    gravity: vec4<f32>,          // xyz [m/s^2]
    support_radius: f32,         // h [m]
    inv_support: f32,            // 1 / h
    support_squared: f32,        // h^2
    spacing: f32,                // d [m]
    mass: f32,                   // of one particle [kg]
    rest_density: f32,           // rho0 [kg/m^3]
    kernel_norm: f32,            // sigma of the Wendland C2 kernel [1/m^3]
    gradient_norm: f32,          // -20 sigma / h^2: grad W = x_ij * gradient_norm * (1 - q)^3
    stiffness: f32,              // B = rho0 c^2 / 7 of the Tait equation [Pa]
    sound_speed: f32,            // c [m/s]
    viscosity: f32,              // 2 (D + 2) nu [m^2/s]
    artificial_viscosity: f32,   // alpha c h_s, for approaching pairs [m^2/s]
    wall_viscosity: f32,         // 2 (D + 2) nu + alpha_wall c h_s, against boundary samples [m^2/s]
    smoothing_length: f32,       // h_s = h / 2, the length in the step limits [m]
    effective_viscosity: f32,    // largest nu in the viscous step limit [m^2/s]
    cfl: f32,
    max_step: f32,               // upper bound of the time step [s]
    max_kick: f32,               // a step may not move a particle further [m]
    reach: u32,                  // cells to look at on each side: ceil(h / cell edge)
    open_sides: u32,             // bits 0..5: -x +x -y +y -z +z
    obstacle_count: u32,
    boundary_count: u32,
    volume: f32,                 // V = mass / rho0 [m^3]
    density_tolerance: f32,      // mean density error at which the density solve stops
    divergence_tolerance: f32,   // mean density change in one step at which the divergence solve stops
    max_iterations: u32,         // of either solve
    wall_margin: f32,            // closed walls and obstacles stop a particle this far before their surface [m]
    _pad0: u32,
}

@group(0) @binding(0) var<uniform> params: SimParams;

// Where a run stands; written by the one-thread kernels only. Mirror: layout.Control.
struct Control {
    live: u32,          // particles that exist
    sorted: u32,        // particles entering this step's sort, the dead of the last step among them
    running: u32,       // 1 while the present sub-step counts
    prime: u32,         // 1: evaluate forces once without moving anything
    step: u32,          // steps done
    step_limit: u32,    // no step beyond this one
    time_s: u32,        // simulated time: whole seconds
    time_frac: u32,     // and fractions of 2^-32 s, so that sums are exact
    goal_s: u32,        // steps after this time do nothing
    goal_frac: u32,
    dt: f32,            // last step [s]
    lost: u32,          // particles that left through open sides
    fault: u32,         // see fault.wgsl; nothing moves while it is set
    max_speed: f32,     // of the last step [m/s]
    previous_dt: f32,   // the step before it [s], zero where viscosity has nothing to guess from
    solve: u32,         // which system relax works on: SOLVE_DIVERGENCE or SOLVE_DENSITY
    iterations: u32,    // of the system under way
    divergence_iterations: u32,   // of the last step's divergence solve
    density_iterations: u32,      // and of its density solve
    residual: f32,                // mean predicted density error the density solve ended with
    viscosity_iterations: u32,    // of the last step's implicit viscosity
    viscous_step: f32,            // alpha and beta of its conjugate gradients,
    viscous_turn: f32,
    viscous_residual: f32,        // and the square of the residual that they belong to [m^2/s^2]
    born: u32,                    // particles that have been given a number
}

// Arguments of the indirect dispatches, four words apart. Mirror: layout.Dispatch.
struct Dispatch {
    cells: vec4<u32>,    // one invocation a grid cell
    sorted: vec4<u32>,   // one a particle entering the sort
    live: vec4<u32>,     // one a live particle
    scan: vec4<u32>,     // set to the first scan level's groups, or zero
    iterate: vec4<u32>,  // one a live particle while a solve has not converged
    viscous: vec4<u32>,  // one a live particle while the implicit viscosity has not converged
}

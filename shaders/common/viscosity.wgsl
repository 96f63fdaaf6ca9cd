// Friction between particles as an operator that an implicit step can invert:
//   (K u)_i = sum_j c w_ij ((u_i - u_j).x_ij) x_ij + f_i u_i,  w = (1 - q^2)^(7/4) / (r^2 + 0.01 h_s^2)
// It is symmetric, and pairs only pull along their line: neither momentum nor angular momentum comes from it but at walls, whose
// friction f_i holds the fluid. The shape is not that of the kernel's gradient, (1 - q)^3: with so few spacings in a support radius that one
// makes a lattice about twice as viscous along its diagonals as along its axes. With this one both are within 2 % of their mean, in the
// plane and in space (ref.SupportRatio; within 10 % for any ratio from 2 to 3); c makes that mean nu.
// Source: Weiler et al. (2018), A physically consistent implicit viscosity solver for SPH fluids, eq. 9; the shape is our own.
//import common/params.wgsl
//import common/wall.wgsl

// The part of K u that comes from one neighbour, over c.
fn viscous_pull(away: vec3<f32>, difference: vec3<f32>) -> vec3<f32> {
    let r2 = dot(away, away);
    let soft = 0.01 * params.smoothing_length * params.smoothing_length;
    let t = max(1.0 - r2 * params.inv_support * params.inv_support, 0.0);
    return away * (t * sqrt(t * sqrt(t)) * dot(difference, away) / (r2 + soft));
}

// f_i at walls that multiply the density by n.
fn viscous_drag(n: f32) -> f32 {
    return params.viscous_friction * wall_grip(n);
}

// What walls and obstacles are to the fluid: behind them the fluid goes on. A particle's own sum over the fluid, which lacks
// what a wall cuts off, is multiplied by N = exp(l), and each wall at distance s adds
//   l(s) = (l0 - l2) ((R1 - s) / (R1 - d/2))^4 + l2 (1 - ((s - d/2) / (R2 - d/2))^2)^2,
// the first part for s < R1, the second one l2 for s < d/2 and 0 from R2 on, where nothing is felt any more; l2 = 0 where the support
// radius is little more than two spacings, so that the wall cuts off neighbours of the first layer only.
// exp(l0) is what the lattice half a spacing from a wall needs, so that fluid at rest has its rest density up to the wall; in a
// corner the factors of its walls multiply. R1 gives l the slope at which a layer there is held by its own pressure, l2 and R2 do both for
// the second layer.
// rho_i = N(x_i) sum_j m W_ij is a function of the positions only, so a wall takes no energy and adds none; N has no grain along a
// wall; and because N multiplies the fluid's own sum, pressure acts along a wall as strongly as far from it. (Samples with
// Akinci volumes have a grain and half the slope, so the first layer sits at 0.3 spacings with twice the pressure; and any
// share that is added to the density, instead of multiplying, leaves the fluid beside a wall too weakly supported along it,
// so that it sinks there for ever.)
// Source: the wall as a function of signed distance after Koschier & Bender (2017), Density maps; factor and calibration are our own.
//import common/params.wgsl

// Exponent of l.
const STEEPNESS = 4.0;

// l and its slope. Behind the surface, where only what overlaps another solid can be, both stay as they are on it.
fn wall_log(s: f32) -> vec2<f32> {
    let u = max((params.wall_near - max(s, 0.0)) * params.inv_wall_span, 0.0);
    let u2 = u * u;
    let first = (params.wall_log - params.wall_deep) * vec2<f32>(u2 * u2, -STEEPNESS * params.inv_wall_span * u2 * u);
    let inv_span = 1.0 / (params.wall_reach - 0.5 * params.spacing);
    let x = clamp((s - 0.5 * params.spacing) * inv_span, 0.0, 1.0);
    let t = 1.0 - x * x;
    return first + params.wall_deep * t * vec2<f32>(t, -4.0 * inv_span * x);
}

// Fluid at rest behind a wall would be under more pressure than before it, by its own weight; the wall holds a particle that
// much more than with the particle's own pressure. slope: the gradient of the wall's share.
fn wall_support(slope: vec3<f32>) -> vec3<f32> {
    let push = -slope * params.inv_wall_slope;
    return push * (0.5 * max(0.0, -dot(params.gravity.xyz, push)) / max(length(push), 1e-6));
}

// The damping rate by walls that multiply the density by n: friction at half a spacing is that of fluid which stands still at
// the surface; limited nearby, where it would grow faster than an explicit step bears.
fn wall_drag(n: f32) -> f32 {
    return params.wall_friction * wall_grip(n);
}

fn wall_grip(n: f32) -> f32 {
    return min(log(n) / params.wall_log, 4.0);
}

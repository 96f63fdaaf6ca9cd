// The equation of state of a slightly compressible fluid, never negative so that walls and neighbours do not attract.
// Source: Becker & Teschner (2007), eq. 7, 9
//import common/params.wgsl

// Pressure [Pa] of fluid compressed to this share of its rest density.
fn tait(ratio: f32) -> f32 {
    let ratio3 = ratio * ratio * ratio;
    return max(0.0, params.stiffness * (ratio3 * ratio3 * ratio - 1.0));
}

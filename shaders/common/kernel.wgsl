// Wendland C2, support radius h, q = r / h <= 1:
//   W = sigma (1 - q)^4 (1 + 4 q),  grad W = x_ij (-20 sigma / h^2) (1 - q)^3,
//   sigma = 21 / (2 pi h^3) in three dimensions, 7 / (pi h^2) in two.
// The gradient needs no division by r, so coincident particles are harmless. Source: Wendland (1995), Adv. Comput.
// Math. 4:389-396; Dehnen & Aly (2012), MNRAS 425:1068, table 1.
//import common/params.wgsl

// W / sigma.
fn kernel_shape(q: f32) -> f32 {
    let s = 1.0 - q;
    let s2 = s * s;
    return s2 * s2 * (1.0 + 4.0 * q);
}

// grad W / (gradient_norm x_ij).
fn gradient_shape(q: f32) -> f32 {
    let s = 1.0 - q;
    return s * s * s;
}

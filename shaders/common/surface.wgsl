// The colour that surface tension sees: 1 inside the fluid, 0 outside, smoothed over surface_radius L, which is wider than h.
//   w = norm (1 - q^2)^m, q = r / L, m = 3 in space and 7/2 in the plane: the share of the half space behind a plane at distance s
//   is then 1 - C(s), C' = (315/256) (1 - t^2)^4 / L, t = s / L, in both.
//import common/params.wgsl
//import common/obstacle.wgsl

// w, and its derivatives: grad w = x_ij y, grad grad w = y I + z x_ij x_ij^T.
fn colour_shape(r2: f32) -> vec3<f32> {
    let plane = params.reach_z == 0u;
    let m = select(3.0, 3.5, plane);
    let scale = params.inv_surface * params.inv_surface;
    let u = max(1.0 - r2 * scale, 0.0);
    let base = params.surface_norm * u * select(1.0, sqrt(u), plane);
    return vec3<f32>(base * u * u, -2.0 * m * scale * base * u, 4.0 * m * (m - 1.0) * scale * scale * base);
}

// C, C' and C'' at a distance from a wall.
fn fluid_share(s: f32) -> vec3<f32> {
    let t = clamp(s * params.inv_surface, 0.0, 1.0);
    let t2 = t * t;
    let u = 1.0 - t2;
    let share = 0.5 + 1.23046875 * t * (1.0 + t2 * (-4.0 / 3.0 + t2 * (1.2 + t2 * (-4.0 / 7.0 + t2 / 9.0))));
    return vec3<f32>(share, 1.23046875 * u * u * u * u * params.inv_surface, -9.84375 * t * u * u * u * params.inv_surface * params.inv_surface);
}

// What all walls have in the colour at a point, U = 1 - product of C(s_k): w; its gradient: xyz; and second = grad grad U applied to along.
struct Solid {
    share: vec4<f32>,
    second: vec3<f32>,
}

fn with_wall(before: Solid, normal: vec3<f32>, s: f32, along: vec3<f32>) -> Solid {
    // Until the end share is grad ln P and P, second is (grad grad ln P) along.
    let c = fluid_share(s);
    let slope = c.y / c.x;
    return Solid(vec4<f32>(before.share.xyz + slope * normal, before.share.w * c.x),
        before.second + normal * ((c.z / c.x - slope * slope) * dot(normal, along)));
}

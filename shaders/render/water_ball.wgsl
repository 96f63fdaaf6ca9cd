//import render/particle_data.wgsl

@group(2) @binding(0) var eye_map: texture_2d<f32>;     // one texel: 1 while the eye is in the fluid

// The radius of the ball that stands for a particle. In the fluid balls overlap far enough to leave no gap between them nor
// at a wall half a spacing away; alone a ball is as large as its particle at most,
// and like the droplets of any splash most are smaller.
fn ball_radius(company: f32, id: f32) -> f32 {
    let alone = mix(0.2, 0.55, fract(id * 0.61803399));
    return frame.water.x * mix(alone, 0.9, company);
}

// 0 for a particle alone, 1 for one in the fluid or at its surface.
fn company_of(i: u32) -> f32 {
    return smoothstep(2.0, 16.0, density[i].y);
}

// -1 while the eye is in the fluid, else 1.
fn eye_side() -> f32 {
    return 1.0 - 2.0 * textureLoad(eye_map, vec2<i32>(0), 0).x;
}

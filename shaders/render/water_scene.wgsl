//import render/water_view.wgsl
//import render/environment.wgsl

// What the fluid's light is computed from.
@group(1) @binding(0) var behind: texture_2d<f32>;          // all that is no fluid, linear
@group(1) @binding(1) var behind_depth: texture_depth_2d;
@group(1) @binding(2) var surface: texture_2d<f32>;         // see water_depth
@group(1) @binding(3) var normals: texture_2d<f32>;         // see water_surface
@group(1) @binding(4) var thickness: texture_2d<f32>;       // [m]

// Reflectance of an unpolarised ray (Fresnel's equations), between media of a ratio of indices, 1 beyond the angle of total
// reflection.
fn reflectance(cosine: f32, ratio: f32) -> f32 {
    let sine2 = ratio * ratio * (1.0 - cosine * cosine);
    let t = sqrt(max(1.0 - sine2, 0.0));
    let s = (ratio * cosine - t) / (ratio * cosine + t);
    let p = (cosine - ratio * t) / (cosine + ratio * t);
    return select(0.5 * (s * s + p * p), 1.0, sine2 >= 1.0);
}

fn behind_at(pixel: vec2<f32>) -> f32 {
    let last = vec2<i32>(frame.screen.xy) - vec2<i32>(1);
    return distance_of(textureLoad(behind_depth, clamp(vec2<i32>(pixel), vec2<i32>(0), last), 0));
}

// How much fluid there is behind a pixel whose surface is so far away. The picture of it is as blurred as the discs it is
// made of; at the outline of the domain, where fluid may end at once, that is undone by what the same blur makes of the
// domain itself.
fn thickness_at(pixel: vec2<f32>, away: f32) -> f32 {
    let blurred = textureSampleLevel(thickness, smooth_sampler, pixel / frame.screen.xy, 0.0).x;
    let reach = 0.75 * frame.water.x * frame.screen.z / max(away, frame.water.w);
    let own = in_domain(way_through(pixel));
    let long = max(own.y - max(own.x, 0.0), 0.0);
    var sum = long;
    for (var k = 0; k < 6; k++) {
        let turn = f32(k) * 1.0471976 + 0.4;
        let other = in_domain(way_through(pixel + vec2<f32>(cos(turn), sin(turn)) * reach));
        sum += max(other.y - max(other.x, 0.0), 0.0);
    }
    return blurred * clamp(7.0 * long / max(sum, 1e-6), 0.5, 2.5);
}

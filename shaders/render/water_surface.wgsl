//import render/water_view.wgsl

@group(1) @binding(0) var surface: texture_2d<f32>;

// water_surface: the normals of the filtered surface; w: 1 where there is one. Each comes from the differences on the
// smoother side, so that it belongs to this surface and not to one behind.
@vertex
fn water_surface_vertex(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    return whole_picture(vertex);
}

fn place(at: vec2<i32>, inverse: f32) -> vec3<f32> {
    return way_through((vec2<f32>(at) + 0.5) / frame.layer.x) / abs(inverse);
}

// The way to the neighbour of a pair that lies closer in depth. What lies on a wall is another surface.
fn closer(at: vec2<i32>, step: vec2<i32>, own: f32) -> vec3<f32> {
    let last = vec2<i32>(textureDimensions(surface)) - vec2<i32>(1);
    let to_a = textureLoad(surface, clamp(at + step, vec2<i32>(0), last), 0).xy;
    let to_b = textureLoad(surface, clamp(at - step, vec2<i32>(0), last), 0).xy;
    let a = to_a.x;
    let b = to_b.x;
    let here = place(at, own);
    let ahead = select(abs(a - own), 1e30, a == 0.0 || to_a.y < 0.0 || any(at + step > last));
    let back = select(abs(b - own), 1e30, b == 0.0 || to_b.y < 0.0 || any(at - step < vec2<i32>(0)));
    if (max(ahead, back) < 1e29 && abs(a + b - 2.0 * own) < 0.3 * frame.water.x * own * own) {
        return 0.5 * (place(at + step, a) - place(at - step, b));
    }
    if (min(ahead, back) > 1e29) {
        return place(at + step, own) - here;
    }
    if (ahead < back) {
        return place(at + step, a) - here;
    }
    return here - place(at - step, b);
}

@fragment
fn water_surface_fragment(@builtin(position) pixel: vec4<f32>) -> @location(0) vec4<f32> {
    let at = vec2<i32>(pixel.xy);
    let ball = textureLoad(surface, at, 0).xy;
    let own = ball.x;
    if (own == 0.0) {
        discard;
    }
    if (ball.y < 0.0) {
        let way = way_through((vec2<f32>(at) + 0.5) / frame.layer.x);
        let across = enters_at(way);
        return vec4<f32>(across * -sign(dot(across, way)), 1.0);
    }
    // close by a texel is far smaller than what a surface of particles can show, and as rough as the filter's taps lie apart
    let wide = i32(clamp(0.12 * frame.water.x * frame.screen.z * frame.layer.x * abs(own), 1.0, 8.0));
    let right = closer(at, vec2<i32>(wide, 0), own);
    let down = closer(at, vec2<i32>(0, wide), own);
    return vec4<f32>(normalize(cross(down, right)), 1.0);
}

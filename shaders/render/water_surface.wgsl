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

// The way to the neighbour of a pair that lies closer in depth.
fn closer(at: vec2<i32>, step: vec2<i32>, own: f32) -> vec3<f32> {
    let last = vec2<i32>(textureDimensions(surface)) - vec2<i32>(1);
    let a = textureLoad(surface, clamp(at + step, vec2<i32>(0), last), 0).x;
    let b = textureLoad(surface, clamp(at - step, vec2<i32>(0), last), 0).x;
    let here = place(at, own);
    let ahead = select(abs(a - own), 1e30, a == 0.0 || any(at + step > last));
    let back = select(abs(b - own), 1e30, b == 0.0 || any(at - step < vec2<i32>(0)));
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
    let own = textureLoad(surface, at, 0).x;
    if (own == 0.0) {
        discard;
    }
    let right = closer(at, vec2<i32>(1, 0), own);
    let down = closer(at, vec2<i32>(0, 1), own);
    return vec4<f32>(normalize(cross(down, right)), 1.0);
}

// blit: a finished picture onto a window, pixel for pixel where sizes are equal.
struct Blit {
    size: vec4<f32>,    // xy: of the source; zw: of what it fills of the target, from the upper left [pixels]
    encode: u32,        // 1 when the target stores what it gets, without encoding it as sRGB
    _pad0: u32,
    _pad1: u32,
    _pad2: u32,
}

@group(0) @binding(0) var<uniform> blit: Blit;
@group(0) @binding(1) var picture: texture_2d<f32>;

@vertex
fn blit_vertex(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    let corner = vec2<f32>(f32(vertex & 1u) * 4.0 - 1.0, f32(vertex >> 1u) * 4.0 - 1.0);
    return vec4<f32>(corner, 0.0, 1.0);
}

fn encoded(c: vec3<f32>) -> vec3<f32> {
    let low = c * 12.92;
    let high = 1.055 * pow(max(c, vec3<f32>(0.0031308)), vec3<f32>(1.0 / 2.4)) - 0.055;
    return select(high, low, c <= vec3<f32>(0.0031308));
}

@fragment
fn blit_fragment(@builtin(position) pixel: vec4<f32>) -> @location(0) vec4<f32> {
    if (any(pixel.xy >= blit.size.zw)) {
        return vec4<f32>(0.0, 0.0, 0.0, 1.0);
    }
    let at = vec2<i32>(floor(pixel.xy * blit.size.xy / blit.size.zw));
    let last = vec2<i32>(blit.size.xy) - vec2<i32>(1);
    let color = textureLoad(picture, clamp(at, vec2<i32>(0), last), 0).rgb;
    return vec4<f32>(select(color, encoded(color), blit.encode != 0u), 1.0);
}

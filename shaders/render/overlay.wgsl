// overlay: textured triangles in pixels, laid over a finished picture.
struct Overlay {
    size: vec4<f32>,    // xy: of the picture [pixels]
    linear: u32,        // 1 when the picture blends in linear light, because its format encodes sRGB
    _pad0: u32,
    _pad1: u32,
    _pad2: u32,
}

@group(0) @binding(0) var<uniform> overlay: Overlay;
@group(1) @binding(0) var sheet: texture_2d<f32>;
@group(1) @binding(1) var smooth_sampler: sampler;

struct Corner {
    @builtin(position) position: vec4<f32>,
    @location(0) place: vec2<f32>,
    @location(1) color: vec4<f32>,
}

fn decoded(c: vec3<f32>) -> vec3<f32> {
    let low = c / 12.92;
    let high = pow((c + 0.055) / 1.055, vec3<f32>(2.4));
    return select(high, low, c <= vec3<f32>(0.04045));
}

@vertex
fn overlay_vertex(@location(0) at: vec2<f32>, @location(1) place: vec2<f32>, @location(2) color: vec4<f32>) -> Corner {
    var out: Corner;
    let clip = at / overlay.size.xy * 2.0 - vec2<f32>(1.0);
    out.position = vec4<f32>(clip.x, -clip.y, 0.0, 1.0);
    out.place = place;
    out.color = vec4<f32>(select(color.rgb, decoded(color.rgb), overlay.linear != 0u), color.a);
    return out;
}

// Letters were drawn for pictures that mix encoded colours. In linear light dark ones would come
// out thin and bright ones bold, so coverage is bent the other way: for black wholly, for white
// by half, which reads best.
fn bent(alpha: f32, bright: f32) -> f32 {
    let dark = 1.0 - pow(1.0 - alpha, 2.2);
    return mix(dark, pow(alpha, 1.5), bright);
}

@fragment
fn overlay_fragment(in: Corner) -> @location(0) vec4<f32> {
    let color = in.color * textureSample(sheet, smooth_sampler, in.place);
    if (overlay.linear == 0u || color.a >= 1.0) {
        return color; // most pixels
    }
    let bright = sqrt(dot(color.rgb, vec3<f32>(0.2126, 0.7152, 0.0722)));
    return vec4<f32>(color.rgb, bent(max(color.a, 0.0), bright));
}

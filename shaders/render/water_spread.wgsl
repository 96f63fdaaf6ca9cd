//import render/water_view.wgsl

@group(1) @binding(0) var surface: texture_2d<f32>;
@group(1) @binding(1) var<uniform> along: vec4<f32>;    // xy: direction; w: deviation [texels]

// water_spread: a Gauss filter along a line, for what the sun shines through: the traces of single particles go, the waves stay.
@vertex
fn water_spread_vertex(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    return whole_picture(vertex);
}

const SIDE = 5;

@fragment
fn water_spread_fragment(@builtin(position) pixel: vec4<f32>) -> @location(0) vec4<f32> {
    let at = vec2<i32>(pixel.xy);
    let last = vec2<i32>(textureDimensions(surface)) - vec2<i32>(1);
    // the sun's view scales alike in x and y
    let texel = frame.layer.z * 0.5 * length(vec3<f32>(frame.sun_clip[0].x, frame.sun_clip[1].x, frame.sun_clip[2].x));
    let stride = 2.2 * frame.water.x * texel / f32(SIDE);
    var sum = textureLoad(surface, at, 0);
    var weights = 1.0;
    for (var k = 1; k <= SIDE; k++) {
        let part = f32(k) / f32(SIDE);
        let weight = exp(-2.0 * part * part);
        let shift = vec2<i32>(round(along.xy * (stride * f32(k))));
        sum += weight * (textureLoad(surface, clamp(at + shift, vec2<i32>(0), last), 0)
            + textureLoad(surface, clamp(at - shift, vec2<i32>(0), last), 0));
        weights += 2.0 * weight;
    }
    return sum / weights;
}

//import render/water_view.wgsl

// water_over: the finished picture: the fluid over what is behind it, from light to the tones of a screen.
@group(1) @binding(0) var behind: texture_2d<f32>;      // all that is no fluid, linear
@group(1) @binding(1) var light: texture_2d<f32>;       // see water
@group(2) @binding(2) var smooth_sampler: sampler;

@vertex
fn water_over_vertex(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    return whole_picture(vertex);
}

// Light becomes a picture: a curve that keeps colours up to a middle tone and then bends towards white (J. Hable's and
// E. Reinhard's idea, on the largest channel so that hues stay, with some of the excess given to the others).
fn tone(light: vec3<f32>) -> vec3<f32> {
    let most = max(max(light.r, light.g), max(light.b, 1e-5));
    let bent = most * (1.0 + most / 16.0) / (1.0 + 0.55 * most);
    let hue = light * (bent / most);
    let white = smoothstep(0.8, 3.5, most);
    return clamp(mix(hue, vec3<f32>(bent), white * 0.7), vec3<f32>(0.0), vec3<f32>(1.0));
}

@fragment
fn water_over_fragment(@builtin(position) pixel: vec4<f32>) -> @location(0) vec4<f32> {
    let own = textureLoad(behind, vec2<i32>(pixel.xy), 0).rgb;
    // four bilinear samples on a turned square: edges soft by about a texel, whichever way they go
    let a = vec2<f32>(0.42, 0.16) / (frame.screen.xy * frame.layer.x);
    let b = vec2<f32>(-0.16, 0.42) / (frame.screen.xy * frame.layer.x);
    let uv = pixel.xy / frame.screen.xy;
    let fluid = 0.25 * (textureSampleLevel(light, smooth_sampler, uv - a, 0.0) + textureSampleLevel(light, smooth_sampler, uv + a, 0.0)
        + textureSampleLevel(light, smooth_sampler, uv - b, 0.0) + textureSampleLevel(light, smooth_sampler, uv + b, 0.0));
    return vec4<f32>(dither(tone(own * (1.0 - fluid.a) + fluid.rgb), pixel.xy), 1.0);
}

//import render/frame.wgsl

@group(2) @binding(0) var shadow_map: texture_depth_2d;

// sunlit_at compares one texel of the shadow map; outside the map the sun shines.
fn sunlit_at(texel: vec2<i32>, depth: f32) -> f32 {
    let side = i32(frame.screen.w);
    if (any(texel < vec2<i32>(0)) || any(texel >= vec2<i32>(side))) {
        return 1.0;
    }
    return select(0.0, 1.0, depth <= textureLoad(shadow_map, texel, 0));
}

// The share of sunlight at a point, 1 in the open: four texels, blended by distance.
fn sunlight(point: vec3<f32>, bias: f32) -> f32 {
    let clip = frame.sun_clip * vec4<f32>(point, 1.0);
    if (any(abs(clip.xy) > vec2<f32>(1.0)) || clip.z > 1.0) {
        return 1.0;
    }
    let depth = clip.z - bias;
    let at = vec2<f32>(clip.x * 0.5 + 0.5, 0.5 - clip.y * 0.5) * frame.screen.w - 0.5;
    let corner = floor(at);
    let part = at - corner;
    let texel = vec2<i32>(corner);
    let top = mix(sunlit_at(texel, depth), sunlit_at(texel + vec2<i32>(1, 0), depth), part.x);
    let bottom = mix(sunlit_at(texel + vec2<i32>(0, 1), depth), sunlit_at(texel + vec2<i32>(1, 1), depth), part.x);
    return 1.0 - frame.sun.w * (1.0 - mix(top, bottom, part.y));
}

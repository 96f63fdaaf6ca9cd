//import render/water_scene.wgsl

// water_under: the light that reaches an eye in the fluid: out of the fluid through its surface, or mirrored at it.
@vertex
fn water_under_vertex(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    return whole_picture(vertex);
}

@fragment
fn water_under_fragment(@builtin(position) pixel: vec4<f32>) -> @location(0) vec4<f32> {
    let texel = vec2<i32>(pixel.xy);
    let inverse = textureLoad(surface, texel, 0).x;
    if (inverse >= 0.0) {
        discard;
    }
    let at = pixel.xy / frame.layer.x;
    let normal = textureLoad(normals, texel, 0).xyz;
    let away = 1.0 / abs(inverse);
    let wall = behind_at(at);
    let long = way_through(at);
    let stretch = length(long);
    let way = long / stretch;
    let point = frame.eye.xyz + long * min(away, wall);
    let cosine = clamp(-dot(normal, way), 0.02, 1.0);
    // from inside: the way to the surface is in the fluid, what lies beyond is in the air
    let length_inside = min(away, wall) * stretch;
    let out = refract(way, normal, 1.0 / frame.glow.w);
    let mirrored = reflect(way, normal);
    let share = reflectance(cosine, 1.0 / frame.glow.w);
    let exit = pixel_of(point + out * frame.domain_max.w * 0.25);
    let on_screen = all(exit.xy > vec2<f32>(0.0)) && all(exit.xy < frame.screen.xy);
    let seen = textureSampleLevel(behind, smooth_sampler, exit.xy / frame.screen.xy, 0.0).rgb;
    let outside = select(environment(point, out), seen, on_screen && out.y < 0.3);
    let inside = environment(point, vec3<f32>(mirrored.x, -abs(mirrored.y), mirrored.z)) * exp(-frame.absorption.xyz * (2.0 * frame.water.x));
    let own = textureSampleLevel(behind, smooth_sampler, at / frame.screen.xy, 0.0).rgb;
    let beyond = select(mix(outside, inside, share), own, wall < away);
    let kept = exp(-frame.absorption.xyz * length_inside);
    let color = beyond * kept + frame.glow.rgb * (vec3<f32>(1.0) - kept);
    return vec4<f32>(color, 1.0);
}

//import render/water_view.wgsl

@group(1) @binding(0) var samples: texture_depth_multisampled_2d;

// water_join: one depth a pixel, that of the farthest sample: water goes right up to what stands before it.
@vertex
fn water_join_vertex(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    return whole_picture(vertex);
}

@fragment
fn water_join_fragment(@builtin(position) pixel: vec4<f32>) -> @builtin(frag_depth) f32 {
    let at = vec2<i32>(pixel.xy);
    return max(max(textureLoad(samples, at, 0), textureLoad(samples, at, 1)), max(textureLoad(samples, at, 2), textureLoad(samples, at, 3)));
}

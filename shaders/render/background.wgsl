//import render/frame.wgsl

// background: the backdrop wherever nothing was drawn.
@vertex
fn background_vertex(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    let corner = vec2<f32>(f32(vertex & 1u) * 4.0 - 1.0, f32(vertex >> 1u) * 4.0 - 1.0);
    return vec4<f32>(corner, 1.0, 1.0);
}

@fragment
fn background_fragment(@builtin(position) pixel: vec4<f32>) -> @location(0) vec4<f32> {
    return vec4<f32>(dither(backdrop(pixel.xy), pixel.xy), 1.0);
}

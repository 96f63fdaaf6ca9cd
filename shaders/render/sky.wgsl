//import render/water_view.wgsl
//import render/environment.wgsl

// sky: what is behind everything.
@vertex
fn sky_vertex(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    return vec4<f32>(whole_picture(vertex).xy, 1.0, 1.0);
}

@fragment
fn sky_fragment(@builtin(position) pixel: vec4<f32>) -> @location(0) vec4<f32> {
    let way = normalize(way_through(pixel.xy));
    return vec4<f32>(sky(vec3<f32>(way.x, max(way.y, 0.0), way.z)), 1.0);
}

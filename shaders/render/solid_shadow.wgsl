//import render/solid_data.wgsl

// solid_shadow: obstacles in the sun's view.
@vertex
fn solid_shadow_vertex(@builtin(instance_index) i: u32, @location(0) place: vec4<f32>) -> @builtin(position) vec4<f32> {
    return frame.sun_clip * vec4<f32>(solid_point(solids[i], place), 1.0);
}

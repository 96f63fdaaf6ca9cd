//import render/particle_data.wgsl

// particle_shadow: particles as hexagons in the sun's view.
@vertex
fn particle_shadow_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) i: u32) -> @builtin(position) vec4<f32> {
    if (!is_live(i)) {
        return nowhere();
    }
    let own = position[i];
    if (own.w < 0.0 || is_cut(shown_at(i))) {
        return nowhere();
    }
    // the sun's view scales alike in x and y
    let scale = length(vec3<f32>(frame.sun_clip[0].x, frame.sun_clip[1].x, frame.sun_clip[2].x));
    let clip = frame.sun_clip * vec4<f32>(shown_at(i), 1.0);
    return vec4<f32>(clip.xy + hexagon(vertex) * (frame.offset.w * scale), clip.zw);
}

//import render/particle_data.wgsl

// water_eye: a single texel that is 1 when the eye is inside the ball of any particle.
@vertex
fn water_eye_vertex(@builtin(vertex_index) i: u32) -> @builtin(position) vec4<f32> {
    if (!is_live(i)) {
        return nowhere();
    }
    if (position[i].w < 0.0) {
        return nowhere();
    }
    let radius = frame.water.x * mix(0.55, 0.9, smoothstep(2.0, 16.0, density[i].y));
    if (distance(shown_at(i), frame.eye.xyz) > radius) {
        return nowhere();
    }
    return vec4<f32>(0.0, 0.0, 0.5, 1.0);
}

@fragment
fn water_eye_fragment() -> @location(0) vec4<f32> {
    return vec4<f32>(1.0);
}

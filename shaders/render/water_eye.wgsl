//import render/water_ball.wgsl

// water_eye: a single texel that is 1 when the eye is inside the ball of any particle.
@vertex
fn water_eye_vertex(@builtin(vertex_index) i: u32) -> @builtin(position) vec4<f32> {
    if (!is_live(i)) {
        return nowhere();
    }
    if (position[i].w < 0.0) {
        return nowhere();
    }
    if (is_cut(frame.eye.xyz)) {
        return nowhere();
    }
    let ball = ball_of(i);
    let to = frame.eye.xyz - ball.centre;
    let inverse = inverse_of(ball.straight, ball.beside);
    if (dot(to, times(inverse.straight, inverse.beside, to)) > 1.0) {
        return nowhere();
    }
    return vec4<f32>(0.0, 0.0, 0.5, 1.0);
}

@fragment
fn water_eye_fragment() -> @location(0) vec4<f32> {
    return vec4<f32>(1.0);
}

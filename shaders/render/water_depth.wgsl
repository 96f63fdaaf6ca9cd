//import render/water_ball.wgsl

// water_depth: the nearest surface of the balls, as 1 over its distance before the eye; 0 where there is none. With the eye
// in the fluid it is the farthest surface, where one looks out of the water, with a minus: in both cases more is what hides
// the rest, and planes are linear over the picture. The second value is how much company the particle has.
struct WaterDepthVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) uv: vec2<f32>,
    @location(1) @interpolate(flat) ball: vec4<f32>,    // distance of its centre before the eye, radius, side of the eye, company
}

struct WaterDepth {
    @builtin(frag_depth) order: f32,
    @location(0) surface: vec4<f32>,
}

@vertex
fn water_depth_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) i: u32) -> WaterDepthVertex {
    var out: WaterDepthVertex;
    out.clip = nowhere();
    if (!is_live(i)) {
        return out;
    }
    if (position[i].w < 0.0) {
        return out;
    }
    let company = company_of(i);
    let centre = shown_at(i);
    let away = -dot(centre - frame.eye.xyz, frame.back.xyz);
    // never smaller than a texel, or far spray would flicker
    let radius = max(ball_radius(company, position[i].w), 0.6 * away / (frame.screen.z * frame.layer.x));
    let corner = around(vertex);
    out.clip = frame.clip * vec4<f32>(centre + (frame.right.xyz * corner.x + frame.up.xyz * corner.y) * radius, 1.0);
    out.uv = corner;
    out.ball = vec4<f32>(away, radius, eye_side(), company);
    return out;
}

@fragment
fn water_depth_fragment(in: WaterDepthVertex) -> WaterDepth {
    let rest = 1.0 - dot(in.uv, in.uv);
    if (rest < 0.0) {
        discard;
    }
    let away = max(in.ball.x - in.ball.z * in.ball.y * sqrt(rest), frame.water.w);
    let near = frame.water.w / away;
    return WaterDepth(select(near, 1.0 - near, in.ball.z < 0.0), vec4<f32>(in.ball.z / away, in.ball.w, 0.0, 0.0));
}

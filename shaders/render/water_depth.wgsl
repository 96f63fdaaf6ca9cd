//import render/water_ball.wgsl
//import render/water_view.wgsl

// water_depth: the nearest surface of the ellipsoids, as 1 over its distance before the eye; 0 where there is none. With the
// eye in the fluid it is the farthest surface, where one looks out of the water, with a minus: in both cases more is what hides
// the rest, and planes are linear over the picture. What sticks out of the domain is cut off: water ends flat at a wall. The
// second value is how much company the particle has, or ALONG_WALL where it ends at a wall.
struct WaterDepthVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) uv: vec2<f32>,
    @location(1) beside: vec3<f32>,                     // from its centre to the point of the plane through it
    @location(2) @interpolate(flat) ball: vec3<f32>,    // distance of its centre before the eye, side of the eye, company
    @location(3) @interpolate(flat) straight: vec3<f32>,
    @location(4) @interpolate(flat) across: vec3<f32>,  // with straight: the inverse of its matrix, squared
}

struct WaterDepth {
    @builtin(frag_depth) order: f32,
    @location(0) surface: vec4<f32>,
}

const ALONG_WALL = -1.0;

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
    var ball = ball_of(i);
    let side = eye_side();
    if (is_hidden(ball, side)) {
        return out;
    }
    let v = ball.centre - frame.eye.xyz;
    let away = -dot(v, frame.back.xyz);
    // never smaller than a texel, or far spray would flicker
    let least = 0.6 * away / (frame.screen.z * frame.layer.x);
    ball.straight = max(ball.straight, vec3<f32>(least * least));
    // its outline in the plane through its centre, seen from the eye
    let way = v / max(away, 1e-6);
    let right = frame.right.xyz + frame.back.xyz * dot(way, frame.right.xyz);
    let up = frame.up.xyz + frame.back.xyz * dot(way, frame.up.xyz);
    let to_right = times(ball.straight, ball.beside, right);
    let wide = max(dot(right, to_right), 1e-20);
    let skew = dot(up, to_right);
    let high = max(dot(up, times(ball.straight, ball.beside, up)) - skew * skew / wide, 1e-20);
    // and what the view adds to it close by
    let deep = dot(way, times(ball.straight, ball.beside, way)) / max(away * away * dot(way, way), 1e-20);
    let nearer = inverseSqrt(max(1.0 - deep, 0.04));
    let corner = around(vertex) * nearer;
    out.uv = corner;
    out.beside = frame.right.xyz * (corner.x * sqrt(wide)) + frame.up.xyz * (corner.x * skew * inverseSqrt(wide) + corner.y * sqrt(high));
    out.clip = frame.clip * vec4<f32>(ball.centre + out.beside, 1.0);
    out.ball = vec3<f32>(away, side, ball.company);
    let inverse = inverse_of(ball.straight, ball.beside);
    out.straight = inverse.straight;
    out.across = inverse.beside;
    return out;
}

@fragment
fn water_depth_fragment(in: WaterDepthVertex) -> WaterDepth {
    let way = way_through(in.clip.xy / frame.layer.x);
    let to_way = times(in.straight, in.across, way);
    let a = dot(way, to_way);
    let b = dot(in.beside, to_way);
    let c = dot(in.beside, times(in.straight, in.across, in.beside)) - 1.0;
    let rest = b * b - a * c;
    let inside = in_domain(way);
    let middle = in.ball.x - b / a;
    let half = sqrt(max(rest, 0.0)) / a;
    let near = max(middle - half, inside.x);
    let far = min(middle + half, inside.y);
    if (rest < 0.0 || far <= near || far <= frame.water.w) {
        discard;
    }
    let under = in.ball.y < 0.0;
    let away = max(select(near, far, under), frame.water.w);
    let order = frame.water.w / away;
    let on_wall = select(middle - half < inside.x, false, under);
    return WaterDepth(select(order, 1.0 - order, under), vec4<f32>(in.ball.y / away, select(in.ball.z, ALONG_WALL, on_wall), 0.0, 0.0));
}

//import render/water_view.wgsl

@group(1) @binding(0) var surface: texture_2d<f32>;

const RING = 1.3;           // of the surroundings that have a say [spacings]
const GAP = 0.8;            // what is so close behind a wall may lie on it [spacings]
const ALONG_WALL = -1.0;    // marks what does; see water_depth

// water_walls: the line where the surface meets a wall of the domain follows most of its surroundings, not each ball, and
// between balls there are no holes in what lies on a wall.
@vertex
fn water_walls_vertex(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    return whole_picture(vertex);
}

@fragment
fn water_walls_fragment(@builtin(position) pixel: vec4<f32>) -> @location(0) vec4<f32> {
    let ball = textureLoad(surface, vec2<i32>(pixel.xy), 0).xy;
    if (ball.x == 0.0) {
        discard;
    }
    let way = way_through(pixel.xy / frame.layer.x);
    let inside = in_domain(way);
    if (ball.x < 0.0 || inside.x <= frame.water.w || inside.x >= inside.y) {
        return vec4<f32>(ball, 0.0, 0.0);
    }
    // how far behind the wall the surface lies, straight from it
    let behind = abs(dot(enters_at(way), way)) * (1.0 / ball.x - inside.x);
    let touches = ball.y < 0.0;
    if (!touches && behind > GAP * frame.water.x) {
        return vec4<f32>(ball, 0.0, 0.0);
    }
    let around = RING * frame.water.x * frame.screen.z * frame.layer.x / inside.x;
    let end = vec2<i32>(textureDimensions(surface)) - vec2<i32>(1);
    var votes = 0.0;
    var free = vec3<f32>(0.0);
    for (var k = 0; k < 12; k++) {
        let turn = f32(k) * 0.5235988;
        let wide = select(1.0, 0.55, (k & 1) == 1) * around;
        let at = vec2<i32>(pixel.xy) + vec2<i32>(round(vec2<f32>(cos(turn), sin(turn)) * wide));
        let other = textureLoad(surface, clamp(at, vec2<i32>(0), end), 0).xy;
        votes += select(-1.0, 1.0, other.x > 0.0 && other.y < 0.0);
        free += select(vec3<f32>(0.0), vec3<f32>(other, 1.0), other.x > 0.0 && other.y >= 0.0);
    }
    if (!touches && votes > 0.5) {
        return vec4<f32>(1.0 / inside.x, ALONG_WALL, 0.0, 0.0);
    }
    if (touches && votes < -4.5 && free.z > 2.0) {
        return vec4<f32>(free.xy / free.z, 0.0, 0.0);
    }
    return vec4<f32>(ball, 0.0, 0.0);
}

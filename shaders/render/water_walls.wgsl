//import render/water_view.wgsl

@group(1) @binding(0) var surface: texture_2d<f32>;

const TOUCH = 1.0;          // what is so close to a wall lies on it [spacings]
const RING = 1.9;           // of the surroundings that have a say [spacings]
const ALONG_WALL = -1.0;    // marks that; see water_filter

// water_walls: ends the fluid at the walls of the domain, where balls stick out of it: against glass, water is flat.
@vertex
fn water_walls_vertex(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    return whole_picture(vertex);
}

@fragment
fn water_walls_fragment(@builtin(position) pixel: vec4<f32>) -> @location(0) vec4<f32> {
    let ball = textureLoad(surface, vec2<i32>(pixel.xy), 0).xy;
    let own = ball.x;
    if (own == 0.0) {
        discard;
    }
    let way = way_through(pixel.xy / frame.layer.x);
    let safe = select(way, vec3<f32>(1e-9), abs(way) < vec3<f32>(1e-9));
    let low = (frame.domain_min.xyz - frame.eye.xyz) / safe;
    let high = (frame.domain_max.xyz - frame.eye.xyz) / safe;
    let first = min(low, high);
    let last = max(low, high);
    let enter = max(max(first.x, first.y), first.z);
    let leave = min(min(last.x, last.y), last.z);
    let away = 1.0 / max(abs(own), 1e-9);
    // the side where the way comes in, and how far behind it the surface lies, straight from it
    let across = select(select(vec3<f32>(0.0, 0.0, 1.0), vec3<f32>(0.0, 1.0, 0.0), first.y >= enter), vec3<f32>(1.0, 0.0, 0.0), first.x >= enter);
    let plane = dot(across, way) * enter;
    let behind = abs(dot(across, way) * away - plane);
    let facing = enter > 0.0 && enter < leave && own > 0.0;
    let touches = facing && (behind < TOUCH * frame.water.x || away < enter);
    // the line where the surface meets the side follows most of its surroundings, not each ball
    let around = RING * frame.water.x * frame.screen.z * frame.layer.x / max(enter, frame.water.w);
    let end = vec2<i32>(textureDimensions(surface)) - vec2<i32>(1);
    var votes = 0.0;
    var free = vec2<f32>(0.0);
    var frees = 0.0;
    for (var k = 0; k < 12; k++) {
        let turn = f32(k) * 0.5235988;
        let wide = select(1.0, 0.55, (k & 1) == 1) * around;
        let shift = vec2<i32>(round(vec2<f32>(cos(turn), sin(turn)) * wide));
        let at = clamp(vec2<i32>(pixel.xy) + shift, vec2<i32>(0), end);
        let other = textureLoad(surface, at, 0).xy;
        let other_way = dot(across, way_through((vec2<f32>(at) + 0.5) / frame.layer.x));
        let other_away = 1.0 / max(abs(other.x), 1e-9);
        let there = other.x > 0.0 && abs(other_way * other_away - plane) < TOUCH * frame.water.x || other.x > 0.0 && other_away * abs(other_way) < abs(plane);
        votes += select(-1.0, 1.0, there);
        free += select(vec2<f32>(0.0), other, other.x > 0.0 && !there);
        frees += select(0.0, 1.0, other.x > 0.0 && !there);
    }
    let joins = facing && !touches && votes > 0.5 && behind < 4.0 * frame.water.x;
    let leaves = touches && votes < -0.5 && frees > 2.0;
    let on_wall = (touches || joins) && !leaves;
    let kept = select(away, enter, on_wall);
    let seen = select(0.0, 1.0 / max(kept, 1e-9), kept < leave && enter < leave);
    let under = -1.0 / max(min(away, leave), frame.water.w);
    // the filter leaves alone, and apart, what has no company
    let shown = select(vec2<f32>(seen, ball.y), vec2<f32>(seen, ALONG_WALL), on_wall);
    let drawn = select(shown, free / max(frees, 1.0), leaves);
    return vec4<f32>(select(drawn, vec2<f32>(under, ball.y), own < 0.0), 0.0, 0.0);
}

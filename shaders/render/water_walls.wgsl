//import render/water_view.wgsl

@group(1) @binding(0) var surface: texture_2d<f32>;

const TOUCH = 0.75;         // what is so close to a wall lies on it [spacings]
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
    // how far behind the side where the way comes in the surface lies, straight from that side
    let side = select(select(abs(way.z), abs(way.y), first.y >= enter), abs(way.x), first.x >= enter);
    let on_wall = enter > 0.0 && (away - enter) * side < TOUCH * frame.water.x;
    let kept = select(away, enter, on_wall);
    let seen = select(0.0, 1.0 / max(kept, 1e-9), kept < leave && enter < leave);
    let under = -1.0 / max(min(away, leave), frame.water.w);
    let out_of_it = own < 0.0;
    // the filter leaves alone, and apart, what has no company
    let company = select(ball.y, ALONG_WALL, on_wall && !out_of_it);
    return vec4<f32>(select(seen, under, out_of_it), company, 0.0, 0.0);
}

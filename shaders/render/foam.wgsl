//import render/water_view.wgsl
//import render/light.wgsl

// foam: bubbles, foam and spray as soft white discs over the fluid's light; what lies in the fluid fades with its depth.
@group(1) @binding(0) var<storage, read> foam_place: array<vec4<f32>>;  // w: time left [s]
@group(1) @binding(1) var<storage, read> foam_speed: array<vec4<f32>>;  // w: size, 0 to 1
@group(2) @binding(0) var behind_depth: texture_depth_2d;
@group(2) @binding(1) var surface: texture_2d<f32>;                     // see water_depth

struct FoamVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) uv: vec2<f32>,
    @location(1) @interpolate(flat) cover: f32,
    @location(2) @interpolate(flat) away: f32,
}

@vertex
fn foam_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) i: u32) -> FoamVertex {
    var out: FoamVertex;
    out.clip = vec4<f32>(0.0, 0.0, 2.0, 1.0);
    if (i >= arrayLength(&foam_place)) {
        return out;
    }
    let own = foam_place[i];
    if (own.w <= 0.0) {
        return out;
    }
    let moving = foam_speed[i];
    let centre = own.xyz - moving.xyz * frame.ahead + frame.offset.xyz;
    if (dot(frame.cut.xyz, centre) > frame.cut.w) {
        return out;
    }
    let away = -dot(centre - frame.eye.xyz, frame.back.xyz);
    let least = 0.7 * away / (frame.screen.z * frame.layer.x);
    let wanted = frame.water.x * mix(0.08, 0.24, moving.w * moving.w);
    let radius = max(wanted, least);
    let x = select(select(0.0, 1.7320508, vertex == 1u), -1.7320508, vertex == 0u);
    let corner = vec2<f32>(x, select(-1.0, 2.0, vertex == 2u));
    out.clip = frame.clip * vec4<f32>(centre + (frame.right.xyz * corner.x + frame.up.xyz * corner.y) * radius, 1.0);
    out.uv = corner;
    // small ones are drawn larger and fainter, and all fade at the end
    let share = wanted / radius;
    out.cover = 0.7 * share * share * smoothstep(0.0, 0.25, own.w);
    out.away = away;
    return out;
}

@fragment
fn foam_fragment(in: FoamVertex) -> @location(0) vec4<f32> {
    let rest = 1.0 - dot(in.uv, in.uv);
    if (rest <= 0.0) {
        discard;
    }
    let texel = vec2<i32>(in.clip.xy);
    let pixel = in.clip.xy / frame.layer.x;
    let last = vec2<i32>(frame.screen.xy) - vec2<i32>(1);
    let wall = distance_of(textureLoad(behind_depth, clamp(vec2<i32>(pixel), vec2<i32>(0), last), 0));
    let inverse = textureLoad(surface, texel, 0).x;
    let deep = max(in.away - 1.0 / max(abs(inverse), 1e-9) - 0.6 * frame.water.x, 0.0);
    let sunk = exp(-deep / (2.5 * frame.water.x));
    let seen = select(1.0, sunk, inverse > 0.0) * select(0.0, 1.0, in.away < wall + 0.3 * frame.water.x);
    let cover = in.cover * rest * rest * seen;
    let up = in.uv.y * 0.5 + 0.5;
    let white = frame.sun_color.rgb * (0.24 + 0.10 * up) + ambient(0.7) * 0.75;
    return vec4<f32>(white * cover, cover);
}

//import render/frame.wgsl

// cursor: the hand in the fluid, a ring around its ball with a dot in the middle; while it holds something the ring is
// stronger, and a line shows how the hand moves.

// Mirror: render/pass cursor.
struct CursorData {
    place: vec4<f32>,   // xyz: centre, scene coordinates [m]; w: radius [m]
    tip: vec4<f32>,     // xyz: where the line ends [m]; w: 1 while it holds something
}

@group(1) @binding(0) var<uniform> cursor_data: CursorData;

struct CursorVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) at: vec2<f32>,                     // ring: pixels from the centre; line: x along from 0 to 1, y pixels off
    @location(1) @interpolate(flat) size: f32,      // ring: its radius [pixels]
    @location(2) @interpolate(flat) line: u32,
}

const MARGIN = 4.0;     // pixels around the ring
const DOT = 3.0;        // radius of the dot [pixels]
const RING = 1.25;      // half width of the ring [pixels]

fn pixels_at(clip: vec4<f32>) -> vec2<f32> {
    return clip.xy / max(clip.w, 1e-6) * 0.5 * frame.screen.xy;
}

@vertex
fn cursor_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) part: u32) -> CursorVertex {
    let centre = frame.clip * vec4<f32>(cursor_data.place.xyz, 1.0);
    let corner = vec2<f32>(f32(vertex & 1u), f32(vertex >> 1u)) * 2.0 - 1.0;
    var out: CursorVertex;
    out.line = part;
    out.size = cursor_data.place.w * frame.screen.z / max(centre.w, 1e-6);
    if (part == 0u) {
        out.at = corner * (out.size + MARGIN);
        out.clip = vec4<f32>(centre.xy + out.at * 2.0 / frame.screen.xy * centre.w, centre.zw);
        return out;
    }
    let tip = frame.clip * vec4<f32>(cursor_data.tip.xyz, 1.0);
    let along = pixels_at(tip) - pixels_at(centre);
    let across = normalize(vec2<f32>(-along.y, along.x) + vec2<f32>(0.0, 1e-6));
    let end = select(centre, tip, corner.x > 0.0);
    out.at = vec2<f32>(0.5 + 0.5 * corner.x, corner.y * MARGIN);
    out.clip = vec4<f32>(end.xy + across * out.at.y * 2.0 / frame.screen.xy * end.w, end.zw);
    return out;
}

@fragment
fn cursor_fragment(in: CursorVertex) -> @location(0) vec4<f32> {
    let held = cursor_data.tip.w;
    if (in.line == 1u) {
        // it tapers towards the hand
        let cover = clamp(MARGIN * 0.6 * in.at.x + 0.5 - abs(in.at.y), 0.0, 1.0);
        return vec4<f32>(1.0, 0.55, 0.12, 0.9 * cover * held);
    }
    let r = length(in.at);
    let ring = clamp(RING + 0.5 - abs(r - in.size), 0.0, 1.0);
    let shade = clamp(RING + 2.0 - abs(r - in.size), 0.0, 1.0);
    let spot = clamp(DOT + 0.5 - r, 0.0, 1.0);
    let inside = 0.10 * held * clamp(in.size - r, 0.0, 1.0);
    let light = max(ring, spot);
    let alpha = max(max(light * mix(0.75, 1.0, held), 0.35 * shade), inside);
    return vec4<f32>(mix(vec3<f32>(0.05), vec3<f32>(1.0, 0.97, 0.9), max(light, select(0.0, 1.0, inside >= 0.35 * shade))), alpha);
}

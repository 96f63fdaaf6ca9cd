//import render/frame.wgsl

// edges: the twelve edges of the domain as thin lines; those in front are faint, so that they never
// hide the water.
struct EdgeVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) side: f32,                             // pixels from the middle of the line
    @location(1) @interpolate(flat) strength: f32,
}

// Which edges twelve instances draw: all, those behind the domain, the others.
const EDGES_ALL = 0u;
const EDGES_FAR = 1u;
const EDGES_NEAR = 2u;

const HALF_WIDTH = 1.5;     // pixels; the outermost fades

// Corner b of the domain; bit 0: x, bit 1: y, bit 2: z.
fn domain_corner(b: u32) -> vec3<f32> {
    let high = vec3<bool>((b & 1u) != 0u, (b & 2u) != 0u, (b & 4u) != 0u);
    return select(frame.domain_min.xyz, frame.domain_max.xyz, high);
}

// Whether the face at the low or high end of an axis looks towards the eye.
fn faces_eye(axis: u32, high: bool) -> bool {
    if (high) {
        return frame.eye[axis] > frame.domain_max[axis];
    }
    return frame.eye[axis] < frame.domain_min[axis];
}

@vertex
fn edges_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> EdgeVertex {
    let edge = instance % 12u;
    let which = instance / 12u;     // see EDGES_
    let axis = edge / 4u;
    let second = (axis + 1u) % 3u;
    let third = (axis + 2u) % 3u;
    let low = ((edge & 1u) << second) | (((edge >> 1u) & 1u) << third);
    var a = frame.clip * vec4<f32>(domain_corner(low), 1.0);
    var b = frame.clip * vec4<f32>(domain_corner(low | (1u << axis)), 1.0);
    // cut at the near plane, where screen coordinates end
    let least = 1e-5;
    if (a.z < least && b.z > least) {
        a = mix(a, b, (least - a.z) / (b.z - a.z));
    } else if (b.z < least && a.z > least) {
        b = mix(b, a, (least - b.z) / (a.z - b.z));
    }
    let first = (vertex & 1u) == 0u;
    let end = select(b, a, first);
    let along = (b.xy / max(b.w, 1e-6) - a.xy / max(a.w, 1e-6)) * frame.screen.xy;
    let across = normalize(vec2<f32>(-along.y, along.x) + vec2<f32>(0.0, 1e-6));
    let side = f32(vertex >> 1u) * 2.0 - 1.0;
    var out: EdgeVertex;
    out.clip = vec4<f32>(end.xy + across * side * HALF_WIDTH * frame.fine * 2.0 / frame.screen.xy * end.w, end.z * 0.99999, end.w);
    out.side = side * HALF_WIDTH;
    let front = u32(faces_eye(second, (edge & 1u) != 0u)) + u32(faces_eye(third, (edge & 2u) != 0u));
    out.strength = select(select(0.10, 0.28, front == 1u), 0.42, front == 0u);
    if ((which == EDGES_FAR && front > 0u) || (which == EDGES_NEAR && front == 0u)) {
        out.clip = vec4<f32>(0.0, 0.0, 2.0, 1.0);
    }
    return out;
}

@fragment
fn edges_fragment(in: EdgeVertex) -> @location(0) vec4<f32> {
    let cover = clamp(HALF_WIDTH - abs(in.side), 0.0, 1.0);
    return vec4<f32>(frame.edge_color.rgb, cover * in.strength);
}

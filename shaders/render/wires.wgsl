//import render/solid_data.wgsl

// wires: obstacles as thin lines. A line is two triangles with both its ends in every corner.
struct WireVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) side: f32,                             // pixels from the middle of the line
    @location(1) @interpolate(flat) color: vec3<f32>,
}

const WIRE_HALF_WIDTH = 1.3;    // pixels; the outermost fades

@vertex
fn wires_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) i: u32,
    @location(0) from_place: vec4<f32>, @location(1) to_place: vec4<f32>) -> WireVertex {
    let own = solids[i];
    var a = frame.clip * vec4<f32>(solid_point(own, from_place), 1.0);
    var b = frame.clip * vec4<f32>(solid_point(own, to_place), 1.0);
    // cut at the near plane, where screen coordinates end
    let least = 1e-5;
    if (a.z < least && b.z > least) {
        a = mix(a, b, (least - a.z) / (b.z - a.z));
    } else if (b.z < least && a.z > least) {
        b = mix(b, a, (least - b.z) / (a.z - b.z));
    }
    let corner = vertex % 6u;
    let first = corner == 0u || corner == 1u || corner == 4u;
    let side = select(-1.0, 1.0, corner == 1u || corner == 2u || corner == 4u);
    let along = (b.xy / max(b.w, 1e-6) - a.xy / max(a.w, 1e-6)) * frame.screen.xy;
    let across = normalize(vec2<f32>(-along.y, along.x) + vec2<f32>(0.0, 1e-6));
    let end = select(b, a, first);
    var out: WireVertex;
    out.clip = vec4<f32>(end.xy + across * side * WIRE_HALF_WIDTH * frame.fine * 2.0 / frame.screen.xy * end.w, end.z * 0.99999, end.w);
    out.side = side * WIRE_HALF_WIDTH;
    out.color = own.color.rgb;
    return out;
}

@fragment
fn wires_fragment(in: WireVertex) -> @location(0) vec4<f32> {
    return vec4<f32>(in.color, clamp(WIRE_HALF_WIDTH - abs(in.side), 0.0, 1.0) * 0.9);
}

//import render/light.wgsl
//import render/shadow.wgsl

// floor: the plane below the domain, with a grid in metres that fades into the backdrop.
struct FloorVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) point: vec2<f32>,      // x and z from the floor's centre
}

@vertex
fn floor_vertex(@builtin(vertex_index) vertex: u32) -> FloorVertex {
    let corner = vec2<f32>(f32(vertex & 1u) * 2.0 - 1.0, f32(vertex >> 1u) * 2.0 - 1.0);
    var out: FloorVertex;
    out.point = corner * frame.floor.w;
    out.clip = frame.clip * vec4<f32>(frame.floor.x + out.point.x, frame.floor.z, frame.floor.y + out.point.y, 1.0);
    return out;
}

// How much of the pixel a grid line of the given spacing covers.
fn lines(at: vec2<f32>, width: vec2<f32>, spacing: f32) -> f32 {
    let p = at / spacing;
    let w = width / spacing;
    let away = abs(fract(p - 0.5) - 0.5) / max(w, vec2<f32>(1e-6));
    let cover = clamp(1.0 - away, vec2<f32>(0.0), vec2<f32>(1.0)) * (1.0 - smoothstep(vec2<f32>(0.1), vec2<f32>(0.4), w));
    return max(cover.x, cover.y);
}

@fragment
fn floor_fragment(in: FloorVertex) -> @location(0) vec4<f32> {
    let behind = backdrop(in.clip.xy);
    let away = length(in.point) / frame.floor.w;
    let width = fwidth(in.point) * frame.fine;
    let fade = 1.0 - smoothstep(0.15, 1.0, away);
    if (fade <= 0.0) {
        return vec4<f32>(dither(behind, in.clip.xy), 1.0);
    }
    let scene = in.point + frame.floor.xy;
    let world = scene + frame.grid.zw;
    let fine = lines(world, width, frame.grid.x) * 0.35 * (1.0 - smoothstep(0.05, 0.55, away));
    let coarse = lines(world, width, frame.grid.y);
    let inside = all(scene > frame.domain_min.xz) && all(scene < frame.domain_max.xz);
    let tile = select(1.0, 1.0 + 0.18 * frame.floor_color.w, inside);
    let albedo = frame.floor_color.rgb * (tile + frame.floor_color.w * max(fine, coarse));
    let lit = sunlight(vec3<f32>(scene.x, frame.floor.z, scene.y), 0.002);
    let color = albedo * (frame.sun_color.rgb * frame.sun.y * lit + ambient(1.0) * mix(0.75, 1.0, lit));
    return vec4<f32>(dither(mix(behind, color, fade), in.clip.xy), 1.0);
}

//import render/particle_data.wgsl

// water_sun: how much fluid the sun shines through on its way to each texel of its map: x the thickness [m], y the same times
// the depth in the map, so that y/x is where the fluid is on the way.
struct SunVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) uv: vec2<f32>,
    @location(1) @interpolate(flat) most: vec2<f32>,
}

const SPREAD = 1.3;         // radius of the disc [spacings]

@vertex
fn water_sun_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) i: u32) -> SunVertex {
    var out: SunVertex;
    out.clip = nowhere();
    if (!is_live(i)) {
        return out;
    }
    if (position[i].w < 0.0 || is_cut(shown_at(i))) {
        return out;
    }
    // the sun's view scales alike in x and y
    let scale = length(vec3<f32>(frame.sun_clip[0].x, frame.sun_clip[1].x, frame.sun_clip[2].x));
    let clip = frame.sun_clip * vec4<f32>(shown_at(i), 1.0);
    let corner = around(vertex);
    out.clip = vec4<f32>(clip.xy + corner * (frame.water.x * SPREAD * scale), clip.zw);
    out.uv = corner;
    let most = frame.water.x * 3.0 / (3.14159265 * SPREAD * SPREAD);
    out.most = vec2<f32>(most, most * clip.z);
    return out;
}

@fragment
fn water_sun_fragment(in: SunVertex) -> @location(0) vec4<f32> {
    let rest = max(1.0 - dot(in.uv, in.uv), 0.0);
    return vec4<f32>(in.most * (rest * rest), 0.0, 0.0);
}

//import render/particle_data.wgsl

// water_thickness: how much fluid there is behind each pixel [m]: every particle adds its volume, spread over a soft disc.
struct ThicknessVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) uv: vec2<f32>,
    @location(1) @interpolate(flat) most: f32,
}

const SPREAD = 1.3;         // radius of the disc [spacings]

@vertex
fn water_thickness_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) i: u32) -> ThicknessVertex {
    var out: ThicknessVertex;
    out.clip = nowhere();
    if (!is_live(i)) {
        return out;
    }
    if (position[i].w < 0.0 || is_cut(shown_at(i))) {
        return out;
    }
    let radius = frame.water.x * SPREAD;
    let corner = around(vertex);
    out.clip = frame.clip * vec4<f32>(shown_at(i) + (frame.right.xyz * corner.x + frame.up.xyz * corner.y) * radius, 1.0);
    out.uv = corner;
    // the integral of (1 - r^2)^2 over the unit disc is pi/3
    out.most = frame.water.x * 3.0 / (3.14159265 * SPREAD * SPREAD);
    return out;
}

@fragment
fn water_thickness_fragment(in: ThicknessVertex) -> @location(0) vec4<f32> {
    let rest = max(1.0 - dot(in.uv, in.uv), 0.0);
    return vec4<f32>(in.most * rest * rest, 0.0, 0.0, 0.0);
}

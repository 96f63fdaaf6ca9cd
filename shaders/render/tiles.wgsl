//import render/environment.wgsl

// tiles: the floor below the domain, tiled in metres, that ends in the haze at the horizon.
struct TilesVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) point: vec2<f32>,      // x and z from the floor's centre
}

const EDGE = 12.0;      // the floor's end [distances at which it has faded]

@vertex
fn tiles_vertex(@builtin(vertex_index) vertex: u32) -> TilesVertex {
    let corner = vec2<f32>(f32(vertex & 1u) * 2.0 - 1.0, f32(vertex >> 1u) * 2.0 - 1.0);
    var out: TilesVertex;
    out.point = corner * (frame.floor.w * EDGE);
    out.clip = frame.clip * vec4<f32>(frame.floor.x + out.point.x, frame.floor.z, frame.floor.y + out.point.y, 1.0);
    return out;
}

@fragment
fn tiles_fragment(in: TilesVertex) -> @location(0) vec4<f32> {
    let width = fwidth(in.point);
    let haze = haze_at(length(in.point));
    let scene = in.point + frame.floor.xy;
    let behind = horizon_at(vec3<f32>(scene.x, frame.floor.z, scene.y) - frame.eye.xyz);
    if (haze > 0.995) {
        return vec4<f32>(behind, 1.0);
    }
    let color = floor_light(vec3<f32>(scene.x, frame.floor.z, scene.y), width);
    return vec4<f32>(mix(color, behind, haze), 1.0);
}

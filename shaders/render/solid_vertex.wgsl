//import render/solid_data.wgsl

// What obstacles are to every look: their surface as the rasteriser has it, and how much of the sky it sees.
struct SolidVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) point: vec3<f32>,
    @location(1) normal: vec3<f32>,
    @location(2) @interpolate(flat) albedo: vec3<f32>,
}

fn solid_vertex(body: Solid, place: vec4<f32>, normal: vec4<f32>) -> SolidVertex {
    var out: SolidVertex;
    out.point = solid_point(body, place);
    out.clip = frame.clip * vec4<f32>(out.point, 1.0);
    out.normal = solid_turn(body, normal.xyz);
    out.albedo = body.color.rgb;
    return out;
}

// The floor takes light from what stands close to it.
fn solid_openness(point: vec3<f32>, normal: vec3<f32>) -> f32 {
    let reach = frame.domain_max.w;     // domain size
    let rise = clamp((point.y - frame.floor.z) / (0.12 * reach), 0.0, 1.0);
    return mix(0.6, 1.0, rise) * mix(0.85, 1.0, normal.y * 0.5 + 0.5);
}

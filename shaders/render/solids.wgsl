//import render/solid_data.wgsl
//import render/light.wgsl
//import render/shadow.wgsl

// solids: obstacles, lit and in shadow.
struct SolidVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) point: vec3<f32>,
    @location(1) normal: vec3<f32>,
    @location(2) @interpolate(flat) albedo: vec3<f32>,
}

@vertex
fn solids_vertex(@builtin(instance_index) i: u32, @location(0) place: vec4<f32>, @location(1) normal: vec4<f32>) -> SolidVertex {
    let body = solids[i];
    var out: SolidVertex;
    out.point = solid_point(body, place);
    out.clip = frame.clip * vec4<f32>(out.point, 1.0);
    out.normal = solid_turn(body, normal.xyz);
    out.albedo = body.color.rgb;
    return out;
}

@fragment
fn solids_fragment(in: SolidVertex) -> @location(0) vec4<f32> {
    let normal = normalize(in.normal);
    let to_eye = normalize(frame.eye.xyz - in.point);
    let reach = frame.domain_max.w;     // domain size
    let lit = sunlight(in.point + normal * (0.006 * reach), 0.002);
    // the floor takes light from what stands close to it
    let rise = clamp((in.point.y - frame.floor.z) / (0.12 * reach), 0.0, 1.0);
    let openness = mix(0.6, 1.0, rise) * mix(0.85, 1.0, normal.y * 0.5 + 0.5);
    return vec4<f32>(shade(in.albedo, normal, to_eye, lit, openness), 1.0);
}

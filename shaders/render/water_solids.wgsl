//import render/solid_data.wgsl
//import render/environment.wgsl

// water_solids: obstacles beside water: lit through it, and reflecting the floor's light.
struct WaterSolidVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) point: vec3<f32>,
    @location(1) normal: vec3<f32>,
    @location(2) @interpolate(flat) albedo: vec3<f32>,
}

@vertex
fn water_solids_vertex(@builtin(instance_index) i: u32, @location(0) place: vec4<f32>, @location(1) normal: vec4<f32>) -> WaterSolidVertex {
    let body = solids[i];
    var out: WaterSolidVertex;
    out.point = solid_point(body, place);
    out.clip = frame.clip * vec4<f32>(out.point, 1.0);
    out.normal = solid_turn(body, normal.xyz);
    out.albedo = body.color.rgb;
    return out;
}

@fragment
fn water_solids_fragment(in: WaterSolidVertex) -> @location(0) vec4<f32> {
    let normal = normalize(in.normal);
    let to_eye = normalize(frame.eye.xyz - in.point);
    let reach = frame.domain_max.w;     // domain size
    let lit = sunlight(in.point + normal * (0.006 * reach), 0.002);
    let fluid = through_fluid(in.point + normal * (0.5 * frame.water.x));
    // the floor takes light from what stands close to it
    let rise = clamp((in.point.y - frame.floor.z) / (0.12 * reach), 0.0, 1.0);
    let openness = mix(0.6, 1.0, rise) * mix(0.85, 1.0, normal.y * 0.5 + 0.5);
    let color = shade(in.albedo, normal, to_eye, lit, openness);
    return vec4<f32>(color * (0.25 + 0.75 * fluid), 1.0);
}

//import render/solid_vertex.wgsl
//import render/environment.wgsl

// water_solids: obstacles beside water: lit through it, and reflecting the floor's light.
@vertex
fn water_solids_vertex(@builtin(instance_index) i: u32, @location(0) place: vec4<f32>, @location(1) normal: vec4<f32>) -> SolidVertex {
    return solid_vertex(solids[i], place, normal);
}

@fragment
fn water_solids_fragment(in: SolidVertex) -> @location(0) vec4<f32> {
    let normal = normalize(in.normal);
    let to_eye = normalize(frame.eye.xyz - in.point);
    let reach = frame.domain_max.w;     // domain size
    let lit = sunlight(in.point + normal * (0.006 * reach), 0.002);
    let fluid = through_fluid(in.point + normal * (0.5 * frame.water.x));
    let color = shade(in.albedo, normal, to_eye, lit, solid_openness(in.point, normal));
    return vec4<f32>(color * (0.25 + 0.75 * fluid), 1.0);
}

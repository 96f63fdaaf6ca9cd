//import render/solid_vertex.wgsl
//import render/light.wgsl
//import render/shadow.wgsl

// solids: obstacles, lit and in shadow.
@vertex
fn solids_vertex(@builtin(instance_index) i: u32, @location(0) place: vec4<f32>, @location(1) normal: vec4<f32>) -> SolidVertex {
    return solid_vertex(solids[i], place, normal);
}

@fragment
fn solids_fragment(in: SolidVertex) -> @location(0) vec4<f32> {
    let normal = normalize(in.normal);
    let to_eye = normalize(frame.eye.xyz - in.point);
    let reach = frame.domain_max.w;     // domain size
    let lit = sunlight(in.point + normal * (0.006 * reach), 0.002);
    return vec4<f32>(shade(in.albedo, normal, to_eye, lit, solid_openness(in.point, normal)), 1.0);
}

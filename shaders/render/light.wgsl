//import render/frame.wgsl

// Light that reaches a surface from the sky above and the ground below.
fn ambient(normal_y: f32) -> vec3<f32> {
    return mix(frame.ground_color.rgb, frame.sky_color.rgb, normal_y * 0.5 + 0.5);
}

// A semi-matte surface: Lambert, and Blinn-Phong with Schlick's Fresnel term for the gloss.
fn shade(albedo: vec3<f32>, normal: vec3<f32>, to_eye: vec3<f32>, sunlight: f32, openness: f32) -> vec3<f32> {
    let l = frame.sun.xyz;
    let diffuse = max(dot(normal, l), 0.0) * sunlight;
    let middle = normalize(l + to_eye);
    let facing = max(dot(normal, to_eye), 0.0);
    let fresnel = 0.04 + 0.96 * pow(1.0 - facing, 5.0);
    let gloss = pow(max(dot(normal, middle), 0.0), 48.0) * 0.35 * sunlight;
    let base = albedo * (frame.sun_color.rgb * diffuse + ambient(normal.y) * openness);
    return base + frame.sun_color.rgb * gloss + frame.sky_color.rgb * fresnel * 0.25 * openness;
}

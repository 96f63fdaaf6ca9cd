//import render/particle_data.wgsl
//import render/light.wgsl
//import render/shadow.wgsl

// particles: every particle as a lit ball. A ball is a disc through its centre, parallel to
// the picture, with a ball's normals. Particles hardly ever overlap, so the disc hides and is hidden as the ball would
// be, and because no fragment writes a depth of its own, hidden discs are thrown away before shading.
struct ParticleVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) uv: vec2<f32>,
    @location(1) @interpolate(flat) albedo: vec3<f32>,
    @location(2) @interpolate(flat) light: vec2<f32>,   // sunlight, openness to the sky
}

// The value that colours a particle.
fn field_of(i: u32) -> f32 {
    let own = density[i];
    let number = max(position[i].w, 0.0);
    let value = field_value(frame.field, length(velocity[i].xyz), own.x, frame.range.w, own.y, pressure[i], vorticity[i].w);
    let counted = select(value, number, frame.field == FIELD_ID);
    return select(counted, body[min(u32(number), arrayLength(&body) - 1u)], frame.field == FIELD_FLUID);
}

fn color_of(i: u32) -> vec3<f32> {
    let at = clamp((field_of(i) - frame.range.x) * frame.range.y, 0.0, 1.0) * 255.0;
    let low = u32(at);
    let mapped = mix(frame.map[low].rgb, frame.map[min(low + 1u, 255u)].rgb, at - floor(at));
    return select(mapped, frame.fluid_color.rgb, frame.field == FIELD_PLAIN);
}

@vertex
fn particles_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> ParticleVertex {
    var out: ParticleVertex;
    out.clip = nowhere();
    if (!is_live(instance)) {
        return out;
    }
    let i = select(instance, min(control.live, arrayLength(&position)) - 1u - instance, frame.reverse != 0u);
    let own = position[i];
    if (own.w < 0.0) {
        return out;
    }
    let centre = shown_at(i);
    if (is_cut(centre)) {
        return out;
    }
    let away = distance(frame.eye.xyz, centre);
    // never smaller than a pixel, or far spray would flicker
    let radius = max(frame.offset.w, 0.6 * frame.fine * away / frame.screen.z);
    let corner = around(vertex);
    let across = (frame.right.xyz * corner.x + frame.up.xyz * corner.y) * radius;
    out.clip = frame.clip * vec4<f32>(centre + across, 1.0);
    out.uv = corner;
    out.albedo = color_of(i);
    // Inside the body many neighbours stand in the light; at its surface few do.
    let crowd = smoothstep(8.0, 34.0, density[i].y);
    let openness = 1.0 - 0.6 * crowd;
    let lit = sunlight(centre + frame.sun.xyz * (frame.offset.w * 2.5), 0.0);
    out.light = vec2<f32>(lit * (1.0 - 0.35 * crowd), openness);
    return out;
}

@fragment
fn particles_fragment(in: ParticleVertex) -> @location(0) vec4<f32> {
    let reach = dot(in.uv, in.uv);
    let edge = max(fwidth(reach), 1e-6);
    let coverage = clamp((1.0 - reach) / edge + 0.5, 0.0, 1.0);
    if (coverage < frame.range.z) {
        discard;
    }
    let normal = vec3<f32>(in.uv, sqrt(max(1.0 - reach, 0.0)));    // along the camera's axes
    let diffuse = max(dot(normal, frame.sun_view.xyz) * 0.8 + 0.2, 0.0) * in.light.x;
    let upwards = dot(normal, frame.up_view.xyz);
    let cavity = 0.5 + 0.5 * normal.z;     // balls darken each other where they touch
    let g2 = max(dot(normal, frame.gloss_view.xyz), 0.0) * max(dot(normal, frame.gloss_view.xyz), 0.0);
    let g8 = g2 * g2 * g2 * g2;
    let gloss = g8 * g8 * g8 * g8 * g8 * (0.22 * in.light.x);
    let color = in.albedo * (frame.sun_color.rgb * diffuse + ambient(upwards) * in.light.y) * cavity
        + frame.sun_color.rgb * gloss;
    return vec4<f32>(color, coverage);
}

//import render/frame.wgsl

// The way from the eye through a pixel of the picture, in scene coordinates; it goes on by 1 along the view.
fn way_through(pixel: vec2<f32>) -> vec3<f32> {
    let at = vec2<f32>(pixel.x / frame.screen.x * 2.0 - 1.0, 1.0 - pixel.y / frame.screen.y * 2.0);
    return frame.right.xyz * (at.x * frame.lens.x) + frame.up.xyz * (at.y * frame.lens.y) - frame.back.xyz;
}

// How far before the eye a clip depth lies.
fn distance_of(depth: f32) -> f32 {
    return frame.lens.w / min(depth - frame.lens.z, -1e-9);
}

// Where a point of the scene is in the picture [pixels]; z: its distance before the eye.
fn pixel_of(point: vec3<f32>) -> vec3<f32> {
    let v = point - frame.eye.xyz;
    let away = max(-dot(v, frame.back.xyz), 1e-6);
    let at = vec2<f32>(dot(v, frame.right.xyz) / frame.lens.x, -dot(v, frame.up.xyz) / frame.lens.y) / away;
    return vec3<f32>((at * 0.5 + 0.5) * frame.screen.xy, away);
}

// A corner of the triangle that covers the picture.
fn whole_picture(vertex: u32) -> vec4<f32> {
    return vec4<f32>(f32(vertex & 1u) * 4.0 - 1.0, f32(vertex >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

// Where a way from the eye comes into the domain and where it leaves it, as its parts; none where x >= y. Fluid ends at the
// sides of the domain and at the cut.
fn in_domain(way: vec3<f32>) -> vec2<f32> {
    let safe = select(way, vec3<f32>(1e-9), abs(way) < vec3<f32>(1e-9));
    let low = (frame.domain_min.xyz - frame.eye.xyz) / safe;
    let high = (frame.domain_max.xyz - frame.eye.xyz) / safe;
    let first = min(low, high);
    let last = max(low, high);
    let cut = cut_at(way);
    let enter = max(max(first.x, first.y), max(first.z, cut.x));
    return vec2<f32>(enter, min(min(last.x, last.y), min(last.z, cut.y)));
}

// The same of the half space before the cut.
fn cut_at(way: vec3<f32>) -> vec2<f32> {
    let along = dot(frame.cut.xyz, way);
    let left = frame.cut.w - dot(frame.cut.xyz, frame.eye.xyz);
    if (abs(along) < 1e-9) {
        return vec2<f32>(-1e30, select(-1e30, 1e30, left >= 0.0));
    }
    return select(vec2<f32>(left / along, 1e30), vec2<f32>(-1e30, left / along), along > 0.0);
}

// The axis across the side where it comes in.
fn enters_at(way: vec3<f32>) -> vec3<f32> {
    let safe = select(way, vec3<f32>(1e-9), abs(way) < vec3<f32>(1e-9));
    let first = min((frame.domain_min.xyz - frame.eye.xyz) / safe, (frame.domain_max.xyz - frame.eye.xyz) / safe);
    if (cut_at(way).x >= max(max(first.x, first.y), first.z)) {
        return frame.cut.xyz;
    }
    let x = first.x >= max(first.y, first.z);
    let y = !x && first.y >= first.z;
    return select(select(vec3<f32>(0.0, 0.0, 1.0), vec3<f32>(0.0, 1.0, 0.0), y), vec3<f32>(1.0, 0.0, 0.0), x);
}

//import render/shadow.wgsl

@group(2) @binding(1) var sun_map: texture_2d<f32>;     // x: fluid on the sun's way [m]; y: the same times its depth in the map
@group(2) @binding(2) var smooth_sampler: sampler;

// Where a point lies in the sun's map; z: its depth there.
fn sun_place(point: vec3<f32>) -> vec3<f32> {
    let clip = frame.sun_clip * vec4<f32>(point, 1.0);
    return vec3<f32>(clip.x * 0.5 + 0.5, 0.5 - clip.y * 0.5, clip.z);
}

// Near the walls the map's filter takes in what lies beyond them, where there is no fluid: a point of the tank is looked up
// that much away from them.
fn away_from_walls(point: vec3<f32>) -> vec3<f32> {
    let low = frame.domain_min.xz;
    let high = frame.domain_max.xz;
    let inset = min(vec2<f32>(2.2 * frame.water.x), 0.45 * (high - low));
    let inside = all(point.xz >= low - 1e-4) && all(point.xz <= high + 1e-4);
    let kept = clamp(point.xz, low + inset, high - inset);
    return select(point, vec3<f32>(kept.x, point.y, kept.y), inside);
}

fn inside_map(at: vec2<f32>) -> f32 {
    return select(0.0, 1.0, all(at > vec2<f32>(0.0)) && all(at < vec2<f32>(1.0)));
}

// What fluid between the sun and a point leaves of its light. Half of what is scattered arrives all the same.
fn through_fluid(point: vec3<f32>) -> vec3<f32> {
    let at = sun_place(away_from_walls(point));
    let seen = textureSampleLevel(sun_map, smooth_sampler, at.xy, 0.0).xy * inside_map(at.xy);
    let middle = seen.y / max(seen.x, 1e-6);
    // the part of the fluid that lies before the point
    let half = 0.5 * seen.x * length(vec3<f32>(frame.sun_clip[0].z, frame.sun_clip[1].z, frame.sun_clip[2].z)) + 1e-6;
    let part = clamp((at.z - middle + half) / (2.0 * half), 0.0, 1.0);
    let way = seen.x * part;
    let surface = 1.0 - 0.06 * smoothstep(0.0, frame.water.x, way);     // what is mirrored away
    return exp(-frame.absorption.xyz * way) * surface * (1.0 - 0.5 * frame.glow.rgb * (vec3<f32>(1.0) - exp(-2.0 * frame.absorption.xyz * way)));
}

// How much the waves of the fluid above gather light at a point of the floor, 1 on average: a surface of curvature c at height
// h over the floor is a lens, and gathers by 1 / (1 + (1 - 1/n) h c), the first order of the paths of light.
fn caustic(point: vec3<f32>) -> f32 {
    let at = sun_place(away_from_walls(point));
    let scale = 0.5 * length(vec3<f32>(frame.sun_clip[0].x, frame.sun_clip[1].x, frame.sun_clip[2].x));
    let reach = 1.1 * frame.water.x;
    let step = reach * scale;
    let own = textureSampleLevel(sun_map, smooth_sampler, at.xy, 0.0).x;
    let left = textureSampleLevel(sun_map, smooth_sampler, at.xy - vec2<f32>(step, 0.0), 0.0).x;
    let right = textureSampleLevel(sun_map, smooth_sampler, at.xy + vec2<f32>(step, 0.0), 0.0).x;
    let up = textureSampleLevel(sun_map, smooth_sampler, at.xy - vec2<f32>(0.0, step), 0.0).x;
    let down = textureSampleLevel(sun_map, smooth_sampler, at.xy + vec2<f32>(0.0, step), 0.0).x;
    let curvature = (left + right + up + down - 4.0 * own) / (reach * reach);
    // where the fluid ends at a wall there is no lens
    let least = min(min(left, right), min(up, down));
    let closed = smoothstep(0.35, 0.85, least / max(own, 1e-6));
    let lens = 1.0 + frame.layer.w * closed * (1.0 - frame.glow.w) * own * curvature;
    let gain = 1.0 / max(lens, 0.3);
    return mix(1.0, clamp(gain, 0.5, 2.2), inside_map(at.xy));
}

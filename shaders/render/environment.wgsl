//import render/water_light.wgsl
//import render/light.wgsl

@group(2) @binding(3) var around_map: texture_2d<f32>;     // what stands around, in degrees of longitude and latitude
@group(2) @binding(4) var around_sampler: sampler;

// What the environment's picture shows in a direction.
fn around_at(way: vec3<f32>) -> vec3<f32> {
    let at = vec2<f32>(atan2(way.x, -way.z) * 0.15915494 + 0.5, acos(clamp(way.y, -1.0, 1.0)) * 0.31830989);
    let last = 0.5 / f32(textureDimensions(around_map).y);
    return textureSampleLevel(around_map, around_sampler, vec2<f32>(at.x, clamp(at.y, last, 1.0 - last)), 0.0).rgb;
}

// What the floor fades into in a direction.
fn horizon_at(way: vec3<f32>) -> vec3<f32> {
    if (frame.zenith.w > 1.5) {
        return around_at(normalize(vec3<f32>(way.x, 0.02, way.z)));
    }
    return frame.horizon.rgb;
}

// How much cloud there is in a direction: soft banks on a plane overhead, of a few waves that bend each other.
fn clouds(way: vec3<f32>) -> f32 {
    let p = way.xz * (2.6 / (max(way.y, 0.0) + 0.3)) + vec2<f32>(0.6, 1.9);
    let bend = vec2<f32>(sin(p.y * 1.3 + 0.7), sin(p.x * 1.1 - 1.1));
    let q = p + 0.8 * bend;
    let wide = sin(q.x * 0.9 + 0.9) * sin(q.y * 1.1 + 2.2);
    let fine = sin(q.x * 2.9 + 2.0 * bend.y) * sin(q.y * 2.3 - 1.3) + 0.5 * sin(q.x * 5.3 - 2.1 * bend.x) * sin(q.y * 6.1 + q.x);
    return smoothstep(0.05, 0.9, wide + 0.35 * fine);
}

// How much lamp there is in a direction: three long soft boxes at a studio's ceiling.
fn lamps(way: vec3<f32>) -> f32 {
    let p = way.xz / max(way.y, 0.02);
    let across = abs(fract(p.x * 0.55 + 0.62) - 0.5);
    let strip = (1.0 - smoothstep(0.13, 0.2, across)) * (1.0 - smoothstep(1.1, 1.5, abs(p.x)));
    return strip * (1.0 - smoothstep(1.4, 1.9, abs(p.y)));
}

// The sky in a direction: hazy at the horizon, deep overhead, bright where there are clouds and around the sun.
fn sky(way: vec3<f32>) -> vec3<f32> {
    if (frame.zenith.w > 1.5) {
        return around_at(way);
    }
    let up = clamp(way.y, 0.0, 1.0);
    let haze = 1.0 - up;
    let haze2 = haze * haze;
    let base = mix(frame.zenith.rgb, frame.horizon.rgb, haze2 * haze2 * haze2 * 0.8 + haze2 * 0.2);
    let s = max(dot(way, frame.sun.xyz), 0.0);
    let s4 = s * s * s * s;
    let s16 = s4 * s4 * s4 * s4;
    let cover = mix(clouds(way) * smoothstep(0.04, 0.3, way.y), lamps(way), frame.zenith.w);
    return mix(base, vec3<f32>(frame.horizon.w), cover) + frame.sun_color.rgb * (0.05 * s4 + 0.2 * s16);
}

// The sun itself as a surface mirrors it, a little blurred by what is finer than particles.
fn sun_disc(way: vec3<f32>) -> vec3<f32> {
    let s = max(dot(way, frame.sun.xyz), 0.0);
    let narrow = exp((s - 1.0) * 9000.0);
    let wide = exp((s - 1.0) * 500.0);
    return frame.sun_color.rgb * (110.0 * narrow + 1.6 * wide);
}

// The share of a strip of the given width around x that joints of this spacing and half width take, by its exact integral.
fn joints(x: vec2<f32>, width: vec2<f32>, spacing: f32, half: f32) -> f32 {
    let w = max(width, vec2<f32>(1e-7)) / spacing;
    let p = x / spacing + 0.5;
    let h = half / spacing;
    let a = p - 0.5 * w;
    let b = p + 0.5 * w;
    // the integral of 1 within h of every whole number and a half
    let ia = floor(a) * 2.0 * h + clamp(fract(a) - 0.5 + h, vec2<f32>(0.0), vec2<f32>(2.0 * h));
    let ib = floor(b) * 2.0 * h + clamp(fract(b) - 0.5 + h, vec2<f32>(0.0), vec2<f32>(2.0 * h));
    let cover = clamp((ib - ia) / w, vec2<f32>(0.0), vec2<f32>(1.0));
    return cover.x + cover.y - cover.x * cover.y;
}

// A number from 0 to 1 for each tile.
fn tile_tone(tile: vec2<f32>) -> f32 {
    let h = sin(dot(tile, vec2<f32>(12.9898, 78.233))) * 43758.547;
    return fract(h);
}

// The floor's own colour: tiles of the fine spacing, and a darker joint at the coarse one.
fn tiles(scene: vec2<f32>, width: vec2<f32>) -> vec3<f32> {
    let at = scene + frame.grid.zw;
    let fine = joints(at, width, frame.grid.x, 0.018 * frame.grid.x);
    let coarse = joints(at, width, frame.grid.y, 0.03 * frame.grid.x);
    let tone = tile_tone(floor(at / frame.grid.x)) - 0.5;
    let detail = 1.0 - smoothstep(0.15, 0.6, max(width.x, width.y) / frame.grid.x);
    // the floor of the tank is bright
    let edge = min(scene - frame.domain_min.xz, frame.domain_max.xz - scene) / max(width, vec2<f32>(1e-6)) + 0.5;
    let inside = clamp(min(edge.x, edge.y), 0.0, 1.0);
    let ground = frame.floor_color.rgb * mix(1.0, frame.floor_color.w, inside);
    let tile = ground * (1.0 + 0.10 * tone * detail);
    return mix(tile, ground * vec3<f32>(0.38, 0.42, 0.46), max(0.75 * fine, coarse));
}

// The floor at a point, lit by sun and sky.
fn floor_light(point: vec3<f32>, width: vec2<f32>) -> vec3<f32> {
    let lit = sunlight(point, 0.002);
    let fluid = through_fluid(point);
    let sun = frame.sun_color.rgb * (frame.sun.y * lit) * fluid * caustic(point);
    return tiles(point.xz, width) * (sun + ambient(1.0) * mix(0.72, 1.0, lit) * (0.4 + 0.6 * fluid));
}

// How far the floor has faded into the haze at that distance from its centre.
fn haze_at(away: f32) -> f32 {
    let d = away / frame.floor.w;
    return 1.0 - exp(-d * d * 2.5);
}

// What a point mirrors from a direction: sky, or the floor, a plane for ever; its shadows do not show in so faint a mirror.
fn environment(start: vec3<f32>, way: vec3<f32>) -> vec3<f32> {
    let reach = (frame.floor.z - start.y) / min(way.y, -1e-4);
    let hit = start + way * reach;
    let width = max(reach, 0.0) * 0.004 / max(-way.y, 0.05);
    let above = sky(vec3<f32>(way.x, max(way.y, 0.0), way.z));
    if (way.y >= 0.0) {
        return above;
    }
    let lit = frame.sun_color.rgb * frame.sun.y + ambient(1.0);
    return mix(tiles(hit.xz, vec2<f32>(width)) * lit, horizon_at(way), haze_at(length(hit.xz - frame.floor.xy)));
}

//import render/water_scene.wgsl

// water: the light that comes from the fluid's surface, which mirrors and refracts; alpha: 1 where there is some.
@vertex
fn water_vertex(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    return whole_picture(vertex);
}

const STEPS = 5;
const WAY_STEPS = 6;
const WAY = 0.3;            // how far a way in the fluid is followed [domain sizes]

// Which upright sides of the domain mirror a way in the fluid: it comes at them beyond the angle of total reflection.
fn mirrors_of(way: vec3<f32>) -> vec3<bool> {
    let least = sqrt(1.0 - frame.glow.w * frame.glow.w);
    return (abs(way) < vec3<f32>(least)) & vec3<bool>(true, false, true);
}

// Where a way gets to that some of the sides mirror.
fn mirrored_at(point: vec3<f32>, sides: vec3<bool>) -> vec3<f32> {
    let low = select(point, 2.0 * frame.domain_min.xyz - point, sides & (point < frame.domain_min.xyz));
    return select(low, 2.0 * frame.domain_max.xyz - low, sides & (low > frame.domain_max.xyz));
}

// How long a way stays in the fluid, as far as the picture tells of its front and how much there is behind. Straight
// through a block there is hardly any water at its outline; bent at the surface the way goes into the block instead.
fn way_inside(start: vec3<f32>, way: vec3<f32>, sides: vec3<bool>, stretch: f32) -> f32 {
    let reach = WAY * frame.domain_max.w;
    let last = vec2<i32>(textureDimensions(surface)) - vec2<i32>(1);
    var before = 0.0;
    var within = 1.0;
    var sum = 0.0;
    for (var k = 1; k <= WAY_STEPS; k++) {
        let part = f32(k) / f32(WAY_STEPS);
        let far = reach * part * part;      // finer close by
        let at = pixel_of(mirrored_at(start + way * far, sides));
        let inverse = textureLoad(surface, clamp(vec2<i32>(at.xy * frame.layer.x), vec2<i32>(0), last), 0).x;
        let front = 1.0 / max(inverse, 1e-6);
        let deep = textureSampleLevel(thickness, smooth_sampler, at.xy / frame.screen.xy, 0.0).x / stretch;
        // the share of the step that lies between them
        let margin = min(at.z - front, front + deep - at.z) + 2.0 * frame.water.x;
        within *= clamp(0.5 + 0.5 * margin / (far - before), 0.0, 1.0);
        sum += within * (far - before);
        before = far;
    }
    return sum;
}

// What a way in the fluid ends at, as the picture behind the fluid has it: the pixel, its distance before the eye, and which
// part of the way leads there. What it meets on its way counts; what stands before the fluid there does not, and without
// anything it is what lies straight behind.
fn see_through(start: vec3<f32>, way: vec3<f32>, sides: vec3<bool>, straight: vec2<f32>, wall: f32) -> vec4<f32> {
    var last = vec4<f32>(straight, wall, 1.0);
    let slack = 2.0 * length(way) / f32(STEPS) + frame.water.x;
    var before = -length(way) / f32(STEPS);    // by how much it had passed what lies there, at the step before
    for (var k = 1; k <= STEPS; k++) {
        let true_at = pixel_of(mirrored_at(start + way * (f32(k) / f32(STEPS)), sides));
        // beyond the picture's edge there is more of what is at it
        let at = vec3<f32>(clamp(true_at.xy, vec2<f32>(0.0), frame.screen.xy), true_at.z);
        let there = behind_at(at.xy);
        let past = at.z - there;
        if (past > slack) {
            continue;
        }
        last = vec4<f32>(at.xy, there, 1.0);
        if (past > 0.0) {
            // it was met a little before
            let share = (f32(k) - past / max(past - before, 1e-6)) / f32(STEPS);
            let met = pixel_of(mirrored_at(start + way * share, sides));
            return vec4<f32>(met.xy, behind_at(met.xy), share);
        }
        before = past;
    }
    return last;
}

const MIRROR_STEPS = 12;

// What of the obstacles a surface mirrors, as far as the picture shows them: their light, and 1 where there is one.
fn see_mirrored(start: vec3<f32>, way: vec3<f32>) -> vec4<f32> {
    if (frame.gloss_view.w < 0.5) {
        return vec4<f32>(0.0);
    }
    let reach = 0.7 * frame.domain_max.w;
    var before = 0.0;
    for (var k = 1; k <= MIRROR_STEPS; k++) {
        let part = f32(k) / f32(MIRROR_STEPS);
        let far = reach * part * part;      // finer close by
        let point = start + way * far;
        let at = pixel_of(point);
        if (point.y < frame.floor.z || any(at.xy < vec2<f32>(0.0)) || any(at.xy > frame.screen.xy)) {
            break;
        }
        let past = at.z - behind_at(at.xy);
        if (past > 0.0 && past < 1.5 * (far - before) + frame.water.x) {
            // it was met between the steps: in the middle is close enough where a half shows it, too
            let middle = pixel_of(start + way * (0.5 * (far + before)));
            let nearer = middle.z - behind_at(middle.xy) > 0.0;
            let there = select(at.xy, middle.xy, nearer);
            let rim = min(there, frame.screen.xy - there) / (0.05 * frame.screen.xy);
            let shown = clamp(min(rim.x, rim.y), 0.0, 1.0);
            return vec4<f32>(textureSampleLevel(behind, smooth_sampler, there / frame.screen.xy, 0.0).rgb, shown);
        }
        before = far;
    }
    return vec4<f32>(0.0);
}

@fragment
fn water_fragment(@builtin(position) pixel: vec4<f32>) -> @location(0) vec4<f32> {
    let texel = vec2<i32>(pixel.xy);
    let inverse = textureLoad(surface, texel, 0).x;
    if (inverse <= 0.0) {
        discard;
    }
    let at = pixel.xy / frame.layer.x;
    let normal = textureLoad(normals, texel, 0).xyz;
    let away = 1.0 / abs(inverse);
    let wall = behind_at(at);
    let long = way_through(at);
    let stretch = length(long);
    let way = long / stretch;
    // the filter may have drawn the surface back, but not by more than this
    if (wall + 0.6 * frame.water.x <= away) {
        discard;
    }
    let point = frame.eye.xyz + long * min(away, wall);
    let cosine = clamp(-dot(normal, way), 0.02, 1.0);
    let room = (wall - away) * stretch;
    let deep = thickness_at(at, away);
    let inside = refract(way, normal, frame.glow.w);
    let sides = mirrors_of(inside);
    let bent = max(min(deep, room), way_inside(point, inside, sides, stretch));
    let found = see_through(point, inside * bent, sides, at, wall);
    let there = found.xy;
    let seen = textureSampleLevel(behind, smooth_sampler, there / frame.screen.xy, 0.0).rgb;
    let length_inside = max(bent * found.w, 1.2 * frame.water.x);
    let kept = exp(-frame.absorption.xyz * length_inside);
    let lit = sunlight(point + normal * frame.water.x, 0.003);
    let scattered = frame.glow.rgb * (frame.sun_color.rgb * (0.35 + 0.35 * max(dot(normal, frame.sun.xyz), 0.0)) * lit + ambient(normal.y));
    let mirrored = reflect(way, normal);
    // a little more than Fresnel's share head on: what a still camera's polariser would rather take away
    // where it meets a wall its edge is that of single balls, which would glitter
    let gap = min(point.xz - frame.domain_min.xz, frame.domain_max.xz - point.xz);
    let clear = smoothstep(0.4, 2.2, min(gap.x, gap.y) / frame.water.x);
    let share = mix(reflectance(max(cosine, 0.55 * (1.0 - clear)), frame.glow.w), 1.0, frame.absorption.w * clear);
    let solid = see_mirrored(point + normal * (0.5 * frame.water.x), mirrored);
    let around = environment(point, mirrored);
    // nor do clouds and lamps flash up in it there
    let calm = mix(min(around, 0.7 * frame.horizon.rgb), around, smoothstep(0.8, 3.0, min(gap.x, gap.y) / frame.water.x));
    let shine = mix(calm, solid.rgb, solid.a) + sun_disc(mirrored) * (lit * clear);
    let color = mix(seen * kept + scattered * (vec3<f32>(1.0) - kept), shine, share);
    return vec4<f32>(color, 1.0);
}

//import render/water_view.wgsl

// water_filter: one direction of the narrow-range filter, s' = a of the least sum g (s_j - a - b j)^2 over a line of texels,
// which makes a surface out of balls and keeps what is in front of it or behind apart.
// Reads: surface, along. Writes: the picture. Invariant: where there is no surface there is none after, and planes stay.
// Source: N. Truong, C. Yuksel, "A Narrow-Range Filter for Screen-Space Fluid Rendering", PACMCGIT 1 (1), 2018, equations
// 4 to 7; here over inverse distances, over a fixed number of taps that spread out close to the eye, and with the closest
// line instead of the mean, which would bend slopes where the fluid ends.
// Oracle: narrowRange of render/pass.
@group(1) @binding(0) var surface: texture_2d<f32>;
@group(1) @binding(1) var<uniform> along: vec4<f32>;    // xy: direction; z: share of the reach

const TAPS = 8;             // on either side

@vertex
fn water_filter_vertex(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    return whole_picture(vertex);
}

@fragment
fn water_filter_fragment(@builtin(position) pixel: vec4<f32>) -> @location(0) vec4<f32> {
    let at = vec2<i32>(pixel.xy);
    let here = textureLoad(surface, at, 0).xy;
    let own = here.x;
    if (own == 0.0) {
        discard;
    }
    if (here.y < 0.0) {
        return vec4<f32>(here, 0.0, 0.0);
    }
    let last = vec2<i32>(textureDimensions(surface)) - vec2<i32>(1);
    // a particle alone stays a ball, and what lies on a wall stays flat
    let texels = max(here.y, 0.0) * frame.water.y * along.z * frame.screen.z * frame.layer.x * abs(own);
    let stride = min(texels, frame.layer.y) / f32(TAPS);
    let range = frame.water.z * own * own;      // a length at this distance, as a difference of inverse distances
    var near = vec2<f32>(range);                // how much more a sample may be and belong here, on either side
    var far = vec2<f32>(range);                 // and how much less
    // the line through the samples that lies closest to them, at its middle: it is right for slopes even where the fluid ends
    // on one side
    var weights = 1.0;
    var first = 0.0;
    var second = 0.0;
    var sum = 0.0;              // of what samples are more than the middle
    var slope = 0.0;
    var company = here.y;
    for (var k = 1; k <= TAPS; k++) {
        let shift = vec2<i32>(round(along.xy * (stride * f32(k))));
        let a = textureLoad(surface, clamp(at + shift, vec2<i32>(0), last), 0).xy;
        let b = textureLoad(surface, clamp(at - shift, vec2<i32>(0), last), 0).xy;
        let part = f32(k) / f32(TAPS);
        let weight = exp(-2.0 * part * part);
        let more = vec2<f32>(a.x, b.x) - own;
        let there = vec2<bool>(a.x != 0.0 && a.y >= 0.0, b.x != 0.0 && b.y >= 0.0);
        let counts = select(vec2<f32>(0.0), vec2<f32>(weight), there & (more <= near) & (-more <= far));
        weights += counts.x + counts.y;
        first += (counts.x - counts.y) * part;
        second += (counts.x + counts.y) * part * part;
        sum += dot(counts, more);
        slope += (counts.x * more.x - counts.y * more.y) * part;
        company += dot(counts, vec2<f32>(a.y, b.y));
        // the range follows slopes
        near = select(near, max(near, more + range), counts > vec2<f32>(0.0));
        far = select(far, max(far, range - more), counts > vec2<f32>(0.0));
    }
    let spread = weights * second - first * first;
    let fitted = select(0.0, (second * sum - first * slope) / max(spread, 1e-9), spread > 1e-6);
    return vec4<f32>(own + fitted, company / weights, 0.0, 0.0);
}

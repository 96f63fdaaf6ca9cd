//import render/water_view.wgsl

// water_filter: one direction of the narrow-range filter, s' = sum g f(s_j) / sum g over a line of texels, which makes a
// surface out of balls and keeps what is in front of it or behind apart.
// Reads: surface, along. Writes: the picture. Invariant: where there is no surface there is none after, and planes stay.
// Source: N. Truong, C. Yuksel, "A Narrow-Range Filter for Screen-Space Fluid Rendering", PACMCGIT 1 (1), 2018, equations
// 4 to 7; here over inverse distances, and over a fixed number of taps that spread out close to the eye.
// Oracle: narrowRange of render/pass.
@group(1) @binding(0) var surface: texture_2d<f32>;
@group(1) @binding(1) var<uniform> along: vec4<f32>;    // xy: direction; z: share of the reach

const TAPS = 10;            // on either side

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
    let behind = own - frame.water.x * own * own;
    var above = range;
    var below = range;
    var sum = here;
    var weights = 1.0;
    for (var k = 1; k <= TAPS; k++) {
        let shift = vec2<i32>(round(along.xy * (stride * f32(k))));
        let a = textureLoad(surface, clamp(at + shift, vec2<i32>(0), last), 0).xy;
        let b = textureLoad(surface, clamp(at - shift, vec2<i32>(0), last), 0).xy;
        // a pair counts as a whole or not at all, or slopes would bend
        if (a.x == 0.0 || b.x == 0.0 || min(a.y, b.y) < 0.0 || a.x > own + above || b.x > own + above) {
            continue;
        }
        let part = f32(k) / f32(TAPS);
        let weight = exp(-2.0 * part * part);
        let a_near = a.x >= own - below;
        let b_near = b.x >= own - below;
        sum += weight * vec2<f32>(select(behind, a.x, a_near) + select(behind, b.x, b_near), a.y + b.y);
        weights += 2.0 * weight;
        // the range follows slopes
        above = max(above, max(a.x, b.x) - own + range);
        below = max(below, own - select(own, a.x, a_near) + range);
        below = max(below, own - select(own, b.x, b_near) + range);
    }
    return vec4<f32>(sum / weights, 0.0, 0.0);
}

//import common/control.wgsl
//import common/rows.wgsl
//import common/kernel.wgsl
//import common/index.wgsl

// What foam is made with. Mirror: render/pass foamNumbers.
struct FoamNumbers {
    speed: f32,         // at which fluid is fast in this scene [m/s]
    amount: f32,        // how much foam
    lifetime: f32,      // of foam at the surface [s]
    slots: u32,         // foam particles a fluid particle may have at once
}

// When foam was moved last. Mirror: render/pass foamTime.
struct FoamTime {
    time_s: u32,        // as those of Control
    time_frac: u32,
    dt: f32,            // since then [s]; 0: nothing to do
    round: u32,         // how often it was moved
    clear: u32,         // 1: the run began again
    _pad0: u32,
    _pad1: u32,
    _pad2: u32,
}

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<uniform> numbers: FoamNumbers;
@group(1) @binding(1) var<storage, read> velocity: array<vec4<f32>>;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;

// A random number from 0 to 1 that depends on three others and on nothing else (M. O'Neill's PCG, its output function).
fn chance(a: u32, b: u32, c: u32) -> f32 {
    var x = a * 747796405u + b * 2891336453u + c * 277803737u + 12345u;
    x = ((x >> ((x >> 28u) + 4u)) ^ x) * 277803737u;
    x = (x >> 22u) ^ x;
    x = x * 747796405u + 2891336453u;
    x = ((x >> ((x >> 28u) + 4u)) ^ x) * 277803737u;
    x = (x >> 22u) ^ x;
    return f32(x >> 8u) / 16777216.0;
}

// 0 below low, 1 above high, a line between.
fn ramp(x: f32, low: f32, high: f32) -> f32 {
    return clamp((x - low) / (high - low), 0.0, 1.0);
}

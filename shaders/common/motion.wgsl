// How a body moves by itself. Mirror: layout.Motion.
struct Motion {
    anchor: vec4<f32>,     // xyz: its centre if it had not moved by itself [m]; w: 1 where a hand had it in the last step
    rest_x: vec4<f32>,     // its own axes before it turns
    rest_y: vec4<f32>,
    rest_z: vec4<f32>,
    arm: vec4<f32>,        // xyz: from its pivot to its centre before it turns [m]; w: 1 / period [1/s], 0: it does not swing
    axis: vec4<f32>,       // xyz: of length 1; w: turns about it [1/s]
    velocity: vec4<f32>,   // xyz [m/s]; w: of a swing, in turns
    stroke: vec4<f32>,     // xyz: of a swing [m]; w: phase at the start, in turns
    slide: vec4<f32>,      // xyz: velocity of the surface [m/s]
    start_s: u32,          // when it begins: whole seconds
    start_frac: u32,       // and 2^-32 s
    last_s: u32,           // how long it goes on
    last_frac: u32,
    swing_step: u32,       // what a whole second adds to the period, and to the turn, in 2^-32 of them, whole ones left out: so
    turn_step: u32,        // nothing is rounded, however late it is
    _pad0: u32,
    _pad1: u32,
}

// Cosine and sine of a number of turns, exact at quarters. Own, because WGSL promises of its own functions only an error below
// 2^-11; these err by some roundings.
fn turned(turns: f32) -> vec2<f32> {
    let quarter = round(4.0 * turns);
    let x = (turns - 0.25 * quarter) * 6.2831853;
    let x2 = x * x;
    let s = x * (1.0 + x2 * (-1.0 / 6.0 + x2 * (1.0 / 120.0 + x2 * (-1.0 / 5040.0 + x2 / 362880.0))));
    let c = 1.0 + x2 * (-0.5 + x2 * (1.0 / 24.0 + x2 * (-1.0 / 720.0 + x2 / 40320.0)));
    let k = i32(quarter) & 3;
    let even = select(vec2<f32>(c, s), vec2<f32>(-c, -s), k == 2);
    let odd = select(vec2<f32>(-s, c), vec2<f32>(s, -c), k == 3);
    return select(even, odd, (k & 1) == 1);
}

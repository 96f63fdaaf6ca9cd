// foam_clock: dt = the simulated time since foam was moved last, 0 when there is none, and clear when time has gone back
// Reads: control
// Writes: foam_time
// Invariant: depends on simulated time only
// Source: own
// Oracle: TestFoamClock of render/pass
//import common/control.wgsl

struct FoamTime {
    time_s: u32,
    time_frac: u32,
    dt: f32,
    round: u32,
    clear: u32,
    _pad0: u32,
    _pad1: u32,
    _pad2: u32,
}

@group(0) @binding(1) var<storage, read> control: Control;
@group(3) @binding(0) var<storage, read_write> foam_time: FoamTime;

const LONGEST = 0.1;    // more than that at once is no motion any more [s]

@compute @workgroup_size(1)
fn foam_clock() {
    let whole = f32(i32(control.time_s - foam_time.time_s));
    let part = f32(control.time_frac) / 4294967296.0 - f32(foam_time.time_frac) / 4294967296.0;
    let passed = whole + part;
    foam_time.clear = select(0u, 1u, passed < 0.0 || control.step == 0u);
    foam_time.dt = select(clamp(passed, 0.0, LONGEST), 0.0, control.fault != 0u || foam_time.clear == 1u);
    foam_time.round = select(foam_time.round + select(0u, 1u, foam_time.dt > 0.0), 0u, foam_time.clear == 1u);
    foam_time.time_s = control.time_s;
    foam_time.time_frac = control.time_frac;
}

// add_pulls: a_i += what surface tension, wetting and spin do
// Reads: control, position_sorted (w), pulls
// Writes: acceleration; tally: largest acceleration, fault
// Invariant: w stays
// Source: own
// Oracle: ref.AddPulls
//import common/control.wgsl
//import common/tally.wgsl
//import common/fault.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read_write> acceleration: array<vec4<f32>>;
@group(1) @binding(51) var<storage, read> pulls: array<vec4<f32>>;

var<workgroup> accelerations: array<f32, WORKGROUP>;

@compute @workgroup_size(WORKGROUP)
fn add_pulls(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32) {
    let i = flat_index(id, groups);
    var acceleration_squared = 0.0;
    if (control.running == 1u && i < control.live) {
        let before = acceleration[i];
        let a = before.xyz + pulls[i].xyz;
        acceleration[i] = vec4<f32>(a, before.w);
        acceleration_squared = dot(a, a);
        if (!finite(acceleration_squared)) {
            atomicOr(&tally.fault, FAULT_ADD_PULLS_NON_FINITE);
            atomicMin(&tally.add_pulls_particle, particle_id(position_sorted[i].w));
            acceleration_squared = 0.0;
        }
    }
    accelerations[lane] = acceleration_squared;
    //frame common/fold.wgsl
        accelerations[lane] = max(accelerations[lane], accelerations[other]);
    //end
    if (lane == 0u) {
        atomicMax(&tally.max_acceleration_squared, bitcast<u32>(accelerations[0]));
    }
}

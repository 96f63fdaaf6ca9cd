// predict: v* = v_i + dt a_i; x* = x_i + dt v*, kept inside closed walls and out of obstacles with v* = (x* - x_i) / dt
// Reads: params, control, position, velocity, acceleration (of the last state), obstacles
// Writes: predicted (x*, number), predicted_velocity (v*, w as it was); tally.fault
// Invariant: x* is in the domain, or marked gone past an open side; the state itself stays, should the step fail
// Source: Macklin & Mueller (2013), alg. 1, lines 1-4
// Oracle: ref.Predict
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/fault.wgsl
//import common/hold.wgsl
//import common/inside.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(1) @binding(0) var<storage, read> position: array<vec4<f32>>;
@group(1) @binding(1) var<storage, read> velocity: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read> acceleration: array<vec4<f32>>;
@group(1) @binding(40) var<storage, read_write> predicted: array<vec4<f32>>;
@group(1) @binding(41) var<storage, read_write> predicted_velocity: array<vec4<f32>>;

// Fluid as fast as expected needs three strides at most; a particle that needs more than these is no fluid any more.
const MOST_STRIDES = 64.0;

@compute @workgroup_size(WORKGROUP)
fn predict(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.sorted) {
        return;
    }
    let start = position[i];
    let before = velocity[i];
    let dt = control.dt;
    if (start.w < 0.0 || dt == 0.0) {
        predicted[i] = start;
        predicted_velocity[i] = before;
        return;
    }
    var v = before.xyz + dt * acceleration[i].xyz;
    let way = dt * v;
    // In strides of half a spacing, lest it jump over something thin.
    let wanted = ceil(2.0 * length(way) / params.spacing);
    if (wanted > MOST_STRIDES) {
        atomicOr(&tally.fault, FAULT_PREDICT_TOO_FAST);
        atomicMin(&tally.integrate_particle, particle_id(start.w));
    }
    let strides = clamp(wanted, 1.0, MOST_STRIDES);
    var x = start.xyz;
    var free = true;
    for (var k = 1.0; k <= strides; k += 1.0) {
        let next = select(x + way / strides, start.xyz + way * (k / strides), free);
        x = hold(next);
        free = free && all(x == next);
    }
    if (!free) {
        v = (x - start.xyz) / dt;
    }
    predicted[i] = vec4<f32>(bring_in(x), select(start.w, -1.0 - start.w, outside(x)));
    predicted_velocity[i] = vec4<f32>(v, before.w);
}

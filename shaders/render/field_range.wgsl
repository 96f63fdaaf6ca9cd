//import common/control.wgsl
//import common/index.wgsl
//import render/field.wgsl

// field_range: of every workgroup of particles the least and the largest value of a quantity, its sum and the sum of its
// squares. The host adds them up in order, so that the same state gives the same range.
struct FieldRange {
    field: u32,         // see FIELD_
    inv_rest: f32,      // 1 / density at rest [m^3/kg]
    centre: f32,        // about the mean: sums are of what differs from it
    _pad0: u32,
}

@group(0) @binding(0) var<uniform> measure: FieldRange;
@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(0) var<storage, read> velocity: array<vec4<f32>>;
@group(1) @binding(1) var<storage, read> density: array<vec2<f32>>;
@group(1) @binding(2) var<storage, read> pressure: array<f32>;
@group(1) @binding(3) var<storage, read> vorticity: array<vec4<f32>>;
@group(1) @binding(4) var<storage, read_write> partials: array<vec4<f32>>;

var<workgroup> lows: array<f32, WORKGROUP>;
var<workgroup> highs: array<f32, WORKGROUP>;
var<workgroup> sums: array<vec2<f32>, WORKGROUP>;

@compute @workgroup_size(WORKGROUP)
fn field_range(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32) {
    let part = group.x + group.y * groups.x;
    let i = part * WORKGROUP + lane;
    lows[lane] = 3.4e38;
    highs[lane] = -3.4e38;
    sums[lane] = vec2<f32>(0.0);
    if (i < control.live && i < arrayLength(&velocity)) {
        let own = density[i];
        let value = field_value(measure.field, length(velocity[i].xyz), own.x, measure.inv_rest, own.y, pressure[i], vorticity[i].w);
        let off = value - measure.centre;
        lows[lane] = value;
        highs[lane] = value;
        sums[lane] = vec2<f32>(off, off * off);
    }
    //frame common/fold.wgsl
        lows[lane] = min(lows[lane], lows[other]);
        highs[lane] = max(highs[lane], highs[other]);
        sums[lane] += sums[other];
    //end
    if (lane == 0u && part < arrayLength(&partials)) {
        partials[part] = vec4<f32>(lows[0], highs[0], sums[0]);
    }
}

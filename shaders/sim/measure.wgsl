// measure: partial totals of momentum, energy, density error, neighbours, speed: one Statistics a workgroup
// Reads: params, control, position, velocity, densities
// Writes: partials
// Invariant: the order of every sum is fixed by the particle order, so totals repeat bit for bit
// Source: own; tree reduction
// Oracle: ref.Measure
//import common/params.wgsl
//import common/control.wgsl
//import common/merge.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(0) var<storage, read> position: array<vec4<f32>>;
@group(1) @binding(1) var<storage, read> velocity: array<vec4<f32>>;
@group(1) @binding(4) var<storage, read> densities: array<vec2<f32>>;
@group(3) @binding(0) var<storage, read_write> partials: array<Statistics>;

@compute @workgroup_size(WORKGROUP)
fn measure(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32) {
    var total: Statistics;
    let stride = groups.x * WORKGROUP;
    for (var i = group.x * WORKGROUP + lane; i < control.live; i += stride) {
        let p = position[i];
        if (p.w < 0.0) {
            continue;
        }
        let v = velocity[i].xyz;
        let rho = densities[i];
        let speed_squared = dot(v, v);
        var one: Statistics;
        one.momentum = params.mass * vec4<f32>(v, dot(params.gravity.xyz, p.xyz));
        one.kinetic_energy = 0.5 * params.mass * speed_squared;
        one.density_error_sum = max(rho.x / params.rest_density - 1.0, 0.0);
        one.density_error_max = one.density_error_sum;
        one.neighbours_sum = rho.y;
        one.speed_max = sqrt(speed_squared);
        one.particles = 1.0;
        total = merge(total, one);
    }
    merge_lanes(total, lane);
    if (lane == 0u && group.x < arrayLength(&partials)) {
        partials[group.x] = shared_totals[0];
    }
}

// non_pressure: a_i = g + sum_j V ([v_ij.x_ij < 0] alpha c h_s (v_ij.x_ij) x_ij/(r^2 + 0.01 h_s^2) + 2 nu v_ij) (dW/dr)/r + support and friction at walls
//               and, with pbf, what the share warm_start of this step's kappa will push in the next: -sum_j V (kappa_i + kappa_j) grad W_ij - kappa_i G_i
// Reads: params, control, position_sorted, velocity_sorted (w = N p/rho^2), links, link_counts, walls (G, N)
// Writes: acceleration; tally: largest |v|^2 + max(0, p/rho) and acceleration, fault
// Invariant: pair terms are equal and opposite
// Source: Monaghan (1992), eq. 4.1; Morris, Fox & Zhu (1997), eq. 22
// Oracle: ref.NonPressure
//import common/wall_motion.wgsl
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/fault.wgsl
//import common/links_read.wgsl
//import common/apart.wgsl
//import common/kernel.wgsl
//import common/wall.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read_write> acceleration: array<vec4<f32>>;
@group(2) @binding(3) var<storage, read> walls: array<vec4<f32>>;

var<workgroup> speeds: array<f32, WORKGROUP>;
var<workgroup> accelerations: array<f32, WORKGROUP>;

fn acceleration_of(i: u32) -> vec3<f32> {
    let x = position_sorted[i].xyz;
    let own = velocity_sorted[i];
    let v = own.xyz;
    let kept = params.warm_start * params.rest_density;
    let soft = 0.01 * params.smoothing_length * params.smoothing_length;
    var fluid = vec3<f32>(0.0);
    let count = link_counts[i];
    for (var k = 0u; k < count; k++) {
        let j = link(k, i);
        let away = apart(x, position_sorted[j].xyz);
        let r2 = dot(away, away);
        let other = velocity_sorted[j];
        let dv = v - other.xyz;
        let push = params.artificial_viscosity * min(dot(dv, away), 0.0) / (r2 + soft);
        fluid += (away * (push - kept * (own.w + other.w)) + dv * params.viscosity) * gradient_shape(sqrt(r2) * params.inv_support);
    }
    let wall = walls[i];
    return params.gravity.xyz + params.gradient_norm * params.volume * fluid - kept * own.w * wall.xyz + wall_support(wall.xyz) - wall_drag(wall.w) * (v - wall_velocity(i));
}

@compute @workgroup_size(WORKGROUP)
fn non_pressure(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32) {
    let i = flat_index(id, groups);
    var speed_squared = 0.0;
    var acceleration_squared = 0.0;
    if (control.running == 1u && i < control.live) {
        let a = acceleration_of(i);
        let v = velocity_sorted[i].xyz;
        acceleration[i] = vec4<f32>(a, 0.0);
        // Fluid under pressure p is as stiff against shifts within a spacing as if it moved at sqrt(p/rho).
        speed_squared = dot(v, v) + params.head_share * params.rest_density * max(velocity_sorted[i].w, 0.0);
        acceleration_squared = dot(a, a);
        if (!finite(speed_squared) || !finite(acceleration_squared)) {
            atomicOr(&tally.fault, FAULT_NON_PRESSURE_NON_FINITE);
            atomicMin(&tally.non_pressure_particle, particle_id(position_sorted[i].w));
            speed_squared = 0.0;
            acceleration_squared = 0.0;
        }
    }
    speeds[lane] = speed_squared;
    accelerations[lane] = acceleration_squared;
    //frame common/fold.wgsl
        speeds[lane] = max(speeds[lane], speeds[other]);
        accelerations[lane] = max(accelerations[lane], accelerations[other]);
    //end
    if (lane == 0u) {
        atomicMax(&tally.max_speed_squared, bitcast<u32>(speeds[0]));
        atomicMax(&tally.max_acceleration_squared, bitcast<u32>(accelerations[0]));
    }
}

// force: a_i = g - sum_j m (N_i p_i/rho_i^2 + N_j p_j/rho_j^2) grad W_ij - rho0 N_i p_i/rho_i^2 G_i
//            + sum_j V ([v_ij.x_ij < 0] alpha c h_s (v_ij.x_ij) x_ij/(r^2 + 0.01 h_s^2) + 2 nu v_ij) (dW/dr)/r + support and friction at walls
// Reads: params, control, position_sorted, velocity_sorted (w = N p/rho^2), cells, marks, walls (G, N)
// Writes: acceleration; tally: largest |v| + 7 N p / (2 rho c), and acceleration, fault
// Invariant: pair terms are equal and opposite, so momentum is kept but for gravity and walls; pressure, walls included,
//            is the gradient of an energy, so water can come to rest (a mirrored p_i/rho0^2 at walls feeds it energy for ever)
// Source: Monaghan (1992), eq. 3.3, 4.1; Morris, Fox & Zhu (1997), eq. 22; rho0 stands for the pair's mean density in the viscous terms
// Oracle: ref.Force
//import common/wall_motion.wgsl
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/fault.wgsl
//import common/rows.wgsl
//import common/marks_read.wgsl
//import common/kernel.wgsl
//import common/wall.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read_write> acceleration: array<vec4<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;
@group(2) @binding(3) var<storage, read> walls: array<vec4<f32>>;

var<workgroup> speeds: array<f32, WORKGROUP>;
var<workgroup> accelerations: array<f32, WORKGROUP>;

fn acceleration_of(i: u32) -> vec3<f32> {
    let x = position_sorted[i].xyz;
    let own = velocity_sorted[i];
    let v = own.xyz;
    let soft = 0.01 * params.smoothing_length * params.smoothing_length;
    var fluid = vec3<f32>(0.0);
    //frame common/marked.wgsl
        // The particle itself is at distance zero and adds nothing.
        let other = velocity_sorted[j];
        let dv = v - other.xyz;
        let approach = min(dot(dv, away), 0.0);
        let push = params.artificial_viscosity * approach / (r2 + soft) - params.rest_density * (own.w + other.w);
        fluid += (away * push + dv * params.viscosity) * gradient_shape(sqrt(r2) * params.inv_support);
    //end
    let wall = walls[i];
    return params.gravity.xyz + params.gradient_norm * params.volume * fluid - params.rest_density * own.w * wall.xyz + wall_support(wall.xyz) - wall_drag(wall.w) * (v - wall_velocity(i));
}

@compute @workgroup_size(WORKGROUP)
fn force(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32) {
    let i = flat_index(id, groups);
    var speed_squared = 0.0;
    var acceleration_squared = 0.0;
    if (control.running == 1u && i < control.live) {
        let a = acceleration_of(i);
        let v = velocity_sorted[i].xyz;
        acceleration[i] = vec4<f32>(a, 0.0);
        // Sound is faster in what is compressed, and steps have to know: c (1 + 7 p / (rho c^2))^(1/2) is at most this much more than c.
        let speed = length(v) + 3.5 * params.rest_density * velocity_sorted[i].w / params.sound_speed;
        speed_squared = speed * speed;
        acceleration_squared = dot(a, a);
        if (!finite(speed_squared) || !finite(acceleration_squared)) {
            atomicOr(&tally.fault, FAULT_FORCE_NON_FINITE);
            atomicMin(&tally.force_particle, particle_id(position_sorted[i].w));
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

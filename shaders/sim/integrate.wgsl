// integrate: v_i += dt a_i; x_i += dt v_i; then back inside closed walls and out of obstacles
// Reads: params, control, position_sorted, velocity_sorted, acceleration, obstacles
// Writes: position, velocity; tally.wall_clamps, tally.fault
// Invariant: a live particle is inside the domain, and outside every obstacle that touches no other and no wall; one past
//            an open side is marked gone; one past a periodic side comes back in on the other
// Source: symplectic Euler (Monaghan 2005, Rep. Prog. Phys. 68:1703, sec. 5.3); the clamp is a safety net, counted
// Oracle: ref.Integrate
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/fault.wgsl
//import common/grid.wgsl
//import common/obstacle.wgsl
//import common/inside.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(1) @binding(0) var<storage, read_write> position: array<vec4<f32>>;
@group(1) @binding(1) var<storage, read_write> velocity: array<vec4<f32>>;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read> acceleration: array<vec4<f32>>;
@group(3) @binding(0) var<storage, read> obstacles: array<Obstacle>;

@compute @workgroup_size(WORKGROUP)
fn integrate(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let start = position_sorted[i];
    let before = velocity_sorted[i];
    var v = before.xyz + control.dt * acceleration[i].xyz;
    let shift = control.dt * v;
    var x = start.xyz + shift;
    if (!finite3(x) || !finite3(v)) {
        // Keep the last good state; the run stops before the next step.
        atomicOr(&tally.fault, FAULT_INTEGRATE_NON_FINITE);
        atomicMin(&tally.integrate_particle, particle_id(start.w));
        x = start.xyz;
        v = before.xyz;
    } else if (dot(shift, shift) > params.max_kick * params.max_kick) {
        atomicOr(&tally.fault, FAULT_INTEGRATE_TOO_FAST);
        atomicMin(&tally.integrate_particle, particle_id(start.w));
        x = start.xyz;
        v = before.xyz;
    }
    var clamped = 0u;
    for (var k = 0u; k < params.obstacle_count; k++) {
        let body = obstacles[k];
        let depth = obstacle_distance(body, x) - params.wall_margin;
        if (depth < 0.0) {
            let n = obstacle_outward(body, x);
            x -= n * depth;
            v -= n * min(dot(v - obstacle_velocity(body, x), n), 0.0);
            clamped = 1u;
        }
    }
    for (var axis = 0u; axis < 3u; axis++) {
        let bits = params.closed_sides >> (2u * axis);
        let low = params.domain_min[axis];
        let high = params.domain_max[axis];
        if ((bits & 1u) != 0u && x[axis] < low + params.wall_margin) {
            x[axis] = low + params.wall_margin;
            v[axis] = max(v[axis], 0.0);
            clamped = 1u;
        }
        if ((bits & 2u) != 0u && x[axis] > high - params.wall_margin) {
            x[axis] = high - params.wall_margin;
            v[axis] = min(v[axis], 0.0);
            clamped = 1u;
        }
    }
    let tag = select(start.w, -1.0 - start.w, outside(x));
    if (clamped == 1u && tag >= 0.0) {
        atomicAdd(&tally.wall_clamps, 1u);
    }
    position[i] = vec4<f32>(bring_in(x), tag);
    velocity[i] = vec4<f32>(v, before.w);
}


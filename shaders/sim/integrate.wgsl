// integrate: v_i += dt a_i; x_i += dt v_i; then back inside closed walls and out of obstacles
// Reads: params, control, position_sorted, velocity_sorted, acceleration, obstacles
// Writes: position, velocity; tally.wall_clamps, tally.fault
// Invariant: a live particle is inside the domain, and outside every obstacle that touches no other and no wall; one past
//            an open side is marked gone
// Source: symplectic Euler (Monaghan 2005, Rep. Prog. Phys. 68:1703, sec. 5.3); the clamp is a safety net, counted
// Oracle: ref.Integrate
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/fault.wgsl
//import common/grid.wgsl
//import common/obstacle.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(1) @binding(0) var<storage, read_write> position: array<vec4<f32>>;
@group(1) @binding(1) var<storage, read_write> velocity: array<vec4<f32>>;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read> velocity_sorted: array<vec4<f32>>;
@group(1) @binding(5) var<storage, read> acceleration: array<vec4<f32>>;
@group(3) @binding(0) var<storage, read> obstacles: array<Obstacle>;

// Central differences of the distance, only taken inside a body or just before its surface.
fn outward(body: Obstacle, p: vec3<f32>) -> vec3<f32> {
    let e = 0.05 * params.spacing;
    let slope = vec3<f32>(
        obstacle_distance(body, p + vec3<f32>(e, 0.0, 0.0)) - obstacle_distance(body, p - vec3<f32>(e, 0.0, 0.0)),
        obstacle_distance(body, p + vec3<f32>(0.0, e, 0.0)) - obstacle_distance(body, p - vec3<f32>(0.0, e, 0.0)),
        obstacle_distance(body, p + vec3<f32>(0.0, 0.0, e)) - obstacle_distance(body, p - vec3<f32>(0.0, 0.0, e)));
    return slope / max(length(slope), 1e-20);
}

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
    var tag = start.w;
    if (!finite3(x) || !finite3(v)) {
        // Keep the last good state; the run stops before the next step.
        atomicOr(&tally.fault, FAULT_INTEGRATE_NON_FINITE);
        atomicMin(&tally.integrate_particle, particle_id(tag));
        x = start.xyz;
        v = before.xyz;
    } else if (dot(shift, shift) > params.max_kick * params.max_kick) {
        atomicOr(&tally.fault, FAULT_INTEGRATE_TOO_FAST);
        atomicMin(&tally.integrate_particle, particle_id(tag));
        x = start.xyz;
        v = before.xyz;
    }
    var clamped = 0u;
    for (var k = 0u; k < params.obstacle_count; k++) {
        let body = obstacles[k];
        let depth = obstacle_distance(body, x) - params.wall_margin;
        if (depth < 0.0) {
            let n = outward(body, x);
            x -= n * depth;
            v -= n * min(dot(v, n), 0.0);
            clamped = 1u;
        }
    }
    for (var axis = 0u; axis < 3u; axis++) {
        let open_low = (params.open_sides & (1u << (2u * axis))) != 0u;
        let open_high = (params.open_sides & (2u << (2u * axis))) != 0u;
        let low = params.domain_min[axis] + select(params.wall_margin, 0.0, open_low);
        let high = params.domain_max[axis] - select(params.wall_margin, 0.0, open_high);
        if (x[axis] < low) {
            tag = select(tag, -1.0 - start.w, open_low);
            x[axis] = low;
            v[axis] = max(v[axis], 0.0);
            clamped = 1u;
        }
        if (x[axis] > high) {
            tag = select(tag, -1.0 - start.w, open_high);
            x[axis] = high;
            v[axis] = min(v[axis], 0.0);
            clamped = 1u;
        }
    }
    if (clamped == 1u && tag >= 0.0) {
        atomicAdd(&tally.wall_clamps, 1u);
    }
    position[i] = vec4<f32>(x, tag);
    velocity[i] = vec4<f32>(v, before.w);
}


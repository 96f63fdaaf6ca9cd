// foam_move: spray (few fluid neighbours) flies, foam (more) goes with the fluid, bubbles (many) rise in it, and all age
// Reads: params, control, numbers, velocity, position_sorted, cells, foam_time
// Writes: foam_place, foam_speed
// Invariant: no foam outside the domain; the fluid is not touched
// Source: M. Ihmsen et al., "Unified spray, foam and air bubbles for particle-based fluids", Visual Computer 28 (2012), section 3.3
// Oracle: TestFoamFliesAndFalls of render/pass
//import render/foam_data.wgsl

@group(3) @binding(0) var<storage, read> foam_time: FoamTime;
@group(3) @binding(1) var<storage, read_write> foam_place: array<vec4<f32>>;
@group(3) @binding(2) var<storage, read_write> foam_speed: array<vec4<f32>>;

const SPRAY_BELOW = 5.0;    // fluid neighbours
const BUBBLE_FROM = 24.0;
const BUOYANCY = 1.5;       // of a bubble, in gravities
const DRAG = 0.8;           // share of the fluid's velocity that a bubble takes over at once

@compute @workgroup_size(WORKGROUP)
fn foam_move(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (i >= arrayLength(&foam_place)) {
        return;
    }
    if (foam_time.clear == 1u) {
        foam_place[i] = vec4<f32>(0.0);
        return;
    }
    let own = foam_place[i];
    let dt = foam_time.dt;
    if (own.w <= 0.0 || dt <= 0.0) {
        return;
    }
    let x = own.xyz;
    var near = 0.0;
    var flow = vec3<f32>(0.0);
    var weights = 0.0;
    //frame common/near.wgsl
        if (j >= control.live) {
            continue;
        }
        let w = kernel_shape(sqrt(r2) * params.inv_support);
        near += 1.0;
        flow += w * velocity[j].xyz;
        weights += w;
    //end
    flow = flow / max(weights, 1e-9);
    let before = foam_speed[i];
    let falling = before.xyz + params.gravity.xyz * dt;
    let rising = mix(before.xyz, flow, DRAG) - params.gravity.xyz * (BUOYANCY * dt);
    var v = select(flow, falling, near < SPRAY_BELOW);
    v = select(v, rising, near > BUBBLE_FROM);
    let next = x + v * dt;
    let low = params.domain_min.xyz;
    let high = params.domain_max.xyz;
    let kept = clamp(next, low, high);
    // spray that reaches the floor or a wall stays there as a trace and dries
    let struck = any(kept != next) && near < SPRAY_BELOW;
    let aged = dt * select(1.0, 0.5, near < SPRAY_BELOW || near > BUBBLE_FROM) * select(1.0, 6.0, struck);
    foam_place[i] = vec4<f32>(kept, max(own.w - aged, 0.0));
    foam_speed[i] = vec4<f32>(select(v, vec3<f32>(0.0), struck), before.w);
}

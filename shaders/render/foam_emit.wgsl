// foam_emit: fluid particle i starts n = k F_k (k_ta F_ta + k_wc F_wc) dt foam particles: of trapped air, sum_j |v_ij|
//   (1 - v_ij.x_ij) V W, and at crests, sum_j (1 - n_i.n_j) V W, each ramped to 0..1, and so is the speed
// Reads: params, control, numbers, velocity, position_sorted, cells, foam_time, normals
// Writes: foam_place, foam_speed: the slots of this fluid particle alone, which are found by its number
// Invariant: no two invocations write one slot, so that the same run has the same foam
// Source: M. Ihmsen et al., "Unified spray, foam and air bubbles for particle-based fluids", Visual Computer 28 (2012),
//   sections 3.1 and 3.2; thresholds relative to the scene's speed, and slots instead of a list, are our own
// Oracle: TestFoamComesWhereWaterBreaks of render/pass
//import render/foam_data.wgsl

@group(3) @binding(0) var<storage, read> foam_time: FoamTime;
@group(3) @binding(1) var<storage, read> normals: array<vec4<f32>>;
@group(3) @binding(2) var<storage, read_write> foam_place: array<vec4<f32>>;    // w: time left [s]
@group(3) @binding(3) var<storage, read_write> foam_speed: array<vec4<f32>>;    // w: size, 0 to 1

const TRAPPED_AIR = 320.0;  // foam particles a second of a fluid particle
const WAVE_CREST = 200.0;

@compute @workgroup_size(WORKGROUP)
fn foam_emit(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (i >= control.live || foam_time.dt <= 0.0) {
        return;
    }
    let x = position_sorted[i].xyz;
    let v = velocity[i].xyz;
    let speed = length(v);
    let quick = ramp(speed, 0.25 * numbers.speed, 0.75 * numbers.speed);
    let normal = normals[i].xyz;
    let outside = length(normal);
    if (quick <= 0.0 || outside < 0.25) {
        return;     // slow, or too deep for air
    }
    let up = normal / outside;
    let norm = params.kernel_norm * params.volume;
    var air = 0.0;
    var crest = 0.0;
    //frame common/near.wgsl
        // The particle itself, at distance zero and as fast, adds nothing.
        let r = sqrt(r2);
        let w = norm * kernel_shape(r * params.inv_support);
        let to = v - velocity[j].xyz;
        let fast = length(to);
        air += w * (fast - dot(to, away) / max(r, 1e-9));
        let other = normals[j].xyz;
        let clear = length(other);      // what lies inside has no direction to speak of
        let turned = (1.0 - dot(up, other) / max(clear, 1e-6)) * ramp(clear, 0.1, 0.3);
        crest += select(0.0, w * turned, dot(away, up) > 0.0);
    //end
    let ahead = select(0.0, 1.0, dot(v, up) > 0.6 * speed);
    let trapped = ramp(air, 0.2 * numbers.speed, 0.6 * numbers.speed);
    let breaking = ahead * ramp(crest, 0.05, 0.3);
    let wanted = numbers.amount * quick * (TRAPPED_AIR * trapped + WAVE_CREST * breaking) * foam_time.dt;
    let number = u32(position_sorted[i].w);
    let whole = floor(wanted);
    let count = min(u32(whole + select(0.0, 1.0, chance(number, foam_time.round, 0u) < wanted - whole)), numbers.slots);
    // a cylinder around the way of the particle
    let ahead_of = v / max(speed, 1e-9);
    let side = normalize(cross(ahead_of, select(vec3<f32>(0.0, 1.0, 0.0), vec3<f32>(1.0, 0.0, 0.0), abs(ahead_of.y) > 0.9)));
    let other_side = cross(ahead_of, side);
    if ((number + 1u) * numbers.slots > arrayLength(&foam_place)) {
        return;     // came in later than the room was made
    }
    for (var k = 0u; k < count; k++) {
        // the place of the oldest: slots are used in turn
        let turn = u32(chance(number, foam_time.round, 7u) * f32(numbers.slots));
        let slot = number * numbers.slots + (turn + k) % numbers.slots;
        let radius = 0.7 * params.spacing * sqrt(chance(number, foam_time.round, 8u * k + 1u));
        let angle = 6.2831853 * chance(number, foam_time.round, 8u * k + 2u);
        let along = chance(number, foam_time.round, 8u * k + 3u) * foam_time.dt;
        let out = side * (radius * cos(angle)) + other_side * (radius * sin(angle));
        let size = chance(number, foam_time.round, 8u * k + 4u);
        foam_place[slot] = vec4<f32>(x + out + v * (along - 0.5 * foam_time.dt), numbers.lifetime * (0.4 + 0.6 * size));
        foam_speed[slot] = vec4<f32>(v + out * (speed / max(params.support_radius, 1e-9) * 0.25), size);
    }
}

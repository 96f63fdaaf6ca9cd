// near_walls: N_i = exp(sum_k l(s_k)), by which all walls and obstacles multiply the density of particle i; and grad ln N
//             ahead, half a step where that stands for the whole of the way; two walls with the same normal count once
// Reads: params, control (dt of the last step), position_sorted, velocity_sorted, obstacles
// Writes: walls (xyz = grad ln N [1/m], w = N)
// Invariant: N >= 1; from wall_reach on N = 1 and the gradient is zero
// Source: see common/wall.wgsl; Koschier & Bender (2017)
// Oracle: ref.NearWalls
//import common/params.wgsl
//import common/control.wgsl
//import common/obstacle.wgsl
//import common/wall.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(1) @binding(3) var<storage, read> velocity_sorted: array<vec4<f32>>;
@group(2) @binding(3) var<storage, read_write> walls: array<vec4<f32>>;
@group(3) @binding(0) var<storage, read> obstacles: array<Obstacle>;

// Six sides of the domain and the two nearest obstacles.
const MOST = 8u;

// One wall as a particle feels it: the gradient of l, and l.
fn felt(normal: vec3<f32>, s: f32) -> vec4<f32> {
    let log = wall_log(s);
    return vec4<f32>(normal * log.y, log.x);
}

// How far two walls are the same one: 1 with the same normal, 0 from 60 degrees on.
fn sameness(a: vec3<f32>, b: vec3<f32>) -> f32 {
    return smoothstep(0.5, 1.0, dot(a, b));
}

// grad ln N and ln N at a point.
fn walls_at(x: vec3<f32>) -> vec4<f32> {
    var near: array<vec4<f32>, MOST>;
    var normals: array<vec3<f32>, MOST>;
    var count = 0u;
    for (var axis = 0u; axis < 3u; axis++) {
        for (var high = 0u; high < 2u; high++) {
            let s = select(x[axis] - params.domain_min[axis], params.domain_max[axis] - x[axis], high == 1u);
            if ((params.closed_sides & ((1u + high) << (2u * axis))) != 0u && s < params.wall_reach) {
                var normal = vec3<f32>(0.0);
                normal[axis] = select(1.0, -1.0, high == 1u);
                normals[count] = normal;
                near[count] = felt(normal, s);
                count++;
            }
        }
    }
    var distances = vec2<f32>(params.wall_reach);
    var bodies = vec2<u32>(params.obstacle_count);
    for (var k = 0u; k < params.obstacle_count; k++) {
        let s = obstacle_distance(obstacles[k], x);
        if (s < distances.x) {
            distances = vec2<f32>(s, distances.x);
            bodies = vec2<u32>(k, bodies.x);
        } else if (s < distances.y) {
            distances.y = s;
            bodies.y = k;
        }
    }
    for (var k = 0u; k < 2u; k++) {
        if (bodies[k] < params.obstacle_count) {
            normals[count] = obstacle_outward(obstacles[bodies[k]], x);
            near[count] = felt(normals[count], distances[k]);
            count++;
        }
    }
    var total = vec4<f32>(0.0);
    for (var b = 0u; b < count; b++) {
        // Of what an earlier wall with the same normal has added too, the lesser is taken off again.
        var own = near[b];
        for (var a = 0u; a < b; a++) {
            let less = select(near[b], near[a], near[a].w < near[b].w);
            own -= sameness(normals[a], normals[b]) * less;
        }
        total += select(vec4<f32>(0.0), own, own.w > 0.0);
    }
    return total;
}

@compute @workgroup_size(WORKGROUP)
fn near_walls(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.live) {
        return;
    }
    let x = position_sorted[i].xyz;
    let ahead = params.wall_ahead * control.dt * velocity_sorted[i].xyz;
    let here = walls_at(x);
    var slope = here.xyz;
    if (any(ahead != vec3<f32>(0.0))) {
        slope = walls_at(x + ahead).xyz;
    }
    walls[i] = vec4<f32>(slope, exp(here.w));
}

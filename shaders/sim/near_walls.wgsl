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

// l of a side of the domain, and its slope; zero where the side is open or out of reach. bit: of the side in closed_sides.
fn side(s: f32, bit: u32) -> vec2<f32> {
    return select(vec2<f32>(0.0), wall_log(s), (params.closed_sides & bit) != 0u && s < params.wall_reach);
}

// The sides at one end of the axes: what each adds along its axis, and l.
struct Sides {
    slopes: vec3<f32>,
    logs: vec3<f32>,
}

fn sides(s: vec3<f32>, first_bit: u32, inward: f32) -> Sides {
    let x = side(s.x, first_bit);
    let y = side(s.y, first_bit << 2u);
    let z = side(s.z, first_bit << 4u);
    return Sides(inward * vec3<f32>(x.y, y.y, z.y), vec3<f32>(x.x, y.x, z.x));
}

// How far two walls are the same one: 1 with the same normal, 0 from 60 degrees on; by the cosine between them.
fn sameness(cosines: vec3<f32>) -> vec3<f32> {
    return smoothstep(vec3<f32>(0.5), vec3<f32>(1.0), cosines);
}

// What a body, felt as own, has in common with sides; cosines: between its normal and theirs. Of two walls with the same normal,
// the lesser is taken off again.
fn common_with(own: vec4<f32>, cosines: vec3<f32>, others: Sides) -> vec4<f32> {
    let same = sameness(cosines);
    let lesser = others.logs < vec3<f32>(own.w);
    let theirs = select(vec3<f32>(0.0), others.slopes, lesser);
    let mine = dot(same, select(vec3<f32>(1.0), vec3<f32>(0.0), lesser));
    return vec4<f32>(same * theirs + mine * own.xyz, dot(same, min(others.logs, vec3<f32>(own.w))));
}

// A wall counts unless others have taken all of it off.
fn left_of(own: vec4<f32>) -> vec4<f32> {
    return select(vec4<f32>(0.0), own, own.w > 0.0);
}

// grad ln N and ln N at a point.
fn walls_at(x: vec3<f32>) -> vec4<f32> {
    let low = sides(x - params.domain_min.xyz, 1u, 1.0);
    let high = sides(params.domain_max.xyz - x, 2u, -1.0);
    let all = low.logs + high.logs;
    var total = vec4<f32>(low.slopes + high.slopes, all.x + all.y + all.z);
    // The nearest two bodies.
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
    var first_normal = vec3<f32>(0.0);
    for (var k = 0u; k < 2u; k++) {
        let number = select(bodies.y, bodies.x, k == 0u);
        if (number >= params.obstacle_count) {
            break;
        }
        let normal = obstacle_outward(obstacles[number], x);
        let log = wall_log(select(distances.y, distances.x, k == 0u));
        let felt = vec4<f32>(normal * log.y, log.x);
        var own = felt - common_with(felt, normal, low) - common_with(felt, -normal, high);
        // The second one is further away, so that the lesser is itself.
        own -= sameness(vec3<f32>(dot(first_normal, normal))).x * felt;
        total += left_of(own);
        first_normal = normal;
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

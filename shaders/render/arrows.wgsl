//import render/particle_data.wgsl

// arrows: the velocities of the particles in a thin slice, as flat arrows that turn towards the eye, dark with a
// light rim, so that they can be seen on any colour.
struct ArrowVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) @interpolate(flat) shade: f32,
}

// A number that has nothing to do with its neighbours' (M. O'Neill, PCG, 2014).
fn scattered(v: u32) -> u32 {
    let state = v * 747796405u + 2891336453u;
    let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    return (word >> 22u) ^ word;
}

@vertex
fn arrows_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) i: u32) -> ArrowVertex {
    var out: ArrowVertex;
    out.clip = nowhere();
    out.shade = select(0.02, 1.0, vertex < 9u);     // the rim first, the dark core over it
    if (!is_live(i)) {
        return out;
    }
    let own = position[i];
    // One particle in three, always the same ones: all of them would be a thicket.
    if (scattered(u32(max(own.w, 0.0))) % 3u != 0u) {
        return out;
    }
    let normal = frame.slice.xyz;
    var start = shown_at(i);
    let v = velocity[i].xyz;
    let reach = length(v) * frame.arrow.x;
    let radius = frame.offset.w;
    if (own.w < 0.0 || abs(dot(normal, start) - frame.slice.w) > frame.arrow.y || reach < 0.25 * radius || is_cut(start)) {
        return out;
    }
    // In front of the balls of its own layer.
    start += normal * (1.2 * radius + frame.arrow.y) * sign(dot(normal, frame.eye.xyz) - frame.slice.w);
    let along = v / max(length(v), 1e-30);
    let across = normalize(cross(along, frame.eye.xyz - start) + vec3<f32>(1e-20, 0.0, 0.0));
    let rim = select(0.0, 0.11 * radius, vertex < 9u);
    let head = min(1.3 * radius, 0.6 * reach);
    let half_head = 0.42 * head;
    let half_shaft = min(0.14 * radius, 0.4 * half_head);
    // Six corners of the shaft, three of the head.
    let corner = vertex % 9u;
    var ahead = reach - head;
    var side = half_shaft + rim;
    if (corner < 6u) {
        let far = corner == 2u || corner == 4u || corner == 5u;
        ahead = select(-rim, reach - head, far);
        side *= select(-1.0, 1.0, corner == 1u || corner == 3u || corner == 5u);
    } else if (corner == 8u) {
        ahead = reach + 2.2 * rim;
        side = 0.0;
    } else {
        ahead -= rim;
        side = (half_head + 1.9 * rim) * select(-1.0, 1.0, corner == 7u);
    }
    out.clip = frame.clip * vec4<f32>(start + along * ahead + across * side, 1.0);
    return out;
}

@fragment
fn arrows_fragment(in: ArrowVertex) -> @location(0) vec4<f32> {
    return vec4<f32>(vec3<f32>(in.shade), 0.92);
}

//import render/frame.wgsl

// walls: the container's sides as thin glass. Only those whose inner face looks at the eye are drawn: they stand
// behind the water and never hide it.
struct WallVertex {
    @builtin(position) clip: vec4<f32>,
    @location(0) point: vec3<f32>,
    @location(1) @interpolate(flat) normal: vec3<f32>,
}

@vertex
fn walls_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) side: u32) -> WallVertex {
    let axis = side / 2u;
    let high = (side & 1u) != 0u;
    let plane = select(frame.domain_min[axis], frame.domain_max[axis], high);
    let outward = select(-1.0, 1.0, high);
    var out: WallVertex;
    out.clip = vec4<f32>(0.0, 0.0, 2.0, 1.0);
    let there = (u32(frame.domain_min.w) >> side) & 1u;
    if (there == 0u || (frame.eye[axis] - plane) * outward > 0.0) {
        return out;
    }
    var share = vec3<f32>(0.0);
    share[(axis + 1u) % 3u] = f32(vertex & 1u);
    share[(axis + 2u) % 3u] = f32(vertex >> 1u);
    var point = mix(frame.domain_min.xyz, frame.domain_max.xyz, share);
    point[axis] = plane;
    var normal = vec3<f32>(0.0);
    normal[axis] = -outward;
    out.point = point;
    out.normal = normal;
    out.clip = frame.clip * vec4<f32>(point, 1.0);
    // As deep as a little behind it: balls that touch the wall reach through it.
    let behind = frame.clip * vec4<f32>(point + normalize(point - frame.eye.xyz) * (3.0 * frame.offset.w), 1.0);
    out.clip.z = behind.z / behind.w * out.clip.w;
    return out;
}

@fragment
fn walls_fragment(in: WallVertex) -> @location(0) vec4<f32> {
    let to_eye = normalize(frame.eye.xyz - in.point);
    let grazing = 1.0 - abs(dot(to_eye, in.normal));
    // Glass mirrors more the flatter one looks at it, and the room is brighter above.
    let height = (in.point.y - frame.domain_min.y) / max(frame.domain_max.y - frame.domain_min.y, 1e-9);
    let strength = (0.035 + 0.16 * grazing * grazing * grazing) * (0.55 + 0.45 * height);
    return vec4<f32>(frame.edge_color.rgb, strength);
}

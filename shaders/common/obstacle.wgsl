// Solid bodies as signed distances, negative inside. Mirror: layout.Obstacle.
//import common/apart.wgsl
const SOLID_BOX = 0u;
const SOLID_SPHERE = 1u;
const SOLID_CYLINDER = 2u;
const SOLID_CAPSULE = 3u;

struct Obstacle {
    position: vec4<f32>,    // centre [m]
    axis_x: vec4<f32>,      // the body's own axes in world coordinates
    axis_y: vec4<f32>,
    axis_z: vec4<f32>,
    half_size: vec4<f32>,   // box: half edges; cylinder, capsule: y = half height; w = radius [m]
    velocity: vec4<f32>,    // xyz: of its centre in this step [m/s]
    goal: vec4<f32>,        // xyz: where a hand takes it [m]; w: how fast at most [m/s], 0: no hand does
    spin: vec4<f32>,        // xyz: angular velocity in this step [1/s]
    slide: vec4<f32>,       // xyz: velocity of its surface [m/s]: what of it is along the surface
    kind: u32,
    _pad0: u32,
    _pad1: u32,
    _pad2: u32,
}

// A point in a body's own coordinates.
fn obstacle_local(body: Obstacle, p: vec3<f32>) -> vec3<f32> {
    let away = apart(p, body.position.xyz);
    return vec3<f32>(dot(away, body.axis_x.xyz), dot(away, body.axis_y.xyz), dot(away, body.axis_z.xyz));
}

fn obstacle_distance(body: Obstacle, p: vec3<f32>) -> f32 {
    let local = obstacle_local(body, p);
    let radius = body.half_size.w;
    if (body.kind == SOLID_BOX) {
        let q = abs(local) - body.half_size.xyz;
        return length(max(q, vec3<f32>(0.0))) + min(max(q.x, max(q.y, q.z)), 0.0);
    }
    if (body.kind == SOLID_SPHERE) {
        return length(local) - radius;
    }
    if (body.kind == SOLID_CYLINDER) {
        let q = vec2<f32>(length(local.xz) - radius, abs(local.y) - body.half_size.y);
        return length(max(q, vec2<f32>(0.0))) + min(max(q.x, q.y), 0.0);
    }
    let on_axis = clamp(local.y, -body.half_size.y, body.half_size.y);
    return length(local - vec3<f32>(0.0, on_axis, 0.0)) - radius;
}

fn unit_or(v: vec3<f32>, otherwise: vec3<f32>) -> vec3<f32> {
    let size = length(v);
    return select(otherwise, v / max(size, 1e-30), size > 1e-30);
}

fn sign_of(v: vec3<f32>) -> vec3<f32> {
    return select(vec3<f32>(-1.0), vec3<f32>(1.0), v >= vec3<f32>(0.0));
}

// The way out of a body in its own coordinates, or away from its surface: the gradient of the distance.
fn local_outward(body: Obstacle, local: vec3<f32>) -> vec3<f32> {
    if (body.kind == SOLID_BOX) {
        let q = abs(local) - body.half_size.xyz;
        var out = max(q, vec3<f32>(0.0));
        if (max(q.x, max(q.y, q.z)) <= 0.0) {
            // Inside, towards the nearest face.
            let along_x = q.x >= q.y && q.x >= q.z;
            let along_y = !along_x && q.y >= q.z;
            out = select(vec3<f32>(0.0), vec3<f32>(1.0), vec3<bool>(along_x, along_y, !along_x && !along_y));
        }
        return unit_or(out, vec3<f32>(0.0, 1.0, 0.0)) * sign_of(local);
    }
    if (body.kind == SOLID_SPHERE) {
        return unit_or(local, vec3<f32>(0.0, 1.0, 0.0));
    }
    if (body.kind == SOLID_CYLINDER) {
        let radial = unit_or(vec3<f32>(local.x, 0.0, local.z), vec3<f32>(1.0, 0.0, 0.0));
        let end = vec3<f32>(0.0, sign_of(local).y, 0.0);
        let q = vec2<f32>(length(local.xz) - body.half_size.w, abs(local.y) - body.half_size.y);
        if (max(q.x, q.y) <= 0.0) {
            return select(end, radial, q.x >= q.y);
        }
        return unit_or(radial * max(q.x, 0.0) + end * max(q.y, 0.0), end);
    }
    let on_axis = clamp(local.y, -body.half_size.y, body.half_size.y);
    return unit_or(local - vec3<f32>(0.0, on_axis, 0.0), vec3<f32>(1.0, 0.0, 0.0));
}

fn obstacle_outward(body: Obstacle, p: vec3<f32>) -> vec3<f32> {
    let n = local_outward(body, obstacle_local(body, p));
    return body.axis_x.xyz * n.x + body.axis_y.xyz * n.y + body.axis_z.xyz * n.z;
}

// How fast the body moves at a point of it.
fn obstacle_velocity(body: Obstacle, p: vec3<f32>) -> vec3<f32> {
    return body.velocity.xyz + cross(body.spin.xyz, apart(p, body.position.xyz));
}

// Solid bodies as signed distances, negative inside. Mirror: layout.Obstacle.
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
    kind: u32,
    _pad0: u32,
    _pad1: u32,
    _pad2: u32,
}

fn obstacle_distance(body: Obstacle, p: vec3<f32>) -> f32 {
    let away = p - body.position.xyz;
    let local = vec3<f32>(dot(away, body.axis_x.xyz), dot(away, body.axis_y.xyz), dot(away, body.axis_z.xyz));
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

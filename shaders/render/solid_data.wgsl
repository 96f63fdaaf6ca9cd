//import render/frame.wgsl

// One obstacle. Mirror: render/pass solid.
struct Solid {
    centre: vec4<f32>,      // w: half height that moves the caps of a capsule apart
    axis_x: vec4<f32>,      // the body's own axes
    axis_y: vec4<f32>,
    axis_z: vec4<f32>,
    scale: vec4<f32>,       // of the unit mesh along its axes
    color: vec4<f32>,
}

@group(1) @binding(0) var<storage, read> solids: array<Solid>;

// A vertex of a unit mesh in scene coordinates. place.w is the side of a capsule's cap: -1, 0 or 1.
fn solid_point(body: Solid, place: vec4<f32>) -> vec3<f32> {
    let local = place.xyz * body.scale.xyz + vec3<f32>(0.0, place.w * body.centre.w, 0.0);
    return body.centre.xyz + solid_turn(body, local);
}

fn solid_turn(body: Solid, v: vec3<f32>) -> vec3<f32> {
    return body.axis_x.xyz * v.x + body.axis_y.xyz * v.y + body.axis_z.xyz * v.z;
}

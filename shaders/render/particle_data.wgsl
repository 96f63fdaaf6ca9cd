//import common/control.wgsl
//import render/frame.wgsl

@group(1) @binding(0) var<storage, read> position: array<vec4<f32>>;  // w: id, negative when dead
@group(1) @binding(1) var<storage, read> velocity: array<vec4<f32>>;  // [m/s]
@group(1) @binding(2) var<storage, read> density: array<vec2<f32>>;   // density [kg/m^3], neighbours
@group(1) @binding(3) var<storage, read> control: Control;
@group(1) @binding(4) var<storage, read> pressure: array<f32>;        // [Pa]
@group(1) @binding(5) var<storage, read> vorticity: array<vec4<f32>>; // w: vorticity [1/s]
@group(1) @binding(6) var<storage, read> body: array<f32>;            // by particle number: which body of fluid

// Whether instance i stands for a particle.
fn is_live(i: u32) -> bool {
    return i < control.live && i < arrayLength(&position);
}

// Where particle i is to be shown. A step ends a little after the moment that a picture stands for: between steps a
// particle moves straight.
fn shown_at(i: u32) -> vec3<f32> {
    return position[i].xyz - velocity[i].xyz * frame.ahead + frame.offset.xyz;
}

// Whether a point is on the far side of the cut.
fn is_cut(point: vec3<f32>) -> bool {
    return dot(frame.cut.xyz, point) > frame.cut.w;
}

// A corner of the triangle around a particle's unit circle: one triangle costs less than the two of a square.
fn around(vertex: u32) -> vec2<f32> {
    let x = select(select(0.0, 1.7320508, vertex == 1u), -1.7320508, vertex == 0u);
    return vec2<f32>(x, select(-1.0, 2.0, vertex == 2u));
}

// A corner of the hexagon inside it, for a strip of four triangles.
fn hexagon(vertex: u32) -> vec2<f32> {
    let left = select(1.0, -1.0, (vertex & 1u) == 0u);
    let x = select(0.5, 1.0, vertex == 2u || vertex == 3u) * left;
    let y = select(select(0.0, 0.8660254, vertex > 3u), -0.8660254, vertex < 2u);
    return vec2<f32>(x, y);
}

// A place that is clipped away.
fn nowhere() -> vec4<f32> {
    return vec4<f32>(0.0, 0.0, 2.0, 1.0);
}

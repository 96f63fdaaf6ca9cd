//import common/control.wgsl
//import render/frame.wgsl

@group(1) @binding(0) var<storage, read> position: array<vec4<f32>>;  // w: id, negative when dead
@group(1) @binding(1) var<storage, read> velocity: array<vec4<f32>>;  // w: pressure / density^2
@group(1) @binding(2) var<storage, read> density: array<vec2<f32>>;   // density [kg/m^3], neighbours
@group(1) @binding(3) var<storage, read> control: Control;

// Whether instance i stands for a particle.
fn is_live(i: u32) -> bool {
    return i < control.live && i < arrayLength(&position);
}

// A corner of the square around a particle, for a strip of two triangles.
fn corner_of(vertex: u32) -> vec2<f32> {
    return vec2<f32>(f32(vertex & 1u) * 2.0 - 1.0, f32(vertex >> 1u) * 2.0 - 1.0);
}

// A place that is clipped away.
fn nowhere() -> vec4<f32> {
    return vec4<f32>(0.0, 0.0, 2.0, 1.0);
}

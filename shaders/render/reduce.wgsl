// reduce: a picture made smaller by a whole factor. Every pixel is the mean of a square of the large picture's, in
// linear light: both textures are sRGB, which reading decodes and writing encodes.
struct Reduce {
    factor: u32,
    _pad0: u32,
    _pad1: u32,
    _pad2: u32,
}

@group(0) @binding(0) var<uniform> reduce: Reduce;
@group(0) @binding(1) var large: texture_2d<f32>;

@vertex
fn reduce_vertex(@builtin(vertex_index) vertex: u32) -> @builtin(position) vec4<f32> {
    let corner = vec2<f32>(f32(vertex & 1u) * 4.0 - 1.0, f32(vertex >> 1u) * 4.0 - 1.0);
    return vec4<f32>(corner, 0.0, 1.0);
}

@fragment
fn reduce_fragment(@builtin(position) pixel: vec4<f32>) -> @location(0) vec4<f32> {
    let first = vec2<u32>(pixel.xy) * reduce.factor;
    var sum = vec3<f32>(0.0);
    for (var y = 0u; y < reduce.factor; y++) {
        for (var x = 0u; x < reduce.factor; x++) {
            sum += textureLoad(large, vec2<i32>(first + vec2<u32>(x, y)), 0).rgb;
        }
    }
    return vec4<f32>(sum / f32(reduce.factor * reduce.factor), 1.0);
}

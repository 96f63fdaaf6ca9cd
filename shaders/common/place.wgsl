// Where the sort puts particles.
//import common/grid.wgsl

@group(1) @binding(0) var<storage, read> position: array<vec4<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;
@group(2) @binding(2) var<storage, read> order: array<u32>;

// Particle i, which is at p: behind those of its cell that stood before it in the last step.
fn place_of(i: u32, p: vec4<f32>) -> u32 {
    let cell = cell_of(p);
    let first = cells[cell];
    let past = cells[cell + 1u];
    var rank = 0u;
    for (var k = first; k < past; k++) {
        rank += select(0u, 1u, order[k] < i);
    }
    return first + rank;
}

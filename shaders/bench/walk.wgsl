// walk: count of particles within the support radius, found by walking the grid: what any search for neighbours costs at least
// Reads: params, control, position_sorted, cells
// Writes: walked
// Invariant: the same neighbours as density and factor find, the particle itself not counted
// Source: own
// Oracle: TestWalkFindsTheNeighbours
//import common/params.wgsl
//import common/control.wgsl
//import common/rows.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(2) var<storage, read> position_sorted: array<vec4<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;
@group(3) @binding(0) var<storage, read_write> walked: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn walk(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (i >= control.live) {
        return;
    }
    let x = position_sorted[i].xyz;
    var neighbours = 0u;
    //frame common/near.wgsl
        neighbours += 1u;
    //end
    walked[i] = neighbours - 1u;
}

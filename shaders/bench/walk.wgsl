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
    let home = cell_at(x);
    let reach = i32(params.reach);
    let reach_z = i32(params.reach_z);
    var neighbours = 0u;
    for (var z = home.z - reach_z; z <= home.z + reach_z; z++) {
        for (var y = home.y - reach; y <= home.y + reach; y++) {
            for (var part = 0; part < ROW_PARTS; part++) {
                let row = row_of(x, y, z, part);
                if (row.first >= row.past) {
                    continue;
                }
                let end = cells[row.past];
                for (var j = cells[row.first]; j < end; j++) {
                    let away = row.seen - position_sorted[j].xyz;
                    neighbours += select(0u, 1u, dot(away, away) < params.support_squared);
                }
            }
        }
    }
    walked[i] = neighbours - 1u;
}

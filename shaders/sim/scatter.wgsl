// scatter: order[cells[cell(x_i)] + slot[i]] = i
// Reads: params, control, position, cells (prefix sums), slot
// Writes: order
// Invariant: order is a permutation of the particles, grouped by cell
// Source: Hoetzlein (2014), Fast fixed-radius nearest neighbors, GTC
// Oracle: ref.Scatter
//import common/params.wgsl
//import common/control.wgsl
//import common/grid.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(1) @binding(0) var<storage, read> position: array<vec4<f32>>;
@group(2) @binding(0) var<storage, read> cells: array<u32>;
@group(2) @binding(1) var<storage, read> slot: array<u32>;
@group(2) @binding(2) var<storage, read_write> order: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn scatter(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let i = flat_index(id, groups);
    if (control.running == 0u || i >= control.sorted) {
        return;
    }
    order[cells[cell_of(position[i])] + slot[i]] = i;
}

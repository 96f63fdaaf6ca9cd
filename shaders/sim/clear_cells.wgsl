// clear_cells: cells[c] = 0
// Reads: control
// Writes: cells
// Invariant: every bucket is zero, the one for the dead and the closing sum included
// Source: Green (2010), Particle simulation using CUDA
// Oracle: ref.ClearCells
//import common/control.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(2) @binding(0) var<storage, read_write> cells: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn clear_cells(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let c = flat_index(id, groups);
    if (control.running == 0u || c >= arrayLength(&cells)) {
        return;
    }
    cells[c] = 0u;
}

// scan_add: values[k] += sums[k / 1,024]
// Reads: control, sums
// Writes: values
// Invariant: with sums scanned, values are exclusive prefix sums over the whole array
// Source: Blelloch (1990), CMU-CS-90-190
// Oracle: ref.ScanAdd
//import common/control.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(3) @binding(0) var<storage, read_write> values: array<u32>;
@group(3) @binding(1) var<storage, read> sums: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn scan_add(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let k = flat_index(id, groups);
    if (control.running == 0u || k >= arrayLength(&values)) {
        return;
    }
    values[k] += sums[k / SCAN_BLOCK];
}

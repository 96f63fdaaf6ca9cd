// scan_blocks: within each block of 1,024, values[k] <- sum of values before k; sums[block] = total of the block
// Reads: control, values
// Writes: values, sums
// Invariant: exclusive prefix sums inside a block; with scan_add over the levels above, over everything
// Source: Blelloch (1990), Prefix sums and their applications, CMU-CS-90-190; Hillis-Steele inside a workgroup
// Oracle: ref.ScanBlocks
//import common/control.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read> control: Control;
@group(3) @binding(0) var<storage, read_write> values: array<u32>;
@group(3) @binding(1) var<storage, read_write> sums: array<u32>;

const PER_THREAD = 16u;

var<workgroup> partial: array<u32, WORKGROUP>;

@compute @workgroup_size(WORKGROUP)
fn scan_blocks(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32) {
    let block = group.x + group.y * groups.x;
    let length = arrayLength(&values) * control.running;
    let first = block * SCAN_BLOCK + lane * PER_THREAD;
    var own = 0u;
    for (var k = 0u; k < PER_THREAD; k++) {
        if (first + k < length) {
            own += values[first + k];
        }
    }
    partial[lane] = own;
    workgroupBarrier();
    for (var reach = 1u; reach < WORKGROUP; reach *= 2u) {
        var before = 0u;
        if (lane >= reach) {
            before = partial[lane - reach];
        }
        workgroupBarrier();
        partial[lane] += before;
        workgroupBarrier();
    }
    var running = partial[lane] - own;
    for (var k = 0u; k < PER_THREAD; k++) {
        if (first + k < length) {
            let value = values[first + k];
            values[first + k] = running;
            running += value;
        }
    }
    if (lane == WORKGROUP - 1u && block < arrayLength(&sums) && control.running == 1u) {
        sums[block] = partial[lane];
    }
}

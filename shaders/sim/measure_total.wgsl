// measure_total: the sum of all partial totals
// Reads: partials
// Writes: statistics
// Invariant: one workgroup, a fixed order of addition
// Source: own; tree reduction
// Oracle: ref.MeasureTotal
//import common/merge.wgsl
//import common/index.wgsl

@group(3) @binding(0) var<storage, read> partials: array<Statistics>;
@group(3) @binding(1) var<storage, read_write> statistics: Statistics;

@compute @workgroup_size(WORKGROUP)
fn measure_total(@builtin(local_invocation_index) lane: u32) {
    var total: Statistics;
    for (var k = lane; k < arrayLength(&partials); k += WORKGROUP) {
        total = merge(total, partials[k]);
    }
    merge_lanes(total, lane);
    if (lane == 0u) {
        statistics = shared_totals[0];
    }
}

// The sum of a number over a workgroup, in a fixed order.
//import common/index.wgsl

var<workgroup> summands: array<f32, WORKGROUP>;

// Every invocation of a workgroup calls this; the first of them has the sum.
fn group_sum(own: f32, lane: u32) -> f32 {
    summands[lane] = own;
    workgroupBarrier();
    for (var half = WORKGROUP / 2u; half > 0u; half /= 2u) {
        if (lane < half) {
            summands[lane] += summands[lane + half];
        }
        workgroupBarrier();
    }
    return summands[0];
}

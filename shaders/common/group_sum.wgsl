// The sum of a number over a workgroup, in a fixed order.
//import common/index.wgsl

var<workgroup> summands: array<f32, WORKGROUP>;

// Every invocation of a workgroup calls this, once; the first of them has the sum.
fn group_sum(own: f32, lane: u32) -> f32 {
    summands[lane] = own;
    //frame common/fold.wgsl
        summands[lane] += summands[other];
    //end
    return summands[lane];
}

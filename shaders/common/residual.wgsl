// Adding up the residuals of an iteration.
//import common/tally.wgsl
//import common/group_sum.wgsl
//import common/solve.wgsl

@group(0) @binding(2) var<storage, read_write> tally: Tally;

// Every invocation of a workgroup calls this, with its own residual or 0.
fn add_residual(residual: f32, lane: u32, groups: vec3<u32>) {
    let sum = group_sum(residual, lane);
    if (lane == 0u) {
        // Saturates rather than wraps, however many groups there are.
        let most = 0xffffffffu / (groups.x * groups.y);
        let own = min(sum * RESIDUAL_UNIT + 0.5, 4294967040.0);
        atomicAdd(&tally.residual, min(u32(own), most));
    }
}

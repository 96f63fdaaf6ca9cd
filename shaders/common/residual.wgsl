// Adding up the residuals of an iteration.
//import common/tally.wgsl
//import common/index.wgsl
//import common/solve.wgsl

@group(0) @binding(2) var<storage, read_write> tally: Tally;

var<workgroup> residuals: array<f32, WORKGROUP>;

// Every invocation of a workgroup calls this, with its own residual or 0.
fn add_residual(residual: f32, lane: u32, groups: vec3<u32>) {
    residuals[lane] = residual;
    workgroupBarrier();
    for (var half = WORKGROUP / 2u; half > 0u; half /= 2u) {
        if (lane < half) {
            residuals[lane] += residuals[lane + half];
        }
        workgroupBarrier();
    }
    if (lane == 0u) {
        // Saturates rather than wraps, however many groups there are.
        let most = 0xffffffffu / (groups.x * groups.y);
        let own = min(residuals[0] * RESIDUAL_UNIT + 0.5, 4294967040.0);
        atomicAdd(&tally.residual, min(u32(own), most));
    }
}

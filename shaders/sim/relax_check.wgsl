// relax_check: stops the iteration once the mean residual is within the tolerance and enough iterations are done
// Reads: params, control, tally.residual
// Writes: control (iterations, residual), tally.residual (back to zero), dispatch.iterate (zero to stop)
// Invariant: the decision uses device data only, so the host never waits
// Source: Bender & Koschier (2017), alg. 3-4
// Oracle: ref.RelaxCheck
//import common/params.wgsl
//import common/control.wgsl
//import common/tally.wgsl
//import common/dispatch.wgsl
//import common/solve.wgsl

@group(0) @binding(1) var<storage, read_write> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(3) @binding(0) var<storage, read_write> dispatch: Dispatch;

// Single precision sees no smaller density error.
const LEAST_TOLERANCE = 1e-6;

@compute @workgroup_size(1)
fn relax_check() {
    if (control.running == 0u || dispatch.iterate.x == 0u) {
        return;
    }
    let sum = f32(atomicExchange(&tally.residual, 0u)) / RESIDUAL_UNIT;
    let mean = sum / max(f32(control.live), 1.0);
    control.iterations += 1u;
    var least = 1u;
    var tolerance = params.divergence_tolerance;
    if (control.solve == SOLVE_DENSITY) {
        least = 2u;
        // In a short step little is compressed, so a tolerance that stayed the same would ask for nothing.
        tolerance = max(params.density_tolerance * catch_up(control.dt), LEAST_TOLERANCE);
        control.density_iterations = control.iterations;
        control.residual = mean;
    } else {
        control.divergence_iterations = control.iterations;
    }
    if ((control.iterations >= least && mean <= tolerance) || control.iterations >= params.max_iterations) {
        dispatch.iterate = vec4<u32>(0u, 1u, 1u, 0u);
    }
}

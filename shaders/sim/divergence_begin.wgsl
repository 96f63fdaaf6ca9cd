// divergence_begin: solve = divergence; iterations = 0; residual = 0; sum of the sources = 0; one invocation a live particle in each iteration
// Reads: params, control
// Writes: control, tally (residual, source), dispatch.iterate
// Invariant: the time step the solve works with is the last one's, the next is not known yet
// Source: own
// Oracle: ref.DivergenceBegin
//import common/control.wgsl
//import common/tally.wgsl
//import common/dispatch.wgsl
//import common/index.wgsl
//import common/solve.wgsl

@group(0) @binding(1) var<storage, read_write> control: Control;
@group(0) @binding(2) var<storage, read_write> tally: Tally;
@group(3) @binding(0) var<storage, read_write> dispatch: Dispatch;

@compute @workgroup_size(1)
fn divergence_begin() {
    if (control.running == 0u) {
        dispatch.iterate = vec4<u32>(0u, 1u, 1u, 0u);
        return;
    }
    control.solve = SOLVE_DIVERGENCE;
    control.iterations = 0u;
    atomicStore(&tally.residual, 0u);
    atomicStore(&tally.source, 0u);
    dispatch.iterate = vec4<u32>(groups_for(control.live), 0u);
}

// viscosity_check: beta = r.r / (r.r of the round before), alpha = r.r / (r.w - beta r.r / alpha of the round before); or the solve ends
// Reads: control, viscous_partials (sums of r.r, r.w, y.y and b.b)
// Writes: control (viscosity_iterations, viscous_step = alpha, viscous_turn = beta, viscous_residual = r.r), dispatch.viscous (zero to stop)
// Invariant: the decision uses device data only; the order of every sum is fixed by the particle order
// Source: Chronopoulos & Gear (1989), alg. 2.2: conjugate gradients with one synchronisation a round
// Oracle: ref.ViscosityCheck
//import common/control.wgsl
//import common/dispatch.wgsl
//import common/fault.wgsl
//import common/viscosity_guess.wgsl
//import common/index.wgsl

@group(0) @binding(1) var<storage, read_write> control: Control;
@group(3) @binding(0) var<storage, read> viscous_partials: array<vec4<f32>>;
@group(3) @binding(1) var<storage, read_write> dispatch: Dispatch;

// The solve ends where what is missing is this part of what viscosity does, a measure that does not change with the frame of
// reference,
const VISCOSITY_TOLERANCE = 0.01;
// or this part of the velocities, which rounding leaves.
const VISCOSITY_FLOOR = 1e-5;

var<workgroup> sums: array<vec4<f32>, WORKGROUP>;

@compute @workgroup_size(WORKGROUP)
fn viscosity_check(@builtin(local_invocation_index) lane: u32) {
    let under_way = control.running == 1u && dispatch.viscous.x != 0u;
    let groups = select(0u, (control.live + WORKGROUP - 1u) / WORKGROUP, under_way);
    var sum = vec4<f32>(0.0);
    for (var k = lane; k < groups; k += WORKGROUP) {
        sum += viscous_partials[k];
    }
    sums[lane] = sum;
    //frame common/fold.wgsl
        sums[lane] += sums[other];
    //end
    if (lane != 0u || !under_way) {
        return;
    }
    let total = sums[0];
    let square = total.x;
    let first = control.viscosity_iterations == 0u;
    let turn = select(square / control.viscous_residual, 0.0, first);
    let bend = select(total.y - turn * square / control.viscous_step, total.y, first);
    let enough = VISCOSITY_TOLERANCE * VISCOSITY_TOLERANCE * total.z + VISCOSITY_FLOOR * VISCOSITY_FLOOR * total.w;
    // Written so that NaN ends it too.
    let goes_on = square > enough && bend > 0.0 && finite(square / bend);
    if (!goes_on || control.viscosity_iterations >= VISCOSITY_ROUNDS) {
        dispatch.viscous = vec4<u32>(0u, 1u, 1u, 0u);
        return;
    }
    control.viscous_step = square / bend;
    control.viscous_turn = turn;
    control.viscous_residual = square;
    control.viscosity_iterations += 1u;
}

// The rounds of PBF. Each changes lambda so that the density comes nearer to what it should be, and moves the particles by that;
// lambda is the sum of all changes, and never negative: what was pushed too far is taken back, but nothing is pulled.
//
// Jacobi's rounds carry an error away by one support radius each, and deep water sinks into itself. Chebyshev's weights, with
// which a part of the last round's change is made again, do with M rounds what would take M^2 / 3. They are made (by the host) for
// an interval of eigenvalues in which M rounds leave no more than a quarter of an error: a mode of which a step leaves a
// third with the sign turned round grows from step to step, since a particle's velocity is the change of its position.
// Source: Golub & Varga (1961), Numer. Math. 3:147 (semi-iterative method); Wang (2015), ACM TOG 34(6) (for projective dynamics)
//import common/params.wgsl

// Below this share of 1/h^2 there is no neighbour to speak of.
const NEARLY_NOTHING = 1e-6;

// Fluid that is denser than this is pushed apart without a part of the last round, and by Jacobi's weight: the weights' interval is that
// of fluid which is nearly right, and a crowd, whose eigenvalues lie beyond it, would grow from round to round until it bursts.
const CROWDED = 1.1;

// What of the last round's change is made again, and what of the constraint, in round 0, 1, ...
fn round_weights(round: u32) -> vec2<f32> {
    var weights = vec2<f32>(0.0, 1.0 / (params.round_ratio * params.round_half));
    var before = 1.0 / params.round_ratio;
    for (var k = 0u; k < round % params.round_cycle; k++) {
        let now = 1.0 / (2.0 * params.round_ratio - before);
        weights = vec2<f32>(now * before, 2.0 * now / params.round_half);
        before = now;
    }
    return weights;
}

// The change of lambda in this round, and lambda after it, from those of the last. fluid: sum_j V W_ij; n: what walls multiply it by;
// squares: |sum_j V grad W_ij + G_i|^2 + sum_j |V grad W_ij|^2.
//
// The constraint is that of the density's logarithm, which hardly differs for fluid that is nearly right. Pressed against a wall,
// which multiplies the density by exp of something, a particle comes out in one round that way, not in many. Fluid that is
// much too dense counts as a little too dense, or the rounds would add up to more than they can take back; and since it
// has more neighbours, each of which answers, it is moved with more care.
fn next_lambda(last: vec2<f32>, round: u32, fluid: f32, n: f32, squares: f32) -> vec2<f32> {
    let weights = round_weights(select(round, 0u, fluid * n > CROWDED));
    let c = fluid * n * (min(log(max(fluid, NEARLY_NOTHING)), params.round_most) + log(n));
    let care = max(fluid, 1.0);
    let least = NEARLY_NOTHING * params.inv_support * params.inv_support;
    let lambda = max(0.0, last.y + weights.x * last.x + weights.y * c / (n * care * care * max(squares, least)));
    return vec2<f32>(lambda - last.y, lambda);
}

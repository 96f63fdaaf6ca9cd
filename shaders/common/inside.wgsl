// Places and the domain they are in or not.
//import common/params.wgsl

// Whether x is past an open side.
fn outside(x: vec3<f32>) -> bool {
    var past = false;
    for (var axis = 0u; axis < 3u; axis++) {
        let open = params.open_sides >> (2u * axis);
        past = past || ((open & 1u) != 0u && x[axis] < params.domain_min[axis]) || ((open & 2u) != 0u && x[axis] > params.domain_max[axis]);
    }
    return past;
}

// x inside the domain: at the far end of periodic axes where it has left them, at the nearest point of open sides.
fn bring_in(x: vec3<f32>) -> vec3<f32> {
    var inside = x;
    for (var axis = 0u; axis < 3u; axis++) {
        let low = params.domain_min[axis];
        let high = params.domain_max[axis];
        if (params.period[axis] > 0.0) {
            // What is more than one domain away has gone round: all but the last turn comes off here.
            let turns = floor((inside[axis] - low) * params.inv_period[axis]);
            inside[axis] -= select(0.0, (turns - sign(turns)) * params.period[axis], abs(turns) > 1.0);
            // Rounding may put what comes back in from below exactly on the far end, which is the near one.
            inside[axis] = select(inside[axis], inside[axis] + params.period[axis], inside[axis] < low);
            inside[axis] = select(inside[axis], max(inside[axis] - params.period[axis], low), inside[axis] >= high);
        } else {
            inside[axis] = clamp(inside[axis], low, high);
        }
    }
    return inside;
}

// Adds two sets of totals, and all of a workgroup's in a fixed order.
//import common/statistics.wgsl
//import common/index.wgsl

fn merge(a: Statistics, b: Statistics) -> Statistics {
    var sum: Statistics;
    sum.momentum = a.momentum + b.momentum;
    sum.kinetic_energy = a.kinetic_energy + b.kinetic_energy;
    sum.density_error_sum = a.density_error_sum + b.density_error_sum;
    sum.density_error_max = max(a.density_error_max, b.density_error_max);
    sum.neighbours_sum = a.neighbours_sum + b.neighbours_sum;
    sum.speed_max = max(a.speed_max, b.speed_max);
    sum.particles = a.particles + b.particles;
    return sum;
}

var<workgroup> shared_totals: array<Statistics, WORKGROUP>;

// Leaves the workgroup's total in shared_totals[0], for the first invocation.
fn merge_lanes(own: Statistics, lane: u32) {
    shared_totals[lane] = own;
    //frame common/fold.wgsl
        shared_totals[lane] = merge(shared_totals[lane], shared_totals[other]);
    //end
}
